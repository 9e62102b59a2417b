"""A history in plain words: what was done, to which visit, by whom, at what time.

Days are written out ("Tue 24 Nov"), never as "tomorrow": histories are read later.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.domain import history as told
from desk_app.domain.appointment import BookedVia, CancelledBy, Status
from desk_app.ui import format as shown
from desk_app.ui.dialogs import rule_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desk_app.domain.history import Change, Entry, FieldChange, Place, Value

LONGEST_QUOTE = 160
# What would turn the words around it to the left.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class HistoryWords:
    """Tells entries by the clock of the practice.

    Among those of several visits each says which one it is about.
    """

    def __init__(self, zone: ZoneInfo, *, names_visits: bool = True) -> None:
        self._zone, self._names_visits = zone, names_visits

    def time(self, entry: Entry) -> str:
        """Return "10:42"."""
        return shown.time(entry.at, self._zone)

    def day(self, entry: Entry) -> date:
        """Return the day in the practice."""
        return entry.at.astimezone(self._zone).date()

    def deed(self, entry: Entry) -> str:
        """Return what was done: "Moved from Tue 24 Nov, 10:00 to Wed 25 Nov, 9:30"."""
        write = _WRITERS.get(type(entry.change), _fixed)
        return write(entry.change, _Clock(self._zone, self.day(entry).year))

    def person(self, entry: Entry) -> str:
        """Return who did it: "by Jonas Krüger"."""
        return filled(_tr("by %1"), quoted(entry.author.shown_name))

    def sentence(self, entry: Entry) -> str:
        """Return both; a dot parts them where "by" would be taken for the deed's."""
        deed, person = self.deed(entry), self.person(entry)
        return f"{deed} · {person}" if _ends_open(entry.change) else f"{deed} {person}"

    def visit(self, entry: Entry) -> str:
        """Return which visit it is about: "Check-up · Dr. Brandt · Tue 24 Nov, 10:00".

        "" for what is about the client, or says so itself.
        """
        place = entry.visit
        if place is None or not self._names_visits:
            return ""
        parts = [quoted(place.service), quoted(place.provider)]
        if not isinstance(entry.change, told.Booked | told.Moved):
            parts.append(_Clock(self._zone, self.day(entry).year).place(place))
        return " · ".join(part for part in parts if part)

    def line(self, entry: Entry) -> str:
        """Return everything in one line, for copying and for screen readers."""
        parts = (f"{self.time(entry)}  {self.sentence(entry)}", self.visit(entry))
        return " · ".join(part for part in parts if part)


class _Clock:
    """Writes moments; the year only where it is not that of the deed."""

    def __init__(self, zone: ZoneInfo, year: int) -> None:
        self._zone, self._year = zone, year

    def place(self, place: Place) -> str:
        """Return when a visit was to be, with both clocks for a provider elsewhere."""
        if place.start is None:
            return _tr("an unknown time")
        here = self.moment(place.start)
        zone = _zone(place.timezone, self._zone)
        there = shown.elsewhere(
            shown.time(place.start, zone), place.start, zone, self._zone
        )
        return shown.both(here, there, self._zone)

    def moment(self, instant: datetime) -> str:
        """Return "Tue 24 Nov, 10:00", with the year where it is another one."""
        day = instant.astimezone(self._zone).date()
        date_ = shown.short_date(day)
        if day.year != self._year:
            date_ = f"{date_} {day.year}"
        return f"{date_}, {shown.time(instant, self._zone)}"


def quoted(text: str) -> str:
    """Return what somebody typed on one line, cut, and without what turns words."""
    line = " ".join(_TURNING.sub("", text).split())
    if len(line) > LONGEST_QUOTE:
        return line[: LONGEST_QUOTE - 1] + "…"
    return line


def _booked(change: told.Booked, clock: _Clock) -> str:
    ways = {
        BookedVia.PHONE: _tr("phone"),
        BookedVia.WALK_IN: _tr("walk-in"),
        BookedVia.ONLINE: _tr("online"),
    }
    more = [ways[change.via]] if change.via in ways else []
    if change.is_pending:
        more.append(_tr("to be confirmed"))
    if change.is_of_series:
        more.append(_tr("one of a series"))
    text = filled(_tr("Booked for %1"), clock.place(change.place))
    return f"{text} ({', '.join(more)})" if more else text


