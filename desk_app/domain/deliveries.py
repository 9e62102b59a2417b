"""What a desk sees of what leaves it: messages sent, waiting, failed, and why.

Nothing here holds a whole address: where a message went is kept masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import TROUBLE, Outcome, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MEETING_LINK = "meeting_link"
"""The task of making a link; it stands among the messages, for they wait for it."""
REMINDERS = (MessageKind.REMINDER_48H, MessageKind.REMINDER_1H)
# So long a message may wait before that is worth a word: a courier needs a moment.
LATE_AFTER = timedelta(minutes=5)
_OF_A_VISIT_TO_COME = (
    MessageKind.CONFIRMATION,
    MessageKind.CHANGE_NOTICE,
    *REMINDERS,
    MEETING_LINK,
)
_STATUS_OF = {
    **dict.fromkeys(_OF_A_VISIT_TO_COME, Status.CONFIRMED),
    MessageKind.CANCELLATION_NOTICE: Status.CANCELLED,
    MessageKind.NO_SHOW_NOTICE: Status.NO_SHOW,
}
_SAYS_NOTHING = (
    "",
    Outcome.SUPERSEDED,
    Outcome.NOTHING_TO_DO,
    Outcome.PLANNED,
    Outcome.TAKEN_BACK,
    Outcome.OTHER_REMINDER,
)


class NoUse(StrEnum):
    """Why a message is not sent again."""

    OVER = "message_of_a_visit_that_is_over"
    NOT_CONFIRMED = "message_of_a_visit_that_does_not_stand"
    NOT_CANCELLED = "message_of_a_visit_that_is_not_cancelled"
    NOT_MISSED = "message_of_a_visit_that_was_not_missed"
    NOT_BY_HAND = "not_a_message"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox as a desk shows it, with whose visit it is about.

    Without `channel` it is a task: it says that something will be sent or made, not
    yet to whom. `sent_to` is masked. `since` is from when on it could have left.
    `decided_by` is the login that gave it up or had it tried again. What is about no
    visit has no `appointment_id`, and nothing of one.
    """

    outbox_id: int
    kind: str
    state: State
    run_at: datetime
    since: datetime
    outcome: str = ""
    recipient: str = ""
    channel: str = ""
    sent_to: str = ""
    handed_at: datetime | None = None
    settled_at: datetime | None = None
    attempts: int = 0
    error: str = ""
    decided_by: str = ""
    appointment_id: int | None = None
    provider_id: int | None = None
    client_id: int | None = None
    client_name: str = ""
    client_phone: str = ""
    service_name: str = ""
    start: datetime | None = None
    end: datetime | None = None
    status: Status | None = None

    @property
    def is_trouble(self) -> bool:
        """Whether it ended so that a person decides."""
        return self.state in TROUBLE

    @property
    def is_open(self) -> bool:
        """Whether it is still to leave, or just leaving."""
        return self.state in (State.WAITING, State.SENDING)

    @property
    def at(self) -> datetime:
        """The moment that it is told with: when it left, ended, or will leave."""
        if self.is_open:
            return self.run_at
        return self.handed_at or self.settled_at or self.run_at

    @property
    def needs_sign_in(self) -> bool:
        """Whether it waits until somebody has set right the practice's own login."""
        return self.state is State.WAITING and self.outcome == Outcome.SIGN_IN

    def needs_you(self, now: datetime) -> bool:
        """Say whether a person should do something about it at `now`.

        About a visit that is over nobody need be reminded any more.
        """
        is_of_use = self.kind not in REMINDERS or self.end is None or self.end > now
        return self.is_trouble and is_of_use

    def is_late(self, now: datetime) -> bool:
        """Say whether it should have left by `now`, and has not."""
        return self.is_open and self.since <= now - LATE_AFTER

    def is_over(self, now: datetime) -> bool:
        """Say whether the visit that it is about has begun."""
        return self.start is not None and self.start <= now


class Part(StrEnum):
    """Which part of the queue is shown."""

    ALL = "ALL"
    NEEDS_YOU = "NEEDS_YOU"
    LATE = "LATE"
    WAITING = "WAITING"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands for whoever is signed in.

    `needs_you` counts what a person should decide about, `late` what should have left
    and has not, the oldest of which for `late_seconds`. Of these `sign_in` wait for
    the practice's own login to be set right.
    """

    needs_you: int = 0
    late: int = 0
    late_seconds: float = 0.0
    sign_in: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """What is in the queue, the most urgent first, and how much of it there is.

    `waiting` counts all that is still to leave, where that was asked for. Not all of
    it is listed where `has_more`. `now` is the server's time.
    """

    rows: tuple[Delivery, ...]
    standing: Standing
    waiting: int | None
    now: datetime
    has_more: bool = False


class Lamp(StrEnum):
    """What the light at the lower edge says, the most urgent first."""

    NEEDS_YOU = "NEEDS_YOU"
    SIGN_IN = "SIGN_IN"
    NOBODY_SENDS = "NOBODY_SENDS"
    LATE = "LATE"
    CALM = "CALM"


def lamp(standing: Standing, *, carries: bool) -> Lamp:
    """Return what is to be said; `carries` is whether this desk sends messages."""
    if standing.needs_you:
        return Lamp.NEEDS_YOU
    if standing.sign_in:
        return Lamp.SIGN_IN
    if standing.late:
        return Lamp.LATE if carries else Lamp.NOBODY_SENDS
    return Lamp.CALM


def why_not_again(
    kind: str, status: Status, start: datetime, now: datetime
) -> NoUse | None:
    """Return why a message of this kind would make no sense now, None if it does."""
    wanted = _STATUS_OF.get(kind)
    if wanted is None:
        return NoUse.NOT_BY_HAND
    if status is not wanted:
        return {
            Status.CANCELLED: NoUse.NOT_CANCELLED,
            Status.NO_SHOW: NoUse.NOT_MISSED,
        }.get(wanted, NoUse.NOT_CONFIRMED)
    if wanted is not Status.NO_SHOW and start <= now:
        return NoUse.OVER
    return None


def kinds_again(status: Status, start: datetime, now: datetime) -> tuple[str, ...]:
    """Return what can be sent by hand about a visit as it stands."""
    may = (*MessageKind, MEETING_LINK)
    return tuple(kind for kind in may if not why_not_again(kind, status, start, now))


def is_told(row: Delivery) -> bool:
    """Say whether a row is worth a line among the messages of a visit.

    A task that was planned is told by its deliveries, one that another one replaced
    by that. Calendars have a place of their own; here they count once they failed.
    """
    if row.is_trouble:
        return True
    if row.kind != MEETING_LINK and row.kind not in tuple(MessageKind):
        return False
    if row.state is State.DONE:
        is_link = row.kind == MEETING_LINK and row.outcome != Outcome.NOTHING_TO_DO
        return bool(row.channel) or is_link
    if row.state is State.DROPPED:
        return row.outcome not in _SAYS_NOTHING or bool(row.decided_by)
    return True


def is_moving(rows: Iterable[Delivery], now: datetime) -> bool:
    """Say whether any of these may be otherwise in a moment: it leaves just now."""
    return any(
        row.is_open and row.run_at <= now and not row.is_late(now) for row in rows
    )


def latest_link(rows: Iterable[Delivery]) -> Delivery | None:
    """Return the row that says how it stands with the link of a meeting."""
    links = [row for row in rows if row.kind == MEETING_LINK]
    return max(links, key=lambda row: row.outbox_id, default=None)
