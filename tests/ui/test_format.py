"""Dates, times and money as people at different desks read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from desk_app.domain.interval import Interval
from desk_app.domain.people import Money, ProviderType
from desk_app.ui import format as written

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
DAY = date(2026, 11, 23)
INSTANT = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def at_desk_in(country: str) -> None:
    QLocale.setDefault(written.choose_locale(country))


@pytest.mark.parametrize(
    ("country", "long", "short", "clock"),
    [
        ("DE", "Monday, 23 November 2026", "Mon 23 Nov", "14:05"),
        ("GB", "Monday, 23 November 2026", "Mon 23 Nov", "14:05"),
        ("US", "Monday, November 23, 2026", "Mon, Nov 23", "2:05\N{NNBSP}PM"),
        ("BR", "Monday, 23 November 2026", "Mon 23 Nov", "14:05"),
        ("", "Monday, 23 November 2026", "Mon 23 Nov", "14:05"),
    ],
)
def test_dates_and_times_follow_the_country(
    country: str, long: str, short: str, clock: str
) -> None:
    at_desk_in(country)
    assert written.long_date(DAY) == long
    assert written.short_date(DAY) == short
    assert written.time(INSTANT, BERLIN).replace(" ", "\N{NNBSP}") == clock


def test_a_desk_may_write_dates_as_in_another_country() -> None:
    QLocale.setDefault(written.choose_locale("DE", "US"))
    assert written.short_date(DAY) == "Mon, Nov 23"


@pytest.mark.parametrize(
    ("country", "currency", "text"),
    [
        ("DE", "EUR", "1.250,50 €"),
        ("US", "USD", "$1,250.50"),
        ("GB", "USD", "USD 1,250.50"),
        ("GB", "EUR", "€1,250.50"),
        ("JP", "JPY", "¥1,250"),
    ],
)
def test_money_has_an_unambiguous_sign(country: str, currency: str, text: str) -> None:
    at_desk_in(country)
    amount = Decimal(1250) if currency == "JPY" else Decimal("1250.50")
    shown = written.money(Money(amount, currency))
    assert shown.replace("\N{NBSP}", " ").replace("¥", "¥") == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min")],
)
def test_lengths_are_hours_and_minutes(minutes: int, text: str) -> None:
    assert written.duration(minutes) == text


def test_near_days_have_names() -> None:
    names = [written.relative_day(date(2026, 11, d), DAY) for d in (22, 23, 24, 25)]
    assert names == ["Yesterday", "Today", "Tomorrow", "Wed 25 Nov"]


def test_another_clock_is_named_only_when_it_differs() -> None:
    assert written.zone_note(INSTANT, NEW_YORK, BERLIN) == "New York time"
    assert written.zone_note(INSTANT, ZoneInfo("Europe/Paris"), BERLIN) == ""


def test_every_kind_of_provider_has_a_word() -> None:
    assert len({written.provider_type(kind) for kind in ProviderType}) == 4


def test_two_clocks_are_named_with_their_places_and_days() -> None:
    visit = Interval(INSTANT, INSTANT + timedelta(minutes=30))
    there = INSTANT.astimezone(NEW_YORK)
    text = written.clocks(visit, NEW_YORK, BERLIN)
    assert "Berlin · " in text
    assert text.endswith(" New York")
    assert f"{there:%H:%M}" in text
    assert "Berlin" not in written.clocks(visit, ZoneInfo("Europe/Paris"), BERLIN)


def test_another_day_elsewhere_is_named() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    auckland = ZoneInfo("Pacific/Auckland")
    text = written.elsewhere("12:30", late, auckland, ZoneInfo("Europe/London"))
    assert text == "Tue 24 Nov, 12:30 Auckland"
