"""Is the oracle awake? What is broken on purpose must be found."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from desk_app.db.session import open_sessions
from desk_app.domain.messages import Channel, Message
from desk_app.errors import LeaseLost
from desk_app.messages.memory import Memory
from desk_app.services.queue import Queue
from tests import couriers
from tests.factories import rows
from tests.faults import broken
from tests.faults.far_side import NICE, Manners
from tests.faults.machines import Trouble
from tests.faults.oracle import Event, Row, Visit, World, faults
from tests.faults.runs import Plan, ground
from tests.postgres import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.certificates import Authority
    from tests.faults.runs import Ground

ROUNDS = 8
CALM = Trouble(0, 0, 0)
SLOW = Manners(0, 0, 0.6)
STUCK = Manners(0, 0, 9)
FORGETFUL = Manners(0.3, 0, 0)
# What is broken, under which trouble it shows, and as what.
BROKEN = [
    (Plan(12, 2.0, CALM, FORGETFUL, broken.AT_LEAST_ONCE), "twice"),
    (Plan(12, 2.0, CALM, SLOW, broken.NO_VERSION), "gone"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "kind"), BROKEN, ids=[p.broken for p, _ in BROKEN])
def test_what_is_broken_is_found(
    database_url: str, authority: Authority, plan: Plan, kind: str
) -> None:
    worker_url = couriers.worker_url(database_url)
    with ground(database_url, worker_url, authority, plan) as practice:
        found = (faults(practice.run(plan)) for _ in range(ROUNDS))
        assert any(each.startswith(kind) for some in found for each in some)


@pytest.mark.parametrize(("kind", "letters"), [(Queue, 1), (broken.NoFence, 2)])
def test_only_a_fence_stops_whoever_slept_past_the_lease(
    database_url: str, kind: type[Queue], letters: int
) -> None:
    memory, letter = Memory(), Message(Channel.EMAIL, "anna@example.org", "Visit", "…")
    with (
        closing(open_sessions(database_url)) as owner,
        closing(open_sessions(couriers.worker_url(database_url))) as own,
    ):
        couriers.put(owner, channel=Channel.EMAIL.value)
        sleeper, other = kind(own), kind(own)
        (mine,) = sleeper.claim(1, None)
        couriers.forget(owner, mine.outbox_id)
        other.take_back()
        couriers.change(owner, mine.outbox_id, "run_at = now() - interval '1 minute'")
        (theirs,) = other.claim(1, None)
        for queue, job in ((other, theirs), (sleeper, mine)):
            with suppress(LeaseLost):
                memory.send(letter, partial(queue.hand_over, job))
    assert len(memory.kept) == letters


@pytest.mark.slow
@pytest.mark.parametrize("what", ["", broken.DESK_CLOCK])
def test_of_a_lost_machine_only_leases_by_the_servers_clock_run_out(
    database_url: str, authority: Authority, what: str
) -> None:
    plan = Plan(16, 0.5, CALM, STUCK, what)
    worker_url = couriers.worker_url(database_url)
    with ground(database_url, worker_url, authority, plan) as practice:
        practice.work(plan)
        wait_until(lambda: taken_up(practice) > len(practice.fleet.workers))
        practice.fleet.lose(practice.fleet.machines[0])
        practice.far.calendars.manners = practice.far.mail.manners = NICE
        world = practice.at_rest(12 if what else 60)
    assert any(each.startswith("stuck") for each in faults(world)) is bool(what)


def taken_up(practice: Ground) -> int:
    """Return how many rows are being worked on."""
    query = "SELECT count(*) FROM outbox WHERE state = 'SENDING'"
    number: int = rows(practice.practice.sessions, query)[0][0]
    return number


NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=1)
TOLD = {"provider_id": 1, "start": round(NOW.timestamp())}
PUSH = Row(1, "calendar_push", "DONE", "", {}, "sent", 1)
LETTER = Row(1, "confirmation", "DONE", "EMAIL", TOLD, "sent", 1)
REFUSED = Row(3, "confirmation", "DEAD", "EMAIL", TOLD, "refused", 1)


def good() -> World:
    """Return a world of one visit that stands, one that was cancelled, and poison."""
    visits = (
        Visit(1, 1, NOW, "CONFIRMED"),
        Visit(2, 1, NOW, "CANCELLED"),
        Visit(3, 1, NOW, "CONFIRMED"),
    )
    return World(
        {visit.appointment_id: visit for visit in visits},
        [PUSH, LETTER, REFUSED],
        [Event(1, 1, NOW)],
        Counter(["<confirmation.1.1.CLIENT@x>"]),
        {3},
    )


def test_in_a_good_world_there_is_nothing_to_find() -> None:
    assert faults(good()) == []


UNSURE = replace(LETTER, state="UNSURE")
SABOTAGE: list[tuple[str, Callable[[World], object]]] = [
    ("missing", lambda world: world.events.clear()),
    ("duplicate", lambda world: world.events.append(Event(1, 1, NOW))),
    ("duplicate", lambda world: world.events.append(Event(9, 1, NOW))),
    ("stale", lambda world: world.events.insert(0, Event(1, 1, LATER))),
    ("gone", lambda world: world.events.append(Event(2, 1, NOW))),
    ("gone", lambda world: world.events.append(Event(1, 2, NOW))),
    ("twice", lambda world: world.letters.update(world.letters)),
    ("twice", lambda world: world.letters.update(["<confirmation.1.2.CLIENT@x>"])),
    ("twice", lambda world: world.letters.update(["<reminder_1h.3.1.CLIENT@x>"])),
    ("lost", lambda world: world.letters.clear()),
    ("untold", lambda world: world.rows.remove(LETTER)),
    ("untold", lambda world: world.rows.append(replace(LETTER, appointment_id=2))),
    ("poison", lambda world: world.rows.remove(REFUSED)),
    ("dead", lambda world: world.rows.append(replace(PUSH, state="DEAD"))),
    ("stuck", lambda world: world.rows.append(replace(PUSH, state="SENDING"))),
]


@pytest.mark.parametrize(("kind", "sabotage"), SABOTAGE)
def test_what_is_wrong_is_called_by_its_name(
    kind: str, sabotage: Callable[[World], object]
) -> None:
    world = good()
    sabotage(world)
    assert any(each.startswith(kind) for each in faults(world))


def test_what_nobody_knows_may_have_arrived_or_not() -> None:
    world = good()
    world.rows[1] = UNSURE
    assert faults(world) == []
    world.letters.clear()
    assert faults(world) == []
