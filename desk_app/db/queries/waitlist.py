"""Who would come sooner, and who rings them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.people import COLUMNS, to_client
from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.interval import Interval
from desk_app.domain.waitlist import (
    CALL_LASTS,
    Entry,
    Kept,
    Outcome,
    Visit,
    Wish,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from desk_app.db.queries.people import ShowPhone
    from desk_app.domain.people import NewClient
    from desk_app.domain.waitlist import CallOutcome, NewEntry

    Visits = dict[int, tuple[Visit, ...]]

# A call counts by the server's clock; of a kept booking only one that still stands.
_ENTRIES: LiteralString = (
    "SELECT w.entry_id, w.service_name, w.provider_id, w.from_day, w.until_day,"
    " w.weekdays, w.from_time, w.until_time, w.is_urgent, w.notes, w.created_at,"
    " w.version,"
    " CASE WHEN w.calling_until > clock_timestamp() THEN w.called_by END,"
    " CASE WHEN w.calling_until > clock_timestamp() THEN w.calling_until END,"
    " w.offered_start, w.outcome, w.outcome_at,"
    " k.appointment_id, k.provider_id, k.start_time, k.version,"
    " nullif(round(extract(epoch FROM k.end_time - k.start_time) / 60)::int,"
    f"  s.duration_minutes), {COLUMNS}"
    " FROM waitlist_entry w JOIN client c USING (client_id)"
    " LEFT JOIN appointment k ON k.appointment_id = w.appointment_id"
    "  AND k.status IN ('PENDING', 'CONFIRMED')"
    " LEFT JOIN service s ON s.service_id = k.service_id"
    " WHERE w.state = 'WAITING'"
)
# An entry goes with the booking its client keeps: when that begins, and when the
# client gives it up. Whom the practice has cancelled waits all the more.
_STILL_WAITS: LiteralString = (
    " AND (w.appointment_id IS NULL"
    "  OR k.start_time > coalesce(%(now)s::timestamptz, now())"
    "  OR EXISTS (SELECT FROM appointment g WHERE g.appointment_id = w.appointment_id"
    "   AND g.status = 'CANCELLED' AND g.cancelled_by = 'PRACTICE'))"
)
_IN_ORDER: LiteralString = " ORDER BY w.is_urgent DESC, w.created_at, w.entry_id"
_OWN_COLUMNS = 22


def waiting(show: ShowPhone, now: datetime | None) -> Query[tuple[Entry, ...]]:
    """Return all who wait, urgent ones first; `now` replaces the server's clock."""
    return Query(
        f"{_ENTRIES}{_STILL_WAITS}{_IN_ORDER}",
        {"now": now},
        lambda rows: tuple(_entry(row, show) for row in rows),
    )


def entry(entry_id: int, show: ShowPhone) -> Query[Entry | None]:
    """Return one entry if it waits."""
    return Query(
        f"{_ENTRIES} AND w.entry_id = %(id)s",
        {"id": entry_id},
        lambda rows: _entry(rows[0], show) if rows else None,
    )


def entries_beside(entry_id: int, show: ShowPhone) -> Query[tuple[Entry, ...]]:
    """Return what the client of an entry waits for, this and everything else."""
    return Query(
        f"{_ENTRIES} AND w.client_id ="
        " (SELECT client_id FROM waitlist_entry WHERE entry_id = %(id)s)"
        f"{_IN_ORDER}",
        {"id": entry_id},
        lambda rows: tuple(_entry(row, show) for row in rows),
    )


def lock_client(client_id: int) -> Query[bool]:
    """Let nobody else put this client on the list, or ring them, until the end."""
    return Query(
        "SELECT true FROM client WHERE client_id = %(id)s FOR NO KEY UPDATE",
        {"id": client_id},
        bool,
    )


