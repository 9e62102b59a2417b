"""What a desk shows of one client, what it writes there, and entries made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries import people
from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.client_file import (
    ClientDetails,
    Merge,
    MergeWish,
    Moving,
    Waiting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk_app.db.queries.people import ShowPhone
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.duplicates import Traits
    from desk_app.domain.people import Client

DETAILS: LiteralString = (
    "c.client_id, c.name, c.phone, c.email, c.push_address, c.language, c.timezone,"
    " c.notes, c.consent_email, c.consent_push, c.consent_sms"
)
FIELDS = (
    "name",
    "phone",
    "email",
    "push_address",
    "language",
    "timezone",
    "notes",
    "consent_email",
    "consent_push",
    "consent_sms",
)
_WIDTH = 11
# Nobody looks through more entries that are alike.
MOST_ALIKE = 50
# The last digits that a slip before them leaves alone.
_TAIL = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A client's row, as far as a desk shows it."""

    client: Client
    details: ClientDetails
    is_active: bool
    is_erased: bool


def entry(client_id: int, show: ShowPhone) -> Query[Entry | None]:
    """Return the row of a client, or of the one that they were merged into."""
    return Query(
        f"SELECT {people.COLUMNS}, {DETAILS}, c.is_active, c.erased_at IS NOT NULL"
        " FROM client c WHERE c.client_id = client_now(%(id)s)",
        {"id": client_id},
        lambda rows: _entry(rows[0], show) if rows else None,
    )


def lock(client_id: int, show: ShowPhone) -> Query[ClientDetails | None]:
    """Return what is written about a client that this login may change, locked."""
    return Query(
        f"SELECT {DETAILS} FROM client c WHERE c.client_id = client_now(%(id)s)"
        " AND c.erased_at IS NULL FOR NO KEY UPDATE",
        {"id": client_id},
        lambda rows: _details(rows[0], show) if rows else None,
    )


def write(client_id: int, values: Mapping[str, object]) -> Query[bool]:
    """Write some of FIELDS."""
    names = [name for name in FIELDS if name in values]
    changes = ", ".join(f"{name} = %({name})s" for name in names)
    return Query(
        f"UPDATE client SET {changes} WHERE client_id = %(id)s RETURNING true",
        {**values, "id": client_id},
        bool,
    )


def may_change(client_id: int) -> Query[frozenset[str]]:
    """Return which of FIELDS this login may write of a client."""
    return Query(
        "SELECT f FROM unnest(%(fields)s::text[]) f"
        " WHERE has_column_privilege('client', f, 'UPDATE')"
        " AND (coalesce(desk_role(), '') <> 'PROVIDER'"
        "  OR desk_client_is_mine(client_now(%(id)s)))",
        {"id": client_id, "fields": list(FIELDS)},
        lambda rows: frozenset(row[0] for row in rows),
    )