def _moved(change: told.Moved, clock: _Clock) -> str:
    before, after = change.before, change.after
    ends = [clock.place(before), clock.place(after)]
    if before.provider_id == after.provider_id:
        if before.start == after.start:
            text = _tr("Service changed from %1 to %2")
            return filled(text, quoted(before.service), quoted(after.service))
        return filled(_tr("Moved from %1 to %2"), *ends)
    names = [quoted(place.provider) or _tr("somebody") for place in (before, after)]
    if before.start == after.start:
        return filled(_tr("Moved from %1 to %2, still %3"), *names, ends[1])
    text = _tr("Moved from %1 with %2 to %3 with %4")
    return filled(text, ends[0], names[0], ends[1], names[1])


def _cancelled(change: told.Cancelled, _clock: _Clock) -> str:
    words = {
        CancelledBy.CLIENT: _tr("Cancelled by the client"),
        CancelledBy.PRACTICE: _tr("Cancelled by the practice"),
        CancelledBy.UNDO: _tr("Booking taken back as a slip"),
    }
    text = words[change.by] if change.by else _tr("Cancelled")
    if change.reason:
        text = f"{text}: {quoted(change.reason)}"
    if change.refund is not None and change.refund.amount:
        refund = filled(_tr("refund due: %1"), shown.money(change.refund))
        text = f"{text} · {refund}"
    return text


def _taken_back(change: told.TakenBack, _clock: _Clock) -> str:
    words = {
        Status.NO_SHOW: _tr("“Did not come” taken back"),
        Status.CANCELLED: _tr("Cancellation taken back"),
        Status.CONFIRMED: _tr("Confirmation taken back"),
    }
    return words.get(change.what, _tr("“Completed” taken back"))


def _missed(change: told.NoShow, clock: _Clock) -> str:
    text = _tr("Did not come")
    if change.until is not None:
        until = clock.moment(change.until)
        text = f"{text} · {filled(_tr('no same-day booking until %1'), until)}"
    if change.refund is not None and change.refund.amount:
        refund = filled(_tr("refund due: %1"), shown.money(change.refund))
        text = f"{text} · {refund}"
    return text


def _length(change: told.LengthSet, _clock: _Clock) -> str:
    lengths = (shown.duration(change.before), shown.duration(change.after))
    return filled(_tr("Length changed from %1 to %2"), *lengths)


def _set_aside(change: told.SetAside, _clock: _Clock) -> str:
    if not change.policies:
        return _tr("Nothing is set aside any more")
    rules = quoted(rule_words.listed(change.policies))
    text = filled(_tr("Set aside: %1"), rules)
    return f"{text} – “{quoted(change.reason)}”" if change.reason else text


def _note(change: told.NoteChanged, _clock: _Clock) -> str:
    if not change.after:
        return filled(_tr("Note deleted: “%1”"), quoted(change.before))
    text = _tr("Note changed to “%1”") if change.before else _tr("Note: “%1”")
    return filled(text, quoted(change.after))


def _arrived(change: told.ArrivedSet, clock: _Clock) -> str:
    if change.at is None:
        return _tr("“Arrived” taken back")
    return filled(_tr("Arrived: %1"), clock.moment(change.at))


def _seen(change: told.SeenSet, clock: _Clock) -> str:
    if change.at is None:
        return _tr("“With the provider” taken back")
    return filled(_tr("With the provider: %1"), clock.moment(change.at))


def _left(change: told.LeftSet, clock: _Clock) -> str:
    if change.at is None:
        return _tr("“Left” taken back")
    return filled(_tr("Left: %1"), clock.moment(change.at))


def _rung(change: told.Rung, _clock: _Clock) -> str:
    words = {
        "": _tr("Rung about an earlier time"),
        "NO_ANSWER": _tr("Rung about an earlier time: no answer"),
        "DECLINED": _tr("Rung about an earlier time: declined"),
        "TOOK": _tr("Rung about an earlier time: took it"),
    }
    return words.get(change.outcome, words[""])


def _waiting_ended(change: told.WaitingEnded, _clock: _Clock) -> str:
    if change.took_time:
        return _tr("Took an earlier time from the waiting list")
    return _tr("Taken off the waiting list")


def _link(change: told.LinkSet, _clock: _Clock) -> str:
    if not change.link:
        return _tr("Link for the video call removed")
    return filled(_tr("Link for the video call: %1"), quoted(change.link))


def _room(change: told.RoomSet, _clock: _Clock) -> str:
    if not change.room:
        return _tr("In no room")
    return filled(_tr("Room: %1"), quoted(change.room))


def _refund(change: told.RefundSet, _clock: _Clock) -> str:
    if change.refund is None or not change.refund.amount:
        return _tr("No refund due")
    return filled(_tr("Refund due: %1"), shown.money(change.refund))


