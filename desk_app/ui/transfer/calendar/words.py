"""Words on calendars that come into the practice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.calendar_file.becoming import Becoming
from desk_app.ui import format as shown
from desk_app.ui.phrases import filled
from desk_app.ui.transfer.exporting.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from desk_app.domain.calendar_file.becoming import (
        CalendarChecked,
        CalendarImported,
    )
    from desk_app.domain.calendar_file.events import Event

_A_MOMENT = timedelta(microseconds=1)
# More names of zones than this nobody reads.
MOST_NAMES = 3


def tr(text: str, *values: str) -> str:
    """Return a text of this page in the language of the window."""
    return filled(QCoreApplication.translate("CalendarPage", text), *values)


def counted(count: int, one: str, many: str) -> str:
    """Return "one event" or "%1 events" with the number."""
    return tr(one) if count == 1 else tr(many, number(count))


def becoming(what: Becoming) -> str:
    """Return what events become, with its key."""
    return {
        Becoming.BLOCKS: tr("&Blocked times"),
        Becoming.APPOINTMENTS: tr("&Appointments"),
    }[what]


def about(what: Becoming) -> str:
    """Return what that means."""
    return {
        Becoming.BLOCKS: tr("Nobody can be booked in these times."),
        Becoming.APPOINTMENTS: tr(
            "Each event is one visit. The client is who takes part, else the title;"
            " who is not known yet becomes a new client."
        ),
    }[what]


def when(event: Event, zone: tzinfo) -> str:
    """Return "Mon 23 Nov 2026, 09:00–10:00", or the days of an event of whole days."""
    first = event.start.astimezone(zone).date()
    last = (event.end - _A_MOMENT).astimezone(zone).date()
    if event.is_all_day:
        if first == last:
            return tr("%1 %2, all day", shown.short_date(first), str(first.year))
        return shown.days_in_words(first, last)
    clock = shown.time_range(event.start, event.end, zone)
    return f"{shown.short_date(first)} {first.year}, {clock}"


def title(event: Event) -> str:
    """Return what an event is called, and who takes part."""
    parts = (event.title or tr("(no title)"), event.person or event.email)
    return " · ".join(part for part in parts if part)


def outcome(checked: CalendarChecked) -> str:
    """Return what an import would do, and what it leaves out, in sentences."""
    if checked.faults:
        count = counted(len(checked.faults), "one fault", "%1 faults")
        return tr("Nothing can be imported: %1. Mend the file, or leave it.", count)
    if not checked.rows:
        return " ".join((tr("There is nothing to import."), *_remarks(checked)))
    made = counted(len(checked.blocks), "one blocked time", "%1 blocked times")
    if checked.visits:
        made = counted(len(checked.visits), "one appointment", "%1 appointments")
    return " ".join((tr("This makes %1.", made), *_remarks(checked)))


def _remarks(checked: CalendarChecked) -> Iterator[str]:
    """Yield a sentence on each thing that somebody would ask about."""
    if checked.new:
        count = counted(len(checked.new), "One client is", "%1 clients are")
        yield tr("%1 new.", count)
    if checked.known:
        count = counted(checked.known, "One is", "%1 are")
        yield tr("%1 blocked already.", count)
    if checked.booked:
        one, many = "One appointment lies", "%1 appointments lie"
        yield tr("%1 in these times and stay.", counted(checked.booked, one, many))
    left_out = ", ".join(_left_out(checked))
    if left_out:
        yield tr("Left out: %1.", left_out)
    unknown = checked.read.unknown_zones[:MOST_NAMES]
    if unknown:
        yield tr(
            "The time zone “%1” is not known; its times are taken as those of here.",
            "”, “".join(unknown),
        )


def _left_out(checked: CalendarChecked) -> Iterator[str]:
    counts = checked.read.left_out
    for count, text in (
        (counts.cancelled, tr("%1 cancelled")),
        (counts.outside, tr("%1 on other days")),
        (counts.endless, tr("%1 without an end")),
        (checked.left_out, _unwanted(checked)),
        (counts.no_events, tr("%1 that are no events")),
    ):
        if count:
            yield filled(text, number(count))


def _unwanted(checked: CalendarChecked) -> str:
    if checked.wish.becoming is Becoming.APPOINTMENTS:
        return tr("%1 of whole days")
    return tr("%1 that are free or of whole days")


def go(checked: CalendarChecked | None) -> str:
    """Return what the main button says."""
    if checked is None or not checked.rows or checked.faults:
        return tr("&Import")
    return tr("&Import %1", number(checked.rows))


def done(imported: CalendarImported) -> str:
    """Return what was imported."""
    if imported.blocks:
        return counted(
            imported.blocks, "One time is blocked now.", "%1 times are blocked now."
        )
    made = counted(
        imported.visits,
        "One appointment is there now.",
        "%1 appointments are there now.",
    )
    if not imported.clients:
        return made
    new = counted(imported.clients, "One client is new.", "%1 clients are new.")
    return f"{made} {new}"
