"""The statements of an import: who is known, rows by the thousand, taking it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, array
from desk_app.domain.importing.outcome import ImportLine, Kept
from desk_app.domain.importing.twins import FILLABLE, KnownClient
from desk_app.domain.importing.visits import Taken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from desk_app.db.queries.bookings import Task
    from desk_app.db.queries.pipeline import Row
    from desk_app.domain.importing.twins import Filling, NewPerson

_COMPARED: LiteralString = (
    "SELECT client_id, name, phone, email, phone = '', email = '', notes = '',"
    " language = '', timezone = '' FROM client WHERE erased_at IS NULL"
)
# So many lines of earlier imports are listed.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ToCome:
    """A visit to come that was just written, as far as tasks need it."""

    appointment_id: int
    provider_id: int
    start: datetime
    status: str
    is_virtual: bool


@dataclass(frozen=True, slots=True)
class Following:
    """A task and the appointment that it is about."""

    appointment_id: int
    task: Task


def begin(kind: str, file_name: str) -> Query[int]:
    """Begin an import; return its number. It must end in the same transaction."""
    return Query(
        "INSERT INTO transfer (kind, file_name) VALUES (%(kind)s, %(name)s)"
        " RETURNING transfer_id",
        {"kind": kind, "name": file_name},
        lambda rows: int(rows[0][0]),
    )


def end(
    transfer_id: int, rows: int, filled: Mapping[int, Sequence[str]]
) -> Query[bool]:
    """End an import: how many rows came with it, and whose fields were filled in."""
    return Query(
        "UPDATE transfer SET rows = %(rows)s, filled = %(filled)s::jsonb"
        " WHERE transfer_id = %(id)s RETURNING true",
        {"id": transfer_id, "rows": rows, "filled": json.dumps(filled)},
        bool,
    )


def known_clients() -> Query[tuple[KnownClient, ...]]:
    """Return every client with a phone number or an address, for comparing."""
    return Query(
        f"{_COMPARED} AND merged_into IS NULL AND (phone <> '' OR email <> '')"
        " ORDER BY client_id",
        {},
        lambda rows: tuple(map(_known, rows)),
    )


def named_clients() -> Query[tuple[KnownClient, ...]]:
    """Return every client that is not hidden from the desk, for comparing."""
    return Query(
        f"{_COMPARED} AND merged_into IS NULL AND is_active ORDER BY client_id",
        {},
        lambda rows: tuple(map(_known, rows)),
    )


def locked_clients(client_ids: Sequence[int]) -> Query[tuple[KnownClient, ...]]:
    """Return these clients as they are now, and keep others from changing them."""
    return Query(
        f"{_COMPARED} AND client_id = ANY(%(ids)s::int[])"
        " ORDER BY client_id FOR UPDATE",
        {"ids": array(client_ids)},
        lambda rows: tuple(map(_known, rows)),
    )


def insert_clients(
    transfer_id: int, people: Sequence[NewPerson]
) -> Query[tuple[int, ...]]:
    """Write clients of an import; return their numbers in the same order."""
    return Query(
        "INSERT INTO client (name, phone, email, notes, language, timezone,"
        " consent_email, consent_sms, import_id)"
        " SELECT n.*, %(import)s FROM unnest(%(name)s::text[], %(phone)s::text[],"
        " %(email)s::text[], %(notes)s::text[], %(language)s::text[],"
        " %(timezone)s::text[], %(consent_email)s::bool[], %(consent_sms)s::bool[]) n"
        " RETURNING client_id",
        {
            "import": transfer_id,
            "name": [person.name for person in people],
            "phone": [person.phone for person in people],
            "email": [person.email for person in people],
            "notes": [person.notes for person in people],
            "language": [person.language for person in people],
            "timezone": [person.timezone for person in people],
            "consent_email": [person.consent_email for person in people],
            "consent_sms": [person.consent_sms for person in people],
        },
        lambda rows: tuple(int(row[0]) for row in rows),
    )


def fill_clients(fillings: Sequence[Filling]) -> Query[int]:
    """Give locked clients what they lack; return how many were."""
    given = [dict(filling.values) for filling in fillings]
    values: dict[str, object] = {
        name: [values.get(name, "") for values in given] for name in FILLABLE
    }
    return Query(
        "UPDATE client c SET phone = coalesce(nullif(n.phone, ''), c.phone),"
        " email = coalesce(nullif(n.email, ''), c.email),"
        " notes = coalesce(nullif(n.notes, ''), c.notes),"
        " language = coalesce(nullif(n.language, ''), c.language),"
        " timezone = coalesce(nullif(n.timezone, ''), c.timezone)"
        " FROM unnest(%(ids)s::int[], %(phone)s::text[], %(email)s::text[],"
        " %(notes)s::text[], %(language)s::text[], %(timezone)s::text[])"
        " AS n (client_id, phone, email, notes, language, timezone)"
        " WHERE c.client_id = n.client_id RETURNING c.client_id",
        {**values, "ids": array(filling.client_id for filling in fillings)},
        len,
    )


def imports() -> Query[tuple[ImportLine, ...]]:
    """Return the imports that have ended, the latest first."""
    return Query(
        "SELECT t.transfer_id, t.kind, t.file_name, t.rows, t.at,"
        " coalesce((SELECT s.name FROM staff_user s WHERE s.login = t.by), t.by),"
        " t.undone_at FROM transfer t"
        " WHERE t.kind LIKE 'IMPORT\\_%%' AND t.rows IS NOT NULL"
        f" ORDER BY t.at DESC, t.transfer_id DESC LIMIT {MOST_LISTED}",
        {},
        lambda rows: tuple(ImportLine(*row) for row in rows),
    )


def drop_appointments(transfer_id: int, after: int, most: int) -> Query[int]:
    """Take visits back; return the last that was looked at, 0 at the end."""
    return Query(
        "SELECT import_drop_appointments(%(id)s, %(after)s, %(most)s)",
        {"id": transfer_id, "after": after, "most": most},
        lambda rows: int(rows[0][0] or 0),
    )


def drop_clients(transfer_id: int, after: int, most: int) -> Query[int]:
    """Take clients back; return the last that was looked at, 0 at the end."""
    return Query(
        "SELECT import_drop_clients(%(id)s, %(after)s, %(most)s)",
        {"id": transfer_id, "after": after, "most": most},
        lambda rows: int(rows[0][0] or 0),
    )


def undo(transfer_id: int) -> Query[bool]:
    """End the taking back of an import."""
    return Query("SELECT import_undo(%(id)s)", {"id": transfer_id}, bool)


def still_there(transfer_id: int) -> Query[tuple[Kept, ...]]:
    """Return who and what of an import is there, people first."""
    return Query(
        "SELECT c.name, NULL::timestamptz, 0 AS part, c.client_id AS number"
        " FROM client c WHERE c.import_id = %(id)s"
        " UNION ALL SELECT c.name, a.start_time, 1, a.appointment_id"
        " FROM appointment a JOIN client c USING (client_id)"
        " WHERE a.import_id = %(id)s ORDER BY 3, 1, 4",
        {"id": transfer_id},
        lambda rows: tuple(Kept(name, start) for name, start, *_ in rows),
    )


def count_of(transfer_id: int) -> Query[int]:
    """Return how many rows an import has now."""
    return Query(
        "SELECT (SELECT count(*) FROM client WHERE import_id = %(id)s)"
        " + (SELECT count(*) FROM appointment WHERE import_id = %(id)s)"
        " + (SELECT count(*) FROM availability_override WHERE import_id = %(id)s)",
        {"id": transfer_id},
        lambda rows: int(rows[0][0]),
    )


def write_appointments(
    transfer_id: int, visits: Sequence[Mapping[str, object]]
) -> Query[tuple[ToCome, ...]]:
    """Write visits of an import; return those to come."""
    return Query(
        "SELECT appointment_id, provider_id, start_time, status, is_virtual"
        " FROM import_appointments(%(id)s, %(visits)s::jsonb)",
        {"id": transfer_id, "visits": json.dumps(visits)},
        lambda rows: tuple(ToCome(*row) for row in rows),
    )


def own_zones(appointment_ids: Sequence[int]) -> Query[dict[int, str]]:
    """Return by appointment the zone of its client, where they have one."""
    return Query(
        "SELECT a.appointment_id, c.timezone FROM appointment a"
        " JOIN client c USING (client_id) WHERE c.timezone <> ''"
        " AND a.appointment_id = ANY(%(ids)s::int[])",
        {"ids": array(appointment_ids)},
        dict,
    )


def insert_tasks(following: Sequence[Following]) -> Query[int]:
    """Leave tasks about visits that were just written to the courier."""
    return Query(
        "INSERT INTO outbox (kind, appointment_id, run_at, dedupe_key, payload)"
        " SELECT t.kind, t.appointment_id, t.run_at,"
        "  t.kind || ':' || t.appointment_id || ':1',"
        "  jsonb_build_object('appointment_id', t.appointment_id, 'version', 1,"
        "   'provider_id', t.provider_id,"
        "   'start', floor(extract(epoch FROM a.start_time))::bigint)"
        " FROM unnest(%(kinds)s::text[], %(ids)s::int[], %(run_at)s::timestamptz[],"
        "  %(providers)s::int[]) AS t (kind, appointment_id, run_at, provider_id)"
        " JOIN appointment a USING (appointment_id) RETURNING 1",
        {
            "kinds": array(each.task.kind for each in following),
            "ids": array(each.appointment_id for each in following),
            "run_at": array(each.task.run_at.isoformat() for each in following),
            "providers": array(each.task.provider_id for each in following),
        },
        len,
    )


def taken(
    provider_ids: Sequence[int], first: datetime, last: datetime
) -> Query[tuple[Taken, ...]]:
    """Return the times that providers have given away from `first` until `last`."""
    return Query(
        "SELECT a.provider_id, a.start_time, a.busy_until, c.name FROM appointment a"
        " JOIN client c USING (client_id)"
        " WHERE a.provider_id = ANY(%(ids)s::int[]) AND a.status <> 'CANCELLED'"
        " AND a.start_time >= %(first)s - interval '36 hours'"
        " AND a.start_time < %(last)s AND a.busy_until > %(first)s",
        {"ids": array(provider_ids), "first": first, "last": last},
        lambda rows: tuple(Taken(*row) for row in rows),
    )


def _known(row: Row) -> KnownClient:
    lacks = zip(FILLABLE, row[4:], strict=True)
    return KnownClient(
        row[0],
        row[1],
        row[2],
        row[3],
        frozenset(name for name, is_empty in lacks if is_empty),
    )
