"""Shares and spreads: the figures of a report, each with what it is counted of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# Of fewer than these a rate would mislead.
FEWEST = 5
_HALF, _MOST = (1, 2), (9, 10)

K = TypeVar("K")
T = TypeVar("T")


class Cell(Protocol):
    """Anything that belongs to the period or to the one before."""

    @property
    def is_before(self) -> bool:
        """Whether it belongs to the one before."""


C = TypeVar("C", bound=Cell)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; a rate where these are enough."""

    part: int = 0
    whole: int = 0

    @property
    def is_too_few(self) -> bool:
        """Whether a rate would mislead."""
        return self.whole < FEWEST

    @property
    def percent(self) -> float | None:
        """The rate, None where there is nothing to divide by."""
        return 100 * self.part / self.whole if self.whole else None

    def plus(self, part: int, whole: int) -> Share:
        """Return both together."""
        return Share(self.part + part, self.whole + whole)


@dataclass(frozen=True, slots=True)
class Spread:
    """How some values lie: how many, the middle one, and what 9 of 10 stay within.

    Each is one of the values: the smallest that half of them, or nine in ten, do not
    exceed (`percentile_disc` of SQL).
    """

    count: int = 0
    median: int | None = None
    nine_in_ten: int | None = None

    @property
    def is_too_few(self) -> bool:
        """Whether a median would mislead."""
        return self.count < FEWEST


@dataclass(frozen=True, slots=True)
class Compared(Generic[K, T]):
    """A figure of what `key` says, in the period and in the one before."""

    key: K
    now: T
    before: T


def shares(
    cells: Iterable[C],
    key: Callable[[C], K],
    counted: Callable[[C], tuple[int, int]],
) -> dict[K, Compared[K, Share]]:
    """Add cells up by `key`; `counted` says how many of how many."""
    sums: dict[K, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for cell in cells:
        part, whole = counted(cell)
        place, row = 2 * cell.is_before, sums[key(cell)]
        row[place] += part
        row[place + 1] += whole
    return {
        name: Compared(name, Share(*row[:2]), Share(*row[2:]))
        for name, row in sums.items()
    }


def spreads(
    cells: Iterable[C],
    key: Callable[[C], K],
    counted: Callable[[C], tuple[int, int]],
) -> dict[K, Compared[K, Spread]]:
    """Do the same for values; `counted` says which value, and how many have it."""
    found: dict[K, tuple[Counter[int], Counter[int]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for cell in cells:
        value, count = counted(cell)
        found[key(cell)][cell.is_before][value] += count
    return {
        name: Compared(name, spread(now), spread(before))
        for name, (now, before) in found.items()
    }


def spread(counts: Mapping[int, int]) -> Spread:
    """Return how values lie that occur so many times each."""
    total = sum(counts.values())
    if not total:
        return Spread()
    return Spread(total, _within(counts, *_HALF), _within(counts, *_MOST))


def _within(counts: Mapping[int, int], part: int, of: int) -> int | None:
    """Return the smallest value that `part` in `of` do not exceed."""
    wanted, seen = part * sum(counts.values()), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen * of >= wanted:
            return value
    return None
