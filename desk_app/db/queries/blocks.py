"""Blocks that people make by hand: rows of `availability_override`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db.locks import DayKey
from desk_app.db.queries.pipeline import Query

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True)
class NewBlock:
    """Wall-clock time of one day; an `end` of 00:00 is its midnight."""

    day: DayKey
    start: time
    end: time
    reason: str

    @property
    def values(self) -> dict[str, object]:
        """The values of a statement."""
        return {
            "provider": self.day.provider_id,
            "day": self.day.day,
            "start": self.start,
            "end": self.end,
            "reason": self.reason,
        }


def same_block(new: NewBlock) -> Query[int | None]:
    """Return the number of a block that is there already, as a retry finds it."""
    return Query(
        "SELECT min(override_id) FROM availability_override"
        " WHERE provider_id = %(provider)s AND date = %(day)s AND is_blocked"
        " AND start_time = %(start)s AND end_time = %(end)s"
        " AND reason = %(reason)s AND source = 'MANUAL'",
        new.values,
        lambda rows: rows[0][0],
    )


def insert_block(new: NewBlock) -> Query[int]:
    """Block it; return the number of the block."""
    return Query(
        "INSERT INTO availability_override (provider_id, date, start_time, end_time,"
        " is_blocked, reason) VALUES (%(provider)s, %(day)s, %(start)s, %(end)s, true,"
        " %(reason)s) RETURNING override_id",
        new.values,
        lambda rows: int(rows[0][0]),
    )


def drop_block(override_id: int) -> Query[DayKey | None]:
    """Open a block that was made by hand; return its day, None if it is gone."""
    return Query(
        "DELETE FROM availability_override WHERE override_id = %(id)s"
        " AND is_blocked AND source = 'MANUAL' RETURNING provider_id, date",
        {"id": override_id},
        lambda rows: DayKey(*rows[0]) if rows else None,
    )
