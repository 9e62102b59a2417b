"""What a manager writes down of providers and services, as plain rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desk_app.domain.offering import (
    PALETTE,
    Copying,
    ServiceDraft,
    copying,
    merged,
    namesake,
    next_colour,
)
from desk_app.domain.people import Money, Service
from desk_app.errors import Stale

VISIT = ServiceDraft("Check-up", Money(Decimal(60), "EUR"), buffer_minutes=10)
SERVICE = Service(1, 7, "Check-up", 30, 10, Money(Decimal("60.00"), "EUR"), 90, 24)


@pytest.mark.parametrize(
    ("wanted", "stands", "result"),
    [
        ({}, {}, {}),
        ({"name": "Visit"}, {}, {"name": "Visit"}),
        ({}, {"name": "Visit"}, {"name": "Visit"}),
        (
            {"buffer_minutes": 5},
            {"name": "Visit"},
            {"name": "Visit", "buffer_minutes": 5},
        ),
        ({"name": "Visit"}, {"name": "Visit"}, {"name": "Visit"}),
        ({"rooms": (3,)}, {"rooms": None}, {"rooms": (3,)}),
    ],
)
def test_what_others_changed_stays(wanted, stands, result):
    asked, now = replace(VISIT, **wanted), replace(VISIT, **stands)
    assert merged(VISIT, asked, now) == replace(VISIT, **result)


def test_a_field_that_two_have_changed_is_named():
    with pytest.raises(Stale) as stale:
        merged(VISIT, replace(VISIT, name="A"), replace(VISIT, name="B"))
    assert stale.value.field == "name"


def test_a_draft_of_a_service_says_all_of_it():
    assert ServiceDraft.of(SERVICE) == VISIT


@pytest.mark.parametrize(
    ("services", "found"),
    [
        ((), None),
        ((SERVICE,), 1),
        ((replace(SERVICE, provider_id=8),), None),
        ((replace(SERVICE, name="Visit"),), None),
        ((replace(SERVICE, is_active=False), replace(SERVICE, service_id=2)), 2),
        ((replace(SERVICE, is_active=False),), 1),
    ],
)
def test_a_namesake_is_of_the_same_provider_and_offered_first(services, found):
    known = namesake("Check-up", 7, services)
    assert (known and known.service_id) == found


@pytest.mark.parametrize(
    ("there", "does"),
    [
        (None, Copying.ADD),
        (SERVICE, Copying.SAME),
        (replace(SERVICE, duration_minutes=45), Copying.UPDATE),
        (replace(SERVICE, is_active=False), Copying.UPDATE),
    ],
)
def test_copying_says_what_it_would_do(there, does):
    assert copying(VISIT, there) is does


@pytest.mark.parametrize("used", range(2 * len(PALETTE)))
def test_the_next_colour_is_one_that_fewest_have(used):
    taken = [*PALETTE, *PALETTE][:used]
    assert next_colour(taken) == PALETTE[used % len(PALETTE)]
