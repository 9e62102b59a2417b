"""From a line that somebody types to what can be booked: who, what, when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain import proposals
from desk_app.domain.proposals import LOOK_AHEAD, Proposal, Proposals, Slots
from desk_app.services.openings import OpeningQuery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desk_app.domain.command_line import Reading
    from desk_app.domain.people import Client, Service
    from desk_app.domain.proposals import Here, Wanted
    from desk_app.services.clients import Clients
    from desk_app.services.diary import Diary

MOST_CLIENTS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it may be meant, the likeliest first, and what it starts from."""

    readings: tuple[Reading, ...]
    here: Here
    services: tuple[Service, ...]


class CommandLine:
    """Finds what a line means in this practice."""

    def __init__(self, clients: Clients, diary: Diary) -> None:
        self._clients, self._diary = clients, diary

    def propose(self, line: Line) -> Proposals:
        """Return what can be booked, the best first; nothing is written.

        Of several readings the likeliest counts whose client is found; every time
        that is proposed is one that is offered.
        """
        reading, found, others = self._who(line.readings)
        wish = proposals.wanted(reading, line.here, line.services)
        if wish is None:
            return Proposals(reading)
        slots = self._slots(wish)
        rows = tuple(_rows(reading, found, slots))
        if not found and reading.client and not reading.is_new:
            rows = (*rows[:1], *self._alike(reading, slots))
        rows += tuple(self._of_others(line, others, rows))
        return Proposals(reading, wish, slots, rows)

    def _who(
        self, readings: Sequence[Reading]
    ) -> tuple[Reading, tuple[Client, ...], list[tuple[Reading, Client]]]:
        """Return the reading to follow, its clients, and who else may be meant."""
        missed: list[Reading] = []
        for place, reading in enumerate(readings):
            found = () if reading.is_new else self._find(reading.client)
            if found or reading.is_new:
                others = self._first_found(readings[place + 1 : place + 2])
                return reading, found, others
            missed.append(reading)
        return missed[0], (), []

    def _first_found(self, readings: Sequence[Reading]) -> list[tuple[Reading, Client]]:
        found = [(reading, self._find(reading.client)) for reading in readings]
        return [(reading, clients[0]) for reading, clients in found if clients]

    def _alike(self, reading: Reading, slots: Slots) -> Iterator[Proposal]:
        """Yield who has nearly such a name, for somebody who was not found."""
        if slots.best is not None:
            for client in self._clients.alike(reading.client):
                yield Proposal(slots.best, client, None, slots.is_as_meant)

    def _find(self, text: str) -> tuple[Client, ...]:
        return self._clients.find(text, MOST_CLIENTS) if text else ()

    def _slots(self, wish: Wanted) -> Slots:
        """Look on the days that are meant; where they have nothing, after them."""
        first, days = wish.day.first, wish.day.days
        for start, count in ((first, days), (first + timedelta(days), LOOK_AHEAD)):
            query = OpeningQuery(wish.service_ids, start, count)
            openings = self._diary.openings(query)
            if openings:
                return proposals.choose(openings, wish)
        return Slots()

    def _of_others(
        self,
        line: Line,
        others: Sequence[tuple[Reading, Client]],
        rows: Sequence[Proposal],
    ) -> Iterator[Proposal]:
        """Yield the best of each other reading, for somebody not yet proposed."""
        known = {row.client.client_id for row in rows if row.client}
        for reading, client in others:
            wish = proposals.wanted(reading, line.here, line.services)
            if wish is None or client.client_id in known:
                continue
            known.add(client.client_id)
            slots = self._slots(wish)
            if slots.best is not None:
                yield Proposal(slots.best, client, None, slots.is_as_meant)


def _rows(
    reading: Reading, found: Sequence[Client], slots: Slots
) -> Iterator[Proposal]:
    """Yield each client at the best time, then the first one at times near it."""
    if slots.best is None:
        return
    new = None if found else proposals.new_client(reading.client)
    first = Proposal(slots.best, None, new, slots.is_as_meant)
    for client in found:
        yield replace(first, client=client)
    if not found:
        yield first if reading.client else replace(first, new_client=None)
    if len(found) > 1 and slots.is_as_meant:
        return
    best = next(iter(found), None)
    for near in slots.near[: 2 if len(found) > 1 else 3]:
        yield replace(first, opening=near, client=best, is_as_meant=False)
