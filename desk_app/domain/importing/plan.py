"""What a person decides about a file before it is imported: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.domain.importing.columns import Field
    from desk_app.domain.importing.days import Order
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.table import Table


class Twins(StrEnum):
    """What is done with lines of one file that say the same phone, or person."""

    REFUSE = "REFUSE"
    FIRST = "FIRST"
    ALL = "ALL"


class Known(StrEnum):
    """What is done with a line about somebody who is a client already."""

    SKIP = "SKIP"
    FILL = "FILL"
    ADD = "ADD"


class NameOrder(StrEnum):
    """How a column of whole names is written."""

    FIRST_LAST = "FIRST_LAST"
    LAST_FIRST = "LAST_FIRST"


@dataclass(frozen=True, slots=True)
class Match:
    """What a name in the file stands for here; no number leaves its lines out."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read. What is empty, or None, is found out from the file.

    `fields` says for each column what it holds. `providers` and `services` say who
    and what is meant where a name in the file is none of ours.
    """

    encoding: str = ""
    delimiter: str = ""
    has_header: bool | None = None
    fields: tuple[Field, ...] = ()
    order: Order | None = None
    names: NameOrder | None = None
    twins: Twins = Twins.REFUSE
    known: Known = Known.SKIP
    providers: tuple[Match, ...] = ()
    services: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised of a file, with the options all filled in.

    `open_order` is true where the days can be read in more than one order and nobody
    has said in which. `doubt` is a sentence about the letters, "" for none.
    """

    table: Table
    options: Options
    doubt: str = ""
    open_order: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """What each column holds."""
        return self.options.fields

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called."""
        return self.table.names

    def columns_of(self, field: Field) -> tuple[int, ...]:
        """Return where a field stands, in the order of the file."""
        fields = self.fields[: self.table.width]
        return tuple(at for at, each in enumerate(fields) if each is field)
