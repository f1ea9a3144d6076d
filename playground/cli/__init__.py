"""The command line: the headless twin of the pages. Nothing here imports torch before there is something to compute."""
