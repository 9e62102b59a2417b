"""What must follow outside after a change: calendars, meeting links, messages.

The rows are written in the transaction of the change, so that neither happens without
the other; the courier sends them later. They hold numbers only, nothing of a person.
A client hears of a pending booking only once it is confirmed.
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
    REMINDER_48H = "reminder_48h"
    REMINDER_1H = "reminder_1h"


REMINDERS = {
    Kind.REMINDER_48H: timedelta(hours=48),
    Kind.REMINDER_1H: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """An appointment as it will stand after the change, as far as tasks need it."""

    provider_id: int
    start: datetime
    status: Status
    is_virtual: bool


def after_booking(after: Outlook, now: datetime) -> list[Task]:
    """Return the tasks of a new appointment."""
    tasks = [Task(Kind.CALENDAR_PUSH, now, after.provider_id)]
    if after.status is Status.CONFIRMED:
        tasks.append(Task(Kind.CONFIRMATION, now, after.provider_id))
        tasks.extend(_meeting_and_reminders(after, now))
    return tasks


def after_confirming(after: Outlook, now: datetime) -> list[Task]:
    """Return the tasks of a pending appointment that is confirmed."""
    return after_booking(after, now)


def after_moving(before: Outlook, after: Outlook, now: datetime) -> list[Task]:
    """Return the tasks of a move, perhaps to another provider's calendar."""
    tasks = [
        Task(Kind.CALENDAR_PUSH, now, after.provider_id),
        Task(Kind.CHANGE_NOTICE, now, after.provider_id),
    ]
    if before.provider_id != after.provider_id:
        tasks.append(Task(Kind.CALENDAR_REMOVE, now, before.provider_id))
    if after.status is Status.CONFIRMED:
        tasks.extend(_meeting_and_reminders(after, now))
    return tasks


def after_cancelling(before: Outlook, now: datetime) -> list[Task]:
    """Return the tasks of a cancellation."""
    return [
        Task(Kind.CALENDAR_REMOVE, now, before.provider_id),
        Task(Kind.CANCELLATION_NOTICE, now, before.provider_id),
    ]


def _meeting_and_reminders(after: Outlook, now: datetime) -> Iterator[Task]:
    if after.is_virtual:
        yield Task(Kind.MEETING_LINK, now, after.provider_id)
    for kind, ahead in REMINDERS.items():
        # Who books within the hour needs no reminder of it.
        if after.start - ahead > now:
            yield Task(kind, after.start - ahead, after.provider_id)
