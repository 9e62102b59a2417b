"""Periods, clocks and sums of the reports, as tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.reports import figures
from desk_app.domain.reports.cells import (
    LeadCell,
    MissCell,
    RefundCell,
    UsageCell,
    WaitCell,
)
from desk_app.domain.reports.clocks import clocks
from desk_app.domain.reports.open_time import Hours, OpenWeek, open_weeks
from desk_app.domain.reports.periods import Period, PeriodChoice, period_of
from desk_app.domain.reports.shares import Share, Spread, spread
from desk_app.domain.schedule import LocalWindow, Override, Source
from desk_app.domain.weekly import WeeklyWindow, WeekPlan
from desk_app.errors import Invalid

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 23)
H = 3600


def of(first: str, last: str) -> Period:
    """Return a period of ISO dates."""
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("choice", "today", "first", "last"),
    [
        (PeriodChoice.THIS_MONTH, "2026-02-14", "2026-02-01", "2026-02-28"),
        (PeriodChoice.LAST_MONTH, "2026-01-31", "2025-12-01", "2025-12-31"),
        (PeriodChoice.LAST_3_MONTHS, "2026-11-24", "2026-08-25", "2026-11-24"),
        (PeriodChoice.LAST_3_MONTHS, "2026-05-31", "2026-03-01", "2026-05-31"),
        (PeriodChoice.LAST_12_MONTHS, "2024-02-29", "2023-03-01", "2024-02-29"),
        (PeriodChoice.LAST_12_MONTHS, "2026-03-31", "2025-04-01", "2026-03-31"),
        (PeriodChoice.THIS_YEAR, "2026-11-24", "2026-01-01", "2026-12-31"),
    ],
)
def test_named_periods(choice: PeriodChoice, today: str, first: str, last: str) -> None:
    assert period_of(choice, date.fromisoformat(today)) == of(first, last)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (of("2026-03-01", "2026-03-31"), of("2026-02-01", "2026-02-28")),
        (of("2026-01-01", "2026-03-31"), of("2025-10-01", "2025-12-31")),
        (of("2024-01-01", "2024-12-31"), of("2023-01-01", "2023-12-31")),
        (of("2026-03-02", "2026-03-08"), of("2026-02-23", "2026-03-01")),
        (of("2026-03-02", "2026-03-02"), of("2026-03-01", "2026-03-01")),
        (of("2000-01-03", "2000-01-09"), of("2000-01-01", "2000-01-02")),
        (of("2000-01-01", "2000-01-31"), None),
    ],
)
def test_a_period_is_compared_with_the_one_before(
    period: Period, before: Period | None
) -> None:
    assert period.before() == before


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-03-02", "2026-03-01", "last"),
        ("1999-12-31", "2026-03-01", "first"),
        ("2199-12-31", "2200-01-01", "last"),
        ("2010-01-01", "2026-03-01", "last"),
    ],
)
def test_no_period_is_backwards_or_endless(first: str, last: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        of(first, last)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, Spread()),
        ({7: 1}, Spread(1, 7, 7)),
        ({1: 1, 9: 1}, Spread(2, 1, 9)),
        ({1: 2, 5: 1, 9: 2}, Spread(5, 5, 9)),
        ({3: 9, 4: 1}, Spread(10, 3, 3)),
        ({3: 8, 4: 2}, Spread(10, 3, 4)),
        ({0: 5, 100: 5}, Spread(10, 0, 100)),
    ],
)
def test_a_median_is_one_of_the_values(
    counts: dict[int, int], expected: Spread
) -> None:
    assert spread(counts) == expected


def test_rates_of_fewer_than_five_mislead() -> None:
    assert [Share(1, whole).is_too_few for whole in (0, 4, 5)] == [True, True, False]
    assert Share(1, 8).percent == 12.5
    assert Share().percent is None


def test_clocks_know_each_offset_of_each_zone() -> None:
    zones = {1: "Europe/Berlin", 2: "Asia/Kolkata"}
    found = clocks(zones, of("2026-03-28", "2026-03-30"))
    one, other = found.of_providers
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    after = found.changes.index(change) + 1
    assert found.offsets[one.place + after - 2] == H
    assert found.offsets[one.place + after - 1] == 2 * H
    assert found.offsets[other.place + after - 1] == 5.5 * H
    assert one.begins == datetime(2026, 3, 24, 23, tzinfo=UTC)
    assert one.turns == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert one.ends == datetime(2026, 3, 30, 22, tzinfo=UTC)
    assert other.turns == datetime(2026, 3, 27, 18, 30, tzinfo=UTC)


def test_what_is_counted_by_now_ends_now() -> None:
    now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    (clock,) = clocks({1: "UTC"}, of("2026-03-28", "2026-03-30"), now).of_providers
    assert clock.ends == now


def test_a_day_that_a_zone_skipped_is_passed_over() -> None:
    skipped = of("2011-12-30", "2011-12-30")
    (clock,) = clocks({1: "Pacific/Apia"}, skipped).of_providers
    assert clock.turns == clock.ends == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("overrides", "first_day", "hours"),
    [
        ({}, MONDAY, 5 * 5 + 2),
        ({0: [(9, 10, True)]}, MONDAY, 5 * 5 + 1),
        ({6: [(22, 23, False)]}, MONDAY, 5 * 5 + 3),
        # From one to four on the night the clocks go forward are two hours.
        ({6: [(1, 4, False)]}, MONDAY, 5 * 5 + 4),
        ({}, date(2026, 3, 25), 3 * 5 + 2),
    ],
)
def test_open_time_is_that_of_free_times(
    overrides: dict[int, list[tuple[int, int, bool]]], first_day: date, hours: int
) -> None:
    plan = WeekPlan(
        [
            *(WeeklyWindow(weekday, time(8), time(13)) for weekday in range(5)),
            WeeklyWindow(6, time(10), time(12)),
        ]
    )
    exceptions = {
        date.fromordinal(MONDAY.toordinal() + step): [
            Override(n, LocalWindow(time(start), time(end)), blocks, "", Source.MANUAL)
            for n, (start, end, blocks) in enumerate(some)
        ]
        for step, some in overrides.items()
    }
    period = Period(first_day, date(2026, 3, 29))
    found = open_weeks(Hours(1, BERLIN, plan, exceptions), period)
    now = [week for week in found if not week.is_before]
    assert now == [OpenWeek(False, 1, MONDAY.toordinal(), hours * H)]


def test_utilisation_is_booked_time_of_open_time() -> None:
    week = MONDAY.toordinal()
    found = figures.utilisation(
        [
            UsageCell(False, 1, week, 3, 2 * H),
            UsageCell(False, 2, week + 7, 1, H),
            UsageCell(True, 1, week - 7, 1, H),
        ],
        [OpenWeek(False, 1, week, 8 * H), OpenWeek(True, 1, week - 7, 4 * H)],
    )
    assert (found.total.now, found.total.before) == (
        Share(3 * H, 8 * H),
        Share(H, 4 * H),
    )
    assert [one.key for one in found.by_week] == [MONDAY, date(2026, 3, 30)]
    assert found.by_provider_week[2, date(2026, 3, 30)] == Share(H, 0)
    assert (found.visits.now, found.visits.before) == (4, 1)


MISSES = [
    MissCell(False, 1, 7, 0, 9, booked=10, due=8, no_shows=2, late=1),
    MissCell(False, 1, 8, 0, 9, booked=2, due=2, no_shows=0, late=0),
    MissCell(False, 2, 9, 4, 16, booked=6, due=5, no_shows=1, late=1),
    MissCell(True, 2, 9, 4, 16, booked=4, due=0, no_shows=0, late=4),
]
NAMES = {7: "Check-up", 8: "Advice", 9: "Check-up"}


def test_no_shows_are_counted_of_those_not_cancelled() -> None:
    found = figures.no_shows(MISSES, NAMES)
    assert found.total.now == Share(3, 15)
    assert found.by_weekday_hour == {(0, 9): Share(2, 10), (4, 16): Share(1, 5)}
    assert {one.key: one.now for one in found.by_service} == {
        "Advice": Share(0, 2),
        "Check-up": Share(3, 13),
    }


def test_late_cancellations_are_counted_of_all() -> None:
    found = figures.late_cancellations(MISSES, NAMES)
    assert (found.total.now, found.total.before) == (Share(2, 18), Share(4, 4))
    assert [one.key for one in found.by_hour] == [9, 16]


def test_lead_times_fall_into_steps() -> None:
    hours = (0, 23, 24, 47, 48, 96, 167, 168, 1343, 1344, 9000)
    cells = [LeadCell(False, 1, 7, lead, 1) for lead in hours if lead < 48]
    cells += [LeadCell(False, 1, 7, lead // 24 * 24, 1) for lead in hours if lead >= 48]
    found = figures.lead_time(cells, NAMES)
    parts = [one.now.part for one in found.steps]
    assert parts == [2, 2, 1, 2, 1, 0, 1, 2]
    assert {one.now.whole for one in found.steps} == {11}


def test_waiting_is_told_by_provider_and_by_hour() -> None:
    cells = [WaitCell(False, 1, 9, 5, 4), WaitCell(False, 2, 10, 30, 1)]
    found = figures.waiting_time(cells)
    assert found.total.now == Spread(5, 5, 30)
    assert [one.key for one in found.by_hour] == [9, 10]


def test_currencies_are_never_added_up() -> None:
    march = 2026 * 12 + 2
    cells = [
        RefundCell(False, 1, march, "CHF", 1, Decimal(20), 0, Decimal(0)),
        RefundCell(False, 1, march, "EUR", 2, Decimal("30.50"), 1, Decimal(10)),
        RefundCell(True, 1, march - 1, "EUR", 1, Decimal(5), 1, Decimal(5)),
    ]
    euro, francs = figures.refunds(cells).currencies
    assert (euro.currency, euro.total.now.open) == ("EUR", Decimal("20.50"))
    assert (euro.total.before.due, euro.total.before.open) == (Decimal(5), 0)
    assert [one.key for one in euro.by_month] == [date(2026, 3, 1)]
    assert (francs.total.now.visits_open, francs.total.now.due) == (1, Decimal(20))
