"""What tests ask to be exported, and booked before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desk_app.domain.exports import Subject
from tests import factories

if TYPE_CHECKING:
    from desk_app.domain.appointment import BookingRequest
    from desk_app.domain.exports import ExportWish, FileFormat
    from tests.factories import Practice


def at_number(practice: Practice, number: int, **changes: Any) -> BookingRequest:
    """Ask for the first, second … time of tomorrow."""
    start = practice.at(9) + number * factories.minutes(40)
    return replace(practice.request_at(start), **changes)


def of_appointments(wish: ExportWish, format_: FileFormat) -> ExportWish:
    return replace(wish, subject=Subject.APPOINTMENTS, format=format_)
