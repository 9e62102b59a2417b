"""What reports say, and how it leaves the page: as tables, without a window."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.domain.reports import figures
from desk_app.domain.reports.asking import Report, ReportKind, ReportQuery
from desk_app.domain.reports.cells import LeadCell, MissCell, RefundCell, WaitCell
from desk_app.domain.reports.periods import Period
from desk_app.ui.reports.charts import ChartKind, Goal, Tick, ticks
from desk_app.ui.reports.model import FiguresModel
from desk_app.ui.reports.text import MARK, as_csv, as_tabs
from desk_app.ui.reports.told import told

if TYPE_CHECKING:
    from desk_app.domain.reports.figures import Figures

PERIOD = Period(date(2026, 3, 1), date(2026, 3, 31))
SERVICES = {7: "Check-up", 8: "=SUM(A1)"}
MISSES = (
    MissCell(False, 1, 7, 0, 9, booked=50, due=40, no_shows=5, late=4),
    MissCell(False, 2, 8, 0, 11, booked=4, due=3, no_shows=1, late=0),
    MissCell(True, 1, 7, 0, 9, booked=20, due=20, no_shows=2, late=0),
)


def report(kind: ReportKind, counted: Figures) -> Report:
    """Return a report of two providers."""
    names = {1: "Dr Weber", 2: "@Lang\tEve"}
    at = datetime(2026, 3, 31, tzinfo=UTC)
    query = ReportQuery(kind, PERIOD)
    services = tuple(SERVICES.values())
    return Report(query, PERIOD.before(), counted, names, services, at)


def missed() -> Report:
    """Return a report on no-shows."""
    return report(ReportKind.NO_SHOWS, figures.no_shows(MISSES, SERVICES))


def test_a_rate_stands_with_what_it_is_of_and_with_what_it_was() -> None:
    said = told(missed())
    assert said.figure == "14,0 %"
    assert said.detail == "6 of 43 appointments missed"
    assert said.compared == "4,0 points more than before"
    assert "marked as no-show" in said.definition


def test_too_few_have_no_rate_and_say_so() -> None:
    heat, by_provider, *_ = told(missed()).charts
    assert heat.kind is ChartKind.HEAT
    assert heat.columns == ("09:00", "10:00", "11:00")
    nine, ten, eleven = heat.rows[0].cells
    assert (nine.text, nine.value) == ("12,5 %", 12.5)
    assert (ten.text, ten.value, ten.is_too_few) == ("–", None, False)
    assert (eleven.text, eleven.note, eleven.value) == ("too few", "1 of 3", None)
    assert by_provider.rows[0].goal == Goal(provider_id=1)


def test_each_figure_is_said_with_its_place() -> None:
    model = FiguresModel()
    QAbstractItemModelTester(model)
    model.show_chart(told(missed()).charts[0])
    role = 11  # Qt.ItemDataRole.AccessibleTextRole
    said = [model.index(0, column).data(role) for column in (0, 2)]
    assert said == [
        "Monday, 09:00: 12,5 %, 5 of 40 appointments missed",
        "Monday, 11:00: too few, 1 of 3 appointments missed:"
        " fewer than 5, which would mislead",
    ]


def test_copied_figures_are_those_of_the_table() -> None:
    chart = told(missed()).charts[1]
    assert as_tabs(chart).splitlines() == [
        "Provider\tNo-show rate\tNo-shows\tAppointments\tBefore",
        "Dr Weber\t12,5 %\t5\t40\t10,0 %",
        "'@Lang Eve\ttoo few\t1\t3\t–",
    ]


def test_a_csv_file_has_plain_numbers_and_no_formula() -> None:
    of = missed()
    said = told(of)
    text = as_csv(said, said.charts[2], of)
    assert text.startswith(MARK)
    lines = list(csv.reader(StringIO(text[len(MARK) :])))
    assert lines[0] == ["No-shows", "1 Mar 2026 – 31 Mar 2026"]
    assert lines[3:] == [
        ["Service", "No-show rate", "No-shows", "Appointments", "Before"],
        ["'=SUM(A1)", "", "1", "3", ""],
        ["Check-up", "12.5", "5", "40", "10.0"],
    ]


def test_a_heat_map_in_a_csv_file_says_what_was_counted() -> None:
    of = missed()
    said = told(of)
    *_, line = csv.reader(StringIO(as_csv(said, said.charts[0], of)))
    assert line == ["Monday", "12.5", "5 of 40", "", "", "", "1 of 3"]


def test_times_and_money_are_told_with_how_many() -> None:
    waits = figures.waiting_time([WaitCell(False, 1, 9, 12, 6)])
    assert told(report(ReportKind.WAITING_TIME, waits)).detail == (
        "half within 12 min, nine in ten within 12 min, of 6"
    )
    leads = figures.lead_time([LeadCell(False, 1, 7, 72, 6)], SERVICES)
    said = told(report(ReportKind.LEAD_TIME, leads))
    assert said.figure == "3 days"
    assert said.charts[0].rows[2].label == "2 to 4 days before"
    cells = [RefundCell(False, 1, 2026 * 12 + 2, "EUR", 2, Decimal(9), 1, Decimal(4))]
    said = told(report(ReportKind.REFUNDS, figures.refunds(cells)))
    assert said.charts[0].rows[0].cells[0].note == "5,00\xa0€ open"


@pytest.mark.parametrize("kind", ReportKind)
def test_nothing_to_count_says_why_and_what_next(kind: ReportKind) -> None:
    nothing: dict[ReportKind, Figures] = {
        ReportKind.UTILISATION: figures.utilisation((), ()),
        ReportKind.NO_SHOWS: figures.no_shows((), SERVICES),
        ReportKind.LATE_CANCELLATIONS: figures.late_cancellations((), SERVICES),
        ReportKind.LEAD_TIME: figures.lead_time((), SERVICES),
        ReportKind.REFUNDS: figures.refunds(()),
        ReportKind.WAITING_TIME: figures.waiting_time(()),
    }
    said = told(report(kind, nothing[kind]))
    assert said.charts == ()
    assert said.empty == "There is nothing to count from 1 Mar 2026 to 31 Mar 2026."
    assert said.advice


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), [0, 1]),
        ((0.0, None), [0, 1]),
        ((7.1,), [0, 2, 4, 6, 8]),
        ((100.0,), [0, 25, 50, 75, 100]),
        ((0.004,), [0, 0.001, 0.002, 0.003, 0.004]),
        ((61_800.0,), [0, 20_000, 40_000, 60_000, 80_000]),
    ],
)
def test_lines_across_are_at_round_numbers(
    values: tuple[float | None, ...], expected: list[float]
) -> None:
    found = ticks(values, str)
    assert [tick.value for tick in found] == pytest.approx(expected)
    assert found[0] == Tick(0, found[0].text)
