"""Sends the messages by which somebody tries out whether a channel works."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from desk_app.domain.messages import Channel
from desk_app.domain.queue import Outcome, State
from desk_app.domain.retry import after_failure
from desk_app.errors import KeyMissing, ProviderError
from desk_app.worker.courier import done, dropped

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.messages import Message
    from desk_app.domain.queue import Job, Settled
    from desk_app.worker.deliveries import Post


class TestWords(Protocol):
    """What writes such messages: `services/wording.py`."""

    def of_test(self, channel: Channel, address: str, number: int) -> Message:
        """Return a message that only shows whether a channel works."""


class ChannelTests:
    """The handler of test messages.

    Each is tried once: whoever waits for it wants to hear what went wrong, now. It is
    settled with that, and needs nobody's decision. `forget` removes where it went.
    """

    def __init__(
        self,
        words: TestWords,
        post: Post,
        hand_over: Callable[[Job], None],
        forget: Callable[[Job], object],
    ) -> None:
        self._words = words
        self._post = post
        self._hand_over = hand_over
        self._forget = forget

    def carry(self, job: Job) -> Settled:
        """Send one; a computer without the practice's key leaves it to another."""
        try:
            settled = self._sent(job)
        except KeyMissing:
            raise
        except ProviderError as error:
            settled = _told(job, error)
        self._forget(job)
        return settled

    def _sent(self, job: Job) -> Settled:
        address = job.payload.get("address")
        if not isinstance(address, str):
            return dropped(job, Outcome.NO_ADDRESS)
        channel = Channel(str(job.payload.get("channel")))
        carrier = self._post.carrier(channel)
        if carrier is None:
            return dropped(job, Outcome.NOT_SET_UP)
        message = self._words.of_test(channel, address, job.outbox_id)
        carrier.send(message, partial(self._hand_over, job))
        return done(job)


def _told(job: Job, error: ProviderError) -> Settled:
    """Return that a test has failed, and why."""
    failed = after_failure(job, error, lambda: 0.0)
    return replace(failed, state=State.DROPPED, again_after=0.0, counts=True)
