"""What is kept about one client, who has been kept long enough, and erasing.

Erasing is the database's own function (`migrations/sql/0002_staff.sql`).
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, LiteralString, TypeVar

from desk_app.db.queries.history import of_client
from desk_app.db.queries.pipeline import Query
from desk_app.domain.client_data import (
    ChangeRecord,
    ClientRecord,
    ConflictRecord,
    LoggedValue,
    MergeRecord,
    TaskRecord,
    VisitRecord,
    WaitingRecord,
    WalkInRecord,
)
from desk_app.domain.rights import Counts, Due

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.queries.history import AuditRow
    from desk_app.domain.client_data import Logged

R = TypeVar("R")


_CLIENT: LiteralString = (
    "SELECT client_id, name, phone, email, push_address, language, timezone, notes,"
    " no_show_count, no_show_flag, same_day_locked_until, consent_email,"
    " consent_push, consent_sms, is_active, created_at, created_by, erased_at,"
    " merged_into, import_id FROM client"
)


def client(client_id: int) -> Query[ClientRecord | None]:
    """Return the client's own row."""
    return Query(
        f"{_CLIENT} WHERE client_id = %(id)s",
        {"id": client_id},
        lambda rows: ClientRecord(*rows[0]) if rows else None,
    )


def merged_entries(client_id: int) -> Query[tuple[ClientRecord, ...]]:
    """Return the entries that were merged into a client's."""
    return _of_client(
        f"{_CLIENT} WHERE client_id = ANY(client_entries(%(id)s))"
        " AND client_id <> %(id)s ORDER BY client_id",
        client_id,
        ClientRecord,
    )


def merges(client_id: int) -> Query[tuple[MergeRecord, ...]]:
    """Return when entries of a client were made one, those taken back as well."""
    return _of_client(
        "SELECT merge_id, kept_id, gone_id, merged_at, merged_by, undone_at, undone_by"
        " FROM client_merge WHERE kept_id = ANY(client_entries(%(id)s))"
        " OR gone_id = ANY(client_entries(%(id)s)) ORDER BY merge_id",
        client_id,
        MergeRecord,
    )


def visits(client_id: int) -> Query[tuple[VisitRecord, ...]]:
    """Return all appointments of a client by start."""
    return _of_client(
        "SELECT a.appointment_id, a.service_id, s.name, a.provider_id, p.name,"
        " a.start_time, a.end_time, a.busy_until, a.status, a.booked_via, a.notes,"
        " a.meeting_link, a.price, a.currency, a.refund_due, a.cancellation_hours,"
        " a.cancelled_at, a.cancelled_by, a.cancellation_reason, a.refund_given_at,"
        " a.refund_given_by, a.arrived_at, a.seen_at, a.left_at, a.no_show_at,"
        " a.no_show_by, a.lock_out_until, a.overridden, a.override_reason, a.series_id,"
        " a.created_at, a.created_by, a.version, a.import_id, a.room_id, r.name"
        " FROM appointment a"
        " JOIN service s USING (service_id)"
        " JOIN provider p ON p.provider_id = a.provider_id"
        " LEFT JOIN room r ON r.room_id = a.room_id"
        " WHERE a.client_id = %(id)s ORDER BY a.start_time, a.appointment_id",
        client_id,
        VisitRecord,
    )


def waiting(client_id: int) -> Query[tuple[WaitingRecord, ...]]:
    """Return a client's entries on the waiting list."""
    return _of_client(
        "SELECT w.entry_id, w.service_id, s.name, w.provider_id, p.name,"
        " w.appointment_id, w.is_urgent, w.notes, w.created_at, w.service_name,"
        " w.from_day, w.until_day, w.weekdays, w.from_time, w.until_time, w.state,"
        " w.called_by, w.calling_until, w.offered_start, w.outcome, w.outcome_at,"
        " w.version FROM waitlist_entry w"
        " LEFT JOIN service s USING (service_id)"
        " LEFT JOIN provider p ON p.provider_id = w.provider_id"
        " WHERE w.client_id = %(id)s ORDER BY w.entry_id",
        client_id,
        WaitingRecord,
    )


def walk_ins(client_id: int) -> Query[tuple[WalkInRecord, ...]]:
    """Return when a client came without an appointment."""
    return _of_client(
        "SELECT w.walk_in_id, w.service_name, w.provider_id, p.name, w.appointment_id,"
        " w.arrived_at, w.left_at, w.notes, w.created_by FROM walk_in w"
        " LEFT JOIN provider p USING (provider_id)"
        " WHERE w.client_id = %(id)s ORDER BY w.walk_in_id",
        client_id,
        WalkInRecord,
    )


