"""What else changes when an appointment is moved, as a table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desk_app.domain.moving import Difference, differences
from desk_app.domain.people import Money
from tests.ui.grid.days import service, visit

THERE = replace(service(2), service_id=20)
DEARER = Money(Decimal(90), "EUR")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ()),
        ({"price": DEARER}, (Difference.PRICE,)),
        ({"duration_minutes": 45}, (Difference.LENGTH,)),
        ({"is_virtual": True}, (Difference.PLACE,)),
        (
            {"price": DEARER, "duration_minutes": 45, "is_virtual": True},
            (Difference.PRICE, Difference.LENGTH, Difference.PLACE),
        ),
        ({"buffer_minutes": 15, "max_advance_days": 3}, ()),
    ],
)
def test_what_differs_is_to_be_decided(
    wanted: dict[str, object], found: tuple[Difference, ...]
) -> None:
    there = replace(THERE, **wanted)  # type: ignore[arg-type]
    assert differences(visit("10:00"), there) == found


def test_a_length_of_its_own_is_kept_and_so_no_question() -> None:
    longer = visit("10:00", 50, service_minutes=30)
    assert differences(longer, THERE) == ()


def test_the_price_of_the_own_service_may_have_risen_meanwhile() -> None:
    own = replace(service(1), price=DEARER)
    assert differences(visit("10:00"), own) == ()
