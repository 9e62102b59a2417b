"""What left the practice, what waits and what failed, and what a person decides.

Everybody sees and decides about what their login lets them: a provider about their
own appointments. Sending itself is the courier's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from desk_app.db.queries import deliveries, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.deliveries import Part, Queued, is_told, why_not_again
from desk_app.domain.queue import State
from desk_app.errors import NotFound, Refused, Stale
from desk_app.services.contact import phone_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.deliveries import Delivery, Standing

# Nobody reads more rows than this; what is left out is counted.
MOST_ROWS = 400


class Deliveries:
    """Shows the outbox to people; each method is one transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def of_appointment(self, appointment_id: int) -> tuple[Delivery, ...]:
        """Return what was sent about an appointment, and what will be, latest first."""
        with self._sessions.begin() as session:
            found = _read(session, partial(deliveries.of_appointment, appointment_id))
        return tuple(filter(is_told, found))

    def of_client(self, client_id: int) -> tuple[Delivery, ...]:
        """Return what was sent about any of a client's visits, the latest first."""
        with self._sessions.begin() as session:
            return _read(session, partial(deliveries.of_client, client_id, MOST_ROWS))

    def queue(self, part: Part = Part.ALL) -> Queued:
        """Return what needs a person first, then what is late, then what waits."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice.practice()))
                found = together.ask(deliveries.queue(part, MOST_ROWS + 1, show))
                standing = together.ask(deliveries.standing())
                now = together.ask(practice.server_time())
            rows = found.get()
            has_more = len(rows) > MOST_ROWS
            waiting = _waiting(session, part, rows, has_more=has_more)
        return Queued(rows[:MOST_ROWS], standing.get(), waiting, now.get(), has_more)

    def standing(self) -> Standing:
        """Return how much needs a person, and what is late."""
        with self._sessions.begin() as session:
            return ask(session, deliveries.standing())

    def try_again(self, outbox_id: int) -> None:
        """Let one row be tried anew, as `try_all_again`.

        Raises Stale if somebody has decided about it before, Refused as `send_again`.
        """
        keys = {outbox_id: uuid4()}
        if not self._sessions.run(partial(_try_again, keys=keys, is_strict=True)):
            raise Stale

    def try_all_again(self, outbox_ids: Sequence[int]) -> int:
        """Let what did not leave be tried anew; return how many rows.

        What was missed is planned again as wished by a person, so that being late no
        longer stands against it; where that makes no sense any more it is passed over,
        as is what somebody has decided about before. Raises NotAllowed.
        """
        keys = {outbox_id: uuid4() for outbox_id in outbox_ids}
        return self._sessions.run(partial(_try_again, keys=keys, is_strict=False))

    def give_up(self, outbox_id: int) -> None:
        """Let one row rest, as `give_all_up`; raises Stale too."""
        if not self.give_all_up((outbox_id,)):
            raise Stale

    def give_all_up(self, outbox_ids: Sequence[int]) -> int:
        """Let what did not leave rest: it was done otherwise, or is not wanted.

        Returns how many rows. Raises NotAllowed.
        """
        return self._sessions.run(
            lambda session: ask(session, deliveries.decide(outbox_ids, State.DROPPED))
        )

    def send_again(self, appointment_id: int, kind: str) -> None:
        """Tell once more what was told about an appointment, as it stands now.

        Raises Refused (`domain/deliveries.py` NoUse) where that makes no sense,
        NotFound, NotAllowed.
        """
        key = uuid4()
        self._sessions.run(
            lambda session: _send_again(session, appointment_id, kind, key)
        )


def _waiting(
    session: Session, part: Part, rows: Sequence[Delivery], *, has_more: bool
) -> int | None:
    """Return how much is to leave; counted by the database only where it must be.

    Row-level security makes that slow: it looks at each row.
    """
    if part not in (Part.ALL, Part.WAITING):
        return None
    if has_more:
        return ask(session, deliveries.waiting())
    return sum(row.is_open for row in rows)


def _try_again(session: Session, keys: dict[int, UUID], *, is_strict: bool) -> int:
    rows = _read(session, partial(deliveries.lock, tuple(keys)))
    again = [row.outbox_id for row in rows if row.state is not State.MISSED]
    missed = []
    for row in rows:
        if row.state is not State.MISSED or row.appointment_id is None:
            continue
        try:
            _send_again(session, row.appointment_id, row.kind, keys[row.outbox_id])
        except Refused:
            if is_strict:
                raise
            continue
        missed.append(row.outbox_id)
    count = ask(session, deliveries.decide(again, State.WAITING))
    return count + ask(session, deliveries.decide(missed, State.DROPPED))


def _send_again(session: Session, appointment_id: int, kind: str, key: UUID) -> None:
    stands = ask(session, deliveries.visit(appointment_id))
    if stands is None:
        raise NotFound
    status, start, now = stands
    why = why_not_again(kind, status, start, now)
    if why is not None:
        raise Refused(why)
    ask(session, deliveries.send_again(appointment_id, kind, key))


def _read(
    session: Session, query: Callable[[ShowPhone], Query[tuple[Delivery, ...]]]
) -> tuple[Delivery, ...]:
    """Read rows whose phone numbers are written for people of this country."""
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(query(show))
    return found.get()
