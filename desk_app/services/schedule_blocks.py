"""Blocking time by hand, and opening it again.

The day is locked as for a booking: nobody can book into a block that is being made.
Appointments in it stay; whoever blocks has to have seen them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.locks import DayKey, bump, lock_days
from desk_app.db.queries import appointments, blocks, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.interval import Interval
from desk_app.domain.policies import Policy
from desk_app.domain.schedule import Block, Source
from desk_app.errors import Invalid, NotFound, Refused
from desk_app.services.contact import clean_line, phone_writer
from desk_app.services.recheck import checked_start

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.blocking import BlockRequest
    from desk_app.domain.people import Provider

LONGEST_REASON = 500
_A_MOMENT = timedelta(microseconds=1)


class ScheduleBlocks:
    """The blocks of providers' days; all raise Unavailable, NotAllowed, NotFound."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def lying_in(self, request: BlockRequest) -> tuple[Appointment, ...]:
        """Return the appointments that keep any of this time busy, by start."""
        request = _clean(request)
        with self._sessions.begin() as session:
            return _lying_in(session, request)

    def block(self, request: BlockRequest) -> Block:
        """Block the time; done again it gives the same block.

        Raises Refused("busy") if appointments lie in it that were not accepted, and
        Invalid for the reason, or a time that is not of one local day.
        """
        request = _clean(request)
        return self._sessions.run(lambda session: _block(session, request))

    def unblock(self, override_id: int) -> None:
        """Open a block again that was made by hand; one that is gone is open."""

        def work(session: Session) -> None:
            day = ask(session, blocks.drop_block(override_id))
            if day is not None:
                bump(session, [day])

        self._sessions.run(work)


def _clean(request: BlockRequest) -> BlockRequest:
    start, end = checked_start(request.start), checked_start(request.end)
    if not start < end:
        raise Invalid("end", "A block ends after it begins.")
    reason = clean_line(request.reason, LONGEST_REASON, "reason")
    return replace(request, start=start, end=end, reason=reason)


def _block(session: Session, request: BlockRequest) -> Block:
    found = ask(session, practice.providers([request.provider_id]))
    if not found:
        raise NotFound("This provider no longer exists.")
    new = _on_the_wall(request, found[0])
    lock_days(session, [new.day])
    accepted = {*request.accepted}
    unseen = [
        each
        for each in _lying_in(session, request)
        if each.appointment_id not in accepted
    ]
    if unseen:
        raise Refused(Policy.BUSY, f"Appointments in this time: {len(unseen)}.")
    number = ask(session, blocks.same_block(new))
    if number is None:
        number = ask(session, blocks.insert_block(new))
        bump(session, [new.day])
    span = Interval(request.start, request.end)
    return Block(number, span, request.reason, Source.MANUAL)


def _lying_in(session: Session, request: BlockRequest) -> tuple[Appointment, ...]:
    span = Interval(request.start, request.end)
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(
            appointments.appointments([request.provider_id], span, show)
        )
    # The buffer of what ends before is no reason not to block.
    return tuple(each for each in found.get() if each.end > request.start)


def _on_the_wall(request: BlockRequest, provider: Provider) -> blocks.NewBlock:
    """Return the block as the clock of the provider shows it; raises Invalid."""
    zone = ZoneInfo(provider.timezone)
    start = request.start.astimezone(zone)
    last = (request.end - _A_MOMENT).astimezone(zone)
    if start.date() != last.date():
        raise Invalid("end", "A block lies within one day.")
    end = request.end.astimezone(zone)
    day = DayKey(provider.provider_id, start.date())
    return blocks.NewBlock(
        day, start.time().replace(fold=0), end.time().replace(fold=0), request.reason
    )
