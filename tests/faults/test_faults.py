"""Workers that die and freeze, a far side that is unreliable: nothing is forgotten,
nothing is sent twice, and what nobody can know is listed.

`pytest tests/faults --faults-full` runs it as long as a bad day, `-rP` shows figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import couriers
from tests.faults.machines import Trouble
from tests.faults.oracle import faults
from tests.faults.runs import LEASE, Plan, ground

if TYPE_CHECKING:
    from tests.certificates import Authority

pytestmark = pytest.mark.slow
FROZEN_FOR = 1.5 * LEASE
SHORT = Plan(30, 7.0, Trouble(8, 2, FROZEN_FOR))
FULL = Plan(300, 110.0, Trouble(84, 18, FROZEN_FOR))


@pytest.fixture
def plan(request: pytest.FixtureRequest) -> Plan:
    """How long it lasts, and how bad it gets."""
    return FULL if request.config.getoption("--faults-full") else SHORT


def test_nothing_is_forgotten_and_nothing_is_sent_twice(
    database_url: str, authority: Authority, plan: Plan
) -> None:
    worker_url = couriers.worker_url(database_url)
    with ground(database_url, worker_url, authority, plan) as practice:
        world = practice.run(plan)
        workers, far = practice.fleet, practice.far
    print(  # noqa: T201 - shown by -rP
        f"{len(world.visits)} visits, {len(world.rows)} rows, {workers.kills} kills,"
        f" {workers.freezes} freezes, {dict(far.calendars.did + far.mail.did)},"
        f" {len(world.poisoned)} poisoned, letters: {sum(world.letters.values())},"
        f" deliveries: {world.states()}"
    )
    assert len(world.visits) == plan.visits
    assert sum(world.letters.values()) > plan.visits / 2
    assert faults(world) == []
