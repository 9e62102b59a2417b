"""The courier on a real server: what becomes of jobs, and that it always stops."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from desk_app.db.session import open_sessions
from desk_app.domain.retry import MOST_ATTEMPTS
from desk_app.errors import (
    LeaseLost,
    Rejected,
    Transient,
    Unsure,
)
from desk_app.worker import courier as courier_module
from desk_app.worker.courier import done
from desk_app.worker.hands import FULL, HANDS_EACH
from tests import couriers
from tests.couriers import TASK, column, put, state
from tests.factories import rows
from tests.postgres import wait_until
from tests.worker.running import AT_ONCE, Carrying, Hanging, fail, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job, Settled

MAIL, PUSH = "EMAIL", "PUSH"


@pytest.fixture
def owner(database_url: str) -> Iterator[Sessions]:
    """The server's administrator."""
    sessions = open_sessions(database_url)
    yield sessions
    sessions.close()


@pytest.fixture
def worker_url(database_url: str) -> str:
    """Where the worker signs in."""
    return couriers.worker_url(database_url)


def test_it_wakes_up_for_what_is_new(owner: Sessions, worker_url: str) -> None:
    handler = Carrying()
    with working(worker_url, {TASK: handler}):
        number = put(owner)
        assert handler.next(AT_ONCE).outbox_id == number
        wait_until(lambda: state(owner, number) == ("DONE", "sent"))


def test_what_is_there_already_is_done_first(owner: Sessions, worker_url: str) -> None:
    handler = Carrying()
    numbers = [put(owner, after=-60 + each) for each in range(40)]
    with working(worker_url, {TASK: handler}):
        found = [handler.next().outbox_id for _ in numbers]
    assert sorted(found) == numbers
    assert found[0] in numbers[:HANDS_EACH]


def test_what_is_due_later_is_done_then(owner: Sessions, worker_url: str) -> None:
    handler = Carrying()
    with working(worker_url, {TASK: handler}):
        number = put(owner, after=1.0)
        assert handler.begun.empty()
        assert handler.next(AT_ONCE).outbox_id == number


def test_what_failed_is_tried_again_when_its_pause_is_over(
    owner: Sessions, worker_url: str
) -> None:
    handler = Carrying(fail(Transient()))
    put(owner)
    with working(worker_url, {TASK: handler}):
        handler.next()
        assert handler.next(6).attempts == 2


def test_a_handler_may_settle_by_itself(owner: Sessions, worker_url: str) -> None:
    handler = Carrying(lambda _: None)
    with working(worker_url, {TASK: handler}) as running:
        number = put(owner)
        handler.next()
        assert running.ended_within() < AT_ONCE
    assert state(owner, number)[0] == "SENDING"


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (Rejected(), ("DEAD", "refused")),
        (Unsure(), ("UNSURE", "answer_lost")),
        (Transient(after=60.0), ("WAITING", "gave_up")),
        (ZeroDivisionError(), ("WAITING", "broken")),
        (LeaseLost(), ("SENDING", "")),
    ],
)
def test_each_failure_has_its_end(
    owner: Sessions, worker_url: str, error: Exception, ending: tuple[str, str]
) -> None:
    handler = Carrying(fail(error))
    number = put(owner, channel=MAIL)
    with working(worker_url, {MAIL: handler}) as running:
        handler.next()
        running.ended_within()
    assert state(owner, number) == ending


def test_poison_ends_and_the_rest_goes_on(owner: Sessions, worker_url: str) -> None:
    bad = put(owner, after=-60, attempts=MOST_ATTEMPTS - 1)
    good = [put(owner) for _ in range(30)]
    handler = Carrying(lambda job: 1 / 0 if job.outbox_id == bad else done(job))  # type: ignore[return-value]
    with working(worker_url, {TASK: handler}):
        wait_until(lambda: all(state(owner, each)[0] == "DONE" for each in good))
        wait_until(lambda: state(owner, bad) == ("DEAD", "broken"))
    assert column(owner, bad, "last_error") == "ZeroDivisionError"


def test_an_unknown_kind_waits_and_costs_nothing(
    owner: Sessions, worker_url: str
) -> None:
    handler = Carrying()
    unknown = put(owner, kind="fax", after=-60)
    with working(worker_url, {TASK: handler}):
        put(owner)
        handler.next()
    assert state(owner, unknown)[0] == "WAITING"
    assert column(owner, unknown, "attempts") == 0


