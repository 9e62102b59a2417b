"""Keeps the calendars of providers outside in step with their appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desk_app.calendars.base import Event
from desk_app.domain.event_ids import event_id
from desk_app.domain.queue import Outcome
from desk_app.errors import ProviderError, Transient
from desk_app.worker.courier import done, dropped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.calendars.base import Calendar
    from desk_app.domain.calendar_copy import CalendarCopy
    from desk_app.domain.queue import Job, Settled

MOST_ROUNDS = 5
CHANGES_TOO_FAST = "This appointment changes faster than calendars can follow."


class Copies(Protocol):
    """What says how appointments stand."""

    def of(self, appointment_id: int) -> CalendarCopy | None:
        """Return an appointment as it is now, None if it is gone."""


class CalendarTasks:
    """Shows an appointment, or lets it vanish, whichever is right at this moment.

    It does not matter what the task was written for, nor in which order tasks come:
    each brings the calendars of one provider to what the appointment is now.
    `calendars_of` gives those that a provider has connected.
    """

    def __init__(
        self, copies: Copies, calendars_of: Callable[[int], Sequence[Calendar]]
    ) -> None:
        self._copies = copies
        self._calendars_of = calendars_of

    def carry(self, job: Job) -> Settled:
        """Bring all calendars of the task's provider in step.

        Then look again: another worker may have shown what has happened meanwhile
        before this one showed what was before.
        """
        provider_id = job.payload.get("provider_id")
        if job.appointment_id is None or not isinstance(provider_id, int):
            return dropped(job, Outcome.NOTHING_TO_DO)
        calendars = self._calendars_of(provider_id)
        if not calendars:
            return done(job, Outcome.NOTHING_TO_DO)
        copy = self._copies.of(job.appointment_id)
        for _ in range(MOST_ROUNDS):
            if copy is None:
                return dropped(job, Outcome.NOT_DUE)
            _bring_all_in_step(calendars, copy, provider_id)
            before, copy = copy, self._copies.of(job.appointment_id)
            if copy == before:
                return done(job)
        raise Transient(CHANGES_TOO_FAST)


def _bring_all_in_step(
    calendars: Sequence[Calendar], copy: CalendarCopy, provider_id: int
) -> None:
    """Bring each in step; what one of them raised comes when all had their turn."""
    failures: list[ProviderError] = []
    for calendar in calendars:
        try:
            _bring_in_step(calendar, copy, provider_id)
        except ProviderError as error:
            failures.append(error)
    if failures:
        raise failures[0]


def _bring_in_step(calendar: Calendar, copy: CalendarCopy, provider_id: int) -> None:
    known_as = event_id(copy.practice_id, copy.appointment_id)
    if not copy.is_shown or copy.provider_id != provider_id:
        calendar.remove(known_as)
        return
    calendar.put(
        Event(
            known_as,
            copy.version,
            copy.title,
            copy.start,
            copy.end,
            copy.timezone,
            link=copy.link,
        )
    )
