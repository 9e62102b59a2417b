"""What the command line can be wrong in, and the one way it is told."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

DONE = 0
FAILED = 1
MISUSED = 2


class Misuse(Exception):
    """The command line asks for something that is not there."""


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISUSED, f"{self.prog}: {message}\n")


def complain(words: str, code: int) -> int:
    """Say on standard error why the program ends with this code."""
    print(f"desk-app: {words}", file=sys.stderr)
    return code
