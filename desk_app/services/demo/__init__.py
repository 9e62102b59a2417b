"""The demo practice: a believable front desk around any day, the same for a seed.

What it is made of stands in `resources/demo`; every appointment lies on a slot that
`desk_app.domain.slots` offered when it was booked.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from desk_app.services.demo import (
    clients,
    messages,
    practice,
    store,
    visits,
    waiting,
    words,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.services.demo.clients import Known
    from desk_app.services.demo.messages import Row
    from desk_app.services.demo.practice import Practice
    from desk_app.services.demo.visits import Visit
    from desk_app.services.demo.waiting import Wish

__all__ = ["SEED", "Demo", "fill", "is_current", "make"]

SEED = 20
# Raised when the demo is made differently, so that old ones are made anew.
EDITION = 6
DEADLINE = 60.0


@dataclass(frozen=True, slots=True)
class Demo:
    """The practice, its clients, their appointments, who waits, and what is told."""

    practice: Practice
    clients: tuple[Known, ...]
    visits: tuple[Visit, ...]
    wishes: tuple[Wish, ...]
    messages: tuple[Row, ...] = ()


def is_current(sessions: Sessions, today: date, seed: int = SEED) -> bool:
    """Say whether the database holds the demo practice as made for `today`."""
    with sessions.begin() as session:
        return store.read_mark(session) == _mark(today, seed)


def fill(
    sessions: Sessions, today: date, seed: int = SEED, now: datetime | None = None
) -> None:
    """Make the demo practice around `today`, unless it is there already.

    8 providers, 20 services, 400 clients, and appointments from two weeks before
    `today` to four weeks after it; those that ended by `now` are over, without it
    those before today. A demo of another day or seed is wiped first, with
    all that people did in it. Raises `NotAllowed` where a real practice is kept.
    """

    def work(session: Session) -> None:
        store.take_turn(session)
        if store.read_mark(session) == _mark(today, seed):
            return
        store.wipe(session)
        store.write_practice(session, made.practice)
        store.write_staff(session, made.practice)
        store.write_clients(session, made.clients)
        store.write_visits(session, made.practice, made.visits)
        store.write_waiting(session, made.wishes)
        store.write_messages(session, made.messages)
        store.finish(session, _mark(today, seed))

    made = make(today, seed, now)
    sessions.run(work, deadline=DEADLINE)


def make(today: date, seed: int = SEED, now: datetime | None = None) -> Demo:
    """Return what `fill` writes."""
    # Those who work and come are the same on every day, what they do is not.
    people = Random(f"{seed}")  # noqa: S311 - a demo, not a secret
    days = Random(f"{seed} {today.isoformat()}")  # noqa: S311
    around = practice.make(words.read_practice(), today, now)
    known = clients.make(words.read_clients(), people)
    said = words.read_visits()
    booked = visits.make(around, known, said, days)
    wishes = waiting.make(around, booked, said.waiting)
    told = messages.make(around, known, booked)
    return Demo(around, clients.with_no_shows(known, booked), booked, wishes, told)


def _mark(today: date, seed: int) -> dict[str, object]:
    return {"day": today.isoformat(), "seed": seed, "edition": EDITION}
