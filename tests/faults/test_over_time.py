"""Reminders while desks are off at night, at weekends, for a week: none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Status
from tests.carrying import Carrying
from tests.faults.over_time import DAY, MONDAY, Desks, Simulation, faults, missed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
FEW, MANY = 60, 400
EVERY_DAY = Desks(frozenset(range(7)))
WORKDAYS = Desks(frozenset(range(5)))
A_WEEK_OFF = Desks(
    frozenset(range(5)), frozenset(MONDAY + number * DAY for number in range(7, 14))
)


@pytest.fixture
def house(database_url: str) -> Iterator[Carrying]:
    """A practice whose messages leave by the worker's own login."""
    house = Carrying(database_url)
    yield house
    house.close()


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """How many visits there are."""
    return MANY if request.config.getoption("--faults-full") else FEW


@pytest.mark.parametrize(
    ("desks", "is_brought_forward"),
    [(EVERY_DAY, False), (WORKDAYS, False), (WORKDAYS, True), (A_WEEK_OFF, True)],
    ids=["nights", "weekends", "weekends, brought forward", "a week"],
)
def test_no_reminder_is_lost_without_a_reason(
    house: Carrying, desks: Desks, count: int, is_brought_forward: bool
) -> None:
    simulation = Simulation(house, is_brought_forward)
    simulation.begin(count, desks)
    simulation.live(desks)
    print(  # noqa: T201 - shown by -rP
        f"{len(simulation.visits)} visits, {len(simulation.reminded)} reminders left,"
        f" {simulation.swept} brought forward, not sent: {missed(simulation)}"
    )
    found = faults(simulation)
    assert found == []
    assert len(simulation.reminded) > count / 3
    assert bool(simulation.swept) is is_brought_forward


def test_the_oracle_misses_what_is_gone(house: Carrying) -> None:
    simulation = Simulation(house)
    simulation.begin(8, EVERY_DAY)
    number = min(simulation.visits)
    house.rows(
        "DELETE FROM outbox WHERE appointment_id = :id AND kind = 'reminder_48h'",
        id=number,
    )
    simulation.live(EVERY_DAY)
    gone = [fault for fault in faults(simulation) if f" {number} " in fault]
    stands = simulation.standing(number).status is Status.CONFIRMED
    assert bool(gone) is (stands and simulation.standing(number).version == 1)
