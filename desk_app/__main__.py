"""Lets `python -m desk_app` do what `desk-app` does."""

import sys

from desk_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
