"""What a row may hold, for everybody who writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import literal_column, text, update

from desk_app.db import models
from desk_app.db.models import (
    Appointment,
    Availability,
    AvailabilityOverride,
    Client,
    Provider,
    Service,
)
from desk_app.errors import Invalid, NotFound, Refused, SlotTaken, Stale
from tests.db.rows import (
    NOON,
    add,
    add_appointment,
    add_client,
    add_provider,
    add_service,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions

HALF = timedelta(minutes=30)
FOREVER = literal_column("'infinity'::timestamptz")
BEFORE_TIME = literal_column("'-infinity'::timestamptz")
YEAR_10000 = literal_column("'10000-01-01 00:00+00'::timestamptz")
MIDNIGHT_24 = literal_column("'24:00'::time")
NAN = literal_column("'NaN'::numeric")

HOSTILE_ROWS = [
    (Client, {"name": ""}, "name"),
    (Client, {"name": "  \u00a0\u200b "}, "name"),
    (Client, {"name": "a" * 201}, "name"),
    (Client, {"name": "Ann\nSmith"}, "name"),
    (Client, {"name": "Ann\x1b[2JSmith"}, "name"),
    (Client, {"name": "Ann\u0085Smith"}, "name"),
    (Client, {"name": "Ann\u2028Smith"}, "name"),
    (Client, {"name": "Ann\u202eSmith"}, "name"),
    (Client, {"name": "Ann\ufeffSmith"}, "name"),
    (Client, {"phone": "030 123456"}, "phone"),
    (Client, {"phone": "+0"}, "phone"),
    (Client, {"email": "a@x, b@y"}, "email"),
    (Client, {"email": "a@x\nb@y"}, "email"),
    (Client, {"email": "nobody"}, "email"),
    (Client, {"timezone": "UTC+3"}, "timezone"),
    (Client, {"timezone": "../../etc/passwd"}, "timezone"),
    (Client, {"notes": "a" * 10001}, "notes"),
    (Client, {"notes": "bell \x07"}, "notes"),
    (Client, {"no_show_count": -1}, "no_show_count"),
    (Client, {"same_day_locked_until": FOREVER}, "same_day_locked_until"),
    (Client, {"created_at": YEAR_10000}, "created_at"),
    (Provider, {"name": "\t"}, "name"),
    (Provider, {"type": "WIZARD"}, "type"),
    (Provider, {"timezone": ""}, "timezone"),
    (Provider, {"timezone": "Europe/Atlantis"}, "timezone"),
    (Provider, {"timezone": "Foo/Bar5"}, "timezone"),
    (Provider, {"colour": "red"}, "colour"),
    (Service, {"name": " "}, "name"),
    (Service, {"duration_minutes": 0}, "duration_minutes"),
    (Service, {"duration_minutes": 1441}, "duration_minutes"),
    (Service, {"buffer_time_minutes": -1}, "buffer_time_minutes"),
    (Service, {"max_advance_days": -1}, "max_advance_days"),
    (Service, {"cancellation_hours": -1}, "cancellation_hours"),
    (Service, {"price": Decimal(-1)}, "price"),
    (Service, {"price": NAN}, "price"),
    (Service, {"currency": "euro"}, "currency"),
    (Availability, {"day_of_week": 7}, "day_of_week"),
    (Availability, {"start_time": time(17), "end_time": time(9)}, "end_time"),
    (Availability, {"end_time": MIDNIGHT_24}, "end_time"),
    (AvailabilityOverride, {"date": date(2200, 1, 1)}, "date"),
    (AvailabilityOverride, {"reason": "a\nb"}, "reason"),
    (AvailabilityOverride, {"starts_at": NOON}, "ends_at"),
    (AvailabilityOverride, {"starts_at": NOON, "ends_at": NOON}, "ends_at"),
    (Appointment, {"start_time": BEFORE_TIME}, "end_time"),
    (Appointment, {"end_time": FOREVER}, "end_time"),
    (Appointment, {"end_time": NOON}, "end_time"),
    (Appointment, {"end_time": NOON - HALF}, "end_time"),
    (Appointment, {"end_time": NOON + timedelta(hours=25)}, "end_time"),
    (Appointment, {"start_time": YEAR_10000, "end_time": YEAR_10000}, "end_time"),
    (Appointment, {"status": "MAYBE"}, "status"),
    (Appointment, {"status": "CANCELLED"}, "cancelled_at"),
    (Appointment, {"cancelled_at": NOON}, "cancelled_at"),
    (Appointment, {"notes": "\x00a".replace("\x00", "\x0b")}, "notes"),
    (Appointment, {"meeting_link": "javascript:alert(1)"}, "meeting_link"),
    (Appointment, {"booked_via": "CARRIER_PIGEON"}, "booked_via"),
    (Appointment, {"refund_due": Decimal("50.01")}, "refund_due"),
    (Appointment, {"refund_due": NAN}, "refund_due"),
    (Appointment, {"version": 0}, "version"),
]


@pytest.mark.parametrize(("table", "values", "field"), HOSTILE_ROWS)
def test_a_hostile_row_is_refused_and_its_field_named(
    sessions: Sessions, table: type[models.Base], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused, sessions.begin() as session:
        add_hostile(session, table, values)
    assert refused.value.field == field


def add_hostile(
    session: Session, table: type[models.Base], values: dict[str, Any]
) -> None:
    if table is Appointment:
        add_appointment(session, **values)
    elif table in (Provider, Client):
        add(session, table, **values)
    else:
        add(session, table, provider_id=add_provider(session), **values)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x>",
        "👩‍👩‍👧‍👦 Kim",  # joined by U+200D
        "محمد بن سلمان",
        "می‌خواهم",  # holds U+200C
        "O'Neil & Sons <3",
        "Nguyễn Thị Thanh",
        "é" * 200,
        "'; DROP TABLE client; --",
    ],
)
def test_unusual_names_are_kept_as_they_are(sessions: Sessions, name: str) -> None:
    with sessions.begin() as session:
        client_id = add_client(session, name=name)
        assert session.get_one(Client, client_id).name == name


@pytest.mark.parametrize("bad", ["nul \x00", "lone surrogate \ud800"])
def test_text_that_cannot_be_sent_is_invalid(sessions: Sessions, bad: str) -> None:
    with pytest.raises(Invalid), sessions.begin() as session:
        add_client(session, name=bad)


def test_a_missing_value_names_its_field(sessions: Sessions) -> None:
    with pytest.raises(Invalid) as refused, sessions.begin() as session:
        add_client(session, name=None)
    assert refused.value.field == "name"


def test_a_second_booking_of_the_time_is_taken(sessions: Sessions) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        add_appointment(session, provider_id=provider_id)
    with pytest.raises(SlotTaken), sessions.begin() as session:
        add_appointment(session, NOON + HALF / 2, provider_id=provider_id)


def test_the_buffer_is_busy_too(sessions: Sessions) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        add_appointment(session, provider_id=provider_id)
    with pytest.raises(SlotTaken), sessions.begin() as session:
        add_appointment(session, NOON + HALF, provider_id=provider_id)


def test_back_to_back_bookings_do_not_overlap(sessions: Sessions) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        for number in range(3):
            start = NOON + number * timedelta(minutes=40)
            add_appointment(session, start, provider_id=provider_id)


def test_providers_do_not_take_each_others_time(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_appointment(session)
        add_appointment(session)


def test_a_cancelled_appointment_frees_its_time(sessions: Sessions) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        key = add_appointment(session, provider_id=provider_id)
        change(session, key, status="CANCELLED", cancelled_at=NOON)
        add_appointment(session, provider_id=provider_id)


@pytest.mark.parametrize("status", ["PENDING", "COMPLETED", "NO_SHOW"])
def test_every_other_status_holds_its_time(sessions: Sessions, status: str) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        add_appointment(session, provider_id=provider_id, status=status)
    with pytest.raises(SlotTaken), sessions.begin() as session:
        add_appointment(session, provider_id=provider_id)


def change(session: Session, appointment_id: int, **values: Any) -> None:
    values.setdefault("version", Appointment.version + 1)
    session.execute(
        update(Appointment)
        .where(Appointment.appointment_id == appointment_id)
        .values(**values)
    )


def test_the_service_must_be_the_providers_own(sessions: Sessions) -> None:
    with sessions.begin() as session:
        foreign = add_service(session, add_provider(session))
    with pytest.raises(NotFound), sessions.begin() as session:
        add_appointment(session, service_id=foreign)


def test_a_client_that_does_not_exist_is_not_found(sessions: Sessions) -> None:
    with pytest.raises(NotFound), sessions.begin() as session:
        add_appointment(session, client_id=999_999_999)


def test_every_check_knows_its_field() -> None:
    unnamed = [
        constraint.name
        for table in models.Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.__visit_name__ == "check_constraint"
        and "field" not in constraint.info
    ]
    assert unnamed == []


UNBOUNDED_INSTANTS = """
    SELECT c.table_name || '.' || c.column_name
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('timestamp with time zone', 'date')
        AND NOT EXISTS (
            SELECT FROM pg_constraint
            WHERE conrelid = c.table_name::regclass AND contype = 'c'
                AND pg_get_constraintdef(oid) LIKE '%' || c.column_name || '%2200%')
