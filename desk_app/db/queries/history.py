"""The audit log as it is read for a history, and the names that go with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, LiteralString

from desk_app.db.queries.pipeline import Query, Row, array

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

# As text: the driver would read amounts as floats, and refuse numbers too long to be
# ones.
_COLUMNS: LiteralString = (
    'a.at, a.who, a.table_name, a.row_id, a.action, a."old"::text, a."new"::text'
)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the log; what was not an object, or cannot be read, is {}."""

    at: datetime
    who: str
    table: str
    row_id: str
    action: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProviderName:
    """A provider, active or not."""

    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an appointment stands now."""

    start: datetime
    provider_id: int
    service_id: int
    currency: str
    end: datetime | None = None


def of_appointment(appointment_id: int, limit: int) -> Query[tuple[AuditRow, ...]]:
    """Return the latest rows about one appointment, newest first."""
    return Query(
        f"SELECT {_COLUMNS} FROM audit_log a"
        " WHERE a.table_name = 'appointment' AND a.row_id = %(id)s"
        " ORDER BY a.audit_id DESC LIMIT %(limit)s",
        {"id": str(appointment_id), "limit": limit},
        _rows,
    )


def of_client(client_id: int, limit: int | None) -> Query[tuple[AuditRow, ...]]:
    """Return the latest rows about a client and all their appointments, newest first.

    None is no limit. They are found by the log's own column, so that what was deleted
    is found too.
    """
    return Query(
        f"SELECT {_COLUMNS} FROM audit_log a"
        " WHERE a.client_id = ANY(client_entries(%(id)s))"
        " ORDER BY a.audit_id DESC LIMIT %(limit)s",
        {"id": client_id, "limit": limit},
        _rows,
    )


def of_others(login: str, since: datetime, limit: int) -> Query[tuple[AuditRow, ...]]:
    """Return the latest rows about appointments by others than `login`, newest first.

    What was erased since is nobody's deed to an appointment any more.
    """
    return Query(
        f"SELECT {_COLUMNS} FROM audit_log a"
        " WHERE a.at >= %(since)s AND a.who <> %(login)s"
        " AND a.table_name = 'appointment'"
        " ORDER BY a.audit_id DESC LIMIT %(limit)s",
        {"since": since, "login": login, "limit": limit},
        _rows,
    )


def standing_of(appointment_ids: Sequence[int]) -> Query[dict[str, Standing]]:
    """Return where these appointments stand."""
    return Query(
        f"{_STANDING} WHERE a.appointment_id = ANY(%(ids)s::int[])",
        {"ids": array(appointment_ids)},
        _standing,
    )


def standing(appointment_id: int) -> Query[dict[str, Standing]]:
    """Return where one appointment stands, by its number as the log writes it."""
    return Query(
        f"{_STANDING} WHERE a.appointment_id = %(id)s",
        {"id": appointment_id},
        _standing,
    )


def standing_of_client(client_id: int) -> Query[dict[str, Standing]]:
    """Return where every appointment of a client stands."""
    return Query(
        f"{_STANDING} WHERE a.client_id = %(id)s", {"id": client_id}, _standing
    )


def provider_names() -> Query[dict[int, ProviderName]]:
    """Return all providers, those who left as well."""
    return Query(
        "SELECT provider_id, name, timezone FROM provider",
        {},
        lambda rows: {row[0]: ProviderName(row[1], row[2]) for row in rows},
    )


def service_names() -> Query[dict[int, str]]:
    """Return all services, those no longer offered as well."""
    return Query("SELECT service_id, name FROM service", {}, dict)


def room_names() -> Query[dict[int, str]]:
    """Return all rooms, those no longer used as well."""
    return Query("SELECT room_id, name FROM room", {}, dict)


def people_names() -> Query[dict[str, str]]:
    """Return the names of all staff by login, those who left as well."""
    return Query("SELECT login, name FROM staff_user", {}, dict)


_STANDING: LiteralString = (
    "SELECT a.appointment_id, a.start_time, a.provider_id, a.service_id,"
    " a.currency, a.end_time FROM appointment a"
)


def _standing(rows: list[Row]) -> dict[str, Standing]:
    return {str(row[0]): Standing(*row[1:]) for row in rows}


def _rows(rows: list[Row]) -> tuple[AuditRow, ...]:
    return tuple(AuditRow(*row[:5], *map(_read, row[5:])) for row in rows)


def _read(text: str | None) -> Mapping[str, Any]:
    """Read what the log holds; never raises, whatever that is."""
    try:
        found = json.loads(text or "{}", parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
