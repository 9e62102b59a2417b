"""The figures of each report, added up from the cells that the database counted."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from desk_app.domain.reports.shares import (
    Compared,
    Share,
    Spread,
    shares,
    spreads,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from desk_app.domain.reports.cells import (
        LeadCell,
        MissCell,
        RefundCell,
        UsageCell,
        WaitCell,
    )
    from desk_app.domain.reports.open_time import OpenWeek

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")
Shares: TypeAlias = "tuple[Compared[K, Share], ...]"
Spreads: TypeAlias = "tuple[Compared[K, Spread], ...]"
# Where the steps of the lead time begin, in hours: a day, two, four, a week, …
LEAD_STEPS = (0, 24, 48, 96, 168, 336, 672, 1344)
_NOTHING = Compared("", Share(), Share())
_NO_SPREAD = Compared("", Spread(), Spread())


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Booked seconds of open seconds; weeks by their Mondays."""

    total: Compared[str, Share]
    by_provider: Shares[int]
    by_week: Shares[date]
    by_provider_week: Mapping[tuple[int, date], Share]
    visits: Compared[str, int]


@dataclass(frozen=True, slots=True)
class Misses:
    """How many of how many appointments were missed, or cancelled too late."""

    total: Compared[str, Share]
    by_provider: Shares[int]
    by_service: Shares[str]
    by_weekday: Shares[int]
    by_hour: Shares[int]
    by_weekday_hour: Mapping[tuple[int, int], Share]


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Hours from booking to start; `steps` begin at `LEAD_STEPS`, shares of all."""

    total: Compared[str, Spread]
    steps: Shares[int]
    by_provider: Spreads[int]
    by_service: Spreads[str]


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """Minutes from arriving to being seen; hours are those the visit began in."""

    total: Compared[str, Spread]
    by_provider: Spreads[int]
    by_hour: Spreads[int]


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that fell due, and how much of it was given back by now."""

    visits: int = 0
    due: Decimal = Decimal(0)
    visits_given: int = 0
    given: Decimal = Decimal(0)

    @property
    def open(self) -> Decimal:
        """What is still to be given."""
        return self.due - self.given

    @property
    def visits_open(self) -> int:
        """How many wait for it."""
        return self.visits - self.visits_given

    def plus(self, cell: RefundCell) -> Refund:
        """Return both together."""
        return Refund(
            self.visits + cell.visits,
            self.due + cell.due,
            self.visits_given + cell.visits_given,
            self.given + cell.given,
        )


@dataclass(frozen=True, slots=True)
class CurrencyRefunds:
    """The refunds in one currency; months by their first days."""

    currency: str
    total: Compared[str, Refund]
    by_month: tuple[Compared[date, Refund], ...]
    by_provider: tuple[Compared[int, Refund], ...]


@dataclass(frozen=True, slots=True)
class Refunds:
    """The refunds, the currency with most of them first."""

    currencies: tuple[CurrencyRefunds, ...]


Figures: TypeAlias = Utilisation | Misses | LeadTime | WaitingTime | Refunds


def utilisation(cells: Sequence[UsageCell], opened: Sequence[OpenWeek]) -> Utilisation:
    """Return booked time as a share of open time."""
    rows = [
        *((c.is_before, c.provider_id, c.week, c.seconds, 0) for c in cells),
        *((o.is_before, o.provider_id, o.week, 0, o.seconds) for o in opened),
    ]
    both = [_Usage(*row) for row in rows]

    def counted(one: _Usage) -> tuple[int, int]:
        return one.booked, one.open

    now = [one for one in both if not one.is_before]
    weeks = shares(now, lambda one: date.fromordinal(one.week), counted)
    matrix = shares(
        now, lambda one: (one.provider_id, date.fromordinal(one.week)), counted
    )
    visits = [
        sum(cell.visits for cell in cells if cell.is_before is is_before)
        for is_before in (False, True)
    ]
    return Utilisation(
        total=shares(both, _all, counted).get("", _NOTHING),
        by_provider=_used(shares(both, lambda one: one.provider_id, counted)),
        by_week=_sorted(weeks),
        by_provider_week={key: one.now for key, one in matrix.items()},
        visits=Compared("", *visits),
    )


def no_shows(cells: Sequence[MissCell], services: Mapping[int, str]) -> Misses:
    """Return how many of those that were not cancelled were missed."""
    return _misses(cells, services, lambda cell: (cell.no_shows, cell.due))


def late_cancellations(
    cells: Sequence[MissCell], services: Mapping[int, str]
) -> Misses:
    """Return how many of all were cancelled by the client after the deadline."""
    return _misses(cells, services, lambda cell: (cell.late, cell.booked))


