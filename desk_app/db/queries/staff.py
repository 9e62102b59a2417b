"""Who works here, who is signed in, and the functions that let people in and out.

The functions are the database's own (`migrations/sql/0002_staff.sql`): a manager may
call them without being able to make roles otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.staff import Me, Role, Staff

if TYPE_CHECKING:
    from desk_app.domain.staff import NewStaff

_STAFF: LiteralString = (
    "SELECT s.user_id, s.login, s.name, s.role, s.is_active, p.provider_id"
    " FROM staff_user s LEFT JOIN provider p ON p.user_id = s.user_id"
)


def me() -> Query[Me]:
    """Return who is signed in on this connection."""
    return Query(
        "SELECT session_user::text, coalesce(s.name, ''), s.role, p.provider_id"
        " FROM (SELECT) nobody"
        " LEFT JOIN staff_user s ON s.login = session_user::text AND s.is_active"
        " LEFT JOIN provider p ON p.user_id = s.user_id",
        {},
        lambda rows: _me(rows[0]),
    )


def everybody() -> Query[tuple[Staff, ...]]:
    """Return all staff by name, those who left as well."""
    return Query(
        f"{_STAFF} ORDER BY s.name, s.user_id",
        {},
        lambda rows: tuple(map(_staff, rows)),
    )


def one(user_id: int) -> Query[Staff | None]:
    """Return one person."""
    return Query(
        f"{_STAFF} WHERE s.user_id = %(id)s",
        {"id": user_id},
        lambda rows: _staff(rows[0]) if rows else None,
    )


def with_login(login: str) -> Query[Staff | None]:
    """Return the person who signs in so, those who left as well."""
    return Query(
        f"{_STAFF} WHERE s.login = %(login)s",
        {"login": login},
        lambda rows: _staff(rows[0]) if rows else None,
    )


def add(new: NewStaff, verifier: str | None) -> Query[int]:
    """Make a login and its person; return the person's number."""
    return Query(
        "SELECT staff_add(%(login)s, %(name)s, %(role)s, %(verifier)s, %(provider)s)",
        {
            "login": new.login,
            "name": new.name,
            "role": new.role.value,
            "verifier": verifier,
            "provider": new.provider_id,
        },
        lambda rows: int(rows[0][0]),
    )


def change(changed: Staff) -> Query[bool]:
    """Write a person's name, role and provider."""
    return Query(
        "SELECT staff_change(%(id)s, %(name)s, %(role)s, %(provider)s)",
        {
            "id": changed.user_id,
            "name": changed.name,
            "role": changed.role.value,
            "provider": changed.provider_id,
        },
        bool,
    )


def set_password(user_id: int, verifier: str) -> Query[bool]:
    """Give a person another password."""
    return Query(
        "SELECT staff_set_password(%(id)s, %(verifier)s)",
        {"id": user_id, "verifier": verifier},
        bool,
    )


def set_active(user_id: int, *, is_active: bool) -> Query[bool]:
    """Let a person in again, or out for good."""
    return Query(
        "SELECT staff_set_active(%(id)s, %(active)s)",
        {"id": user_id, "active": is_active},
        bool,
    )


def end_sessions(user_id: int) -> Query[int]:
    """End what a person has open at any desk; return how many connections."""
    return Query(
        "SELECT staff_end_sessions(%(id)s)", {"id": user_id}, lambda rows: rows[0][0]
    )


def _me(row: Row) -> Me:
    return Me(row[0], row[1], Role(row[2]) if row[2] else None, row[3])


def _staff(row: Row) -> Staff:
    return Staff(row[0], row[1], row[2], Role(row[3]), row[4], row[5])
