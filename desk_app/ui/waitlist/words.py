"""What is said of those who wait: what they want, why they stand there, who rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from desk_app.domain.waitlist import WEEK, Outcome
from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from desk_app.domain.waitlist import Entry, FreedSlot, Kept, Ranked, Wish
    from desk_app.ui.dialogs.ports import Screen


def tr(text: str, *values: str) -> str:
    """Return a text of the waiting list in the language of the desk."""
    return filled(QCoreApplication.translate("waitlist", text), *values)


def clock(moment: time) -> str:
    """Return a time of day as this desk reads it."""
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(QTime(moment.hour, moment.minute), short)


def weekday(number: int) -> str:
    """Return "Mon" for 0."""
    return QLocale().dayName(number + 1, QLocale.FormatType.ShortFormat)


def wanted(wish: Wish, screen: Screen) -> str:
    """Return "Check-up · Dr Weber · Mon, Wed · 09:00–12:00"."""
    who = tr("with anyone")
    if wish.provider_id is not None:
        provider = offers.provider_of(screen.catalogue, wish.provider_id)
        who = provider.name if provider else ""
    is_any_day = len(wish.weekdays) == len(WEEK)
    days = "" if is_any_day else ", ".join(map(weekday, wish.weekdays))
    return _joined((wish.service_name, who, days, _times(wish), _days(wish)))


def why(entry: Entry, screen: Screen) -> str:
    """Return "urgent · waiting 12 days"."""
    today = screen.now.astimezone(screen.zone).date()
    waiting = (today - entry.since.astimezone(screen.zone).date()).days
    return _joined((_urgent(entry.wish), since(waiting)))


def rank(one: Ranked, screen: Screen) -> str:
    """Return "urgent · waiting 12 days · wants Dr Weber"."""
    entry, provider_id = one.entry, one.service.provider_id
    provider = offers.provider_of(screen.catalogue, provider_id)
    wants = tr("wants %1", provider.name) if provider else ""
    waiting = since(one.days_waiting)
    wants = wants if one.wants_provider else ""
    return _joined((_urgent(entry.wish), waiting, wants))


def since(days: int) -> str:
    """Return how long somebody waits."""
    if days < 1:
        return tr("waiting since today")
    text = tr("waiting %1 day") if days == 1 else tr("waiting %1 days")
    return filled(text, str(days))


def keeps(kept: Kept | None, screen: Screen) -> str:
    """Return which later booking somebody keeps, "" for none."""
    return tr("keeps %1", kept_time(kept, screen)) if kept is not None else ""


def kept_time(kept: Kept, screen: Screen) -> str:
    """Return "Tue 10 Mar, 15:00"."""
    provider = offers.provider_of(screen.catalogue, kept.provider_id)
    return visit_words.moment(kept.start, provider, screen)


def state(entry: Entry, screen: Screen) -> str:
    """Return who rings now, or what came of the last call; "" if there was none."""
    if entry.called_by:
        return ringing(entry.called_by, screen)
    if entry.outcome_at is None or entry.outcome is None:
        return ""
    today = screen.now.astimezone(screen.zone).date()
    at = shown.moment(entry.outcome_at, screen.zone, today)
    if entry.outcome is Outcome.NO_ANSWER:
        return tr("No answer: %1", at)
    return tr("Declined: %1", at)


def ringing(login: str, screen: Screen) -> str:
    """Return who rings."""
    if login == screen.catalogue.me.login:
        return tr("You are ringing")
    return tr("%1 is ringing", screen.catalogue.name_of(login))


def place(slot: FreedSlot, screen: Screen) -> str:
    """Return "14:30 with Dr Weber", with the day unless it is today."""
    provider = offers.provider_of(screen.catalogue, slot.provider_id)
    today = screen.now.astimezone(screen.zone).date()
    when = visit_words.moment(slot.start, provider, screen)
    if slot.start.astimezone(screen.zone).date() == today:
        here = shown.time(slot.start, screen.zone)
        there = visit_words.there(slot.start, provider, screen)
        when = shown.both(here, there, screen.zone)
    return tr("%1 with %2", when, provider.name if provider else "")


def freed(slot: FreedSlot, count: int, screen: Screen) -> str:
    """Return "14:30 with Dr Weber is free: 4 people wait for it"."""
    text = tr("%1 is free: one person waits for it")
    if count != 1:
        text = tr("%1 is free: %2 people wait for it")
    return filled(text, place(slot, screen), str(count))


def _urgent(wish: Wish) -> str:
    return tr("urgent") if wish.is_urgent else ""


def _times(wish: Wish) -> str:
    start, end = wish.from_time, wish.until_time
    if start is not None and end is not None:
        return f"{clock(start)}–{clock(end)}"
    if start is not None:
        return tr("from %1", clock(start))
    return tr("until %1", clock(end)) if end is not None else ""


def _days(wish: Wish) -> str:
    first = tr("from %1", _day(wish.from_day)) if wish.from_day else ""
    last = tr("until %1", _day(wish.until_day)) if wish.until_day else ""
    return " ".join(part for part in (first, last) if part)


def _day(day: date) -> str:
    return shown.short_date(day)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
