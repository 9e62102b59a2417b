"""What the desks of a stress run were told: the only witness the oracle believes."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import (
    Appointment,
    BookingRequest,
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
)
from tests.factories import BERLIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

Request = BookingRequest | ConfirmRequest | CancelRequest | MoveRequest


@dataclass(frozen=True, slots=True)
class Told:
    """One wish that was granted: what was asked, seen before, and answered.

    An answer that comes after a retry may show later changes of others too; which
    version the wish itself made follows from the request.
    """

    request: Request
    before: Appointment | None
    answer: Appointment

    @property
    def version(self) -> int:
        """The version that this wish made."""
        request = self.request
        return 1 if isinstance(request, BookingRequest) else request.version + 1

    @property
    def days(self) -> set[tuple[int, date]]:
        """The provider's days whose versions it raised."""
        seen = [self.before] if self.before else []
        places = {(known.provider_id, _local_day(known.start)) for known in seen}
        if isinstance(self.request, BookingRequest | MoveRequest):
            start = self.request.start
            places.add((self.request.provider_id, _local_day(start)))
        return places


@dataclass(slots=True)
class Journal:
    """All that was told to all desks; safe to write from several threads."""

    told: list[Told] = field(default_factory=list)
    refused: int = 0
    tries_of_undecided: int = 0
    unresolved: list[Request] = field(default_factory=list)
    _guard: Lock = field(default_factory=Lock)

    def grant(self, told: Told) -> None:
        """Note a wish that was granted."""
        with self._guard:
            self.told.append(told)

    def refuse(self) -> None:
        """Note a definite refusal."""
        with self._guard:
            self.refused += 1

    def ask_again(self) -> None:
        """Note that a desk had to ask again with the same key."""
        with self._guard:
            self.tries_of_undecided += 1

    def give_up(self, request: Request) -> None:
        """Note a wish whose outcome the desk never learned."""
        with self._guard:
            self.unresolved.append(request)

    def bookings(self) -> Iterator[Told]:
        """Return the granted bookings."""
        return (told for told in self.told if isinstance(told.request, BookingRequest))


def _local_day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(BERLIN)).date()
