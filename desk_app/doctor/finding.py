"""What the doctor says of one thing: how it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is. A desk works with a warning; with a fault it may not."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: one line, and one more on what to do."""

    about: str
    words: str
    state: State = State.OK
    to_do: str = ""


def warning(about: str, words: str, to_do: str) -> Finding:
    """Return what should be put right."""
    return Finding(about, words, State.WARNING, to_do)


def fault(about: str, words: str, to_do: str) -> Finding:
    """Return what has to be put right."""
    return Finding(about, words, State.FAULT, to_do)
