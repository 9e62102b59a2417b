"""Clients: found by what somebody types, read by number, made."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, TypeAlias

from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.people import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.people import NewClient

    ShowPhone: TypeAlias = Callable[[str], str]

COLUMNS: LiteralString = (
    "client_id, name, phone, email, notes, no_show_count, no_show_flag,"
    " same_day_locked_until"
)
# Ranking more than this many finds for one word would take longer than typing the
# next letter; who types a common part of a name types on anyway.
MOST_RANKED = 500


def client(
    client_id: int, show: ShowPhone, *, only_active: bool = False
) -> Query[Client | None]:
    """Return one client."""
    condition: LiteralString = " AND is_active" if only_active else ""
    return Query(
        f"SELECT {COLUMNS} FROM client WHERE client_id = %(id)s{condition}",
        {"id": client_id},
        lambda rows: _client(rows[0], show) if rows else None,
    )


def clients_starting(
    text: str, limit: int, show: ShowPhone
) -> Query[tuple[Client, ...]]:
    """Return the active clients whose folded name starts with `text`, by name."""
    return Query(
        f"SELECT {COLUMNS} FROM client WHERE search_text LIKE %(start)s AND is_active"
        " ORDER BY search_text USING ~<~, client_id LIMIT %(limit)s",
        {"start": f" {_escaped(text)}%", "limit": limit},
        lambda rows: _clients(rows, show),
    )


def clients_with(
    parts: Sequence[str], limit: int, show: ShowPhone
) -> Query[tuple[Client, ...]]:
    """Return active clients with all `parts` in their folded text, by name.

    A part that begins with a space is the start of a word.
    """
    wanted = {
        f"part{number}": f"%{_escaped(part)}%" for number, part in enumerate(parts)
    }
    condition = " AND ".join(f"search_text LIKE %({name})s" for name in wanted)
    return Query(
        f"SELECT {COLUMNS} FROM (SELECT * FROM client WHERE {condition} AND is_active"
        f" LIMIT {MOST_RANKED}) found"
        " ORDER BY search_text USING ~<~, client_id LIMIT %(limit)s",
        {**wanted, "limit": limit},
        lambda rows: _clients(rows, show),
    )


def insert_client(new: NewClient) -> Query[int]:
    """Make a client of normalised values; return its number."""
    return Query(
        "INSERT INTO client (name, phone, email)"
        " VALUES (%(name)s, %(phone)s, %(email)s) RETURNING client_id",
        {"name": new.name, "phone": new.phone, "email": new.email},
        lambda rows: int(rows[0][0]),
    )


def _escaped(part: str) -> str:
    return part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _clients(rows: list[Row], show: ShowPhone) -> tuple[Client, ...]:
    return tuple(_client(row, show) for row in rows)


def _client(row: Row, show: ShowPhone) -> Client:
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
    )
