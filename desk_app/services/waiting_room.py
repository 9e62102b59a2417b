"""The waiting room: who is here, with a time or without one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import people, waitlist, walk_ins
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.queries.practice import practice
from desk_app.domain.waiting_room import Room, in_order, waiting_of
from desk_app.errors import NotFound, Stale
from desk_app.services import contact
from desk_app.services.contact import phone_writer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.waiting_room import NewWalkIn, Waiting

LONGEST_NOTE = 2000


class WaitingRoom:
    """Reads and changes who waits; arrivals are marks of the appointments themselves.

    See `Booking.mark`.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def look(self) -> Room:
        """Return who is here, and who should be.

        Providers are told of those who come to them, or to whoever is free.
        """
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice()))
                without = together.ask(walk_ins.walk_ins(show))
                arrived = together.ask(walk_ins.arrived(show))
                expected = together.ask(walk_ins.expected(show))
            with_time = filter(None, map(waiting_of, arrived.get()))
            return Room(in_order([*without.get(), *with_time]), expected.get())

    def walk_in(self, new: NewWalkIn) -> Waiting:
        """Give somebody a place in the waiting room without a time.

        Who waits already keeps that place, however often this is asked. Raises
        Invalid for what was typed, NotFound for a client that is gone.
        """
        notes = contact.clean_paragraph(new.notes, LONGEST_NOTE, "notes")
        return self._sessions.run(
            lambda session: _enter(session, replace(new, notes=notes))
        )

    def leave(self, walk_in_id: int) -> None:
        """Note that somebody left without a time; raises Stale if they had one."""
        self._change(walk_in_id, is_back=False)

    def come_back(self, walk_in_id: int) -> None:
        """Take it back that somebody left; raises Stale if they had a time."""
        self._change(walk_in_id, is_back=True)

    def no_shows(self, client_id: int) -> int:
        """Return how often a client did not come; raises NotFound."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice()))
                answer = together.ask(people.client(client_id, show))
            client = answer.get()
        if client is None:
            raise NotFound
        return client.no_show_count

    def _change(self, walk_in_id: int, *, is_back: bool) -> None:
        with self._sessions.begin() as session:
            if not ask(session, walk_ins.leave(walk_in_id, is_back=is_back)):
                raise Stale("This client was given a time.")


def _enter(session: Session, new: NewWalkIn) -> Waiting:
    with pipeline(session) as together:
        said = together.ask(practice())
        show = phone_writer(said)
    client_id = new.client_id
    if new.new_client is not None:
        # Asked again because the answer was lost, nobody is entered twice.
        cleaned = contact.clean_client(new.new_client, said.get().country)
        known = ask(session, waitlist.same_client(cleaned))
        client_id = known or ask(session, people.insert_client(cleaned))
    if client_id is None or not ask(session, walk_ins.lock_client(client_id)):
        raise NotFound("This client no longer exists.")
    waits = ask(session, walk_ins.walk_in_of(client_id, show))
    if waits is None:
        ask(session, walk_ins.insert_walk_in(new, client_id))
        waits = ask(session, walk_ins.walk_in_of(client_id, show))
    if waits is None:
        raise NotFound
    return waits
