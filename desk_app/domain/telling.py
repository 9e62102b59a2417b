"""What is to be said about an appointment, by what was told and how it stands now.

A message that is due says how the appointment stands at this moment, whatever it was
written for. So several changes give one message, and a slip that was put right none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.appointment import Status
from desk_app.domain.message_times import MessageKind as Timing
from desk_app.domain.message_times import when
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import Outcome

if TYPE_CHECKING:
    from desk_app.domain.desk_rules import Telling

NOTICES = frozenset(
    {
        MessageKind.CONFIRMATION,
        MessageKind.CHANGE_NOTICE,
        MessageKind.CANCELLATION_NOTICE,
        MessageKind.NO_SHOW_NOTICE,
    }
)
REMINDERS = (MessageKind.REMINDER_48H, MessageKind.REMINDER_1H)
# What must at least be left for somebody to be on their way.
ON_THE_WAY = timedelta(minutes=10)
# Two reminders within this are one too many.
NEAR = timedelta(minutes=15)
# So long a confirmation waits for the link of its meeting.
LINK_PATIENCE = timedelta(minutes=15)
_OVER = {
    Status.CANCELLED: Outcome.CANCELLED,
    Status.PENDING: Outcome.NOT_DUE,
    Status.NO_SHOW: Outcome.OVER,
    Status.COMPLETED: Outcome.OVER,
}


@dataclass(frozen=True, slots=True)
class Place:
    """When and with whom a visit is, as far as somebody must know of it."""

    start: datetime
    end: datetime
    provider_id: int
    service_id: int
    has_link: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was last told of an appointment."""

    kind: MessageKind
    version: int
    place: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """How an appointment stands now."""

    status: Status
    version: int
    place: Place
    is_virtual: bool = False

    def has_begun(self, now: datetime) -> bool:
        """Say whether the visit has begun."""
        return self.place.start <= now


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder as it was written: of a visit at `start`, due at `due`."""

    kind: MessageKind
    due: datetime
    start: datetime


@dataclass(frozen=True, slots=True)
class Send:
    """It leaves now."""


@dataclass(frozen=True, slots=True)
class Later:
    """It leaves at another time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """It could not be sent in time; somebody should know."""

    reason: Outcome


@dataclass(frozen=True, slots=True)
class Dropped:
    """There is no need of it any more."""

    reason: Outcome


Verdict: TypeAlias = Send | Later | Missed | Dropped


def notice_due(
    told: Told | None,
    standing: Standing,
    asked: frozenset[MessageKind],
    now: datetime,
) -> MessageKind | None:
    """Return which message tells somebody how it stands now, None for none.

    `asked` are the notices that were ever wished for this appointment. Who was told
    nothing, though no confirmation was wished, knows of it from elsewhere.
    """
    if standing.status is Status.CONFIRMED:
        return None if standing.has_begun(now) else _as_it_stands(told, standing, asked)
    if standing.status is Status.CANCELLED:
        return _that_it_is_off(told, asked)
    if standing.status is Status.NO_SHOW:
        kind = MessageKind.NO_SHOW_NOTICE
        return None if kind not in asked or _said(told, kind) else kind
    return None


def notice_time(
    now: datetime, standing: Standing, told: Told | None, telling: Telling
) -> datetime:
    """Return when a notice that is due may leave: `now`, or once it is not quiet.

    Who still expects a visit before then is told at once.
    """
    starts = [standing.place.start, *([told.place.start] if told else [])]
    start = min((at for at in starts if at >= now), default=min(starts))
    return when(Timing.NOTICE, now, start, telling.rules.messages, telling.zone)


def reminder_due(
    reminder: Reminder, standing: Standing, now: datetime, telling: Telling
) -> Verdict:
    """Return what becomes of a reminder that is due.

    `telling` has the zone of the client. One that is late leaves while it is of use:
    the long one some hours before the visit at least, the short one some minutes.
    """
    if standing.status is not Status.CONFIRMED:
        return Dropped(_OVER[standing.status])
    if standing.place.start != reminder.start:
        return Dropped(Outcome.MOVED)
    last = reminder.start - _least(reminder, telling)
    if now > last:
        return Missed(Outcome.TOO_LATE)
    quiet = telling.rules.messages.quiet
    night = quiet and quiet.around(now, telling.zone)
    if not night:
        return Send()
    return Later(night.end) if night.end <= last else Missed(Outcome.QUIET_HOURS)


def gives_way(kind: MessageKind, now: datetime, short_due: datetime | None) -> bool:
    """Say whether a reminder is one too many: the short one leaves just now as well.

    `short_due` is when the short reminder of the same visit is due, or was.
    """
    is_long = kind is MessageKind.REMINDER_48H
    return is_long and short_due is not None and short_due <= now + NEAR


def waits_for_link(
    kind: MessageKind, standing: Standing, due: datetime, now: datetime
) -> bool:
    """Say whether a notice waits while the link of its meeting is being made."""
    tells_a_link = kind in {MessageKind.CONFIRMATION, MessageKind.CHANGE_NOTICE}
    is_missing = standing.is_virtual and not standing.place.has_link
    return tells_a_link and is_missing and now < due + LINK_PATIENCE


def has_changed(
    kind: MessageKind, planned: Place, standing: Standing
) -> Outcome | None:
    """Say why a message that was planned is not true any more, None if it is.

    A link that has come since is told by it, and does not make it untrue.
    """
    wanted = _STATUS_OF.get(kind, Status.CONFIRMED)
    if standing.status is not wanted:
        return _OVER.get(standing.status, Outcome.NOT_DUE)
    if wanted is Status.CONFIRMED and not _is_same(planned, standing.place):
        return Outcome.MOVED if kind in REMINDERS else Outcome.NOT_DUE
    return None


_STATUS_OF = {
    MessageKind.CANCELLATION_NOTICE: Status.CANCELLED,
    MessageKind.NO_SHOW_NOTICE: Status.NO_SHOW,
}


def _as_it_stands(
    told: Told | None, standing: Standing, asked: frozenset[MessageKind]
) -> MessageKind | None:
    confirmation, change = MessageKind.CONFIRMATION, MessageKind.CHANGE_NOTICE
    if told is None:
        return next((kind for kind in (confirmation, change) if kind in asked), None)
    if told.kind in _STATUS_OF:
        # They were told that it does not take place.
        return confirmation
    return None if told.place == standing.place else change


def _that_it_is_off(
    told: Told | None, asked: frozenset[MessageKind]
) -> MessageKind | None:
    kind = MessageKind.CANCELLATION_NOTICE
    if told is None:
        knows = MessageKind.CONFIRMATION not in asked
        return kind if knows and kind in asked else None
    return None if told.kind is kind else kind


def _said(told: Told | None, kind: MessageKind) -> bool:
    return told is not None and told.kind is kind


def _is_same(planned: Place, now: Place) -> bool:
    """Say whether a visit stands where it stood, whatever became of its link."""
    return (planned.start, planned.end, planned.provider_id, planned.service_id) == (
        now.start,
        now.end,
        now.provider_id,
        now.service_id,
    )


def _least(reminder: Reminder, telling: Telling) -> timedelta:
    """Return how long before the visit a reminder is of use at the latest.

    Of a short lead that is half of it, or it would be late when it is due.
    """
    half = (reminder.start - reminder.due) / 2
    if reminder.kind is MessageKind.REMINDER_1H:
        return min(ON_THE_WAY, half)
    return min(timedelta(hours=telling.rules.messages.useful_hours), half)
