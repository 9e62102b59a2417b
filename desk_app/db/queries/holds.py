"""Holds: times that desks are booking at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query, Row
from desk_app.domain.holds import LASTS, LONGEST, Hold

if TYPE_CHECKING:
    from uuid import UUID

    from desk_app.domain.holds import HoldRequest
    from desk_app.domain.interval import Interval

_HOLDS = (
    "SELECT h.hold_id, h.provider_id, h.start_time, h.end_time, h.held_by,"
    " coalesce(s.name, ''), h.desk, h.held_since, h.expires_at,"
    " clock_timestamp() - h.held_since, h.expires_at - clock_timestamp()"
    " FROM slot_hold h"
    " LEFT JOIN staff_user s ON s.login = h.held_by"
)


def live_holds() -> Query[tuple[Hold, ...]]:
    """Return all holds that count now, by the server's clock."""
    return Query(
        f"{_HOLDS} WHERE h.expires_at > clock_timestamp() ORDER BY h.held_since",
        {},
        lambda rows: tuple(map(_hold, rows)),
    )


def holds_over(provider_id: int, span: Interval) -> Query[tuple[Hold, ...]]:
    """Return the holds on any part of a provider's time, also those that ended."""
    return Query(
        f"{_HOLDS} WHERE h.provider_id = %(id)s AND h.start_time < %(end)s"
        " AND h.end_time > %(start)s",
        {"id": provider_id, "start": span.start, "end": span.end},
        lambda rows: tuple(map(_hold, rows)),
    )


def put_hold(wanted: HoldRequest) -> Query[bool]:
    """Hold a time, or go on holding it; false once it was held for the longest."""
    return Query(
        "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time, desk,"
        " expires_at) VALUES (%(id)s, %(provider)s, %(start)s, %(end)s, %(desk)s,"
        " now() + %(lasts)s)"
        " ON CONFLICT (hold_id) DO UPDATE SET expires_at = least("
        " now() + %(lasts)s, slot_hold.held_since + %(longest)s)"
        " RETURNING expires_at > now()",
        {
            "id": wanted.hold_id,
            "provider": wanted.provider_id,
            "start": wanted.start,
            "end": wanted.end,
            "desk": wanted.desk,
            "lasts": LASTS,
            "longest": LONGEST,
        },
        lambda rows: bool(rows and rows[0][0]),
    )


def drop_hold(hold_id: UUID) -> Query[bool]:
    """Let go of a time."""
    return Query(
        "DELETE FROM slot_hold WHERE hold_id = %(id)s RETURNING true",
        {"id": hold_id},
        bool,
    )


def drop_expired() -> Query[bool]:
    """Take away what desks left behind.

    Not at once: one that was held for the longest must not begin anew.
    """
    return Query(
        "DELETE FROM slot_hold WHERE expires_at < now() - %(longest)s RETURNING true",
        {"longest": LONGEST},
        bool,
    )


def _hold(row: Row) -> Hold:
    return Hold(*row)
