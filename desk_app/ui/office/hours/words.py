"""Weekly hours in words: the days of a field, a sentence on a whole timetable."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from desk_app.domain.timetable import HOUR, monday_of
from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.timetable import Day, Season, Timetable, Week

_SHORT, _LONG = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat


def weekday(number: int, *, is_long: bool = False) -> str:
    """Return "Mon" or "Monday" for 0."""
    return QLocale().standaloneDayName(number + 1, _LONG if is_long else _SHORT)


def clock(minute: int) -> str:
    """Return "9:00" as this desk writes it; the end of the day is 24:00."""
    if minute >= 24 * HOUR:
        return _tr("midnight")
    return QLocale().toString(QTime(minute // HOUR, minute % HOUR), _SHORT)


def hours(day: Day) -> str:
    """Return "09:00–12:00 and 13:00–17:00", or that it is closed."""
    if not day:
        return _tr("closed")
    parts = [f"{clock(each.start)}–{clock(each.end)}" for each in day]
    return parts[0] if len(parts) == 1 else _listed(parts)


def typed(day: Day) -> str:
    """Return a day as it could be typed: "9–12, 13–17:30"; "" for a closed one."""
    return ", ".join(f"{_brief(each.start)}–{_brief(each.end)}" for each in day)


def monday(week: int, today: date) -> str:
    """Return which week it is: "week of 23 November"."""
    return filled(_tr("Week of %1"), _date(monday_of(week, today), today))


def season(table: Timetable, place: int, today: date) -> str:
    """Return from when to when a season holds, as a person says it."""
    first, last = table.seasons[place].first, table.last_day(place)
    if first is None and last is None:
        return _tr("Always")
    if first is None or (first <= today and last is not None):
        until = _date(last, today) if last else ""
        return filled(_tr("Until %1"), until)
    if last is None:
        return filled(_tr("From %1"), _date(first, today))
    return filled(_tr("%1 to %2"), _date(first, today), _date(last, today))


def sentence(table: Timetable, today: date) -> str:
    """Sum a timetable up: the hours of today, and each change to come."""
    here = table.season_on(today)
    parts = [_season(table.seasons[here], today)]
    for each in table.seasons[here + 1 :]:
        if each.first is not None:
            text = filled(_tr("from %1: %2"), _date(each.first, today), "%2")
            parts.append(text.replace("%2", _season(each, today)))
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _season(season: Season, today: date) -> str:
    one, other = season.weeks
    common = tuple(a if a == b else () for a, b in zip(one, other, strict=True))
    parts = _week(common, is_every=not season.alternates)
    for number, week in enumerate(season.weeks):
        own = tuple(day if one[at] != other[at] else () for at, day in enumerate(week))
        said = _week(own, is_every=False)
        if said:
            start = _date(monday_of(number, today), today)
            which = filled(_tr("every other week (that of %1): %2"), start, "%2")
            parts.append(which.replace("%2", ", ".join(said)))
    return "; ".join(parts) or _tr("closed on all days")


def _week(week: Week, *, is_every: bool) -> list[str]:
    """Return the open days of a week, those that are alike together."""
    parts: list[str] = []
    places: dict[Day, list[int]] = {}
    for number, day in enumerate(week):
        if day:
            places.setdefault(day, []).append(number)
    for day, numbers in places.items():
        parts.append(f"{_days(numbers)} {hours(day)}")
    return parts if parts or not is_every else [_tr("closed on all days")]


def _days(numbers: Sequence[int]) -> str:
    """Return "Mon–Wed and Fri"."""
    parts: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        if len(found) > 2:
            parts.append(f"{weekday(found[0])}–{weekday(found[-1])}")
        else:
            parts += map(weekday, found)
    return _listed(parts)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return filled(_tr("%1 and %2"), ", ".join(parts[:-1]), parts[-1])


def _brief(minute: int) -> str:
    hour, rest = divmod(minute, HOUR)
    return f"{hour}:{rest:02}" if rest else str(hour)


def _date(day: date, today: date) -> str:
    """Return "23 November", with the year where it is not this or the next half."""
    locale = QLocale()
    is_near = abs(day - today) < timedelta(days=180)
    return locale.toString(shown.qdate(day), "d MMMM" if is_near else "d MMMM yyyy")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HoursPage", text)
