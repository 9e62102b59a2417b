"""What a caller is told of a booking."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.people import Money
from desk_app.domain.read_back import clock_change, read_back

BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)


def visit() -> Appointment:
    """Return half an hour at START that can be cancelled a day ahead."""
    return Appointment(
        appointment_id=1,
        provider_id=1,
        service_id=1,
        client_id=1,
        client_name="Anna Weiß",
        client_phone="",
        service_name="Follow-up",
        start=START,
        end=START + timedelta(minutes=30),
        busy_until=START + timedelta(minutes=40),
        status=Status.CONFIRMED,
        version=1,
        price=Money(Decimal(60), "EUR"),
        cancellation_hours=24,
    )


@pytest.mark.parametrize(
    ("now", "start", "zone", "changes"),
    [
        (
            datetime(2026, 3, 1, tzinfo=UTC),
            datetime(2026, 3, 28, 9, tzinfo=UTC),
            BERLIN,
            None,
        ),
        (
            datetime(2026, 3, 1, tzinfo=UTC),
            datetime(2026, 3, 29, 9, tzinfo=UTC),
            BERLIN,
            date(2026, 3, 29),
        ),
        (
            datetime(2026, 3, 1, tzinfo=UTC),
            datetime(2026, 4, 20, 9, tzinfo=UTC),
            BERLIN,
            date(2026, 3, 29),
        ),
        (
            datetime(2026, 10, 20, tzinfo=UTC),
            datetime(2026, 10, 27, 9, tzinfo=UTC),
            LONDON,
            date(2026, 10, 25),
        ),
        (
            datetime(2026, 10, 20, tzinfo=UTC),
            datetime(2026, 10, 27, 9, tzinfo=UTC),
            NEW_YORK,
            None,
        ),
        # Forward and back again: the clock shows what it does now.
        (
            datetime(2026, 3, 1, tzinfo=UTC),
            datetime(2026, 11, 20, tzinfo=UTC),
            BERLIN,
            None,
        ),
    ],
)
def test_a_change_of_the_clock_in_between_is_found(
    now: datetime, start: datetime, zone: ZoneInfo, changes: date | None
) -> None:
    assert clock_change(now, start, zone) == changes


@pytest.mark.parametrize("ahead", [timedelta(hours=30), timedelta(hours=24)])
def test_the_last_moment_to_cancel_is_told_until_it_is_over(ahead: timedelta) -> None:
    said = read_back(visit(), "Dr Weber", (BERLIN, BERLIN), START - ahead)
    until = START - timedelta(hours=24)
    assert said.cancel_by == (until if ahead > timedelta(hours=24) else None)


def test_another_clock_is_told_where_the_client_lives_elsewhere() -> None:
    said = read_back(visit(), "Dr Weber", (LONDON, BERLIN), START - timedelta(days=3))
    assert (said.start.hour, said.here and said.here.hour) == (13, 14)


def test_one_clock_is_told_where_both_show_the_same() -> None:
    paris = ZoneInfo("Europe/Paris")
    said = read_back(visit(), "Dr Weber", (paris, BERLIN), START - timedelta(days=3))
    assert said.here is None
