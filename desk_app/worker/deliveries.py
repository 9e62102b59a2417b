"""Sends messages: what is to be said is read at the last moment, then handed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from desk_app.domain.messages import Channel
from desk_app.domain.queue import Outcome, Settled
from desk_app.worker.courier import done, dropped

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.messages import Message
    from desk_app.domain.occasion import Occasion
    from desk_app.domain.queue import Job
    from desk_app.messages.base import Carrier


class Ready(Protocol):
    """A message that may leave now: what it is about, and to which address."""

    @property
    def occasion(self) -> Occasion:
        """What it is about."""

    @property
    def address(self) -> str:
        """Where it goes."""


class Occasions(Protocol):
    """What knows what is to be said: `services/planning.py`."""

    def occasion(self, job: Job) -> Ready | Settled:
        """Return what a delivery says now, or how it ended instead."""


class Words(Protocol):
    """What puts it into words: `services/wording.py`."""

    def of(self, occasion: Occasion, channel: Channel, address: str) -> Message:
        """Return the message that tells somebody of an occasion."""


class Post(Protocol):
    """What messages leave by."""

    def carrier(self, channel: Channel) -> Carrier | None:
        """Return who carries a channel now, None where the practice has nobody.

        Raises KeyMissing and NeedsSignIn where there is somebody, and no way to them
        from this computer.
        """


class Deliveries:
    """The handler of one channel's messages, or of all.

    `hand_over` notes in the outbox that a message may arrive from now on.
    """

    def __init__(
        self,
        occasions: Occasions,
        words: Words,
        post: Post,
        hand_over: Callable[[Job], None],
    ) -> None:
        self._occasions = occasions
        self._words = words
        self._post = post
        self._hand_over = hand_over

    def carry(self, job: Job) -> Settled:
        """Send one message, if there is still something to be said."""
        ready = self._occasions.occasion(job)
        if isinstance(ready, Settled):
            return ready
        channel = Channel(job.channel)
        carrier = self._post.carrier(channel)
        if carrier is None:
            return dropped(job, Outcome.NOT_SET_UP)
        message = self._words.of(ready.occasion, channel, ready.address)
        carrier.send(message, partial(self._hand_over, job))
        return done(job)
