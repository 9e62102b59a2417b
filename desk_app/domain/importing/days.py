"""Days and times as other programs write them; the order of day and month is found
out over a whole column, or asked for, and never guessed for one row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from desk_app.domain.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

# Two digits of a year are of this century up to so many years from now.
FIRST_YEAR, LAST_YEAR = 2000, 2199


class Order(StrEnum):
    """In which order the numbers of a day stand."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a column of days says about their order.

    One is `fits`: the order in which most can be read. `is_open` is true where
    another one would do as well, and a person has to say which it is.
    """

    fits: Order
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, perhaps with a time of day, perhaps with how far that is from UTC."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None


class NoDay(ValueError):
    """What stands here is no day or time; the text says why."""


_MONTHS = (
    "jan january januar janvier enero gennaio januari jänner ene gen",
    "feb february februar février febrero febbraio februari fév febr feber",
    "mar march märz mars marzo maart mär mrz mrt",
    "apr april avril abril aprile avr abr",
    "may mai mayo maggio mei mag",
    "jun june juni juin junio giugno giu",
    "jul july juli juillet julio luglio juil lug",
    "aug august août agosto augustus aoû ago",
    "sep sept september septembre septiembre settembre set",
    "oct october oktober octobre octubre ottobre okt ott",
    "nov november novembre noviembre",
    "dec december dezember décembre diciembre dicembre dez déc dic",
)
_MONTH_OF = {
    plain(name): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}
# Marks of direction, which some programs put around each date.
_MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBERS = re.compile(r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?")
_DIGITS = re.compile(r"(20\d{2}|2100)(\d{2})(\d{2})")
_WORDED = (
    re.compile(
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|er|º)?[ -](?:de )?"
        r"(?P<m>[^\W\d_]+)\.?,?[ -](?:de )?(?P<y>\d{4})"
    ),
    re.compile(r"(?P<m>[^\W\d_]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[ -](?P<m>[^\W\d_]+)\.?[ -](?P<d>\d{1,2})"),
)
_WEEKDAY = re.compile(
    r"^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mie|jeu|jue|ven"
    r"|vie|sam|sab|dim|dom)[^\W\d_]*\.?,? (?=\S)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s?(?P<half>[ap]\.?\s?m\.?)?\s?(?P<clock>uhr|h|hrs?|o'clock)?",
    re.IGNORECASE,
)
_PACKED_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
# "10:00-11:00" is a span: what lies west of UTC must have been told to the second.
_OFFSET = re.compile(
    r"\s?(?:(Z|UTC|GMT)|(?:UTC|GMT)?(?:(\+)|(?<=:\d{2}:\d{2})-|(?<=\.\d{3})-)"
    r"(\d{2}):?(\d{2})?)$"
)
_LENGTHS = (
    re.compile(r"(\d{1,2})[:h ](\d{2})(?::00)?(?: ?h(?:ours)?)?"),
    re.compile(r"(\d{1,2}) ?h\w* (\d{1,2}) ?m\w*\.?"),
    re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))? ?(?:h|hr|hrs|hours?|std\.?|stunden?)"),
    re.compile(r"(\d{1,4})(?:[.,]0+)? ?(?:m|min\.?|mins|minutes?|minuten|minutos)?"),
)
_EXCEL_DAY = re.compile(r"[3-7]\d{4}([.,]\d+)?")
_BETWEEN = re.compile(r"\s*(?:T(?=\d)|,|\bat\b|\bum\b|\bà\b|\ba las\b|\s)\s*")


def orders_of(values: Sequence[str]) -> Orders:
    """Return in which order the days of a column are written."""
    votes = [order for text in values for order in _ordered(text)]
    counts = {order: votes.count(order) for order in Order}
    most = max(counts.values())
    best = [order for order in Order if counts[order] == most]
    if not most:
        # Years that stand first and months in words leave nothing open.
        return Orders(Order.YMD)
    return Orders(best[0], is_open=len(best) > 1)


def read_moment(text: str, order: Order) -> Moment:
    """Return the day that a text says, and the time of day if there is one.

    Raises NoDay where it says none, or none of the years that are kept.
    """
    told = _tidy(text)
    if _EXCEL_DAY.fullmatch(told):
        raise NoDay(
            "This is a number by which Excel counts days. Format the column as a date"
            " in Excel and save the file again."
        )
    day_text, rest = _parted(told)
    day = _read_day(day_text, order)
    if not rest:
        return Moment(day)
    shift = _OFFSET.search(rest)
    if shift is None:
        return Moment(day, read_clock(rest))
    return Moment(day, read_clock(rest[: shift.start()]), _offset(shift))


def read_clock(text: str) -> time:
    """Return the time of day that a text says; raises NoDay."""
    told = _tidy(text)
    packed = _PACKED_CLOCK.fullmatch(told)
    if packed:
        return time(int(packed[1]), int(packed[2]))
    found = _CLOCK.fullmatch(told)
    if not found or not (found["m"] or found["half"] or found["clock"]):
        raise NoDay("This is no time of day, such as 14:30 or 2:30 PM.")
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NoDay("This is no time of day: before AM or PM stands 1 to 12.")
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    try:
        return time(hour, int(found["m"] or 0))
    except ValueError:
        raise NoDay("There is no such time of day.") from None


def read_minutes(text: str) -> int:
    """Return a length in minutes: "45", "45 min", "1:30", "0.75 h"; raises NoDay."""
    told = plain(" ".join(text.split()))
    clock = _LENGTHS[0].fullmatch(told) or _LENGTHS[1].fullmatch(told)
    hours, minutes = _LENGTHS[2].fullmatch(told), _LENGTHS[3].fullmatch(told)
    if clock:
        total = int(clock[1]) * 60 + int(clock[2])
    elif hours:
        total = round(float(f"{hours[1]}.{hours[2] or 0}") * 60)
    elif minutes:
        total = int(minutes[1])
    else:
        raise NoDay("This is no length, such as 45 or 1:30.")
    if not 1 <= total <= 1440:
        raise NoDay("A visit lasts from one minute to a day.")
    return total


def _tidy(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


def _parted(text: str) -> tuple[str, str]:
    """Part a day from the time of day behind it, and from its weekday before."""
    for told in (text, _WEEKDAY.sub("", text)):
        for pattern in (_NUMBERS, _DIGITS, *_WORDED):
            found = pattern.match(told)
            if found:
                rest = told[found.end() :]
                between = _BETWEEN.match(rest)
                return found[0], rest[between.end() :] if between else rest
    return text, ""


def _read_day(text: str, order: Order) -> date:
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _dated(_arranged(numbers, order))
    digits = _DIGITS.fullmatch(text)
    if digits:
        return _dated((int(digits[1]), int(digits[2]), int(digits[3])))
    for pattern in _WORDED:
        found = pattern.fullmatch(text)
        month = _MONTH_OF.get(plain(found["m"])) if found else None
        if found and month:
            return _dated((int(found["y"]), month, int(found["d"])))
    raise NoDay("This is no day, such as 31.12.2026, 12/31/2026 or 2026-12-31.")


def _dated(parts: tuple[int, int, int]) -> date:
    try:
        day = date(*parts)
    except ValueError:
        raise NoDay(
            "There is no such day, or it is written in another order than the others."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoDay(f"Days lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def _arranged(numbers: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Return year, month and day of three numbers."""
    parts = [numbers[1], numbers[3], numbers[4]]
    places = {Order.DMY: (2, 1, 0), Order.MDY: (2, 0, 1), Order.YMD: (0, 1, 2)}[order]
    if len(numbers[1]) == 4:
        # A year that stands first says that the month follows.
        places = (0, 1, 2)
    year, month, day = (parts[place] for place in places)
    if len(year) not in (2, 4):
        raise NoDay("The year of this day cannot be told.")
    return int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)


@lru_cache(maxsize=65536)
def _ordered(text: str) -> frozenset[Order]:
    """Return the orders in which a day can be read; none where any or no order does."""
    day_text, _ = _parted(_tidy(text))
    numbers = _NUMBERS.fullmatch(day_text)
    if numbers is None or len(numbers[1]) == 4:
        return frozenset()
    # Nobody writes the month first between full stops.
    asked = (Order.DMY,) if numbers[2] == "." else (Order.DMY, Order.MDY, Order.YMD)
    return frozenset(order for order in asked if _is_day(numbers, order))


def _is_day(numbers: re.Match[str], order: Order) -> bool:
    try:
        _dated(_arranged(numbers, order))
    except NoDay:
        return False
    return True


def _offset(found: re.Match[str]) -> timedelta:
    if found[1]:
        return timedelta()
    minutes = int(found[3]) * 60 + int(found[4] or 0)
    return timedelta(minutes=minutes if found[2] else -minutes)
