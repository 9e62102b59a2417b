"""Appointments as rows and as records of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString, TypeAlias

from desk_app.db.queries.days import BUSY_WITHIN, LONGEST_BUSY
from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.appointment import Appointment, BookedVia, CancelledBy, Status
from desk_app.domain.people import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from desk_app.domain.interval import Interval

    ShowPhone: TypeAlias = Callable[[str], str]

# Of `appointment` a, `client` c, `service` s and `room` rm.
COLUMNS: LiteralString = (
    "a.appointment_id, a.provider_id, a.service_id, a.client_id, c.name, c.phone,"
    " s.name, a.start_time, a.end_time, a.busy_until, a.status, a.version, a.price,"
    " a.currency, a.cancellation_hours, s.is_virtual, a.notes, a.meeting_link,"
    " c.no_show_flag, a.booked_via, a.created_by, a.cancelled_at,"
    " a.cancellation_reason, a.refund_due, a.cancelled_by, a.refund_given_at,"
    " a.refund_given_by, a.arrived_at, a.seen_at, a.left_at, a.no_show_at,"
    " a.no_show_by, a.lock_out_until, a.overridden, a.override_reason, a.series_id,"
    " s.duration_minutes, a.room_id, rm.name, c.timezone"
)
WIDTH = 40
JOINED: LiteralString = (
    " JOIN client c ON c.client_id = a.client_id"
    " JOIN service s ON s.service_id = a.service_id"
    " LEFT JOIN room rm ON rm.room_id = a.room_id"
)
_STATUS = {status.value: status for status in Status}
_VIA = {via.value: via for via in BookedVia}
_BY: dict[str | None, CancelledBy | None] = {by.value: by for by in CancelledBy}
_BY[None] = None


def appointment(appointment_id: int, show: ShowPhone) -> Query[Appointment | None]:
    """Return one appointment; `show` writes a stored phone number for people."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED} WHERE a.appointment_id = %(id)s",
        {"id": appointment_id},
        lambda rows: to_appointment(rows[0], show) if rows else None,
    )


def appointments(
    provider_ids: Sequence[int], within: Interval, show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return what keeps any part of `within` busy, sorted by start."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        f" WHERE a.provider_id = ANY(%(ids)s::int[]) AND {BUSY_WITHIN}"
        " ORDER BY a.start_time, a.appointment_id",
        {
            "ids": array(provider_ids),
            "start": within.start,
            "end": within.end,
            "reach": within.start - LONGEST_BUSY,
        },
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def of_numbers(
    appointment_ids: Sequence[int], show: ShowPhone
) -> Query[tuple[Appointment, ...]]:
    """Return these appointments, cancelled ones as well."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.appointment_id = ANY(%(ids)s::int[])",
        {"ids": array(appointment_ids)},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def of_series(series_id: UUID, show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return all appointments of a series by start, cancelled ones as well."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.series_id = %(id)s ORDER BY a.start_time, a.appointment_id",
        {"id": series_id},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def refunds_to_give(show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return what has a refund that was not given yet, the oldest first."""
    return Query(
        f"SELECT {COLUMNS} FROM appointment a {JOINED}"
        " WHERE a.refund_due > 0 AND a.refund_given_at IS NULL"
        " ORDER BY a.cancelled_at, a.appointment_id",
        {},
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def to_appointment(row: Row, show: ShowPhone) -> Appointment:
    """Return the record of a row of COLUMNS."""
    currency = row[13]
    return Appointment(
        appointment_id=row[0],
        provider_id=row[1],
        service_id=row[2],
        client_id=row[3],
        client_name=row[4],
        client_phone=show(row[5]),
        service_name=row[6],
        start=row[7],
        end=row[8],
        busy_until=row[9],
        status=_STATUS[row[10]],
        version=row[11],
        price=Money(row[12], currency),
        cancellation_hours=row[14],
        is_virtual=row[15],
        notes=row[16],
        meeting_link=row[17],
        no_show_flag=row[18],
        booked_via=_VIA[row[19]],
        created_by=row[20],
        cancelled_at=row[21],
        cancellation_reason=row[22],
        refund_due=None if row[23] is None else Money(row[23], currency),
        cancelled_by=_BY[row[24]],
        refund_given_at=row[25],
        refund_given_by=row[26] or "",
        arrived_at=row[27],
        seen_at=row[28],
        left_at=row[29],
        no_show_at=row[30],
        no_show_by=row[31] or "",
        lock_out_until=row[32],
        overridden=tuple(row[33].split()),
        override_reason=row[34],
        series_id=row[35],
        service_minutes=row[36],
        room_id=row[37],
        room_name=row[38] or "",
        client_timezone=row[39],
    )
