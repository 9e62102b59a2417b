"""Texts of messages as managers see, change and try them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.domain.message_text import Text, TextKey


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One text: the one that comes with the program, and the practice's own.

    `shipped` may be in another language, `shipped_language`, where there is none.
    """

    key: TextKey
    shipped: Text
    shipped_language: str
    own: Text | None = None

    @property
    def counts(self) -> Text:
        """The text that is sent."""
        return self.own or self.shipped


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text as a person wants it, and the practice's own as they saw it."""

    key: TextKey
    known: Text | None
    wanted: Text


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """A language: its tag, and what those who speak it call it."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as a made-up client would get it.

    `html` is there for e-mail only, `parts` is in how many a text message is sent.
    """

    subject: str
    text: str
    html: str = ""
    parts: int = 0