def lock_client_of(entry_id: int) -> Query[bool]:
    """Do the same for the client of an entry."""
    return Query(
        "SELECT true FROM client WHERE client_id ="
        " (SELECT client_id FROM waitlist_entry WHERE entry_id = %(id)s)"
        " FOR NO KEY UPDATE",
        {"id": entry_id},
        bool,
    )


def same_entry(wish: Wish, client_id: int) -> Query[int | None]:
    """Return where this client waits for the same already."""
    return Query(
        "SELECT entry_id FROM waitlist_entry WHERE client_id = %(client)s"
        " AND state = 'WAITING' AND service_name = %(service)s"
        " ORDER BY entry_id LIMIT 1",
        {"client": client_id, "service": wish.service_name},
        lambda rows: int(rows[0][0]) if rows else None,
    )


def same_client(client: NewClient) -> Query[int | None]:
    """Return who of this name has this phone number already."""
    return Query(
        "SELECT client_id FROM client WHERE name = %(name)s AND phone = %(phone)s"
        " AND is_active ORDER BY client_id LIMIT 1",
        {"name": client.name, "phone": client.phone},
        lambda rows: int(rows[0][0]) if rows else None,
    )


def insert_entry(new: NewEntry, client_id: int) -> Query[int]:
    """Put a client on the list; return the number of the entry."""
    return Query(
        "INSERT INTO waitlist_entry (client_id, appointment_id, service_name,"
        " provider_id, from_day, until_day, weekdays, from_time, until_time, is_urgent,"
        " notes) VALUES (%(client)s, %(kept)s, %(service)s, %(provider)s, %(from_day)s,"
        " %(until_day)s, %(weekdays)s, %(from_time)s, %(until_time)s, %(urgent)s,"
        " %(notes)s) RETURNING entry_id",
        {"client": client_id, "kept": new.appointment_id, **_values(new.wish)},
        lambda rows: int(rows[0][0]),
    )


def update_wish(entry_id: int, wish: Wish, version: int | None = None) -> Query[bool]:
    """Let an entry say something else, if it is still in `version`."""
    return Query(
        "UPDATE waitlist_entry SET service_name = %(service)s,"
        " provider_id = %(provider)s, from_day = %(from_day)s,"
        " until_day = %(until_day)s, weekdays = %(weekdays)s,"
        " from_time = %(from_time)s, until_time = %(until_time)s,"
        " is_urgent = %(urgent)s, notes = %(notes)s"
        " WHERE entry_id = %(id)s AND state = 'WAITING'"
        " AND version = coalesce(%(version)s::int, version) RETURNING true",
        {"id": entry_id, "version": version, **_values(wish)},
        bool,
    )


def remove_entry(entry_id: int) -> Query[bool]:
    """Take an entry off the list that nobody has called in."""
    return Query(
        "UPDATE waitlist_entry SET state = 'GONE', calling_until = NULL"
        " WHERE entry_id = %(id)s AND state = 'WAITING' RETURNING true",
        {"id": entry_id},
        bool,
    )


def keep_booking(entry_id: int, appointment_id: int) -> Query[bool]:
    """Let the client of an entry keep a later booking."""
    return Query(
        "UPDATE waitlist_entry SET appointment_id = %(kept)s"
        " WHERE entry_id = %(id)s RETURNING true",
        {"id": entry_id, "kept": appointment_id},
        bool,
    )


def claim_call(entry_id: int) -> Query[bool]:
    """Ring somebody from now on; a trigger writes down who."""
    return Query(
        "UPDATE waitlist_entry SET calling_until = clock_timestamp() + %(lasts)s"
        " WHERE entry_id = %(id)s AND state = 'WAITING' RETURNING true",
        {"id": entry_id, "lasts": CALL_LASTS},
        bool,
    )


def end_call(entry_id: int, held: datetime) -> Query[bool]:
    """Let go of a call, if it is still the same."""
    return Query(
        "UPDATE waitlist_entry SET calling_until = NULL"
        " WHERE entry_id = %(id)s AND calling_until = %(held)s RETURNING true",
        {"id": entry_id, "held": held},
        bool,
    )


