"""The shape of what a person is told: a line, what it means, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """How a notice is coloured, and which icon stands before it."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Words:
    """What a person is told: one line, what it means, what to do next."""

    title: str
    text: str = ""
    next_step: str = ""
    tone: Tone = Tone.WARNING

    @property
    def body(self) -> str:
        """What it means and what to do, in one paragraph."""
        return " ".join(part for part in (self.text, self.next_step) if part)

    @property
    def spoken(self) -> str:
        """Everything, for a screen reader."""
        return " ".join(part for part in (f"{self.title}.", self.body) if part)