def lead_time(cells: Sequence[LeadCell], services: Mapping[int, str]) -> LeadTime:
    """Return how long before they come clients book."""

    def counted(cell: LeadCell) -> tuple[int, int]:
        return cell.hours, cell.visits

    return LeadTime(
        total=spreads(cells, _all, counted).get("", _NO_SPREAD),
        steps=_steps(cells),
        by_provider=_sorted(spreads(cells, lambda cell: cell.provider_id, counted)),
        by_service=_sorted(
            spreads(cells, lambda cell: services[cell.service_id], counted)
        ),
    )


def waiting_time(cells: Sequence[WaitCell]) -> WaitingTime:
    """Return how long clients wait from arriving to being seen."""

    def counted(cell: WaitCell) -> tuple[int, int]:
        return cell.minutes, cell.visits

    return WaitingTime(
        total=spreads(cells, _all, counted).get("", _NO_SPREAD),
        by_provider=_sorted(spreads(cells, lambda cell: cell.provider_id, counted)),
        by_hour=_sorted(spreads(cells, lambda cell: cell.hour, counted)),
    )


def refunds(cells: Sequence[RefundCell]) -> Refunds:
    """Return what fell due, currency by currency."""
    by_currency: dict[str, list[RefundCell]] = defaultdict(list)
    for cell in cells:
        by_currency[cell.currency].append(cell)
    in_order = sorted(
        by_currency.items(),
        key=lambda item: (-sum(cell.visits for cell in item[1]), item[0]),
    )
    return Refunds(tuple(_of_currency(name, found) for name, found in in_order))


@dataclass(frozen=True, slots=True)
class _Usage:
    is_before: bool
    provider_id: int
    week: int
    booked: int
    open: int


def _all(_cell: object) -> str:
    return ""


def _misses(
    cells: Sequence[MissCell],
    services: Mapping[int, str],
    counted: Callable[[MissCell], tuple[int, int]],
) -> Misses:
    now = [cell for cell in cells if not cell.is_before]
    heat = shares(now, lambda cell: (cell.weekday, cell.hour), counted)
    return Misses(
        total=shares(cells, _all, counted).get("", _NOTHING),
        by_provider=_used(shares(cells, lambda cell: cell.provider_id, counted)),
        by_service=_used(
            shares(cells, lambda cell: services[cell.service_id], counted)
        ),
        by_weekday=_used(shares(cells, lambda cell: cell.weekday, counted)),
        by_hour=_used(shares(cells, lambda cell: cell.hour, counted)),
        by_weekday_hour={key: one.now for key, one in heat.items() if one.now.whole},
    )


def _steps(cells: Sequence[LeadCell]) -> Shares[int]:
    """Return how many of all booked so long before, for each step."""
    whole: Counter[bool] = Counter()
    parts: Counter[tuple[int, bool]] = Counter()
    for cell in cells:
        first = LEAD_STEPS[bisect_right(LEAD_STEPS, cell.hours) - 1]
        whole[cell.is_before] += cell.visits
        parts[first, cell.is_before] += cell.visits

    def share(first: int, *, is_before: bool) -> Share:
        return Share(parts[first, is_before], whole[is_before])

    return tuple(
        Compared(first, share(first, is_before=False), share(first, is_before=True))
        for first in (LEAD_STEPS if whole else ())
    )


def _of_currency(currency: str, cells: Iterable[RefundCell]) -> CurrencyRefunds:
    found = tuple(cells)
    total = _added(found, _all)[0]
    return CurrencyRefunds(
        currency,
        total,
        _added(
            [cell for cell in found if not cell.is_before],
            lambda cell: date(cell.month // 12, cell.month % 12 + 1, 1),
        ),
        _added(found, lambda cell: cell.provider_id),
    )


def _added(
    cells: Iterable[RefundCell], key: Callable[[RefundCell], K]
) -> tuple[Compared[K, Refund], ...]:
    sums: dict[K, list[Refund]] = defaultdict(lambda: [Refund(), Refund()])
    for cell in cells:
        row = sums[key(cell)]
        row[cell.is_before] = row[cell.is_before].plus(cell)
    return _sorted({name: Compared(name, *row) for name, row in sums.items()})


def _used(found: Mapping[K, Compared[K, Share]]) -> Shares[K]:
    """Leave out what there was nothing of, neither now nor before."""
    some = {key: one for key, one in found.items() if any(_parts(one))}
    return _sorted(some)


def _parts(one: Compared[K, Share]) -> tuple[int, ...]:
    return one.now.part, one.now.whole, one.before.part, one.before.whole


def _sorted(found: Mapping[K, Compared[K, T]]) -> tuple[Compared[K, T], ...]:
    # Keys are of one kind each: numbers, names, days; mypy sees any of them.
    return tuple(found[key] for key in sorted(found))  # type: ignore[type-var]
