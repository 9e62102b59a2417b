"""Clients who stand in the book twice, and all that hangs on an entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice


def visit(sessions: Sessions, practice: Practice, when: str, **values: Any) -> int:
    """Give the client a visit at some time from now."""
    given = {"id": practice.client_id, "status": "CONFIRMED"} | values
    ((made,),) = factories.rows(
        sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status, cancelled_at) SELECT provider_id, :id, service_id,"
        f" now() + interval '{when}', now() + interval '{when}' + interval '30 min',"
        " :status, CASE WHEN :status = 'CANCELLED' THEN now() END FROM service"
        " LIMIT 1 RETURNING appointment_id",
        **given,
    )
    return int(made)


def twin(sessions: Sessions, **values: Any) -> int:
    """Make another entry of Anna."""
    return factories.client(sessions, **({"name": "Ana Weiss"} | values))


def everything(sessions: Sessions) -> dict[str, list[Any]]:
    """Return every row; versions only rise, and that there was a merge stays."""
    tables = factories.rows(
        sessions,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relname NOT IN ('audit_log', 'client_merge')"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname",
    )
    return {
        name: factories.rows(
            sessions, f"SELECT to_jsonb(t) - 'version' AS r FROM {name} t ORDER BY r"
        )
        for (name,) in tables
    }


def column(sessions: Sessions, name: str, client_id: int) -> Any:
    """Return one value of a client."""
    query = f"SELECT {name} FROM client WHERE client_id = :id"
    ((value,),) = factories.rows(sessions, query, id=client_id)
    return value


def busy(
    sessions: Sessions, practice: Practice, client_id: int, hours: int = 0
) -> None:
    """Give a client something in every table that names clients."""
    own = replace(practice, client_id=client_id)
    visit(sessions, own, f"-{30 + hours} hours", status="NO_SHOW")
    visit(sessions, own, f"{30 + hours} hours")
    for table in ("waitlist_entry", "walk_in"):
        factories.rows(
            sessions, f"INSERT INTO {table} (client_id) VALUES ({client_id})"
        )
