"""One event of a file with all its dates: repeated, moved, left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from desk_app.domain.calendar_file import values
from desk_app.domain.calendar_file.lines import ContentLine, listed
from desk_app.domain.interval import Interval
from desk_app.errors import Invalid
from desk_app.services.calendar_import import repeating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desk_app.domain.calendar_file.scan import Component
    from desk_app.domain.calendar_file.values import When
    from desk_app.services.calendar_import.zones import Zones

_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


class Unreadable(Exception):
    """A property of an event that means nothing: its line, and what is wrong."""

    def __init__(self, line: ContentLine, words: str) -> None:
        super().__init__(words)
        self.line, self.words = line, words


@dataclass(frozen=True, slots=True)
class Dates:
    """When an event takes place: its first date, its length, how it repeats.

    A `length` of nothing is that of an event without an end, which has no dates.
    """

    first: datetime
    zone: tzinfo
    length: timedelta
    is_all_day: bool
    rule: dict[str, str] = field(default_factory=dict)
    rule_line: ContentLine | None = None
    until: datetime | None = None
    added: tuple[datetime, ...] = ()
    without: frozenset[datetime] = frozenset()

    @property
    def repeats(self) -> bool:
        """Whether there is more than one."""
        return bool(self.rule or self.added)

    def within(self, period: Interval) -> Iterator[Interval]:
        """Yield the dates that touch a period, by start; raises Unreadable."""
        if not self.length:
            return
        for wall in self._walls(period.end):
            start = _instant(wall, self.zone)
            if start >= period.end or start in self.without:
                continue
            end = self._end(wall, start)
            if end > period.start:
                yield Interval(start, end)

    def _walls(self, ends: datetime) -> Iterable[datetime]:
        latest = ends.astimezone(self.zone).replace(tzinfo=None) + _DAY
        if self.until is not None:
            latest = min(latest, self.until)
        walls: Iterable[datetime] = [self.first]
        if self.rule_line is not None:
            try:
                walls = repeating.starts(self.first, self.rule, latest)
                if not self.added:
                    yield from walls
                    return
                walls = list(walls)
            except Invalid as error:
                raise Unreadable(self.rule_line, str(error)) from None
        yield from sorted({*walls, *self.added})

    def _end(self, wall: datetime, start: datetime) -> datetime:
        """Return the end by the clock of the zone; a night over a change keeps it."""
        end = _instant(wall + self.length, self.zone)
        return end if end > start else start + self.length


def dates_of(event: Component, zones: Zones) -> Dates:
    """Return when an event takes place; raises Unreadable."""
    line = event.first("DTSTART")
    if line is None:
        words = "This event has no start."
        raise Unreadable(ContentLine(event.line, "BEGIN", "VEVENT"), words)
    start = _read(line)
    zone = zones.here if start.is_day else zones.find(start.zone)
    dates = Dates(start.wall, zone, _length(event, start, zones), start.is_day)
    rules = event.every("RRULE")
    if len(rules) > 1:
        raise Unreadable(rules[1], "An event with two rules cannot be read.")
    return _repeated(dates, event, rules[0] if rules else None, zones)


def recurrence_of(event: Component, zones: Zones) -> datetime | None:
    """Return which date of its series an event stands for; raises Unreadable."""
    line = event.first("RECURRENCE-ID")
    if line is None:
        return None
    if "RANGE" in line.parameters:
        words = "A change of this and all later dates cannot be read."
        raise Unreadable(line, words)
    when = _read(line)
    return _instant(when.wall, zones.here if when.is_day else zones.find(when.zone))


def _repeated(
    dates: Dates, event: Component, line: ContentLine | None, zones: Zones
) -> Dates:
    rule: dict[str, str] = {}
    until: datetime | None = None
    if line is not None:
        try:
            rule = values.rule(line.value)
            until = _until(rule.pop("UNTIL", ""), dates.zone)
        except Invalid as error:
            raise Unreadable(line, str(error)) from None
    added = [_wall(when, dates.zone, zones) for when in _listed(event, "RDATE")]
    without = (_instant_of(when, dates, zones) for when in _listed(event, "EXDATE"))
    return Dates(
        dates.first,
        dates.zone,
        dates.length,
        dates.is_all_day,
        rule,
        line,
        until,
        tuple(added),
        frozenset(without),
    )


def _length(event: Component, start: When, zones: Zones) -> timedelta:
    end, lasts = event.first("DTEND"), event.first("DURATION")
    if end is not None:
        until = _read(end)
        if until.is_day != start.is_day:
            raise Unreadable(end, "This event begins with a day and ends with a time.")
        length = until.wall - start.wall
        if until.zone != start.zone:
            begins = _instant(start.wall, zones.find(start.zone))
            length = _instant(until.wall, zones.find(until.zone)) - begins
        return _checked(length, end)
    if lasts is not None:
        try:
            return _checked(values.length(lasts.value), lasts)
        except Invalid as error:
            raise Unreadable(lasts, str(error)) from None
    return _DAY if start.is_day else timedelta()


def _checked(length: timedelta, line: ContentLine) -> timedelta:
    if length < timedelta():
        raise Unreadable(line, "This event ends before it begins.")
    if length > LONGEST:
        raise Unreadable(line, "This event lasts longer than a year.")
    return length


def _listed(event: Component, name: str) -> Iterator[When]:
    """Yield the dates of all lines of a name; of a period its start."""
    for line in event.every(name):
        for value in listed(line.value):
            try:
                yield values.when(value.split("/")[0], line.parameters)
            except Invalid as error:
                raise Unreadable(line, str(error)) from None


def _read(line: ContentLine) -> When:
    try:
        return values.of_line(line)
    except Invalid as error:
        raise Unreadable(line, str(error)) from None


def _until(value: str, zone: tzinfo) -> datetime | None:
    """Return the last start on the wall; a day counts to its end."""
    if not value:
        return None
    when = values.when(value, {})
    if when.is_day:
        return when.wall + _DAY - timedelta(seconds=1)
    return _wall_of(when.wall, when.zone, zone)


def _wall(when: When, zone: tzinfo, zones: Zones) -> datetime:
    """Return an added date on the wall of its series."""
    if when.is_day or not when.zone:
        return when.wall
    return (
        _instant(when.wall, zones.find(when.zone)).astimezone(zone).replace(tzinfo=None)
    )


def _wall_of(wall: datetime, zone: str, own: tzinfo) -> datetime:
    if zone != "UTC":
        return wall
    return wall.replace(tzinfo=UTC).astimezone(own).replace(tzinfo=None)


def _instant_of(when: When, dates: Dates, zones: Zones) -> datetime:
    """Return the instant of a date that is left out, by day if it names a day."""
    if when.is_day:
        clock = dates.first.time()
        return _instant(datetime.combine(when.day, clock), dates.zone)
    return _instant(when.wall, zones.find(when.zone) if when.zone else dates.zone)


def _instant(wall: datetime, zone: tzinfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)