def note_outcome(said: CallOutcome) -> Query[bool]:
    """Write down what came of a call; other desks may ring again."""
    return Query(
        "UPDATE waitlist_entry SET outcome = %(outcome)s,"
        " outcome_at = clock_timestamp(), offered_start = %(start)s,"
        " calling_until = NULL"
        " WHERE entry_id = %(id)s AND state = 'WAITING' RETURNING true",
        {
            "id": said.entry_id,
            "outcome": said.outcome.value,
            "start": said.offered_start,
        },
        bool,
    )


def visits_over(client_ids: Iterable[int], span: Interval) -> Query[Visits]:
    """Return when these clients are here in any part of `span`."""
    return Query(
        "SELECT client_id, appointment_id, start_time, end_time FROM appointment"
        " WHERE client_id = ANY(%(ids)s::int[]) AND start_time < %(end)s"
        " AND end_time > %(start)s AND status IN ('PENDING', 'CONFIRMED', 'COMPLETED')",
        {"ids": array(client_ids), "start": span.start, "end": span.end},
        _visits,
    )


def settle_entry(entry_id: int, appointment_id: int) -> Query[bool]:
    """Take an entry off the list, for it got a time; false if it waits no more."""
    return Query(
        "UPDATE waitlist_entry SET state = 'TOOK', outcome = 'TOOK',"
        " outcome_at = now(), calling_until = NULL, appointment_id = %(appointment)s"
        " WHERE entry_id = %(id)s AND state = 'WAITING' RETURNING true",
        {"id": entry_id, "appointment": appointment_id},
        bool,
    )


def reopen_entries(appointment_id: int, version: int) -> Query[bool]:
    """Put an entry back on the list that was settled by one version of a visit.

    It was written in the transaction that made the version, and so were its tasks.
    """
    return Query(
        "UPDATE waitlist_entry SET state = 'WAITING', outcome = NULL,"
        " outcome_at = NULL,"
        " appointment_id = CASE WHEN %(version)s > 1 THEN appointment_id END"
        " WHERE appointment_id = %(id)s AND state = 'TOOK' AND outcome_at IN"
        " (SELECT created_at FROM outbox WHERE appointment_id = %(id)s"
        "   AND payload -> 'version' = to_jsonb(%(version)s::int))"
        " RETURNING true",
        {"id": appointment_id, "version": version},
        bool,
    )


def _values(wish: Wish) -> dict[str, object]:
    return {
        "service": wish.service_name,
        "provider": wish.provider_id,
        "from_day": wish.from_day,
        "until_day": wish.until_day,
        "weekdays": "".join(map(str, sorted(set(wish.weekdays)))),
        "from_time": wish.from_time,
        "until_time": wish.until_time,
        "urgent": wish.is_urgent,
        "notes": wish.notes,
    }


def _entry(row: Row, show: ShowPhone) -> Entry:
    own = row[:_OWN_COLUMNS]
    number, said, (since, version) = own[0], own[1:10], own[10:12]
    called_by, until, offered, outcome, at, *kept = own[12:]
    wish = Wish(*said)
    return Entry(
        entry_id=number,
        client=to_client(row[_OWN_COLUMNS:], show),
        wish=replace(wish, weekdays=tuple(map(int, wish.weekdays))),
        since=since,
        version=version,
        kept=Kept(*kept) if kept[0] is not None else None,
        called_by=called_by or "",
        calling_until=until,
        offered_start=offered,
        outcome=Outcome(outcome) if outcome else None,
        outcome_at=at,
    )


def _visits(rows: list[Row]) -> Visits:
    found: Visits = {}
    for client_id, appointment_id, start, end in rows:
        visit = Visit(appointment_id, Interval(start, end))
        found[client_id] = (*found.get(client_id, ()), visit)
    return found