def test_a_channel_that_hangs_stops_no_other(owner: Sessions, worker_url: str) -> None:
    slow, quick = Hanging(), Carrying()
    stuck = [put(owner, channel=MAIL, after=-60) for _ in range(3 * FULL)]
    with working(worker_url, {MAIL: slow, PUSH: quick, TASK: quick}):
        for _ in range(HANDS_EACH):
            slow.next()
        fine = [put(owner, channel=PUSH) for _ in range(2 * FULL)]
        wait_until(lambda: all(state(owner, each)[0] == "DONE" for each in fine))
        assert slow.begun.empty()
        slow.let_go.set()
        wait_until(lambda: all(state(owner, each)[0] == "DONE" for each in stuck))


def test_one_worker_leaves_work_for_another(owner: Sessions, worker_url: str) -> None:
    slow, other = Hanging(), Carrying()
    with working(worker_url, {MAIL: slow}):
        numbers = [put(owner, channel=MAIL) for _ in range(60)]
        slow.next()
        with working(worker_url, {MAIL: other}):
            helped = {other.next().outbox_id for _ in range(12)}
        slow.let_go.set()
        wait_until(lambda: all(state(owner, each)[0] == "DONE" for each in numbers))
    assert len(helped) == 12


def test_what_no_hand_begins_is_left_to_others(
    owner: Sessions, worker_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(courier_module, "LONGEST_REST", 0.2)
    slow = Hanging()
    numbers = [put(owner, channel=MAIL, after=-60) for _ in range(6)]
    with working(worker_url, {MAIL: slow}, lease=2.0):
        begun = {slow.next().outbox_id for _ in range(HANDS_EACH)}
        left = next(each for each in numbers if each not in begun)
        wait_until(lambda: column(owner, left, "attempts") == 0)
        slow.let_go.set()
        wait_until(lambda: all(state(owner, each)[0] == "DONE" for each in numbers))
    assert column(owner, left, "attempts") == 1


def test_a_lease_lasts_as_long_as_the_work(owner: Sessions, worker_url: str) -> None:
    slow = Hanging()
    number = put(owner)
    with working(worker_url, {TASK: slow}, lease=0.8), couriers.opened(worker_url) as q:
        slow.next()
        until = time.monotonic() + 2
        while time.monotonic() < until:
            assert q.take_back() == 0
        slow.let_go.set()
        wait_until(lambda: state(owner, number)[0] == "DONE")
    assert column(owner, number, "attempts") == 1


def test_what_hangs_too_long_is_tried_by_others(
    owner: Sessions, worker_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "LONGEST_JOB", 0.1)
    slow = Hanging()
    number = put(owner)
    with working(worker_url, {TASK: slow}, lease=0.8):
        slow.next()
        wait_until(lambda: state(owner, number)[0] == "WAITING")
        slow.let_go.set()


def test_a_task_that_came_late_is_done_once_more(
    owner: Sessions, worker_url: str
) -> None:
    slow = Hanging()
    number = put(owner)
    with working(worker_url, {TASK: slow}):
        slow.next()
        rows(owner, "UPDATE outbox SET lease_token = gen_random_uuid()")
        slow.let_go.set()
        again = slow.next()
    assert (again.kind, again.outbox_id > number) == (TASK, True)


def test_a_delivery_that_came_late_is_not(owner: Sessions, worker_url: str) -> None:
    slow = Hanging()
    put(owner, channel=MAIL)
    with working(worker_url, {MAIL: slow}) as running:
        slow.next()
        rows(owner, "UPDATE outbox SET lease_token = gen_random_uuid()")
        slow.let_go.set()
        running.ended_within()
    assert rows(owner, "SELECT count(*) FROM outbox") == [(1,)]


def test_what_failed_unforeseen_after_the_edge_is_not_sent_again(
    owner: Sessions, worker_url: str
) -> None:
    number = put(owner, channel=MAIL)
    with couriers.opened(worker_url) as own:

        def act(job: Job) -> Settled | None:
            own.hand_over(job)
            raise OSError

        handler = Carrying(act)
        with working(worker_url, {MAIL: handler}):
            wait_until(lambda: state(owner, number)[0] == "UNSURE")