def to_come(client_id: int, show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return what a client still comes for, soonest first."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.client_id = client_now(%(id)s) AND a.end_time > now()"
        " AND a.status IN ('PENDING', 'CONFIRMED')"
        " ORDER BY a.start_time, a.appointment_id",
        {"id": client_id},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def past(client_id: int, most: int, show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return all others of a client's appointments, the latest first."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.client_id = client_now(%(id)s) AND NOT (a.end_time > now()"
        "  AND a.status IN ('PENDING', 'CONFIRMED'))"
        " ORDER BY a.start_time DESC, a.appointment_id DESC LIMIT %(most)s",
        {"id": client_id, "most": most},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def waiting(client_id: int) -> Query[tuple[Waiting, ...]]:
    """Return what a client waits for, the longest first."""
    return Query(
        "SELECT w.entry_id, coalesce(nullif(w.service_name, ''), s.name, ''),"
        " w.provider_id, w.from_day, w.until_day, w.is_urgent, w.created_at, w.notes,"
        " w.appointment_id FROM waitlist_entry w LEFT JOIN service s USING (service_id)"
        " WHERE w.client_id = client_now(%(id)s) AND w.state = 'WAITING'"
        " ORDER BY w.created_at, w.entry_id",
        {"id": client_id},
        lambda rows: tuple(Waiting(*row) for row in rows),
    )


def merges(client_id: int) -> Query[tuple[Merge, ...]]:
    """Return which entries were merged into a client's, the latest first."""
    return Query(
        "SELECT m.merge_id, c.name, m.merged_at, m.merged_by FROM client_merge m"
        " JOIN client c ON c.client_id = m.gone_id"
        " WHERE m.kept_id = client_now(%(id)s) AND m.undone_at IS NULL"
        " ORDER BY m.merge_id DESC",
        {"id": client_id},
        lambda rows: tuple(Merge(*row) for row in rows),
    )


def alike(traits: Traits, show: ShowPhone) -> Query[tuple[Client, ...]]:
    """Return active clients with this number, or with this very name.

    Of those with the name only who has the address too, or a number that begins or
    ends alike: one slip of a finger leaves one of both as it is.
    """
    return Query(
        f"SELECT {people.COLUMNS} FROM (SELECT client_id FROM (SELECT client_id"
        "  FROM client WHERE is_active AND phone = %(phone)s AND phone <> ''"
        "  LIMIT %(most)s) same_phone UNION SELECT client_id FROM (SELECT client_id"
        "  FROM client WHERE is_active AND search_text LIKE %(start)s"
        "  AND (email <> '' AND lower(email) = lower(%(email)s) OR %(phone)s <> ''"
        "   AND (left(phone, %(head)s) = left(%(phone)s, %(head)s)"
        f"    OR right(phone, {_TAIL}) = right(%(phone)s, {_TAIL})))"
        "  LIMIT %(most)s) same_name) known JOIN client c USING (client_id)"
        " ORDER BY c.client_id",
        {
            "phone": traits.phone,
            "email": traits.email,
            "head": len(traits.phone) - _TAIL - 1,
            "start": f" {people.escaped(traits.name)} %" if traits.name else None,
            "most": MOST_ALIKE,
        },
        lambda rows: tuple(people.to_client(row, show) for row in rows),
    )


def merged(
    wish: MergeWish, show: ShowPhone
) -> Query[tuple[Client, ClientDetails] | None]:
    """Return what one entry would become with another in it."""
    return Query(
        f"SELECT {people.COLUMNS}, {DETAILS} FROM (SELECT (x.made).* FROM"
        " (SELECT client_of_both(k, o) AS made FROM client k, client o"
        " WHERE k.client_id = %(keep)s AND o.client_id = %(gone)s) x) c",
        {"keep": wish.keep, "gone": wish.gone},
        lambda rows: _merged(rows[0], show) if rows else None,
    )


def moving(client_id: int) -> Query[Moving]:
    """Return how many rows would go to another entry."""
    return Query(
        "SELECT count(*), count(*) FILTER (WHERE a.end_time > now()"
        "  AND a.status IN ('PENDING', 'CONFIRMED')),"
        " (SELECT count(*) FROM waitlist_entry w WHERE w.client_id = %(id)s),"
        " (SELECT count(*) FROM walk_in w WHERE w.client_id = %(id)s)"
        " FROM appointment a WHERE a.client_id = %(id)s",
        {"id": client_id},
        lambda rows: Moving(*rows[0]),
    )


def merge(wish: MergeWish) -> Query[int]:
    """Make one entry part of another; return the number of the merge."""
    return Query(
        "SELECT client_merge(%(keep)s, %(gone)s)",
        {"keep": wish.keep, "gone": wish.gone},
        lambda rows: int(rows[0][0]),
    )


def unmerge(merge_id: int) -> Query[bool]:
    """Make two entries of one again."""
    return Query("SELECT client_unmerge(%(id)s)", {"id": merge_id}, bool)


def _entry(row: Row, show: ShowPhone) -> Entry:
    client, details = _merged(row, show)
    return Entry(client, details, is_active=row[-2], is_erased=row[-1])


def _merged(row: Row, show: ShowPhone) -> tuple[Client, ClientDetails]:
    start = people.WIDTH
    return people.to_client(row, show), _details(row[start : start + _WIDTH], show)


def _details(row: Row, show: ShowPhone) -> ClientDetails:
    client_id, name, phone, *others = row
    return ClientDetails(client_id, name, show(phone), *others)
