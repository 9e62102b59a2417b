"""Why something that waited to be told ended as it did."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Stable words, kept in `outbox.outcome`; screens put them into sentences."""

    PLANNED = "planned"
    """It became messages, each with an outcome of its own."""
    NOTHING_NEW = "nothing_new"
    """They know how it stands, or need not."""
    SUPERSEDED = "superseded"
    """A newer message says it."""
    PENDING = "pending"
    """Nobody hears of a booking before it is confirmed."""
    CANCELLED = "cancelled"
    MOVED = "moved"
    OVER = "over"
    """The client came, or did not."""
    GONE = "gone"
    """There is no such appointment any more."""
    CHANGED = "changed"
    """It stands otherwise since this was planned; the next message tells."""
    OTHER_REMINDER = "other_reminder"
    """The other reminder of the visit leaves at the same time."""
    TOO_LATE = "too_late"
    QUIET_HOURS = "quiet_hours"
    """It would have woken somebody, and in the morning it is too late."""
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    NOT_SET_UP = "not_set_up"
    """The practice has no service for this channel."""
