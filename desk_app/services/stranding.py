"""Changes under booked appointments: nobody's visit is left without hours silently.

`carry_out` makes a change of hours, closures, providers, services or rooms. It looks
at all appointments to come before and after; those that lose their hours or place by
it must have been decided about, or nothing is changed and they are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import uuid5
from zoneinfo import ZoneInfo

from desk_app.db import locks
from desk_app.db.queries import ahead, days, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import CancelledBy
from desk_app.domain.deeds import CancelAllRequest, MoveAllRequest
from desk_app.domain.hours import open_windows
from desk_app.errors import Strands
from desk_app.services import together
from desk_app.services.contact import LONGEST_REASON, clean_paragraph, phone_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval
    from desk_app.domain.stranding import Settlement
    from desk_app.services.recheck import Attempt

T = TypeVar("T")


def carry_out(
    session: Session,
    provider_ids: Sequence[int],
    write: Callable[[], None],
    settlement: Settlement,
    attempt: Attempt,
) -> None:
    """Make a change that concerns the appointments of these providers.

    Bookings with them wait until it is done. Raises Strands with every appointment
    that the change strands if one of them is not decided about as it stands, and
    what cancelling and moving them raises; then nothing is changed.
    """
    locks.change_hours(session, provider_ids)
    now = attempt.clock() if attempt.clock else ask(session, practice.server_time())
    before = _Ahead(session, provider_ids, now)
    write()
    after = _Ahead(session, provider_ids, now)
    stands = {each.appointment_id: each for each in after.appointments}
    found = [
        stands.get(each.appointment_id, each)
        for each in before.appointments
        if before.has_place(each)
        and not after.has_place(stands.get(each.appointment_id, each))
    ]
    if settlement.undecided(found):
        raise Strands(appointments=found)
    _settle(session, found, settlement, attempt)


def _settle(
    session: Session,
    found: Sequence[Appointment],
    settlement: Settlement,
    attempt: Attempt,
) -> None:
    key = settlement.idempotency_key
    reason = clean_paragraph(settlement.reason, LONGEST_REASON, "reason")
    for number, seen in enumerate(_portions(settlement.cancelled(found))):
        cancel = CancelAllRequest(
            uuid5(key, f"cancel {number}"), tuple(seen), reason, CancelledBy.PRACTICE
        )
        together.cancel_all(session, cancel, attempt)
    for number, moves in enumerate(_portions(settlement.moved(found))):
        move = MoveAllRequest(uuid5(key, f"move {number}"), tuple(moves))
        together.move_all(session, move, attempt)


def _portions(items: list[T]) -> Iterator[list[T]]:
    for first in range(0, len(items), together.MOST):
        yield items[first : first + together.MOST]


class _Ahead:
    """The appointments to come of some providers, and what decides over them."""

    def __init__(
        self, session: Session, provider_ids: Sequence[int], now: datetime
    ) -> None:
        with pipeline(session) as read:
            show = phone_writer(read.ask(practice.practice()))
            found = read.ask(ahead.to_come(provider_ids, now, show))
            providers = read.ask(practice.providers(provider_ids))
            hours = read.ask(days.weekly_hours(provider_ids))
            retired = read.ask(ahead.retired(provider_ids))
        self.appointments = found.get()
        self._providers = {each.provider_id: each for each in providers.get()}
        self._hours, self._retired = hours.get(), retired.get()
        self._windows: dict[tuple[int, date], tuple[Interval, ...]] = {}
        local = [self._day(each) for each in self.appointments]
        self._overrides: days.DayOverrides = {}
        if local:
            self._overrides = ask(
                session, days.overrides(provider_ids, min(local), max(local))
            )

    def has_place(self, appointment: Appointment) -> bool:
        """Say whether it lies within hours, and all it needs is still there."""
        if self._retired.concerns(appointment):
            return False
        if not self._providers[appointment.provider_id].is_active:
            return False
        return any(
            window.start <= appointment.start and appointment.end <= window.end
            for window in self._open(appointment.provider_id, self._day(appointment))
        )

    def _day(self, appointment: Appointment) -> date:
        zone = ZoneInfo(self._providers[appointment.provider_id].timezone)
        return appointment.start.astimezone(zone).date()

    def _open(self, provider_id: int, day: date) -> tuple[Interval, ...]:
        known = self._windows.get((provider_id, day))
        if known is None:
            zone = ZoneInfo(self._providers[provider_id].timezone)
            overrides = self._overrides.get((provider_id, day), [])
            weekly = self._hours[provider_id].on(day)
            known = open_windows(day, zone, weekly, overrides)
            self._windows[provider_id, day] = known
        return known
