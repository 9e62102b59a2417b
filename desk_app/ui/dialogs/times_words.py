"""Days and free times as buttons say them, and as a screen reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.roving import Choice, Section
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from desk_app.domain.people import Provider
    from desk_app.ui.dialogs.offers import FreeTime
    from desk_app.ui.dialogs.ports import Screen

NOON, EVENING = 12, 17


def days(counts: Mapping[date, int], *, is_looking: bool) -> Section:
    """Return days, each with how many free times it has."""
    return Section("", tuple(_day(d, n, is_looking) for d, n in counts.items()))


def sections(times: Iterable[FreeTime], screen: Screen) -> tuple[Section, ...]:
    """Return the free times of one day by morning, afternoon and evening."""
    names = (_tr("Morning"), _tr("Afternoon"), _tr("Evening"))
    parts: list[list[Choice]] = [[], [], []]
    for free in times:
        hour = free.start.astimezone(screen.zone).hour
        part = 0 if hour < NOON else 1 if hour < EVENING else 2
        parts[part].append(_time(free, screen))
    return tuple(
        Section(name, tuple(part))
        for name, part in zip(names, parts, strict=True)
        if part
    )


def _day(day: date, count: int, is_looking: bool) -> Choice:
    name = QLocale().toString(QDate(day.year, day.month, day.day), "ddd")
    nothing = "…" if is_looking else "–"
    free = filled(_tr("%1 free"), str(count)) if count else nothing
    spoken = filled(_tr("%1, %2 free times"), shown.long_date(day), str(count))
    return Choice(f"{name} {day.day}\n{free}", spoken, is_faint=not count)


def _time(free: FreeTime, screen: Screen) -> Choice:
    clock = shown.time(free.start, screen.zone)
    day = shown.long_date(free.start.astimezone(screen.zone).date())
    found = [offers.provider_of(screen.catalogue, o.provider_id) for o in free.openings]
    who = ", ".join(_named(provider, free, screen) for provider in found if provider)
    is_plain = len(found) == 1 and not visit_words.there(free.start, found[0], screen)
    return Choice(clock, f"{clock}, {day}, {who}", "" if is_plain else who)


def _named(provider: Provider, free: FreeTime, screen: Screen) -> str:
    there = visit_words.there(free.start, provider, screen)
    return f"{provider.name} ({there})" if there else provider.name


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimesPanel", text)
