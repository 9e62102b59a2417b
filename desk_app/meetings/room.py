"""A provider's own room: one link that stays, whoever comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.errors import Invalid
from desk_app.meetings.base import Meeting
from desk_app.meetings.links import is_link

if TYPE_CHECKING:
    from desk_app.meetings.base import Wanted


class Room:
    """Gives the same link for each appointment; raises Invalid if it is no link."""

    def __init__(self, link: str) -> None:
        if not is_link(link):
            raise Invalid(
                "meeting_room", "The room's address must begin with https://."
            )
        self._meeting = Meeting("", link)

    def create(self, wanted: Wanted) -> Meeting:  # noqa: ARG002 (it is always there)
        """Return the room."""
        return self._meeting

    def change(self, external_id: str, wanted: Wanted) -> Meeting:  # noqa: ARG002
        """Return the room, which is there at any time."""
        return self._meeting

    def end(self, external_id: str, host: str) -> None:
        """Leave the room as it is; others meet there."""

    def end_lost(self, wanted: Wanted) -> None:
        """Leave the room as it is; others meet there."""
