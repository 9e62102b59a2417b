"""How a practice runs its desk: rules that a manager chooses, each with its default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.message_times import MessageKind, MessageTimes, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

LONGEST_GRACE = 3600
LONGEST_WAIT = 600
LONGEST_LOCK_OUT = 3650
MOST_REASONS = 30
REASONS = (
    "Ill",
    "No time",
    "Found another time",
    "No longer needed",
    "Provider not available",
    "Booked by mistake",
)


@dataclass(frozen=True, slots=True)
class NoShowPolicy:
    """What follows when a client does not come; each consequence can be off.

    `asks_after_minutes` past the start the desk is asked about the client. The price
    is kept, the client flagged from the `flags_after`th time on, and locked out of
    same-day bookings for `lock_out_days` from the moment it is marked.
    """

    asks_after_minutes: int = 10
    keeps_price: bool = True
    flags: bool = True
    flags_after: int = 1
    locks_out: bool = True
    lock_out_days: int = 30

    def flags_at(self, count: int) -> bool:
        """Say whether a client with so many no-shows is flagged."""
        return self.flags and count >= self.flags_after

    def lock_out_until(self, now: datetime) -> datetime | None:
        """Return until when a client who was missed `now` books no same day."""
        if not self.locks_out or self.lock_out_days < 1:
            return None
        return now + timedelta(days=self.lock_out_days)


@dataclass(frozen=True, slots=True)
class DeskRules:
    """The rules of the desk.

    Messages wait `grace_seconds` before they leave, so that a slip which is undone
    tells nobody; `messages` says when they may leave at all. Who waits longer than
    `waiting_minutes` is pointed out. `cancellation_reasons` are offered when something
    is cancelled.
    """

    grace_seconds: int = 180
    waiting_minutes: int = 15
    no_show: NoShowPolicy = NoShowPolicy()
    cancellation_reasons: tuple[str, ...] = REASONS
    messages: MessageTimes = MessageTimes()  # noqa: RUF009 (it is frozen)

    @property
    def grace(self) -> timedelta:
        """How long messages wait."""
        return timedelta(seconds=self.grace_seconds)


@dataclass(frozen=True, slots=True)
class Telling:
    """The rules by which clients hear of something, in a practice in `zone`."""

    rules: DeskRules = DeskRules()
    zone: tzinfo = UTC

    def told_at(self, now: datetime, starts: Sequence[datetime]) -> datetime:
        """Return when they hear of what is done now.

        The visit stands, and stood before, at `starts`.
        """
        due = now + self.rules.grace
        # Who still expects a visit tonight must not hear of it tomorrow.
        start = min((at for at in starts if at >= due), default=min(starts))
        return when(MessageKind.NOTICE, due, start, self.rules.messages, self.zone)

    def reminded_at(self, start: datetime, hours: int) -> datetime:
        """Return when they are reminded of a visit, so long before it or earlier."""
        due = start - timedelta(hours=hours)
        return when(MessageKind.REMINDER, due, start, self.rules.messages, self.zone)