def _refund_given(change: told.RefundGiven, clock: _Clock) -> str:
    if change.at is None:
        return _tr("“Refund given” taken back")
    return filled(_tr("Refund given: %1"), clock.moment(change.at))


def _client_changed(change: told.ClientChanged, clock: _Clock) -> str:
    return "; ".join(_field(field, clock) for field in change.fields)


def _field(field: FieldChange, clock: _Clock) -> str:
    name = field_name(field.name)
    before, after = (_value(value, clock) for value in (field.before, field.after))
    if isinstance(field.after, bool) or not before:
        return filled(_tr("%1: %2"), name, after)
    if not after:
        return filled(_tr("%1 deleted (was %2)"), name, before)
    return filled(_tr("%1 changed from %2 to %3"), name, before, after)


def _value(value: Value, clock: _Clock) -> str:
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, datetime):
        return clock.moment(value)
    return "" if value is None else quoted(str(value))


def _fixed(change: Change, _clock: _Clock) -> str:
    words: dict[type, str] = {
        told.Confirmed: _tr("Confirmed"),
        told.Completed: _tr("Completed"),
        told.ClientAdded: _tr("Entered as a client"),
        told.Erased: _tr("Erased: everything personal was deleted"),
        told.Merged: _tr("Merged with another entry"),
        told.Separated: _tr("Separated from the other entry"),
        told.Taken: _tr("Went with the client to another entry"),
        told.WaitingBegun: _tr("Put on the waiting list"),
        told.WalkedIn: _tr("Came without an appointment"),
        told.WalkInServed: _tr("Was given a time after coming without one"),
        told.WalkInLeft: _tr("Left without an appointment"),
        told.Removed: _tr("Deleted"),
    }
    return words.get(type(change), _tr("Something was changed"))


def _changed(change: told.Changed, _clock: _Clock) -> str:
    if not change.names:
        return _tr("Something was changed")
    names = ", ".join(field_name(name) for name in change.names)
    return filled(_tr("Changed: %1"), quoted(names))


def field_name(column: str) -> str:
    """Return what people call a column; its own words where nobody named it."""
    names = {
        "name": _tr("Name"),
        "phone": _tr("Phone"),
        "email": _tr("E-mail"),
        "notes": _tr("Note"),
        "language": _tr("Language"),
        "timezone": _tr("Time zone"),
        "push_address": _tr("Push address"),
        "consent_email": _tr("May be written e-mails"),
        "consent_push": _tr("May be sent push messages"),
        "consent_sms": _tr("May be sent text messages"),
        "no_show_count": _tr("Missed visits"),
        "no_show_flag": _tr("Marked for missed visits"),
        "same_day_locked_until": _tr("No same-day booking until"),
        "is_active": _tr("Shown at the desk"),
        "is_urgent": _tr("Urgent"),
        "price": _tr("Price"),
        "currency": _tr("Currency"),
        "end_time": _tr("End"),
        "cancellation_hours": _tr("Time to cancel for free"),
        "booked_via": _tr("How it was booked"),
        "status": _tr("Status"),
        "series_id": _tr("Series"),
        "from_day": _tr("From"),
        "until_day": _tr("Until"),
        "weekdays": _tr("Weekdays"),
        "from_time": _tr("Not before"),
        "until_time": _tr("Not after"),
        "service_name": _tr("Service"),
        "lock_out_until": _tr("No same-day booking until"),
    }
    return names.get(column) or quoted(column.replace("_", " ").capitalize())


def _ends_open(change: Change) -> bool:
    """Say whether the deed ends in words that a "by" would seem to go on."""
    return isinstance(
        change,
        told.Cancelled
        | told.NoteChanged
        | told.ClientChanged
        | told.Changed
        | told.SetAside
        | told.Rung,
    )


def _zone(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else otherwise
    except (KeyError, ValueError, OSError):
        return otherwise


def _tr(text: str) -> str:
    return QCoreApplication.translate("HistoryDialog", text)


_WRITERS: dict[type, Callable[..., str]] = {
    told.Booked: _booked,
    told.Moved: _moved,
    told.LengthSet: _length,
    told.SetAside: _set_aside,
    told.RoomSet: _room,
    told.NoShow: _missed,
    told.Cancelled: _cancelled,
    told.TakenBack: _taken_back,
    told.NoteChanged: _note,
    told.ArrivedSet: _arrived,
    told.SeenSet: _seen,
    told.LeftSet: _left,
    told.Rung: _rung,
    told.WaitingEnded: _waiting_ended,
    told.LinkSet: _link,
    told.RefundSet: _refund,
    told.RefundGiven: _refund_given,
    told.ClientChanged: _client_changed,
    told.Changed: _changed,
}