"""


def test_every_instant_of_every_table_has_bounds(sessions: Sessions) -> None:
    """One row with infinity would break every desk that reads it."""
    with sessions.begin() as session:
        found = session.scalars(text(UNBOUNDED_INSTANTS))
        # Bounded by start_time and busy_until, between which it lies.
        assert set(found) == {"appointment.end_time"}


def test_hidden_facts_are_taken_from_the_service(sessions: Sessions) -> None:
    with sessions.begin() as session:
        key = add_appointment(session)
        row = session.get_one(Appointment, key)
        assert (row.price, row.currency) == (Decimal("50.00"), "EUR")
        assert row.cancellation_hours == 24
        assert row.busy_until == NOON + timedelta(minutes=40)


def test_the_buffer_cannot_be_written_by_hand(sessions: Sessions) -> None:
    with sessions.begin() as session:
        key = add_appointment(session, busy_until=NOON + HALF)
        assert busy_until(session, key) == NOON + timedelta(minutes=40)
        change(session, key, busy_until=NOON + HALF)
        assert busy_until(session, key) == NOON + timedelta(minutes=40)


def busy_until(session: Session, key: int) -> datetime:
    return session.get_one(Appointment, key, populate_existing=True).busy_until


def test_a_move_takes_the_buffer_along(sessions: Sessions) -> None:
    with sessions.begin() as session:
        key = add_appointment(session)
        later = NOON + timedelta(hours=2)
        change(session, key, start_time=later, end_time=later + HALF)
        assert busy_until(session, key) == later + timedelta(minutes=40)


def test_a_new_buffer_leaves_old_appointments_alone(sessions: Sessions) -> None:
    with sessions.begin() as session:
        key = add_appointment(session)
        session.execute(update(Service).values(buffer_time_minutes=0))
        change(session, key, notes="a note")
        assert busy_until(session, key) == NOON + timedelta(minutes=40)


@pytest.mark.parametrize("version", [1, 3, 0])
def test_a_change_raises_the_version_by_one(sessions: Sessions, version: int) -> None:
    with sessions.begin() as session:
        key = add_appointment(session)
    with pytest.raises(Stale), sessions.begin() as session:
        change(session, key, notes="a note", version=version)


@pytest.mark.parametrize(
    "values",
    [
        {"booking_key": uuid4()},
        {"created_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"created_by": "somebody"},
    ],
)
def test_the_origin_of_an_appointment_stays(
    sessions: Sessions, values: dict[str, Any]
) -> None:
    with sessions.begin() as session:
        key = add_appointment(session)
    with pytest.raises(Invalid), sessions.begin() as session:
        change(session, key, **values)


def test_an_end_of_midnight_is_allowed(sessions: Sessions) -> None:
    with sessions.begin() as session:
        provider_id = add_provider(session)
        add(session, Availability, provider_id=provider_id, end_time=time(0))


def test_a_status_change_that_is_not_legal_is_refused(sessions: Sessions) -> None:
    with sessions.begin() as session:
        key = add_appointment(session, status="COMPLETED")
    with pytest.raises(Refused) as refused, sessions.begin() as session:
        change(session, key, status="CANCELLED", cancelled_at=NOON)
    assert refused.value.policy == "status"
