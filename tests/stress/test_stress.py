"""Desks under faults: nothing is booked twice, lost, or done behind anybody's back.

`pytest tests/stress --stress-seconds 60` runs it longer, `-rP` shows the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import rows
from tests.stress.desks import (
    make_arena,
    open_desks,
    run_desks,
    ten_seconds,
    terminator,
)
from tests.stress.oracle import faults, look
from tests.stress.proxy import Faults, LossyProxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

pytestmark = pytest.mark.slow
DESKS = 16
LOSSY = Faults(answers=0.004, requests=0.004, halves=0.002)


@pytest.fixture
def direct(database_url: str) -> Iterator[Sessions]:
    """Sessions on the server itself, past the proxy."""
    sessions = ten_seconds(database_url)
    yield sessions
    sessions.close()


@pytest.fixture
def seconds(request: pytest.FixtureRequest) -> float:
    """How long the stress lasts."""
    return float(request.config.getoption("--stress-seconds"))


@pytest.mark.parametrize("providers", [1, 2])
def test_desks_under_faults_agree_with_the_database(
    direct: Sessions, database_url: str, seconds: float, providers: int
) -> None:
    arena = make_arena(direct, providers)
    (clients,) = rows(direct, "SELECT count(*) FROM client")[0]
    with (
        LossyProxy(database_url, LOSSY) as proxy,
        terminator(database_url, 0.04) as ending,
        open_desks(proxy.url, DESKS, arena) as desks,
    ):
        journal = run_desks(desks, seconds / 2)
    world = look(direct)
    print(  # noqa: T201 - shown by -rP
        f"{len(journal.told)} changes, {journal.refused} refused,"
        f" {journal.tries_of_undecided} asked again by hand, {ending.ended} backends"
        f" ended, lost: {dict(proxy.lost)}, {len(world.appointments)} appointments"
    )
    assert journal.told
    assert faults(journal, world, clients) == []


def test_desks_without_faults_agree_with_the_database(
    direct: Sessions, database_url: str, seconds: float
) -> None:
    arena = make_arena(direct, 2)
    (clients,) = rows(direct, "SELECT count(*) FROM client")[0]
    with open_desks(database_url, 2 * DESKS, arena) as desks:
        journal = run_desks(desks, seconds / 4)
    print(f"{len(journal.told)} changes, {journal.refused} refused")  # noqa: T201
    assert faults(journal, look(direct), clients) == []
