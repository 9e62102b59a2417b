"""Clients: found by what somebody types, read by number, made."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, TypeAlias

from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.people import Client
from desk_app.domain.read_back import Speech

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.desk_rules import NoShowPolicy
    from desk_app.domain.people import NewClient

    ShowPhone: TypeAlias = Callable[[str], str]

# Of `client` c. Since when and by whom a client is locked out: as the no-show says.
_LOCKING: LiteralString = (
    "FROM appointment a WHERE a.client_id = c.client_id AND a.status = 'NO_SHOW'"
    " AND a.lock_out_until = c.same_day_locked_until LIMIT 1"
)
COLUMNS: LiteralString = (
    "c.client_id, c.name, c.phone, c.email, c.notes, c.no_show_count, c.no_show_flag,"
    f" c.same_day_locked_until, (SELECT a.no_show_at {_LOCKING}),"
    f" (SELECT a.no_show_by {_LOCKING}), c.timezone"
)
WIDTH = 11
# Ranking more than this many finds for one word would take longer than typing the
# next letter; who types a common part of a name types on anyway.
MOST_RANKED = 500
# Of each of them a provider's search asks whether the provider may see them.
MOST_RANKED_OF_MINE = 200


def client(
    client_id: int, show: ShowPhone, *, only_active: bool = False
) -> Query[Client | None]:
    """Return one client; an active one is found by each of their merged entries."""
    condition: LiteralString = "%(id)s"
    if only_active:
        condition = "client_now(%(id)s) AND c.is_active"
    return Query(
        f"SELECT {COLUMNS} FROM client c WHERE c.client_id = {condition}",
        {"id": client_id},
        lambda rows: to_client(rows[0], show) if rows else None,
    )


def clients_starting(
    text: str, limit: int, show: ShowPhone
) -> Query[tuple[Client, ...]]:
    """Return the active clients whose folded name starts with `text`, by name."""
    return Query(
        f"SELECT {COLUMNS} FROM client c WHERE c.search_text LIKE %(start)s"
        " AND c.is_active ORDER BY c.search_text USING ~<~, c.client_id"
        " LIMIT %(limit)s",
        {"start": starting_with(text), "limit": limit},
        lambda rows: _clients(rows, show),
    )


def clients_with(
    parts: Sequence[str], limit: int, show: ShowPhone
) -> Query[tuple[Client, ...]]:
    """Return active clients with all `parts` in their folded text, by name.

    A part that begins with a space is the start of a word.
    """
    wanted = {f"part{number}": containing(part) for number, part in enumerate(parts)}
    condition = " AND ".join(f"search_text LIKE %({name})s" for name in wanted)
    return Query(
        f"SELECT {COLUMNS} FROM (SELECT * FROM client WHERE {condition} AND is_active"
        f" LIMIT {MOST_RANKED}) c"
        " ORDER BY c.search_text USING ~<~, c.client_id LIMIT %(limit)s",
        {**wanted, "limit": limit},
        lambda rows: _clients(rows, show),
    )


def my_clients_like(
    patterns: Sequence[str], limit: int, show: ShowPhone
) -> Query[tuple[Client, ...]]:
    """Return the active clients of a provider whose folded text is like all patterns.

    For a login under row-level security, which keeps plain conditions from the
    indexes (migrations/sql/0003_search.sql).
    """
    return Query(
        f"SELECT {COLUMNS} FROM client c WHERE c.client_id = ANY (ARRAY("
        "SELECT desk_clients_found(%(patterns)s, %(most)s)))"
        " ORDER BY c.search_text USING ~<~, c.client_id LIMIT %(limit)s",
        {
            "patterns": list(patterns),
            "most": max(limit, MOST_RANKED_OF_MINE),
            "limit": limit,
        },
        lambda rows: _clients(rows, show),
    )


def starting_with(text: str) -> str:
    """Return the pattern of names that start with a folded text."""
    return f" {escaped(text)}%"


def containing(part: str) -> str:
    """Return the pattern of folded texts with a part in them."""
    return f"%{escaped(part)}%"


def speech(client_id: int) -> Query[Speech | None]:
    """Return a client's language and zone; those of the one they were merged into."""
    return Query(
        "SELECT language, timezone FROM client WHERE client_id = client_now(%(id)s)",
        {"id": client_id},
        lambda rows: Speech(*rows[0]) if rows else None,
    )


