"""What an import would do, and what it has done: frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.plan import Match, Reading
    from desk_app.domain.importing.twins import Duplicate, Filling, NewPerson
    from desk_app.domain.importing.visits import NewVisit


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that somebody has chosen; only its name is ever kept."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked through line by line against the practice.

    With `faults` nothing is written. `past` and `to_come` count visits, `unreachable`
    the new clients without phone and e-mail; `unmatched` are names of providers and
    services that a person has to say something about.
    """

    reading: Reading
    file_name: str
    new: tuple[NewPerson, ...] = ()
    fillings: tuple[Filling, ...] = ()
    visits: tuple[NewVisit, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    faults: tuple[Fault, ...] = ()
    unreachable: int = 0
    past: int = 0
    to_come: int = 0
    left_out: int = 0
    providers: tuple[Match, ...] = ()
    services: tuple[Match, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.reading.table.rows)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has written."""

    transfer_id: int
    clients: int = 0
    filled: int = 0
    visits: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import that has ended: which file, when and whose doing."""

    transfer_id: int
    kind: str
    file_name: str
    rows: int
    at: datetime
    by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of an import that was taken back, for somebody has used it since.

    A client, or their visit at `start`.
    """

    name: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking an import back."""

    removed: int
    kept: tuple[Kept, ...]
