"""What is to be done about the meeting by video of an appointment.

It follows from how the appointment stands now and from what is known to have been made,
whatever a task was written for. As long as somebody works on a meeting outside, it is
not known when it stands there; whoever comes next then says it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status

if TYPE_CHECKING:
    from datetime import datetime

# Zoom makes 100 a day for each host (developers.zoom.us, rate limits); some are left
# for what people make by hand.
MOST_A_DAY = 90


class MeetingKind(StrEnum):
    """By what a provider meets clients."""

    ZOOM = "ZOOM"
    MEET = "MEET"
    ROOM = "ROOM"
    """An own room, whose link is the same for all."""


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """Whose meeting it is; `room` is the link of an own room.

    `host` is how the service knows them, "" for an own room.
    """

    provider_id: int
    kind: MeetingKind
    host: str = field(default="", repr=False)
    room: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MadeMeeting:
    """A meeting that was made, or at least begun: then it has no link yet.

    `start` and `end` are what the service was last told, None while that is not known.
    """

    meeting_id: int
    place: MeetingPlace
    external_id: str = ""
    link: str = field(default="", repr=False)
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetingSight:
    """An appointment as far as its meeting needs it, at one moment.

    `place` is where its provider meets clients, None if nowhere; `link` is what stands
    on the appointment.
    """

    appointment_id: int
    practice_id: str
    practice_name: str
    status: Status
    start: datetime
    end: datetime
    timezone: str
    is_virtual: bool
    link: str = field(repr=False)
    place: MeetingPlace | None
    made: MadeMeeting | None
    now: datetime = field(compare=False)

    @property
    def is_wanted(self) -> bool:
        """Say whether there shall be a meeting."""
        is_to_come = self.status is Status.CONFIRMED and self.end > self.now
        return is_to_come and self.is_virtual and self.place is not None


class Step(Enum):
    """What brings a meeting nearer to how it shall be."""

    NOTHING = auto()
    MAKE = auto()
    MOVE = auto()
    SHOW = auto()
    """It is right; the appointment has another link than it."""
    END = auto()


def next_step(sight: MeetingSight) -> Step:
    """Return what is to be done next; after that one looks again."""
    made = sight.made
    if made is None:
        return Step.MAKE if sight.is_wanted else Step.NOTHING
    if not sight.is_wanted:
        return Step.NOTHING if _is_history(sight) else Step.END
    if sight.place is None or not is_at(made, sight.place):
        return Step.END
    if not made.link:
        return Step.MAKE
    if (made.start, made.end) != (sight.start, sight.end):
        return Step.MOVE
    return Step.NOTHING if sight.link == made.link else Step.SHOW


def is_at(made: MadeMeeting, place: MeetingPlace) -> bool:
    """Say whether a meeting is one of this provider, at this service."""
    there = made.place
    if (there.provider_id, there.kind) != (place.provider_id, place.kind):
        return False
    if place.kind is MeetingKind.ROOM:
        return made.link in ("", place.room)
    return there.host == place.host


def _is_history(sight: MeetingSight) -> bool:
    """Say whether a visit took place, or could have, so that nothing is to be ended."""
    if sight.status in (Status.COMPLETED, Status.NO_SHOW):
        return True
    return sight.status is not Status.CANCELLED and sight.end <= sight.now
