"""Rows of the audit log retold as what people did.

Whatever stands in a row, this raises nothing: what is missing, of another kind or of
a later program is told in general.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desk_app.domain import history as told
from desk_app.domain.appointment import BookedVia, CancelledBy, Status
from desk_app.domain.people import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from desk_app.db.queries.history import AuditRow, ProviderName, Standing
    from desk_app.domain.history import Change, Entry, Place, Value

# Whose row it is, and what follows from other columns by itself.
UNTOLD = frozenset(
    {"appointment_id", "client_id", "entry_id", "version", "busy_until", "change_key"}
    | {"no_show_at", "no_show_by", "refund_given_by"}
)
# What stands with a call about an earlier time, which is told as one.
OF_CALLS = frozenset(
    {"called_by", "calling_until", "offered_start", "outcome_at", "appointment_id"}
)
OF_PLACE = frozenset({"start_time", "end_time", "provider_id", "service_id"})
OF_RULES = frozenset({"overridden", "override_reason"})
OF_CANCELLING = frozenset(
    {"status", "cancelled_at", "cancelled_by", "cancellation_reason", "refund_due"}
)
OF_MISSING = frozenset({"status", "lock_out_until", "refund_due"})
OF_COMING = frozenset({"arrived_at", "seen_at", "left_at"})
INSTANTS = frozenset({"same_day_locked_until"})


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers and logins are called; `show` writes a phone number for people."""

    providers: Mapping[int, ProviderName]
    services: Mapping[int, str]
    people: Mapping[str, str]
    show: Callable[[str], str]
    rooms: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Visit:
    """An appointment between two deeds: what is known of where it stood."""

    start: datetime | None = None
    provider_id: int | None = None
    service_id: int | None = None
    currency: str = ""
    end: datetime | None = None

    @property
    def minutes(self) -> int | None:
        """How long it was to last, if that is known."""
        if self.start is None or self.end is None:
            return None
        return round((self.end - self.start).total_seconds() / 60)


@dataclass(slots=True)
class Retelling:
    """Goes back in time from how the appointments stand now."""

    names: Names
    standing: Mapping[str, Standing]
    _visits: dict[str, _Visit] = field(default_factory=dict)

    def tell(self, newest_first: Iterable[AuditRow]) -> tuple[Entry, ...]:
        """Return what the rows say, oldest first."""
        entries: list[Entry] = []
        for row in newest_first:
            entries.extend(reversed(self._entries(row)))
        return tuple(reversed(entries))

    def _entries(self, row: AuditRow) -> list[Entry]:
        author = told.Author(row.who, self.names.people.get(row.who, ""))
        if row.table == "appointment":
            before, after = self._step_back(row)
            visit = self._place(after)
            changes = self._of_appointment(row, before, after)
            return [told.Entry(author, row.at, change, visit) for change in changes]
        tell = self._of_client if row.table == "client" else _of_waiting
        return [told.Entry(author, row.at, tell(row))]

    def _step_back(self, row: AuditRow) -> tuple[_Visit, _Visit]:
        """Return where the visit stood before and after this row."""
        last = self._visits.get(row.row_id)
        if last is None:
            last = _standing(self.standing.get(row.row_id))
        after = _overlaid(last, row.old if row.action == "DELETE" else row.new)
        before = _overlaid(after, row.old)
        self._visits[row.row_id] = before
        return before, after

    def _of_appointment(
        self, row: AuditRow, before: _Visit, after: _Visit
    ) -> list[Change]:
        if row.action == "INSERT":
            return self._booked(row, after)
        if row.action == "DELETE":
            return [told.Removed()]
        names = _differing(row) - UNTOLD
        changes = [
            *self._of_place(before, after),
            *_of_status(row, after.currency),
            *_of_rules(row, names),
        ]
        for change in changes:
            names -= _told_with(change)
        changes.extend(_details(row, after.currency, names))
        if "room_id" in names:
            room_id = _number(row.new.get("room_id"))
            changes.append(told.RoomSet(self.names.rooms.get(room_id or 0, "")))
        rest = tuple(sorted(names - _DETAILS.keys() - OF_RULES - {"room_id"}))
        if rest or not changes:
            is_taken = "client_id" in _differing(row)
            changes.append(told.Taken() if is_taken else told.Changed(rest))
        return changes

    def _of_place(self, before: _Visit, after: _Visit) -> Iterator[Change]:
        if _is_elsewhere(before, after):
            yield told.Moved(self._place(before), self._place(after))
        if before.minutes and after.minutes and before.minutes != after.minutes:
            yield told.LengthSet(before.minutes, after.minutes)

    def _booked(self, row: AuditRow, after: _Visit) -> list[Change]:
        is_pending = row.new.get("status") == Status.PENDING
        via = _word(BookedVia, row.new.get("booked_via"))
        is_of_series = row.new.get("series_id") is not None
        booked = told.Booked(self._place(after), is_pending, via, is_of_series)
        aside = _set_aside(row)
        return [booked, aside] if aside.policies else [booked]

    def _of_client(self, row: AuditRow) -> Change:
        if row.action == "INSERT":
            return told.ClientAdded()
        if row.action == "DELETE":
            return told.Removed()
        if row.new.get("erased_at") and not row.old.get("erased_at"):
            return told.Erased()
        if "merged_into" in _differing(row):
            return told.Merged() if row.new.get("merged_into") else told.Separated()
        names = sorted(_differing(row) - UNTOLD)
        if not names:
            return told.Changed()
        return told.ClientChanged(tuple(self._field(row, name) for name in names))

    def _field(self, row: AuditRow, name: str) -> told.FieldChange:
        before, after = (self._value(name, of.get(name)) for of in (row.old, row.new))
        return told.FieldChange(name, before, after)

    def _value(self, name: str, value: object) -> Value:
        if name in INSTANTS:
            return _instant(value)
        if name == "phone" and isinstance(value, str):
            return self.names.show(value)
        return value if isinstance(value, str | int | None) else str(value)

    def _place(self, visit: _Visit) -> Place:
        provider_id, service_id = visit.provider_id, visit.service_id
        known = None if provider_id is None else self.names.providers.get(provider_id)
        return told.Place(
            start=visit.start,
            provider_id=provider_id,
            provider=known.name if known else "",
            timezone=known.timezone if known else "",
            service=self.names.services.get(service_id or 0, ""),
        )


