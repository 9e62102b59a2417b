"""Clients of a file: looked through against those there are, and written together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from desk_app.db.queries import imports
from desk_app.db.queries.pipeline import ask
from desk_app.db.queries.practice import practice
from desk_app.domain.importing.columns import Field
from desk_app.domain.importing.outcome import Checked
from desk_app.domain.importing.people import People
from desk_app.domain.importing.twins import Filling, sort_out, unreachable
from desk_app.services.importing.cleaning import Cleaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.importing.plan import Reading
    from desk_app.domain.importing.twins import NewPerson
    from desk_app.domain.progress import Work

T = TypeVar("T")

# So many rows go to the server at once, and so many lines pass between two looks at
# whether somebody has cancelled.
BATCH = 1_000
LINES = 250


def check(sessions: Sessions, reading: Reading, file_name: str, work: Work) -> Checked:
    """Return what importing the clients of a file would do."""
    with sessions.begin() as session:
        country = ask(session, practice()).country
    people = People(reading)
    cleaning = Cleaning(people, country)
    new: list[NewPerson] = []
    rows = reading.table.rows
    for number, row in enumerate(rows):
        if number % LINES == 0:
            work.at(number, len(rows), "Checking lines")
        person = people.of(row)
        cleaned = cleaning.of(person) if person else None
        if cleaned is not None:
            new.append(cleaned)
    work.at(0, 0, "Looking for people you know")
    with sessions.begin(deadline=60) as session:
        known = ask(session, imports.known_clients())
    told = _told(new, work)
    found = sort_out(told, known, reading.options, people.column(Field.PHONE))
    faults = sorted([*people.faults, *cleaning.faults, *found.faults])
    return Checked(
        reading=reading,
        file_name=file_name,
        new=found.new,
        fillings=found.fillings,
        duplicates=found.duplicates,
        faults=tuple(faults),
        unreachable=unreachable(found.new),
    )


def write(
    session: Session, transfer_id: int, people: Sequence[NewPerson], work: Work
) -> list[int]:
    """Write clients of an import; return their numbers in the same order."""
    numbers: list[int] = []
    for batch in in_batches(people):
        work.at(len(numbers), len(people), "Writing clients")
        written = ask(session, imports.insert_clients(transfer_id, batch))
        numbers.extend(written)
    work.at(len(people), len(people), "Writing clients")
    return numbers


def fill(
    session: Session, fillings: Sequence[Filling], work: Work
) -> dict[int, list[str]]:
    """Give clients what they lack by now; return which fields of whom."""
    filled: dict[int, list[str]] = {}
    done = 0
    for batch in in_batches(fillings):
        work.at(done, len(fillings), "Filling in")
        wanted = {filling.client_id: dict(filling.values) for filling in batch}
        fitting = []
        for client in ask(session, imports.locked_clients([*wanted])):
            values = {
                name: value
                for name, value in wanted[client.client_id].items()
                if name in client.lacks
            }
            if values:
                fitting.append(Filling(client.client_id, tuple(values.items())))
                filled[client.client_id] = [*values]
        ask(session, imports.fill_clients(fitting))
        done += len(batch)
    return filled


def _told(people: Sequence[NewPerson], work: Work) -> Iterator[NewPerson]:
    """Yield people, and tell how far it has come."""
    for number, person in enumerate(people):
        if number % LINES == 0:
            work.at(number, len(people), "Comparing with people you know")
        yield person


def in_batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows by the thousand."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
