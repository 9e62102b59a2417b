"""Puts into words what is to be said; for the worker's login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import message_texts, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.services.composing import Way, compose, compose_test

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.messages import Channel, Message
    from desk_app.domain.occasion import Occasion


class Wording:
    """Writes messages in the practice's own texts as they are now.

    Both raise Unavailable.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of(self, occasion: Occasion, channel: Channel, address: str) -> Message:
        """Return the message that tells somebody of an occasion."""
        with self._sessions.begin() as session, pipeline(session) as together:
            own = together.ask(message_texts.own_texts())
            now = together.ask(practice.server_time())
        return compose(occasion, Way(channel, address), own.get(), now.get())

    def of_test(self, channel: Channel, address: str, number: int) -> Message:
        """Return a message that only shows whether a channel works.

        `number` is another one for each.
        """
        with self._sessions.begin() as session:
            speaker = ask(session, message_texts.speaking_practice())
            own = ask(session, message_texts.own_texts())
        return compose_test(speaker, Way(channel, address), own, f"{number}")
