"""Days as people say and type them, in English and German.

Everything here takes plain words (`spelling.plain`) and looks at how they begin.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.phrase import Phrase, number
from desk_app.domain.spelling import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WEEK, AS_SOON_AS_POSSIBLE = 7, 60
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class DayWish:
    """Some day from `first` on, of `days` days."""

    first: date
    days: int = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """What days are counted from, and how they are written here.

    `is_day_first` says which of 3/12 is the day; `is_german` that two letters may be
    a German weekday.
    """

    today: date
    is_day_first: bool = True
    is_german: bool = False


DayPhrase: TypeAlias = Phrase[DayWish]

_WEEKDAYS = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag", "sonnabend"),
    ("sunday", "sonntag"),
)
_SHORT = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_GERMAN = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_NAMED = {
    "today": 0,
    "tdy": 0,
    "heute": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "morgen": 1,
    "ubermorgen": 2,
    "uebermorgen": 2,
    "overmorrow": 2,
}
_NEXT = {
    *("next", "nxt", "coming", "nachste", "nachsten", "nachster", "naechste"),
    *("naechsten", "naechster", "kommende", "kommenden", "kommender", "folgende"),
}
_AFTER_NEXT = {
    *("ubernachste", "ubernachsten", "uebernaechste", "uebernaechsten"),
}
_THIS = {"this", "diese", "diesen", "dieser"}
_WEEKS = {"week", "weeks", "wk", "wks", "w", "woche", "wochen"}
_DAYS = {"day", "days", "d", "tag", "tage", "tagen", "t"}
_MONTHS = {"month", "months", "monat", "monate", "monaten", "m"}
_SOON = {"asap", "earliest", "sofort", "baldmoglichst", "schnellstmoglich"}
_LEAD = {"on", "am", "the", "den", "der", "for", "fur"}
_MONTH_NAMES = (
    ("january", "januar", "janner"),
    ("february", "februar"),
    ("march", "marz", "maerz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september", "sept"),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(\.?)(\d{4}|\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ORDINAL = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|ten|ter)")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|ten|ter)?")
_GLUED = re.compile(r"(\d{1,2})\.?([a-z]{3,})\.?")
_AHEAD = re.compile(r"\+(\d{1,3})([a-z]*)")
_YEAR = re.compile(r"20\d\d")


def days(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    """Yield the days that the first of `words` may mean."""
    lead = 1 if len(words) > 1 and words[0] in _LEAD else 0
    for found in _days(words[lead:], calendar):
        yield replace(found, words=found.words + lead)


def _days(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    if not words:
        return
    yield from _named(words, calendar)
    yield from _weekday(words, calendar)
    yield from _weeks(words, calendar)
    yield from _ahead(words, calendar)
    yield from _numeric(words[0], calendar)
    yield from _of_month(words, calendar)


# -- today, tomorrow


def _named(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    if tuple(words[:3]) == ("day", "after", "tomorrow"):
        yield Phrase(3, DayWish(calendar.today + timedelta(2)))
    if words[0] in _SOON:
        yield Phrase(1, DayWish(calendar.today, AS_SOON_AS_POSSIBLE))
    offset, quality = _offset(words[0])
    if offset is None:
        return
    day = calendar.today + timedelta(offset)
    yield Phrase(1, DayWish(day), quality)
    later = _count_of_weeks(words[1:])
    if later is not None:
        day += timedelta(WEEK * later.meaning)
        yield Phrase(1 + later.words, DayWish(day), quality)


def _offset(word: str) -> tuple[int | None, float]:
    """Return how many days ahead a word means, and how well it fits."""
    best, quality = None, 0.0
    for name, offset in _NAMED.items():
        fits = fit(word, name, 4)
        if fits > quality:
            best, quality = offset, fits
    return best, quality


# -- Tuesday, next Tuesday, Tuesday next week


def _weekday(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    week = _week(words)
    before = week.words if week else 0
    if before == len(words):
        return
    weekday, quality = _weekday_of(words[before], calendar)
    if weekday is None:
        return
    if week is not None:
        yield Phrase(before + 1, _in_week(calendar, week.meaning, weekday))
        return
    after = _week(words[1:])
    if after is not None and (after.words > 1 or words[1] not in _NEXT | _THIS):
        yield Phrase(1 + after.words, _in_week(calendar, after.meaning, weekday))
    yield Phrase(1, DayWish(_coming(calendar.today, weekday)), quality)
    for dated in _dates(words[1:], calendar):
        if dated.meaning.first.weekday() == weekday:
            yield replace(dated, words=dated.words + 1, quality=1.0)


def _dates(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    """Read the date that follows a weekday: "Tue 24 Nov", "Di, den 24.11."."""
    lead = 1 if len(words) > 1 and words[0] in _LEAD else 0
    if lead < len(words):
        for found in _numeric(words[lead], calendar):
            yield replace(found, words=found.words + lead)
        for found in _of_month(words[lead:], calendar):
            yield replace(found, words=found.words + lead)


def _weekday_of(word: str, calendar: Calendar) -> tuple[int | None, float]:
    word = word.rstrip(".")
    if word in _SHORT:
        return _SHORT[word], 1.0
    if calendar.is_german and word in _GERMAN:
        return _GERMAN[word], 0.8
    best, quality = None, 0.0
    for weekday, names in enumerate(_WEEKDAYS):
        for name in names:
            # Four letters: "Don" and "Sam" are names.
            fits = fit(word.removesuffix("s"), name, 4)
            if fits > quality:
                best, quality = weekday, fits
    return best, quality


def _coming(today: date, weekday: int) -> date:
    """Return the next such day after today, which people call "today"."""
    return today + timedelta((weekday - today.weekday() - 1) % WEEK + 1)


def _in_week(calendar: Calendar, weeks: int, weekday: int) -> DayWish:
    """Return a weekday of the week so many weeks after this one, never a past day."""
    monday = calendar.today - timedelta(calendar.today.weekday())
    day = monday + timedelta(WEEK * weeks + weekday)
    return DayWish(day if day >= calendar.today else day + timedelta(WEEK))


# -- next week, in two weeks


def _weeks(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    """Read a whole week: "next week", "nächste Woche"."""
    week = _week(words)
    if week is None or not (set(words[: week.words]) & _WEEKS):
        return
    if _count_of_weeks(words) is not None:
        return
    monday = calendar.today - timedelta(calendar.today.weekday())
    first = max(calendar.today, monday + timedelta(WEEK * week.meaning))
    last = monday + timedelta(WEEK * week.meaning + WEEK)
    yield Phrase(week.words, DayWish(first, (last - first).days))


def _week(words: Sequence[str]) -> Phrase[int] | None:
    """Read which week: "next", "this", "next week", "in 2 weeks"."""
    if not words:
        return None
    counted = _count_of_weeks(words)
    if counted is not None:
        return counted
    if tuple(words[:3]) == ("week", "after", "next"):
        return Phrase(3, 2)
    for known, weeks in ((_NEXT, 1), (_AFTER_NEXT, 2), (_THIS, 0)):
        if words[0] in known:
            has_week = len(words) > 1 and words[1] in _WEEKS
            return Phrase(1 + has_week, weeks)
    return None


def _count_of_weeks(words: Sequence[str]) -> Phrase[int] | None:
    """Read "in 2 weeks"."""
    if len(words) > 2 and words[0] == "in" and words[2] in _WEEKS:
        count = number(words[1])
        return None if count is None else Phrase(3, min(count, 52 * MOST_YEARS))
    return None


# -- in three days, +3


def _ahead(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    glued = _AHEAD.fullmatch(words[0])
    if glued is not None:
        yield from _later(1, int(glued[1]), glued[2] or "d", calendar)
    start = 1 if words[0] == "in" else 0
    if len(words) < start + 2:
        return
    count, unit = number(words[start]), words[start + 1]
    # Without "in", "2 d" would be too little to go by.
    if count is not None and (start or len(unit) > 1):
        yield from _later(start + 2, count, unit, calendar)


def _later(
    words: int, count: int, unit: str, calendar: Calendar
) -> Iterator[DayPhrase]:
    if unit in _DAYS and count <= 365 * MOST_YEARS:
        yield Phrase(words, DayWish(calendar.today + timedelta(count)))
    elif unit in _WEEKS and count <= 52 * MOST_YEARS:
        yield Phrase(words, DayWish(calendar.today + timedelta(WEEK * count)))
    elif unit in _MONTHS and count <= 12 * MOST_YEARS:
        yield Phrase(words, DayWish(_months_later(calendar.today, count)))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


# -- 3.12., 12/3, 24 Nov, the 24th


def _numeric(word: str, calendar: Calendar) -> Iterator[DayPhrase]:
    if match := _DOTTED.fullmatch(word):
        day, month, dot, year = match.groups()
        # Without the last dot it may be a time.
        quality = 1.0 if dot else 0.9
        if dot or year is None:
            yield from _date(1, (year, month, day), calendar, quality)
    elif match := _SLASHED.fullmatch(word):
        one, other, year = match.groups()
        # "12/24" is clear whatever the order.
        is_day_first = int(one) > 12 or (calendar.is_day_first and int(other) <= 12)
        day, month = (one, other) if is_day_first else (other, one)
        yield from _date(1, (year, month, day), calendar)
    elif match := _ISO.fullmatch(word):
        yield from _date(1, match.groups(), calendar)
    elif match := _ORDINAL.fullmatch(word):
        yield from _day_of_month(int(match[1]), calendar)


def _of_month(words: Sequence[str], calendar: Calendar) -> Iterator[DayPhrase]:
    """Read "24 Nov", "24th of November 2026", "Nov 24", "24nov"."""
    if match := _GLUED.fullmatch(words[0]):
        yield from _with_year(words, 1, match[1], match[2], calendar)
    of = 1 if len(words) > 2 and words[1] in ("of", "im") else 0
    if len(words) > 1 + of:
        one, other = words[0], words[1 + of]
        if match := _DAY_NUMBER.fullmatch(one):
            yield from _with_year(words, 2 + of, match[1], other, calendar)
        elif not of and (match := _DAY_NUMBER.fullmatch(other)):
            yield from _with_year(words, 2, match[1], one, calendar)


def _with_year(
    words: Sequence[str], used: int, day: str, name: str, calendar: Calendar
) -> Iterator[DayPhrase]:
    month, quality = _month_of(name.rstrip("."))
    if month is None:
        return
    if used < len(words) and _YEAR.fullmatch(words[used]):
        parts = (words[used], str(month), day)
        yield from _date(used + 1, parts, calendar, quality)
    yield from _date(used, (None, str(month), day), calendar, quality)


def _month_of(word: str) -> tuple[int | None, float]:
    best, quality = None, 0.0
    for month, names in enumerate(_MONTH_NAMES, 1):
        fits = max(fit(word, name, 3) for name in names)
        if fits > quality:
            best, quality = month, fits
    return best, 1.0 if quality > 0.7 else quality


def _date(
    words: int,
    parts: Sequence[str | None],
    calendar: Calendar,
    quality: float = 1.0,
) -> Iterator[DayPhrase]:
    """Read year, month, day; without a year the next such day is meant."""
    year, month, day = (None if part is None else int(part) for part in parts)
    today = calendar.today
    if year is not None:
        years = [year + 2000 if year < 100 else year]
    else:
        # The 29th of February may be years away.
        years = list(range(today.year, today.year + 9))
    for one in years:
        found = _valid(one, month or 0, day or 0)
        if found is not None and (year is not None or found >= today):
            yield Phrase(words, DayWish(found), quality)
            return


def _day_of_month(day: int, calendar: Calendar) -> Iterator[DayPhrase]:
    """Read "the 24th": the next one there is."""
    for months in range(5):
        first = _months_later(calendar.today.replace(day=1), months)
        found = _valid(first.year, first.month, day)
        if found is not None and found >= calendar.today:
            yield Phrase(1, DayWish(found), 0.85)
            return


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