def tasks(client_id: int) -> Query[tuple[TaskRecord, ...]]:
    """Return what was or will be sent outside about a client's appointments."""
    return _of_client(
        "SELECT o.outbox_id, o.kind, o.appointment_id, o.state, o.run_at, o.attempts,"
        " o.last_error, o.created_at, o.recipient, o.channel, o.sent_to, o.outcome,"
        " o.handed_at, o.settled_at, o.decided_by FROM outbox o JOIN appointment a"
        " USING (appointment_id) WHERE a.client_id = %(id)s ORDER BY o.outbox_id",
        client_id,
        TaskRecord,
    )


def conflicts(client_id: int) -> Query[tuple[ConflictRecord, ...]]:
    """Return the conflicts of a client's appointments with outside calendars."""
    return _of_client(
        "SELECT e.conflict_id, e.appointment_id, e.kind, e.state, e.found_at"
        " FROM external_conflict e JOIN appointment a USING (appointment_id)"
        " WHERE a.client_id = %(id)s ORDER BY e.conflict_id",
        client_id,
        ConflictRecord,
    )


def changes(client_id: int) -> Query[tuple[ChangeRecord, ...]]:
    """Return everything the audit log holds about a client, oldest first."""
    logged = of_client(client_id, None)
    return Query(
        logged.sql,
        logged.values,
        lambda rows: tuple(map(_change, reversed(logged.read(rows)))),
    )


def counts(client_id: int) -> Query[Counts | None]:
    """Return how much is kept about a client who was not erased."""
    return Query(
        "SELECT count(a.appointment_id), count(*) FILTER (WHERE a.end_time > now()"
        "  AND a.status IN ('PENDING', 'CONFIRMED')),"
        " (SELECT count(*) FROM waitlist_entry w"
        "  WHERE w.client_id = c.client_id AND w.state = 'WAITING'),"
        " c.created_at, max(a.end_time) FILTER (WHERE a.end_time <= now()"
        "  AND a.status <> 'CANCELLED')"
        " FROM client c LEFT JOIN appointment a USING (client_id)"
        " WHERE c.client_id = %(id)s AND c.erased_at IS NULL GROUP BY c.client_id",
        {"id": client_id},
        lambda rows: Counts(*rows[0]) if rows else None,
    )


# Whoever waits for a visit, or had one to come, is not done with the practice.
_DUE: LiteralString = (
    " FROM (SELECT c.client_id, c.name, greatest(c.created_at, max(a.end_time),"
    "   (SELECT max(w.arrived_at) FROM walk_in w WHERE w.client_id = c.client_id))"
    "   AS seen FROM client c LEFT JOIN appointment a USING (client_id)"
    "  WHERE c.erased_at IS NULL AND c.merged_into IS NULL"
    "   AND %(id)s IN (0, c.client_id) AND NOT EXISTS"
    "   (SELECT FROM waitlist_entry w"
    "    WHERE w.client_id = c.client_id AND w.state = 'WAITING')"
    "  GROUP BY c.client_id) known"
    " WHERE seen < now() - make_interval(years => %(years)s) AND %(years)s > 0"
)


def due(years: int) -> Query[tuple[Due, ...]]:
    """Return who was last seen, or entered, more than so many years ago."""
    return Query(
        f"SELECT client_id, name, seen {_DUE} ORDER BY seen, client_id",
        {"years": years, "id": 0},
        lambda rows: tuple(Due(*row) for row in rows),
    )


def lock(client_id: int) -> Query[bool]:
    """Keep others from writing anything about a client until the end."""
    return Query(
        "SELECT true FROM client WHERE client_id = %(id)s FOR UPDATE",
        {"id": client_id},
        bool,
    )


def erase_if_due(client_id: int, years: int) -> Query[bool]:
    """Erase a client who is due; say whether that was so."""
    return Query(
        f"SELECT client_erase(client_id) {_DUE}",
        {"years": years, "id": client_id},
        bool,
    )


def erase(client_id: int) -> Query[bool]:
    """Erase a client."""
    return Query("SELECT client_erase(%(id)s)", {"id": client_id}, bool)


def _of_client(
    sql: LiteralString, client_id: int, make: Callable[..., R]
) -> Query[tuple[R, ...]]:
    return Query(sql, {"id": client_id}, lambda rows: tuple(make(*row) for row in rows))


def _change(row: AuditRow) -> ChangeRecord:
    names = dict.fromkeys([*row.old, *row.new])
    return ChangeRecord(
        at=row.at,
        who=row.who,
        table_name=row.table,
        row_id=row.row_id,
        action=row.action,
        values=tuple(
            LoggedValue(name, _logged(row.old.get(name)), _logged(row.new.get(name)))
            for name in names
        ),
    )


def _logged(value: object) -> Logged:
    if value is None or isinstance(value, str | int | Decimal):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
