"""What every service for video meetings can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A meeting as it shall be.

    `marker` names the appointment and nothing of a person ("desk-app-…"); it is the
    same each time, so that a meeting whose answer got lost is found again. `host` is
    whose meeting it is, as the service knows them. `topic` says nothing of the client
    or of what the visit is for. Instants are aware; `timezone` is an IANA name.
    """

    marker: str
    host: str = field(repr=False)
    topic: str
    start: datetime
    end: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that exists; `link` is the one for guests and begins with https://."""

    external_id: str
    link: str = field(repr=False)


class Meetings(Protocol):
    """One service for meetings. Several threads may use it at once.

    All raise Transient (with `after` seconds if the service says how long), Rejected
    and NeedsSignIn. All may be called again after an answer was lost.
    """

    def create(self, wanted: Wanted) -> Meeting:
        """Return the meeting of this marker, made now if there is none.

        Raises Transient as well while the service is still making the link.
        """

    def change(self, external_id: str, wanted: Wanted) -> Meeting:
        """Move a meeting to where it shall be; its link stays.

        Makes a new one, with another link, if somebody has removed it outside.
        """

    def end(self, external_id: str, host: str) -> None:
        """Remove a meeting; one that is gone already counts as removed."""

    def end_lost(self, wanted: Wanted) -> None:
        """Remove the meeting of this marker if there is one.

        Nobody knows its id where it was made and the answer got lost.
        """
