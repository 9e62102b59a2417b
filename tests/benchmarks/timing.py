"""Measuring: medians, and how they compare with fixed work done in the same run.

Machines are noisy and differ. So each figure is the median of many rounds, and its
ratio to a reference timed between those rounds is what to compare across runs.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# About as long as one round of the reference takes, so that neither is favoured.
ROUND_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    `unit` is "us", "ms", "s", "MB" or a word; `limit` the most it may be, in the same
    unit. `ratio` says how many times the `reference` it took.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None
    reference: str = ""
    remark: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the value is within its limit, if it has one."""
        return self.limit is None or self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one call: the median, and the median of the reference."""

    seconds: float
    reference: float

    @property
    def ratio(self) -> float:
        """How many references fit into one call."""
        return self.seconds / self.reference

    def figure(
        self, name: str, unit: str, limit: float | None = None, remark: str = ""
    ) -> Figure:
        """Return this as a figure in "us", "ms" or "s"."""
        scale = {"us": 1e6, "ms": 1e3, "s": 1.0}[unit]
        value = self.seconds * scale
        return Figure(name, value, unit, limit, self.ratio, "fixed work", remark)


def measured(
    work: Callable[[], object],
    *,
    rounds: int = 31,
    reference: Callable[[], object] | None = None,
) -> Timing:
    """Time `work` and the reference in turns; return the medians of one call.

    Quick work is called many times in a round. Without a reference of its own it is
    compared with fixed work in plain Python.
    """
    reference = reference or fixed_work
    repeats, repeats_of_reference = (
        _calls_in_a_round(work),
        _calls_in_a_round(reference),
    )
    taken, compared = [], []
    gc.collect()
    for _ in range(rounds):
        taken.append(_seconds(work, repeats))
        compared.append(_seconds(reference, repeats_of_reference))
    return Timing(median(taken), median(compared))


def fixed_work() -> int:
    """Do the same small piece of plain Python every time (about 100 us)."""
    squares = {number: number * number % 97 for number in range(600)}
    return sum(sorted(squares.values(), reverse=True)[:50])


def _calls_in_a_round(work: Callable[[], object]) -> int:
    work()
    once = min(_seconds(work, 1) for _ in range(3))
    return max(1, round(ROUND_SECONDS / max(once, 1e-9)))


def _seconds(work: Callable[[], object], repeats: int) -> float:
    started = perf_counter()
    for _ in range(repeats):
        work()
    return (perf_counter() - started) / repeats
