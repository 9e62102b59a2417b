"""Opening hours of a day as people type them: "9-12, 13-17", "von 9 bis 12 Uhr"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desk_app.domain.spelling import plain
from desk_app.domain.time_words import times
from desk_app.domain.timetable import LAST_MINUTE, Stretch, joined

if TYPE_CHECKING:
    from desk_app.domain.timetable import Day

_CLOSED = {"", "-", "–", "closed", "zu", "geschlossen", "frei", "off", "none"}
_APART = re.compile(r"[,;+/&\n]|\band\b|\bund\b")
_RANGE = re.compile(r"(?:from |von )?(.+?)\s*(?:[-–—]|\bto\b|\bbis\b|\buntil\b)\s*(.+)")
# The end of the day is no time on the clock.
_MIDNIGHT = re.compile(r"(24(:00)?|0?0(:00)|midnight|mitternacht)( uhr)?")
_ONE_DIGIT = re.compile(r"\d(?!\d)")
_OF_24 = re.compile(r"(1[3-9]|2[0-4])")


def read_hours(text: str) -> Day | None:
    """Return the open time that a text names, None if it cannot be understood.

    Nothing, a dash and "closed" mean closed. "9-5" ends in the afternoon, "6-14" and
    "6-20" begin in the morning: who writes one end by 24 hours writes both so.
    """
    said = plain(text).strip()
    if said in _CLOSED:
        return ()
    found = [_stretch(part.strip()) for part in _APART.split(said) if part.strip()]
    known = [each for each in found if each is not None]
    return joined(known) if found and len(known) == len(found) else None


def _stretch(said: str) -> Stretch | None:
    match = _RANGE.fullmatch(said)
    if match is None:
        return None
    first, last = match[1], match[2]
    end = LAST_MINUTE if _MIDNIGHT.fullmatch(last) else _minute(last)
    start = _minute(first)
    early = _minute(f"0{first}") if _ONE_DIGIT.match(first) else None
    if start is None or end is None:
        return None
    if early is not None and (_OF_24.match(last) or start >= end):
        start = early
    return Stretch(start, end) if start < end else None


def _minute(said: str) -> int | None:
    """Return the one time that all of the words mean."""
    words = said.split()
    exact = [
        phrase.meaning.first
        for phrase in times(words)
        if phrase.words == len(words) and phrase.meaning.is_exact
    ]
    return exact[0] if exact else None
