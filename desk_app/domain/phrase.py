"""What some words of a line may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from desk_app.domain.spelling import plain

T = TypeVar("T")

# Nothing that is said of days and times has more words.
LONGEST = 6
_NUMBERS = (
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("twenty", 20),
    ("ein", 1),
    ("eins", 1),
    ("eine", 1),
    ("einem", 1),
    ("einer", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("fuenf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("zwoelf", 12),
    ("zwanzig", 20),
)
_NUMBER_WORDS = {plain(word): number for word, number in _NUMBERS}


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """The first `words` words mean `meaning`, to which `quality` (0 to 1) speaks."""

    words: int
    meaning: T
    quality: float = 1.0


def number(word: str) -> int | None:
    """Return the number that a plain word of at most four digits names."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 4 else None
    return _NUMBER_WORDS.get(word)
