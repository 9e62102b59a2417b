"""Refunds: what fell due, what was given back, what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from desk_app.domain.people import Money
from desk_app.ui import format as written
from desk_app.ui.phrases import filled
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import (
    Cell,
    Chart,
    ChartKind,
    ChartRow,
    Told,
    ticks,
)
from desk_app.ui.reports.told.rates import Rows, by_name, of_providers
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from desk_app.domain.reports.asking import Report
    from desk_app.domain.reports.figures import CurrencyRefunds, Refund, Refunds
    from desk_app.domain.reports.shares import Compared

K = TypeVar("K")


def told(report: Report, figures: Refunds) -> Told:
    """Return the report; of several currencies each has charts of its own."""
    some = [of for of in figures.currencies if of.total.now.visits]
    first = some[0] if some else None
    return Told(
        title=words.kind(report.query.kind),
        figure=" + ".join(_money(of.total.now.due, of) for of in some) or words.NONE,
        detail=" ".join(_detail(of) for of in some),
        compared=_compared(first) if first else "",
        definition=tr(
            "Counts refunds in the month in which the appointment was cancelled, or"
            " marked as missed; given is what was given back of them by today."
        ),
        charts=tuple(
            chart for of in some for chart in _charts(report, of, is_one=len(some) == 1)
        ),
        empty="" if some else words.nothing_counted(report.query),
        advice="" if some else _advice(),
    )


def _charts(report: Report, of: CurrencyRefunds, *, is_one: bool) -> tuple[Chart, ...]:
    names, tail = report.providers, "" if is_one else f", {of.currency}"
    month: Rows[date] = Rows(tr("Month") + tail, tr("Month"), written.month_and_year)
    provider = of_providers(names, tail)
    return _bars(of.by_month, month, of), _bars(
        by_name(of.by_provider, names), provider, of
    )


def _bars(
    found: tuple[Compared[K, Refund], ...], rows: Rows[K], of: CurrencyRefunds
) -> Chart:
    made = tuple(
        ChartRow(rows.label(one.key), _cells(one.now, of), rows.goal(one.key))
        for one in found
        if one.now.visits
    )
    return Chart(
        ChartKind.BARS,
        rows.name,
        rows.heading,
        (tr("Due"), tr("Given"), tr("Open"), tr("Appointments"), tr("Still open")),
        made,
        ticks(
            (row.cells[0].value for row in made),
            words.number,
        ),
        tr("Dark: given back. Light: still open."),
    )


def _cells(refund: Refund, of: CurrencyRefunds) -> tuple[Cell, ...]:
    due, given, left = (
        _money(amount, of) for amount in (refund.due, refund.given, refund.open)
    )
    count, waiting = words.number(refund.visits), words.number(refund.visits_open)
    text = tr("%1 due for %2 appointments, %3 given, %4 open")
    spoken = filled(text, due, count, given, left)
    note = filled(tr("%1 open"), left) if refund.open else tr("all given")
    return (
        Cell(
            due,
            spoken,
            float(refund.due),
            part=float(refund.given),
            note=note,
            plain=str(refund.due),
        ),
        Cell(given, filled(tr("%1 given"), given), plain=str(refund.given)),
        Cell(left, filled(tr("%1 open"), left), plain=str(refund.open)),
        Cell(count, filled(tr("%1 appointments"), count), plain=str(refund.visits)),
        Cell(
            waiting,
            filled(tr("%1 wait for their refund"), waiting),
            plain=str(refund.visits_open),
        ),
    )


def _detail(of: CurrencyRefunds) -> str:
    now = of.total.now
    text = tr("due for %1 appointments: %2 given, %3 open.")
    return filled(
        text, words.number(now.visits), _money(now.given, of), _money(now.open, of)
    )


def _compared(of: CurrencyRefunds) -> str:
    return filled(tr("before: %1 due"), _money(of.total.before.due, of))


def _money(amount: Decimal, of: CurrencyRefunds) -> str:
    return written.money(Money(amount, of.currency))


def _advice() -> str:
    return tr(
        "A refund falls due when an appointment is cancelled in time, or by the"
        " practice. Choose a longer period, or take a filter away."
    )
