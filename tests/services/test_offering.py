"""Services are added, changed, copied and ended; what is booked stays as it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.offering import (
    Copy,
    CopyWish,
    NewService,
    ServiceChange,
    ServiceDraft,
)
from desk_app.domain.people import Money
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.errors import Invalid, Stale, Strands
from desk_app.services.offering import Offers
from tests import factories
from tests.factories import clock

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice

KNEES = ServiceDraft(
    "Knees",
    Money(Decimal("75.50"), "CHF"),
    duration_minutes=45,
    buffer_minutes=15,
    max_advance_days=30,
    cancellation_hours=48,
    is_virtual=True,
)


@pytest.fixture
def offers(sessions: Sessions) -> Offers:
    """All services, at a fixed time."""
    return Offers(sessions, clock)


@pytest.fixture
def check_up(offers: Offers, practice: Practice) -> ServiceChange:
    """The only service as it is."""
    draft = ServiceDraft.of(offers.all()[0])
    return ServiceChange(practice.service_id, draft, draft)


def wanting(change: ServiceChange, **fields) -> ServiceChange:
    return replace(change, wanted=replace(change.wanted, **fields))


def test_a_service_is_added_once_with_all_that_is_said(offers, practice, sessions):
    room = factories.room(sessions)
    draft = replace(KNEES, rooms=(room,))
    wish = NewService(uuid4(), practice.provider_id, draft)
    added = offers.add(wish)
    assert (ServiceDraft.of(added), added.provider_id) == (draft, practice.provider_id)
    assert offers.add(wish) == added
    assert len(offers.all()) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Check-up"),
        ("duration_minutes", 0),
        ("duration_minutes", 1441),
        ("buffer_minutes", -1),
        ("max_advance_days", 3651),
        ("cancellation_hours", 8761),
        ("price", Money(Decimal("-1"), "EUR")),
        ("price", Money(Decimal("NaN"), "EUR")),
        ("price", Money(Decimal("1.005"), "EUR")),
        ("price", Money(Decimal(10) ** 9, "EUR")),
        ("price", Money(Decimal(1), "Euro")),
    ],
)
def test_what_cannot_be_stored_is_named_by_field(offers, practice, field, value):
    draft = replace(KNEES, **{field: value})
    with pytest.raises(Invalid) as invalid:
        offers.add(NewService(uuid4(), practice.provider_id, draft))
    assert invalid.value.field == field


def test_a_change_concerns_new_bookings_only(offers, check_up, booked, diary):
    offers.change(wanting(check_up, duration_minutes=60, buffer_minutes=0))
    offers.change(wanting(check_up, price=Money(Decimal(99), "EUR")))
    now = diary.get(booked.appointment_id)
    assert (now.start, now.end, now.busy_until, now.price) == (
        booked.start,
        booked.end,
        booked.busy_until,
        booked.price,
    )
    assert offers.all()[0].duration_minutes == 60
    with pytest.raises(Stale) as stale:
        offers.change(wanting(check_up, duration_minutes=20))
    assert stale.value.field == "duration_minutes"


def test_rooms_are_chosen_and_left(offers, check_up, sessions):
    one, other = (factories.room(sessions, name=name) for name in "AB")
    both = offers.change(wanting(check_up, rooms=(one, other)))
    assert both.rooms == (one, other)
    seen = replace(check_up, known=ServiceDraft.of(both), wanted=ServiceDraft.of(both))
    assert offers.change(wanting(seen, rooms=(other,))).rooms == (other,)
    last = ServiceDraft.of(offers.all()[0])
    seen = replace(check_up, known=last, wanted=last)
    assert offers.change(wanting(seen, rooms=None)).rooms is None


def test_visits_to_come_are_named_before_their_service_ends(offers, check_up, booked):
    wish = wanting(check_up, is_active=False)
    with pytest.raises(Strands):
        offers.change(wish)
    assert offers.all()[0].is_active
    kept = Settlement((Decision(booked.appointment_id, booked.version, Fate.KEEP),))
    done = replace(wish, settlement=kept)
    assert not offers.change(done).is_active
    assert not offers.change(done).is_active


def test_a_copy_is_added_or_makes_the_namesake_like_it(offers, practice, sessions):
    new, old = (factories.provider(sessions, name=name) for name in ("New", "Old"))
    there = factories.service(sessions, old, name="Knees", is_active=False)
    wish = CopyWish(uuid4(), KNEES, (Copy(new), Copy(old, there)))
    made = offers.copy(wish)
    assert [(s.provider_id, ServiceDraft.of(s)) for s in made] == [
        (new, KNEES),
        (old, KNEES),
    ]
    assert made[1].service_id == there
    assert offers.copy(wish) == made
    with pytest.raises(Stale):
        offers.copy(replace(wish, idempotency_key=uuid4()))
