"""What waits in the outbox, and how a worker's try at it can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID


class State(StrEnum):
    """How a row of the outbox stands."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    DONE = "DONE"
    DROPPED = "DROPPED"
    """It no longer counts, and nobody misses it."""
    DEAD = "DEAD"
    """It failed for good: a person decides."""
    UNSURE = "UNSURE"
    """Nobody knows whether it left: a person decides."""
    MISSED = "MISSED"
    """It could not be sent while it was of use: a person decides."""


TROUBLE = (State.DEAD, State.UNSURE, State.MISSED)


class Outcome(StrEnum):
    """Why a row ended as it did; screens have words for each."""

    SENT = "sent"
    PLANNED = "planned"
    NOTHING_TO_DO = "nothing_to_do"
    SUPERSEDED = "superseded"
    """A later message says it all."""
    NOT_DUE = "not_due"
    """The appointment stands otherwise by now."""
    CANCELLED = "cancelled"
    MOVED = "moved"
    OVER = "over"
    """The client came, or did not."""
    TAKEN_BACK = "taken_back"
    """A desk dropped it: what it was about was changed, or never meant."""
    OTHER_REMINDER = "other_reminder"
    """The other reminder of the visit leaves at the same time."""
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    NOT_SET_UP = "not_set_up"
    TOO_LATE = "too_late"
    QUIET_HOURS = "quiet_hours"
    REFUSED = "refused"
    """The other side refused it for good."""
    GAVE_UP = "gave_up"
    """It was tried as often as anything is."""
    SIGN_IN = "sign_in"
    """The practice's own login was refused, or the line is not safe."""
    ANSWER_LOST = "answer_lost"
    BROKEN = "broken"
    """The program failed over it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A row that a worker has claimed; `token` fences everything it says of it.

    Without `channel` it is a task: something that must follow for the appointment.
    With one it is a delivery, to `recipient`. `payload` holds numbers.
    """

    outbox_id: int
    kind: str
    appointment_id: int | None
    payload: Mapping[str, object] = field(repr=False)
    run_at: datetime
    attempts: int
    token: UUID
    recipient: str = ""
    channel: str = ""

    @property
    def word(self) -> str:
        """What says who does it: the channel of a delivery, the kind of a task."""
        return self.channel or self.kind


@dataclass(frozen=True, slots=True)
class Lost:
    """A job whose worker let its lease run out; `is_handed` is that it may be gone."""

    job: Job
    is_handed: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """How a try ended: the row's new state, why, and what the other side said.

    `again_after` is in how many seconds a row that is WAITING is tried again; a try
    that `counts` brings it nearer to its end. `error` holds nothing personal. Who is
    not `sure` what became of it says so: handed over already, it ends as UNSURE.
    """

    outbox_id: int
    token: UUID
    state: State
    outcome: str = ""
    error: str = ""
    again_after: float = 0.0
    counts: bool = True
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the outbox stands: rows by state, and the oldest that is overdue.

    `overdue_seconds` is how long the oldest due row has waited, 0 for none. Of
    deliveries and tasks that need a person, `trouble` counts each state; on those
    `under_way` somebody is at work.
    """

    waiting: int = 0
    due: int = 0
    overdue_seconds: float = 0.0
    trouble: Mapping[State, int] = field(default_factory=dict)
    under_way: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is due and nobody is at work on anything."""
        return not (self.due or self.under_way)