def _of_status(row: AuditRow, currency: str) -> Iterator[Change]:
    """Yield what a change of the status means, if there is one."""
    if "status" in _differing(row):
        was, now = (_word(Status, of.get("status")) for of in (row.old, row.new))
        yield _became(row, currency, was, now)


def _became(
    row: AuditRow, currency: str, was: Status | None, now: Status | None
) -> Change:
    if now is Status.CANCELLED:
        by = _word(CancelledBy, row.new.get("cancelled_by"))
        reason = _text(row.new.get("cancellation_reason"))
        return told.Cancelled(by, reason, _money(row.new.get("refund_due"), currency))
    if now is Status.NO_SHOW:
        until = _instant(row.new.get("lock_out_until"))
        return told.NoShow(until, _money(row.new.get("refund_due"), currency))
    if now in (Status.CONFIRMED, Status.PENDING) and was not in (None, Status.PENDING):
        return told.TakenBack(was)
    return _BY_STATUS.get(now, told.Changed(("status",)))


def _of_rules(row: AuditRow, names: set[str]) -> Iterator[Change]:
    """Yield what was set aside; that it ended with the old place goes unsaid."""
    aside = _set_aside(row)
    if "overridden" in names and (aside.policies or "start_time" not in names):
        yield aside


def _set_aside(row: AuditRow) -> told.SetAside:
    policies = tuple(_text(row.new.get("overridden")).split())
    return told.SetAside(policies, _text(row.new.get("override_reason")))


def _told_with(change: Change) -> frozenset[str]:
    """Return the fields that go without saying beside a change."""
    return _WITH.get(type(change), frozenset())