def by_index() -> Query[None]:
    """Let the rest of this transaction look by indexes.

    The planner does not know how few words begin with a rare letter, and would read
    all clients for it.
    """
    return Query(
        "SELECT set_config('enable_seqscan', 'off', true)", {}, lambda _rows: None
    )


def insert_client(new: NewClient) -> Query[int]:
    """Make a client of normalised values; return its number."""
    return Query(
        "INSERT INTO client (name, phone, email)"
        " VALUES (%(name)s, %(phone)s, %(email)s) RETURNING client_id",
        {"name": new.name, "phone": new.phone, "email": new.email},
        lambda rows: int(rows[0][0]),
    )


def note_no_show(
    client_id: int, policy: NoShowPolicy, until: datetime | None
) -> Query[int]:
    """Count a no-show of a client, flag and lock out as the policy has it.

    Returns how many there are now. A lock-out that lasts longer already stays.
    """
    return Query(
        "UPDATE client SET no_show_count = no_show_count + 1,"
        " no_show_flag = no_show_flag"
        "  OR (%(flags)s AND no_show_count + 1 >= %(after)s),"
        " same_day_locked_until = greatest(same_day_locked_until, %(until)s)"
        " WHERE client_id = %(id)s RETURNING no_show_count",
        {
            "id": client_id,
            "flags": policy.flags,
            "after": policy.flags_after,
            "until": until,
        },
        lambda rows: int(rows[0][0]) if rows else 0,
    )


def forget_no_show(
    client_id: int, policy: NoShowPolicy, taken_back: Appointment
) -> Query[int]:
    """Repair a client whose no-show was taken back: count, flag and lock-out.

    The lock-out becomes what the client's other no-shows led to, unless it came from
    elsewhere. To be sent before the appointment itself is written.
    """
    return Query(
        "UPDATE client SET no_show_count = greatest(no_show_count - 1, 0),"
        " no_show_flag = no_show_flag AND no_show_count - 1 >= %(after)s,"
        " same_day_locked_until = CASE"
        "  WHEN %(until)s::timestamptz IS NULL"
        "   OR same_day_locked_until IS DISTINCT FROM %(until)s"
        "   THEN same_day_locked_until"
        "  ELSE (SELECT max(a.lock_out_until) FROM appointment a"
        "   WHERE a.client_id = client.client_id AND a.status = 'NO_SHOW'"
        "   AND a.appointment_id <> %(appointment)s) END"
        " WHERE client_id = %(id)s RETURNING no_show_count",
        {
            "id": client_id,
            "after": max(policy.flags_after, 1),
            "until": taken_back.lock_out_until,
            "appointment": taken_back.appointment_id,
        },
        lambda rows: int(rows[0][0]) if rows else 0,
    )


def escaped(part: str) -> str:
    """Return a part of a LIKE pattern that stands for itself."""
    return part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def to_client(row: Row, show: ShowPhone) -> Client:
    """Return the client that begins with COLUMNS in `row`."""
    return Client(
        client_id=row[0],
        name=row[1],
        phone=row[2],
        phone_display=show(row[2]),
        email=row[3],
        notes=row[4],
        no_show_count=row[5],
        no_show_flag=row[6],
        locked_out_until=row[7],
        locked_out_since=row[8],
        locked_out_by=row[9] or "",
        timezone=row[10],
    )


def _clients(rows: list[Row], show: ShowPhone) -> tuple[Client, ...]:
    return tuple(to_client(row, show) for row in rows)
