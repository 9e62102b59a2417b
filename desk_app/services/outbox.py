"""What must follow outside after a change: calendars, meeting links, messages.

The rows are written in the transaction of the change, so that neither happens without
the other; the courier sends them later. They hold numbers only, nothing of a person.
A client hears of a pending booking only once it is confirmed, and of every change only
after the practice's grace time: a slip that is undone by then tells nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.db.queries.bookings import Task
from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Kind(StrEnum):
    """What can have to follow; the courier knows these words."""

    CALENDAR_PUSH = "calendar_push"
    CALENDAR_REMOVE = "calendar_remove"
    MEETING_LINK = "meeting_link"
    CONFIRMATION = "confirmation"
    CHANGE_NOTICE = "change_notice"
    CANCELLATION_NOTICE = "cancellation_notice"
    NO_SHOW_NOTICE = "no_show_notice"
    REMINDER_48H = "reminder_48h"
    REMINDER_1H = "reminder_1h"


REMINDERS = {
    Kind.REMINDER_48H: timedelta(hours=48),
    Kind.REMINDER_1H: timedelta(hours=1),
}


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


@dataclass(frozen=True, slots=True)
class Moment:
    """When a change is made, and how long messages about it wait."""

    now: datetime
    grace: timedelta = timedelta(0)

    @property
    def told_at(self) -> datetime:
        """When people hear of it."""
        return self.now + self.grace


def after_booking(after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a new appointment."""
    tasks = [Task(Kind.CALENDAR_PUSH, at.now, after.provider_id)]
    if after.status is Status.CONFIRMED:
        tasks.append(Task(Kind.CONFIRMATION, at.told_at, after.provider_id))
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
    return [
        *after_putting_back(before, after, at),
        Task(Kind.CHANGE_NOTICE, at.told_at, after.provider_id),
    ]


def after_putting_back(before: Outlook, after: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of an appointment that stands elsewhere, without a message."""
    tasks = [Task(Kind.CALENDAR_PUSH, at.now, after.provider_id)]
    if before.provider_id != after.provider_id:
        tasks.append(Task(Kind.CALENDAR_REMOVE, at.now, before.provider_id))
    if after.status is Status.CONFIRMED:
        tasks.extend(_meeting_and_reminders(after, at))
    return tasks


def after_cancelling(before: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a cancellation."""
    return [
        Task(Kind.CALENDAR_REMOVE, at.now, before.provider_id),
        Task(Kind.CANCELLATION_NOTICE, at.told_at, before.provider_id),
    ]


def after_no_show(before: Outlook, at: Moment) -> list[Task]:
    """Return the tasks of a visit that was missed."""
    return [Task(Kind.NO_SHOW_NOTICE, at.told_at, before.provider_id)]


def _meeting_and_reminders(after: Outlook, at: Moment) -> Iterator[Task]:
    if after.is_virtual:
        yield Task(Kind.MEETING_LINK, at.now, after.provider_id)
    for kind, ahead in REMINDERS.items():
        # Who books within the hour needs no reminder of it.
        if after.start - ahead > at.now:
            yield Task(kind, after.start - ahead, after.provider_id)
