"""Values of a calendar: dates, times, lengths and rules, as their text stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk_app.domain.calendar_file.lines import ContentLine

FIRST_YEAR, LAST_YEAR = 2000, 2199
LONGEST_RULE = 1_000

_WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?", re.ASCII)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII
)
_RULE = re.compile(r"[A-Z]+=[A-Za-z0-9,+:-]+(;[A-Z-]+=[A-Za-z0-9,+:-]+)*", re.ASCII)
# By frequency, by what its dates may be chosen (RFC 5545, 3.3.10).
_BY_DAY = {"FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST", "BYDAY", "BYMONTH"}
_BY_MONTH = _BY_DAY | {"BYMONTHDAY", "BYSETPOS"}
_PARTS = {
    "DAILY": _BY_DAY | {"BYMONTHDAY"},
    "WEEKLY": _BY_DAY,
    "MONTHLY": _BY_MONTH,
    "YEARLY": _BY_MONTH | {"BYYEARDAY", "BYWEEKNO"},
}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a time of a wall clock; `zone` is "" for a time of no place.

    A time of UTC has the zone "UTC".
    """

    day: date
    clock: time | None = None
    zone: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return self.clock is None

    @property
    def wall(self) -> datetime:
        """What the wall clock shows; midnight on a day."""
        return datetime.combine(self.day, self.clock or time())


def when(value: str, parameters: Mapping[str, str]) -> When:
    """Return a date or a time; raises Invalid with what is wrong with it."""
    found = _WHEN.fullmatch(value.strip())
    if found is None:
        raise Invalid("start", "This is no date as calendars write it.")
    year, month, day, hour, minute, second, utc = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise Invalid("start", f"The years {FIRST_YEAR} to {LAST_YEAR} can be read.")
    try:
        on = date(int(year), int(month), int(day))
        if hour is None or parameters.get("VALUE", "").upper() == "DATE":
            return When(on)
        # A leap second is the one before.
        clock = time(int(hour), int(minute), min(int(second or 0), 59))
    except ValueError:
        raise Invalid("start", "There is no such day or time.") from None
    return When(on, clock, "UTC" if utc else parameters.get("TZID", ""))


def of_line(line: ContentLine) -> When:
    """Return the date or time of a property; raises Invalid."""
    return when(line.value, line.parameters)


def length(value: str) -> timedelta:
    """Return a length such as "PT1H30M"; raises Invalid."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None or not any(found.groups()[1:]):
        raise Invalid("end", "This is no length as calendars write it.")
    sign, *counts = found.groups()
    if any(len(count or "") > 6 for count in counts):
        raise Invalid("end", "This length is too long.")
    weeks, days, hours, minutes, seconds = (int(count or 0) for count in counts)
    total = timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
    )
    if sign == "-":
        raise Invalid("end", "An event ends after it begins.")
    return total


def rule(value: str) -> dict[str, str]:
    """Return the parts of a repetition by name; raises Invalid for one not read.

    Nothing that comes more often than daily: a rule of thirty letters could mean
    millions of events.
    """
    text = value.strip().rstrip(";").upper()
    if len(text) > LONGEST_RULE or not _RULE.fullmatch(text):
        raise Invalid("rule", "This repetition cannot be read.")
    parts = dict(part.split("=", 1) for part in text.split(";"))
    allowed = _PARTS.get(parts.get("FREQ", ""))
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        words = "What comes several times a day by one rule cannot be read."
        raise Invalid("rule", words)
    if allowed is None:
        words = "Only what comes daily, weekly, monthly or yearly can be read."
        raise Invalid("rule", words)
    counts = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if not parts.keys() <= allowed or not all(map(_is_count, counts)):
        raise Invalid("rule", "This repetition cannot be read.")
    if not _has_days(parts):
        raise Invalid("rule", "This repetition fits no day of any year.")
    return parts


def _has_days(parts: Mapping[str, str]) -> bool:
    """Say whether one of the months has one of the days: it would be looked for long.

    What is no number is refused later, by the library that counts the days.
    """
    try:
        months = [int(part) for part in parts.get("BYMONTH", "1").split(",")]
        days = [abs(int(part)) for part in parts.get("BYMONTHDAY", "1").split(",")]
    except ValueError:
        return True
    lengths = [_LONGEST_MONTHS[month - 1] for month in months if 0 < month <= 12]
    return any(0 < day <= length for day in days for length in lengths)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text[:6]) > 0 and len(text) < 6
