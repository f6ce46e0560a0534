"""Run the command line with `python -m factscape`."""

import sys

from factscape.cli import main

if __name__ == "__main__":
    sys.exit(main())
