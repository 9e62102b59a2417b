"""The hours of a day as people write them: "9-12, 13:30-17"."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from desk_app.domain.hours import wall_spans
from desk_app.domain.schedule import LocalWindow
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 12
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|uhr|h)?"
_WINDOW = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to|bis)\s*{_CLOCK}", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;/+\n]|\band\b|\bund\b", re.IGNORECASE)


def windows_of(text: str) -> tuple[LocalWindow, ...]:
    """Return the windows of a day that a person has typed, by start.

    "" has none; "9-17", "9:00–12:30, 2pm to 6pm" and "22-24" are understood. Raises
    Invalid("hours") that names the part which is not.
    """
    parts = [part.strip() for part in _BETWEEN.split(text)]
    windows = sorted(
        (_window(part) for part in parts if part), key=lambda window: window.start
    )
    if len(windows) > MOST:
        raise Invalid("hours", f"A day has at most {MOST} windows.")
    lengths = [end - start for each in windows for start, end in wall_spans([each])]
    union = sum(end - start for start, end in wall_spans(windows))
    if sum(lengths) > union:
        raise Invalid("hours", "These hours overlap.")
    return tuple(windows)


def text_of(windows: Iterable[LocalWindow]) -> str:
    """Return windows as `windows_of` reads them, for example "9:00–12:00"."""
    return ", ".join(f"{_written(w.start)}–{_end(w.end)}" for w in windows)


def _window(part: str) -> LocalWindow:
    found = _WINDOW.fullmatch(part)
    if found is None:
        raise Invalid("hours", f"Write “{part[:40]}” as from–to, for example 9–12.")
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    start = _clock(hour, minute, half or "", part)
    end = _clock(end_hour, end_minute, end_half or "", part, is_end=True)
    if end != time(0) and not start < end:
        raise Invalid("hours", f"“{part[:40]}” ends before it begins.")
    return LocalWindow(start, end)


def _clock(
    hour: str, minute: str | None, half: str, part: str, *, is_end: bool = False
) -> time:
    number = int(hour)
    if half.lower() in {"am", "pm"}:
        if not 1 <= number <= 12:
            number = 99
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    if is_end and number == 24 and int(minute or 0) == 0:
        number = 0
    try:
        return time(number, int(minute or 0))
    except ValueError:
        raise Invalid("hours", f"“{part[:40]}” has no such time of day.") from None


def _written(clock: time) -> str:
    return f"{clock.hour}:{clock.minute:02}"


def _end(clock: time) -> str:
    return "24:00" if clock == time(0) else _written(clock)
