"""`python -m playground`: see `python -m playground --help`."""

import sys

if __name__ == "__main__":
    try:
        from playground.cli.main import main

        status = main(sys.argv[1:])
    except KeyboardInterrupt:  # while the modules were being imported
        print("Interrupted.", file=sys.stderr)
        status = 130
    sys.exit(status)
