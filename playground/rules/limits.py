"""Bounds that fields and their combinations share."""

LONGEST_RUN = 10_000  # epochs
MOST_FOLDS = 10
LARGEST_SEED = 2**31 - 1
FEWEST_SAMPLES = 20  # with which every choice can be trained
FEWEST_OF_A_CLASS = 2
