"""What every kind of calendar can do with the events of appointments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment as it stands in its provider's calendar.

    `event_id` is chosen by us and stays: 5 to 64 characters of 0–9 and a–v. `version`
    rises with each change of the appointment. Instants are aware; `timezone` is an
    IANA name. `link` is that of a meeting, or "".
    """

    event_id: str
    version: int
    title: str = field(repr=False)
    start: datetime
    end: datetime
    timezone: str
    description: str = field(default="", repr=False)
    link: str = field(default="", repr=False)


class Calendar(Protocol):
    """One calendar of one provider. Several threads may use it at once.

    All raise Transient, NeedsSignIn and Rejected. All may be called again after an
    answer was lost, and none puts an older version over a newer one.
    """

    def put(self, event: Event) -> None:
        """Let the calendar show the event as it is here, whether it was there or not.

        An older version than the calendar shows changes nothing.
        """

    def remove(self, event_id: str) -> None:
        """Let the event be gone; one that is gone already counts as removed."""
