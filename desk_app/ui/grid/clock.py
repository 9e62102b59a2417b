"""The wall clock of one provider's day, and how its minutes are written.

The grid's vertical axis is the wall clock, 0 to 1440 minutes since local midnight,
the same for all columns: 10:00 is one line across the screen, whatever the zone of
each provider. On days with a clock change this means:

- a time that does not exist (02:30 in spring) keeps its place on the axis but is
  shown as closed, and no click or key gives it;
- a time that occurs twice (02:30 in autumn) has one place for both: appointments of
  both hours stand there side by side, a click means the first of the two, and one
  that reaches from the first into the second covers every reading it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTime

from desk_app.domain.interval import Interval
from desk_app.domain.slots import day_bounds

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo


DAY = 1440
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Minutes of the axis, `[top, bottom)`."""

    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a day with one offset, and the wall minute at its start."""

    start: datetime
    end: datetime
    wall: int

    @property
    def wall_end(self) -> int:
        return self.wall + (self.end - self.start) // _MINUTE


class WallClock:
    """Turns instants of one local day into wall minutes and back."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        bounds = day_bounds(day, zone)
        self.day, self.zone = day, zone
        self.start, self.end = bounds.start, bounds.end
        self._parts = _parts(day, zone, bounds)
        self._is_plain = len(self._parts) == 1

    def minute(self, instant: datetime) -> int:
        """Return the wall minute of an instant; outside the day below 0 or past it."""
        if self._is_plain:
            return (instant - self.start) // _MINUTE
        if instant < self.start:
            return (instant - self.start) // _MINUTE
        for part in self._parts:
            if instant < part.end:
                return part.wall + (instant - part.start) // _MINUTE
        return DAY + (instant - self.end) // _MINUTE

    def instant(self, minute: int) -> datetime | None:
        """Return the first instant with this reading, None if there is none."""
        for part in self._parts:
            if part.wall <= minute < part.wall_end:
                return part.start + (minute - part.wall) * _MINUTE
        return None

    def spans(self, interval: Interval) -> tuple[Stretch, ...]:
        """Return the readings of an interval, clipped to the day, in order."""
        found = []
        for part in self._parts:
            start, end = max(interval.start, part.start), min(interval.end, part.end)
            if start < end:
                top = part.wall + (start - part.start) // _MINUTE
                # Seconds count for a whole minute, so that nothing vanishes.
                bottom = part.wall - (part.start - end) // _MINUTE
                found.append(Stretch(top, bottom))
        return _union(found)

    def hull(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Return the top and bottom that hold all readings from start to end."""
        if self._is_plain:
            # Seconds count for a whole minute here too.
            top = (start - self.start) // _MINUTE
            bottom = -((self.start - end) // _MINUTE)
            return max(top, 0), max(min(bottom, DAY), 1)
        spans = self.spans(Interval(start, end))
        return (spans[0].top, spans[-1].bottom) if spans else (0, 1)

    def is_today(self, now: datetime) -> bool:
        """Say whether `now` lies in this day."""
        return self.start <= now < self.end


@lru_cache(maxsize=512)
def wall_clock(day: date, zone: ZoneInfo) -> WallClock:
    """Return the clock of a local day, made once."""
    return WallClock(day, zone)


class TimeLabels:
    """Wall minutes as a person of this locale writes them, made once each."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale
        kind = QLocale.FormatType.ShortFormat
        self._format = locale.timeFormat(kind).replace(":ss", "").replace(" t", "")
        self._texts: dict[int, str] = {}

    def text(self, minute: int) -> str:
        """Return for example "09:30"."""
        text = self._texts.get(minute)
        if text is None:
            hour, rest = divmod(minute % DAY, 60)
            text = self._locale.toString(QTime(hour, rest), self._format)
            self._texts[minute] = text
        return text

    def span(self, top: int, bottom: int) -> str:
        """Return for example "09:30–10:00"."""
        return f"{self.text(top)}–{self.text(bottom)}"


def _parts(day: date, zone: ZoneInfo, bounds: Interval) -> tuple[_Part, ...]:
    if bounds.length == timedelta(days=1):
        return (_Part(bounds.start, bounds.end, 0),)
    parts: list[_Part] = []
    start, offset = bounds.start, bounds.start.astimezone(zone).utcoffset()
    moment = bounds.start
    while moment < bounds.end:
        moment += _MINUTE
        changed = moment.astimezone(zone).utcoffset()
        if changed != offset or moment >= bounds.end:
            parts.append(_Part(start, moment, _wall(start, day, zone)))
            start, offset = moment, changed
    return tuple(parts)


def _wall(instant: datetime, day: date, zone: ZoneInfo) -> int:
    local = instant.astimezone(zone).replace(tzinfo=UTC)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (local - midnight) // _MINUTE


def _union(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    result: list[Stretch] = []
    for stretch in sorted(stretches):
        if result and stretch.top <= result[-1].bottom:
            bottom = max(result[-1].bottom, stretch.bottom)
            result[-1] = Stretch(result[-1].top, bottom)
        else:
            result.append(stretch)
    return tuple(result)
