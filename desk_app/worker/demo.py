"""What stands for the world outside in the demo: nothing leaves this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.meetings import MeetingKind
from desk_app.meetings.memory import MemoryMeetings
from desk_app.meetings.room import Room
from desk_app.messages.memory import Memory

if TYPE_CHECKING:
    from desk_app.domain.meetings import MeetingPlace
    from desk_app.domain.messages import Channel
    from desk_app.meetings.base import Meetings
    from desk_app.messages.base import Carrier


class DemoPost:
    """Takes the messages of all channels, and keeps them in this process."""

    def __init__(self) -> None:
        self.memory = Memory()

    def carrier(self, channel: Channel) -> Carrier:
        """Return what takes them."""
        del channel
        return self.memory


class DemoMeetings:
    """Makes links that lead nowhere."""

    def __init__(self) -> None:
        self._memory = MemoryMeetings()

    def of(self, place: MeetingPlace) -> Meetings:
        """Return the service of a place; somebody's own room is theirs in the demo."""
        is_room = place.kind is MeetingKind.ROOM
        return Room(place.room) if is_room else self._memory
