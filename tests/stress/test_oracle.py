"""Is the oracle awake? What is broken on purpose must be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from desk_app.services.recheck import Recheck
from tests.factories import rows
from tests.stress.desks import make_arena, open_desks, run_desks, ten_seconds
from tests.stress.oracle import faults, look
from tests.stress.proxy import Faults, LossyProxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from tests.stress.desks import Arena, Desk

T = TypeVar("T")

pytestmark = pytest.mark.slow
ROUND, ROUNDS = 1.0, 15
FEW = 8


class OneTry:
    """Sessions of a desk that gives up a transaction at the first trouble."""

    def __init__(self, sessions: Sessions) -> None:
        self.begin = sessions.begin
        self.close = sessions.close

    def run(self, work: Callable[[Session], T], *, deadline: float | None = None) -> T:
        """Run `work` once."""
        with self.begin(deadline=deadline) as session:
            return work(session)


def one_try(url: str) -> OneTry:
    """Open Sessions that never try again by themselves."""
    return OneTry(ten_seconds(url))


def no_guard(recheck: Recheck, now: datetime) -> None:
    """Let every start pass."""


@pytest.fixture
def direct(database_url: str) -> Iterator[Sessions]:
    """Sessions on the server itself."""
    sessions = ten_seconds(database_url)
    yield sessions
    sessions.close()


@pytest.fixture
def arena(direct: Sessions) -> Arena:
    """One provider for all desks."""
    return make_arena(direct, 1)


def found(desks: Sequence[Desk], direct: Sessions, kind: str) -> bool:
    """Let the desks work until the oracle finds a fault of this kind, or give up."""
    for _ in range(ROUNDS):
        journal = run_desks(desks, ROUND)
        if any(fault.startswith(kind) for fault in faults(journal, look(direct), 1)):
            return True
    return False


def test_a_new_key_for_each_try_is_found(
    database_url: str, direct: Sessions, arena: Arena
) -> None:
    with (
        LossyProxy(database_url, Faults(answers=0.05)) as proxy,
        open_desks(proxy.url, 6, arena, one_try, new_key_on_retry=True) as desks,
    ):
        assert found(desks, direct, "ghost")


def test_the_same_key_for_each_try_is_fine(
    database_url: str, direct: Sessions, arena: Arena
) -> None:
    with (
        LossyProxy(database_url, Faults(answers=0.05)) as proxy,
        open_desks(proxy.url, 6, arena, one_try) as desks,
    ):
        journal = run_desks(desks, ROUND)
    assert journal.tries_of_undecided
    assert faults(journal, look(direct), 1) == []


def test_a_desk_without_any_guard_is_found(
    database_url: str,
    direct: Sessions,
    arena: Arena,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows(direct, "ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap")
    monkeypatch.setattr(Recheck, "demand", no_guard)
    with open_desks(database_url, 4, arena) as desks:
        assert found(desks, direct, "overlap")


@pytest.mark.parametrize(
    ("sabotage", "kind"),
    [
        ("DELETE FROM appointment", "lost"),
        ("DELETE FROM outbox", "outbox"),
        ("UPDATE outbox SET payload = payload || '{\"version\": 9}'", "outbox"),
        ("DELETE FROM idempotency_key", "key"),
        ("UPDATE schedule_day SET version = version + 1", "days"),
        ("UPDATE appointment SET version = version + 1", "chain"),
        ("INSERT INTO client (name) VALUES ('Nobody')", "clients"),
    ],
)
def test_what_happens_behind_the_desks_is_found(
    database_url: str, direct: Sessions, arena: Arena, sabotage: str, kind: str
) -> None:
    with open_desks(database_url, 2, arena) as desks:
        journal = run_desks(desks, 0.3)
        while len(journal.told) < FEW:
            run_desks(desks, 0.1)
    assert faults(journal, look(direct), 1) == []
    rows(direct, sabotage)
    assert any(fault.startswith(kind) for fault in faults(journal, look(direct), 1))
