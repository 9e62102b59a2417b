"""What a command asks of whoever runs it: passwords, and whether it is meant."""

from __future__ import annotations

import getpass
import sys

from desk_app.commands.misuse import Misuse


def is_person() -> bool:
    """Say whether somebody sits there who can be asked."""
    return sys.stdin.isatty()


def new_password(whose: str) -> str:
    """Return a password: typed twice, or the next line of standard input."""
    if not is_person():
        return password(whose)
    typed = password(whose)
    if typed != getpass.getpass(f"{whose}, once more: "):
        raise Misuse("the two passwords are not the same")
    return typed


def password(whose: str) -> str:
    """Return a password: typed once, or the next line of standard input."""
    if is_person():
        typed = getpass.getpass(f"{whose}: ")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise Misuse("no password was typed")
    return typed


def is_meant(question: str) -> bool:
    """Ask for a yes; nobody who can answer is a no."""
    if not is_person():
        raise Misuse("there is nobody to ask; say --yes if this is meant")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
