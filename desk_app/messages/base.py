"""What every channel can do: hand one message over to somebody who delivers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.messages import Message


class Carrier(Protocol):
    """Sends messages of one channel. Several threads may use it at once."""

    def send(self, message: Message, at_the_edge: Callable[[], None]) -> None:
        """Hand one message over; returns once the other side has taken it.

        `at_the_edge` is called once, right before the first moment from which on the
        message may arrive whatever happens here. What it raises is passed on, and
        nothing is sent then.

        Raises Transient when it was not taken and may be later (with `after` seconds
        if the other side says how long), Rejected when trying again will not help,
        NeedsSignIn when the practice's own login is refused or the line is not safe,
        and Unsure when nobody can know whether it was taken. Takes 30 s at most.
        """