_BY_STATUS: dict[Status | None, Change] = {
    Status.CONFIRMED: told.Confirmed(),
    Status.COMPLETED: told.Completed(),
}
_WITH: dict[type, frozenset[str]] = {
    told.Moved: OF_PLACE,
    told.LengthSet: frozenset({"end_time"}),
    told.Cancelled: OF_CANCELLING,
    told.NoShow: OF_MISSING | OF_COMING,
    told.TakenBack: OF_CANCELLING | OF_MISSING,
    told.Completed: frozenset({"status", "left_at"}),
    told.Confirmed: frozenset({"status"}),
    told.Changed: frozenset({"status"}),
}
_DETAILS: dict[str, Callable[[object, object, str], Change]] = {
    "notes": lambda old, new, _: told.NoteChanged(_text(old), _text(new)),
    "arrived_at": lambda _old, new, _: told.ArrivedSet(_instant(new)),
    "seen_at": lambda _old, new, _: told.SeenSet(_instant(new)),
    "left_at": lambda _old, new, _: told.LeftSet(_instant(new)),
    "meeting_link": lambda _old, new, _: told.LinkSet(_text(new)),
    "refund_due": lambda _old, new, currency: told.RefundSet(_money(new, currency)),
    "refund_given_at": lambda _old, new, _: told.RefundGiven(_instant(new)),
}


def _details(row: AuditRow, currency: str, names: set[str]) -> Iterable[Change]:
    if "arrived_at" in names and row.new.get("arrived_at") is None:
        # Who has not come was neither seen, nor has left.
        names -= OF_COMING - {"arrived_at"}
    for name, make in _DETAILS.items():
        if name in names:
            yield make(row.old.get(name), row.new.get(name), currency)


def _of_waiting(row: AuditRow) -> Change:
    if row.table == "walk_in":
        return _of_walk_in(row)
    if row.table != "waitlist_entry":
        return told.Changed()
    if row.action == "INSERT":
        return told.WaitingBegun()
    if row.action == "DELETE":
        return told.WaitingEnded()
    return _of_call(row, _differing(row) - UNTOLD)


def _of_call(row: AuditRow, names: set[str]) -> Change:
    """Return what became of somebody's place on the waiting list."""
    if "state" in names:
        return _of_state(row.new.get("state"))
    if "outcome" in names or "outcome_at" in names:
        return told.Rung(_text(row.new.get("outcome")))
    if "calling_until" in names:
        return told.Rung("")
    return told.Changed(tuple(sorted(names - OF_CALLS)))


def _of_state(state: object) -> Change:
    if state == "WAITING":
        return told.WaitingBegun()
    return told.WaitingEnded(took_time=state == "TOOK")


def _of_walk_in(row: AuditRow) -> Change:
    if row.action == "INSERT":
        return told.WalkedIn()
    if row.action == "DELETE":
        return told.Removed()
    if row.new.get("appointment_id") is not None:
        return told.WalkInServed()
    if row.new.get("left_at") is not None:
        return told.WalkInLeft()
    return told.Changed(tuple(sorted(_differing(row) - UNTOLD)))


def _differing(row: AuditRow) -> set[str]:
    """Return the fields that an update wrote, as far as they were not erased."""
    names = row.old.keys() | row.new.keys()
    return {name for name in names if row.old.get(name) != row.new.get(name)}


def _is_elsewhere(before: _Visit, after: _Visit) -> bool:
    return (before.start, before.provider_id, before.service_id) != (
        after.start,
        after.provider_id,
        after.service_id,
    )


def _standing(known: Standing | None) -> _Visit:
    if known is None:
        return _Visit()
    return _Visit(
        known.start, known.provider_id, known.service_id, known.currency, known.end
    )


def _overlaid(visit: _Visit, said: Mapping[str, Any]) -> _Visit:
    """Return the visit with what one side of a row says of it."""
    return replace(
        visit,
        start=_instant(said.get("start_time")) or visit.start,
        provider_id=_number(said.get("provider_id")) or visit.provider_id,
        service_id=_number(said.get("service_id")) or visit.service_id,
        currency=_text(said.get("currency")) or visit.currency,
        end=_instant(said.get("end_time")) or visit.end,
    )


def _word(kind: type[Any], value: object) -> Any:
    """Return the word of an enumeration, None for one that it does not know."""
    try:
        return kind(value)
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    """Return an aware instant as PostgreSQL writes it in JSON, of a sane year."""
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.tzinfo and 2000 <= found.year < 2200 else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _money(value: object, currency: str) -> Money | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Money(Decimal(value), currency)
