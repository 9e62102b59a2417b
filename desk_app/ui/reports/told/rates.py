"""Rates as rows of bars: the rate, how many, of how many, and how it was before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from desk_app.ui.phrases import filled
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Cell, Chart, ChartKind, ChartRow, Goal, ticks
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from desk_app.domain.reports.figures import Shares
    from desk_app.domain.reports.shares import Compared, Share

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Nouns:
    """What a rate counts: `rate` and `part` and `whole` head columns.

    `write` writes a count, `plain` for other programs; `spoken` has %1 for the part
    and %2 for the whole.
    """

    rate: str
    part: str
    whole: str
    spoken: str
    write: Callable[[int], str] = words.number
    plain: Callable[[int], str] = str


@dataclass(frozen=True, slots=True)
class Rows(Generic[K]):
    """What the rows of a chart are: its name, what heads them, and each label."""

    name: str
    heading: str
    label: Callable[[K], str]
    goal: Callable[[K], Goal] = lambda _: Goal()


def of_providers(names: Mapping[int, str], tail: str = "") -> Rows[int]:
    """Return rows by provider; each leads to the figures of that one alone."""
    title = tr("Provider")
    return Rows(
        title + tail, title, lambda key: names[key], lambda key: Goal(provider_id=key)
    )


def of_services() -> Rows[str]:
    """Return rows by service; each leads to the figures of that one alone."""
    title = tr("Service")
    return Rows(title, title, str, lambda key: Goal(service=key))


def by_name(
    found: tuple[Compared[int, T], ...], names: Mapping[int, str]
) -> tuple[Compared[int, T], ...]:
    """Return figures of providers in the order of their names."""
    places = {number: place for place, number in enumerate(names)}
    return tuple(sorted(found, key=lambda one: places[one.key]))


def bars(found: Shares[K], rows: Rows[K], nouns: Nouns) -> Chart:
    """Return a chart of one bar for each row."""
    made = tuple(
        ChartRow(rows.label(one.key), _cells(one, nouns), rows.goal(one.key))
        for one in found
    )
    return Chart(
        ChartKind.BARS,
        rows.name,
        rows.heading,
        (nouns.rate, nouns.part, nouns.whole, tr("Before")),
        made,
        ticks(_values(made), words.percent_tick),
        tr("Thin line: the period before.") if any(_befores(made)) else "",
    )


def _values(rows: Sequence[ChartRow]) -> Iterator[float | None]:
    yield from (row.cells[0].value for row in rows)
    yield from _befores(rows)


def _befores(rows: Sequence[ChartRow]) -> Iterator[float | None]:
    return (row.cells[0].before for row in rows)


def cell(share: Share, nouns: Nouns) -> Cell:
    """Return a rate with what it is counted of."""
    part, whole = nouns.write(share.part), nouns.write(share.whole)
    note = words.of_how_many(part, whole)
    spoken = f"{words.percent(share)}, {filled(nouns.spoken, part, whole)}"
    if share.percent is None:
        return Cell(words.NONE, filled(nouns.spoken, part, whole))
    if share.is_too_few:
        why = f"{spoken}: {words.why_too_few()}"
        return Cell(words.too_few(), why, note=note, is_too_few=True)
    plain = f"{share.percent:.1f}"
    return Cell(words.percent(share), spoken, share.percent, note=note, plain=plain)


def _cells(one: Compared[K, Share], nouns: Nouns) -> tuple[Cell, ...]:
    now, before = one.now, one.before
    was = None if before.is_too_few else before.percent
    return (
        replace(cell(now, nouns), before=was),
        _count(now.part, nouns.part, nouns),
        _count(now.whole, nouns.whole, nouns),
        _before(before, nouns),
    )


def _count(count: int, noun: str, nouns: Nouns) -> Cell:
    text = nouns.write(count)
    return Cell(text, f"{noun}: {text}", plain=nouns.plain(count))


def _before(share: Share, nouns: Nouns) -> Cell:
    made = cell(share, nouns)
    return Cell(made.text, filled(tr("before: %1"), made.spoken), plain=made.plain)
