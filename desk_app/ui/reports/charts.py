"""A picture as data: rows and columns of cells, and what a value of them is like.

The picture and the table below it show the same chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from math import floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

_STEPS = (1, 2, 2.5, 5, 10)
_FEWEST_TICKS = 4


class ChartKind(Enum):
    """How a chart is painted."""

    BARS = auto()
    LINES = auto()
    HEAT = auto()


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a figure leads.

    To those of one provider or service only, to a day, or to the appointments that
    were counted in some hours of the week (0 is Monday at midnight).
    """

    provider_id: int | None = None
    service: str = ""
    day: date | None = None
    hours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: as the table shows it, as it is said, and as it is painted.

    `value` is None where nothing is painted: there is no figure, or of too few.
    `part` is the share of it that is painted darker, `mark` a value that a line leads
    to, `before` what it was in the period before.
    `note` stands below or after the figure, `plain` is the number for other programs;
    `is_too_few` says that there is something, but no rate of it. `goal` is where it
    leads, None where its row says that.
    """

    text: str
    spoken: str
    value: float | None = None
    part: float | None = None
    mark: float | None = None
    before: float | None = None
    note: str = ""
    plain: str = ""
    is_too_few: bool = False
    goal: Goal | None = None

    @property
    def in_full(self) -> str:
        """The figure and its note, for a table in which both share a column."""
        return f"{self.text} ({self.note})" if self.note else self.text


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a chart, with its cells in the order of the columns."""

    label: str
    cells: tuple[Cell, ...]
    goal: Goal = Goal()


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a picture: at which value, and what stands beside it."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows and columns; of bars only the first column is painted.

    `heading` names what the rows are, `legend` says what is dark and what a mark is.
    `ticks` run from zero to the top of the picture.
    """

    kind: ChartKind
    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    ticks: tuple[Tick, ...] = ()
    legend: str = ""

    @property
    def painted(self) -> int:
        """How many columns the picture shows."""
        return 1 if self.kind is ChartKind.BARS else len(self.columns)

    @property
    def top(self) -> float:
        """The value at the upper or right end."""
        return self.ticks[-1].value if self.ticks else 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report says.

    `figure` is the one large number, `detail` what it is counted of, `compared` how
    it was before. `definition` says in one sentence what is counted. Without charts,
    `empty` says why there is nothing, and `advice` what to do about it.
    """

    title: str
    figure: str
    detail: str
    compared: str
    definition: str
    charts: tuple[Chart, ...]
    empty: str = ""
    advice: str = ""


def ticks(
    values: Iterable[float | None], write: Callable[[float], str]
) -> tuple[Tick, ...]:
    """Return lines at round numbers, from zero to just above the largest value."""
    largest = max((value for value in values if value is not None), default=0.0)
    if largest <= 0:
        return (Tick(0, write(0)), Tick(1, write(1)))
    step = _round(largest / _FEWEST_TICKS)
    count = next(n for n in range(1, 99) if n * step >= largest * (1 - 1e-9))
    return tuple(Tick(n * step, write(n * step)) for n in range(count + 1))


def _round(step: float) -> float:
    """Return the next number up that is round: 1, 2, 2.5 or 5 and noughts."""
    size = 10.0 ** floor(log10(step))
    return next(size * one for one in _STEPS if size * one >= step * (1 - 1e-9))
