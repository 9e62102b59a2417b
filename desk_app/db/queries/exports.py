"""What is written into files: read in one order, to be streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from desk_app.db.queries.pipeline import Query, array
from desk_app.domain.appointment import Status
from desk_app.domain.exports import (
    ClientRow,
    ClosureRow,
    EventRow,
    HoursRow,
    PlaceRow,
    ProviderRow,
    ServiceRow,
    VisitRow,
    WaitingRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.queries.pipeline import Row
    from desk_app.domain.exports import Selection
    from desk_app.domain.interval import Interval

R = TypeVar("R")

# Nobody who was erased, and nobody twice.
_CLIENTS: LiteralString = "FROM client WHERE erased_at IS NULL AND merged_into IS NULL"
_WAITING: LiteralString = (
    "FROM waitlist_entry w JOIN client c USING (client_id)"
    " LEFT JOIN provider p ON p.provider_id = w.provider_id WHERE w.state = 'WAITING'"
)
# A booking that was a slip, taken back at once, is nothing to tell of.
_VISITS: LiteralString = (
    "FROM appointment a JOIN service s ON s.service_id = a.service_id"
    " JOIN provider p ON p.provider_id = a.provider_id"
    " JOIN client c ON c.client_id = a.client_id"
    " WHERE a.start_time >= %(start)s AND a.start_time < %(end)s"
    " AND a.status = ANY(%(statuses)s::text[])"
    " AND (cardinality(%(providers)s::int[]) = 0"
    "  OR a.provider_id = ANY(%(providers)s::int[]))"
    " AND (cardinality(%(services)s::text[]) = 0"
    "  OR s.name = ANY(%(services)s::text[]))"
    " AND a.cancelled_by IS DISTINCT FROM 'UNDO'"
)
_BY_START: LiteralString = " ORDER BY a.start_time, a.appointment_id"
# The log knows every change, also those that left no time of their own.
_CHANGED: LiteralString = (
    "coalesce((SELECT max(l.at) FROM audit_log l WHERE l.table_name = 'appointment'"
    " AND l.row_id = a.appointment_id::text), a.created_at)"
)


def clients() -> Query[list[ClientRow]]:
    """Return the clients by name."""
    return Query(
        "SELECT client_id, name, phone, email, language, timezone, notes,"
        " no_show_count, no_show_flag, consent_email, consent_push, consent_sms,"
        f" is_active, created_at {_CLIENTS} ORDER BY lower(name), client_id",
        {},
        _each(ClientRow),
    )


def client_count() -> Query[int]:
    """Return how many `clients` returns."""
    return Query(f"SELECT count(*) {_CLIENTS}", {}, _number)


def visits(chosen: Selection, within: Interval) -> Query[list[VisitRow]]:
    """Return the appointments of a selection that start within."""
    return Query(
        "SELECT a.appointment_id, a.start_time, a.end_time, a.status, a.booked_via,"
        " p.name, s.name, c.client_id, c.name, c.phone, c.email, a.price, a.currency,"
        " a.notes, a.meeting_link, a.cancelled_at, a.cancelled_by,"
        " a.cancellation_reason, a.refund_due, a.arrived_at, a.seen_at, a.left_at,"
        " a.created_at, a.created_by, a.version, coalesce((SELECT r.name FROM room r"
        f" WHERE r.room_id = a.room_id), '') {_VISITS}{_BY_START}",
        _chosen(chosen, within),
        _each(_visit),
    )


def events(chosen: Selection, within: Interval) -> Query[list[EventRow]]:
    """Return the same as events of a calendar."""
    return Query(
        "SELECT a.appointment_id, a.start_time, a.end_time, a.status, p.name, s.name,"
        " c.name, a.notes, a.meeting_link, a.created_at,"
        f" {_CHANGED}, a.version {_VISITS}{_BY_START}",
        _chosen(chosen, within),
        _each(_event),
    )


def visit_count(chosen: Selection, within: Interval) -> Query[int]:
    """Return how many appointments a selection has."""
    return Query(f"SELECT count(*) {_VISITS}", _chosen(chosen, within), _number)


def waiting() -> Query[list[WaitingRow]]:
    """Return who waits, in the order of the list."""
    return Query(
        "SELECT w.entry_id, c.client_id, c.name, c.phone, c.email, w.service_name,"
        " coalesce(p.name, ''), w.is_urgent, w.from_day, w.until_day, w.weekdays,"
        " w.from_time, w.until_time, w.notes, w.created_at, w.outcome, w.outcome_at"
        f" {_WAITING} ORDER BY w.is_urgent DESC, w.created_at, w.entry_id",
        {},
        _each(WaitingRow),
    )


def waiting_count() -> Query[int]:
    """Return how many wait."""
    return Query(f"SELECT count(*) {_WAITING}", {}, _number)


def providers() -> Query[list[ProviderRow]]:
    """Return the providers by name."""
    return Query(
        "SELECT p.provider_id, p.name, p.type, p.timezone, p.bio, p.colour,"
        " p.is_active, coalesce((SELECT string_agg(l.name, ', ' ORDER BY l.name)"
        "  FROM location l JOIN provider_location USING (location_id)"
        "  WHERE provider_location.provider_id = p.provider_id), '')"
        " FROM provider p ORDER BY p.name, p.provider_id",
        {},
        _each(ProviderRow),
    )


def services() -> Query[list[ServiceRow]]:
    """Return the services by provider."""
    return Query(
        "SELECT s.service_id, p.name, s.name, s.duration_minutes,"
        " s.buffer_time_minutes, s.price, s.currency, s.max_advance_days,"
        " s.cancellation_hours, s.is_virtual, s.is_active,"
        " coalesce((SELECT string_agg(r.name, ', ' ORDER BY r.name)"
        "  FROM room r JOIN service_room USING (room_id)"
        "  WHERE service_room.service_id = s.service_id), '')"
        " FROM service s JOIN provider p USING (provider_id)"
        " ORDER BY p.name, p.provider_id, s.name, s.service_id",
        {},
        _each(ServiceRow),
    )


def hours() -> Query[list[HoursRow]]:
    """Return the weekly hours by provider and weekday."""
    return Query(
        "SELECT p.name, h.day_of_week, h.start_time, h.end_time, h.is_active,"
        " h.every_other_from, h.valid_from, h.valid_until"
        " FROM availability h JOIN provider p USING (provider_id)"
        " ORDER BY p.name, p.provider_id, h.day_of_week, h.start_time",
        {},
        _each(HoursRow),
    )


def closures() -> Query[list[ClosureRow]]:
    """Return when the practice is closed."""
    return Query(
        "SELECT day, start_time, end_time, name, is_holiday FROM closure"
        " ORDER BY day, start_time, closure_id",
        {},
        _each(ClosureRow),
    )


def rooms() -> Query[list[PlaceRow]]:
    """Return the rooms by name."""
    return Query(
        "SELECT r.name, coalesce(l.name, ''), r.is_active FROM room r"
        " LEFT JOIN location l USING (location_id) ORDER BY r.name",
        {},
        _each(PlaceRow),
    )


def locations() -> Query[list[PlaceRow]]:
    """Return the locations by name."""
    return Query(
        "SELECT name, address, is_active FROM location ORDER BY name",
        {},
        _each(PlaceRow),
    )


def setup_count() -> Query[int]:
    """Return how many rows all of the set-up has."""
    return Query(
        "SELECT (SELECT count(*) FROM provider) + (SELECT count(*) FROM service)"
        " + (SELECT count(*) FROM availability) + (SELECT count(*) FROM closure)"
        " + (SELECT count(*) FROM room) + (SELECT count(*) FROM location)",
        {},
        _number,
    )


def patient() -> Query[None]:
    """Let the rest of this transaction take its time.

    It locks nothing that anybody waits for, and a file on a slow disk of the network
    may keep it waiting longer than a desk may be idle in a booking.
    """
    return Query(
        "SELECT set_config('idle_in_transaction_session_timeout', '10min', true),"
        " set_config('statement_timeout', '5min', true)",
        {},
        lambda _rows: None,
    )


def _chosen(chosen: Selection, within: Interval) -> dict[str, object]:
    return {
        "start": within.start,
        "end": within.end,
        "statuses": [status.value for status in chosen.statuses],
        "providers": array(chosen.provider_ids),
        "services": list(chosen.services),
    }


def _each(record: Callable[..., R]) -> Callable[[list[Row]], list[R]]:
    return lambda rows: [record(*row) for row in rows]


def _visit(*row: Any) -> VisitRow:
    visit_id, start, end, status, *others = row
    return VisitRow(visit_id, start, end, Status(status), *others)


def _event(*row: Any) -> EventRow:
    visit_id, start, end, status, *others = row
    return EventRow(visit_id, start, end, Status(status), *others)


def _number(rows: list[Row]) -> int:
    return int(rows[0][0])
