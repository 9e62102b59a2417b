"""What must follow outside after a change: calendars, meeting links, messages.

The rows are written in the transaction of the change, so that neither happens without
the other; the courier sends them later. They hold numbers only, nothing of a person.
A client hears of a pending booking only once it is confirmed, and of every change only
after the practice's grace time: a slip that is undone by then tells nobody. Nobody is
written to in the practice's quiet hours, by the client's own clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.db.queries.bookings import Task
from desk_app.domain.appointment import Status
from desk_app.domain.desk_rules import Telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Kind(StrEnum):
    """What can have to follow; the courier knows these words.

    Reminders are called by how long before the visit they usually leave.
    """

    CALENDAR_PUSH = "calendar_push"
    CALENDAR_REMOVE = "calendar_remove"
    MEETING_LINK = "meeting_link"
    CONFIRMATION = "confirmation"
    CHANGE_NOTICE = "change_notice"
    CANCELLATION_NOTICE = "cancellation_notice"
    NO_SHOW_NOTICE = "no_show_notice"
    REMINDER_48H = "reminder_48h"
    REMINDER_1H = "reminder_1h"


REMINDERS = (Kind.REMINDER_48H, Kind.REMINDER_1H)

MESSAGES = frozenset(
    {
        Kind.CONFIRMATION,
        Kind.CHANGE_NOTICE,
        Kind.CANCELLATION_NOTICE,
        Kind.NO_SHOW_NOTICE,
    }
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """An appointment as it will stand after the change, as far as tasks need it."""

    provider_id: int
    start: datetime
    status: Status
    is_virtual: bool

    @property
    def has_meeting(self) -> bool:
        """Say whether a meeting by video goes with it."""
        return self.is_virtual and self.status is Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Moment:
    """When a change is made, and how people hear of it."""

    now: datetime
    telling: Telling = Telling()  # noqa: RUF009 (it is frozen)


def pushed(provider_id: int, at: Moment) -> Task:
    """Return the task that shows an appointment in a calendar as it is now."""
    return Task(Kind.CALENDAR_PUSH, at.now, provider_id)


def after_booking(after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a new appointment."""
    tasks = [pushed(after.provider_id, at)]
    if after.status is Status.CONFIRMED:
        tasks.append(told(Kind.CONFIRMATION, at, after))
        tasks.extend(_meeting_and_reminders(after, at))
    return tasks


def after_importing(after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of an appointment that was agreed elsewhere.

    Its client knows of it, so nothing confirms it; reminders come in time.
    """
    return after_putting_back(after, after, at)


def after_confirming(after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a pending appointment that is confirmed."""
    return after_booking(after, at)


def after_moving(before: Outlook, after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a move, perhaps to another provider's calendar."""
    tasks = after_putting_back(before, after, at)
    if after.status is Status.CONFIRMED:
        tasks.append(told(Kind.CHANGE_NOTICE, at, after, before))
    return tasks


def after_putting_back(before: Outlook, after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of an appointment that stands elsewhere, without a message."""
    tasks = [pushed(after.provider_id, at)]
    if before.provider_id != after.provider_id:
        tasks.append(Task(Kind.CALENDAR_REMOVE, at.now, before.provider_id))
    if after.status is Status.CONFIRMED:
        tasks.extend(_meeting_and_reminders(after, at))
    if before.has_meeting and not after.has_meeting:
        tasks.append(_meeting(before, at))
    return tasks


def after_cancelling(before: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a cancellation; who was never told of it need not hear."""
    tasks = [Task(Kind.CALENDAR_REMOVE, at.now, before.provider_id)]
    if before.status is Status.CONFIRMED:
        tasks.append(told(Kind.CANCELLATION_NOTICE, at, before))
        if before.is_virtual:
            tasks.append(_meeting(before, at))
    return tasks


def after_no_show(before: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a visit that was missed."""
    return [told(Kind.NO_SHOW_NOTICE, at, before)]


def told(kind: Kind, at: Moment, after: Outlook, before: Outlook | None = None) -> Task:
    """Return the task of telling the client; `before` is where the visit stood."""
    starts = (after.start, before.start) if before else (after.start,)
    return Task(kind, at.telling.told_at(at.now, starts), after.provider_id)


def _meeting(of: Outlook, at: Moment) -> Task:
    """Return the task that brings a meeting to how its appointment stands."""
    return Task(Kind.MEETING_LINK, at.now, of.provider_id)


def _meeting_and_reminders(after: Outlook, at: Moment) -> Iterator[Task]:
    if after.is_virtual:
        yield _meeting(after, at)
    times: set[datetime] = set()
    messages = at.telling.rules.messages
    for kind, hours in zip(
        REMINDERS, (messages.long_hours, messages.short_hours), strict=True
    ):
        run_at = at.telling.reminded_at(after.start, hours)
        # Who books within the hour needs no reminder of it, and nobody two at once.
        if hours and run_at > at.now and run_at not in times:
            times.add(run_at)
            yield Task(kind, run_at, after.provider_id)
