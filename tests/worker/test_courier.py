"""The courier on a real server: what becomes of jobs, and that it always stops."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.session import open_sessions
from desk_app.domain.queue import Settled, State
from desk_app.domain.retry import MOST_ATTEMPTS
from desk_app.errors import (
    LeaseLost,
    NotAllowed,
    Rejected,
    Transient,
    Unavailable,
    Unsure,
)
from desk_app.services.queue import Queue
from desk_app.worker import courier as courier_module
from desk_app.worker.chores import Chore
from desk_app.worker.courier import Courier, done
from desk_app.worker.hands import FULL, HANDS_EACH
from desk_app.worker.reports import CourierLost, OutboxStands, Report
from tests import couriers
from tests.couriers import TASK, column, put, state
from tests.factories import rows
from tests.postgres import away, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job
    from desk_app.errors import DeskError
    from desk_app.worker.courier import Handler

MAIL, PUSH = "EMAIL", "PUSH"
# Far less than the rest between two looks.
AT_ONCE = 3.0


@dataclass
class Carrying:
    """A handler that notes what it is given, and does what it is told to."""

    act: Callable[[Job], Settled | None] = done
    begun: queue.SimpleQueue[Job] = field(default_factory=queue.SimpleQueue)

    def carry(self, job: Job) -> Settled | None:
        """Note it and act."""
        self.begun.put(job)
        return self.act(job)

    def next(self, seconds: float = 5.0) -> Job:
        """Return the job that was begun next."""
        return self.begun.get(timeout=seconds)


@dataclass
class Hanging(Carrying):
    """A handler that does not come back until it is let go."""

    let_go: threading.Event = field(default_factory=threading.Event)

    def carry(self, job: Job) -> Settled | None:
        """Note it and hang."""
        self.begun.put(job)
        self.let_go.wait(30)
        return done(job)


class Running:
    """A courier on a thread, and what it has reported."""

    def __init__(self, courier: Courier) -> None:
        self.stop = threading.Event()
        self.reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self.thread = threading.Thread(
            target=courier.run, args=(self.stop, self.reports.put)
        )
        self.thread.start()

    def next(self, kind: type[Report], seconds: float = 10.0) -> Report:
        """Return its next report of a kind."""
        while not isinstance(said := self.reports.get(timeout=seconds), kind):
            pass
        return said

    def ended_within(self) -> float:
        """Stop it; return how long that took."""
        began = time.monotonic()
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - began


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


@contextmanager
def working(
    url: str,
    handlers: Mapping[str, Handler],
    *,
    lease: float = 60.0,
    chores: Sequence[Chore] = (),
) -> Iterator[Running]:
    """Run a courier, once it hears."""
    with couriers.opened(url, lease=lease) as own:
        ear = Ear(url, channel=OUTBOX_CHANNEL)
        running = Running(Courier(own, handlers, ear, chores))
        try:
            running.next(OutboxStands)
            yield running
        finally:
            running.stop.set()
            running.thread.join(10)


def fail(error: Exception) -> Callable[[Job], Settled | None]:
    """Return what raises this for every job."""

    def act(job: Job) -> Settled | None:
        raise error

    return act


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


def test_a_server_that_is_away_is_waited_for(
    owner: Sessions, database_url: str, worker_url: str
) -> None:
    handler = Carrying()
    with working(worker_url, {TASK: handler}) as running:
        with away(database_url):
            running.next(CourierLost)
        number = put_when_back(owner)
        assert handler.next(15).outbox_id == number
        wait_until(lambda: state(owner, number)[0] == "DONE")


def put_when_back(owner: Sessions) -> int:
    """Put a task into the outbox of a server that has just come back."""
    numbers: list[int] = []

    def is_put() -> bool:
        try:
            numbers.append(put(owner))
        except Exception:  # noqa: BLE001 - connections of before
            return False
        return True

    wait_until(is_put)
    return numbers[0]


def test_what_was_done_while_the_server_was_away_is_written_down_then(
    owner: Sessions, database_url: str, worker_url: str
) -> None:
    slow = Hanging()
    number = put(owner, channel=MAIL)
    with working(worker_url, {MAIL: slow}) as running:
        slow.next()
        with away(database_url):
            slow.let_go.set()
            running.next(CourierLost)
        put_when_back(owner)
        wait_until(lambda: state(owner, number)[0] == "DONE")
    assert column(owner, number, "attempts") == 1


def test_a_trouble_is_said_once(worker_url: str) -> None:
    with open_failing(worker_url, Unavailable) as own:
        running = Running(Courier(own, {}, Ear(worker_url, channel=OUTBOX_CHANNEL)))
        running.next(CourierLost)
        with pytest.raises(queue.Empty):
            running.next(CourierLost, 2)
        running.ended_within()


def test_a_login_that_is_refused_ends_it(worker_url: str) -> None:
    ear = Ear(worker_url, channel=OUTBOX_CHANNEL)
    chore = Chore("counting", 3600, lambda: None)
    with open_failing(worker_url, NotAllowed) as own, pytest.raises(NotAllowed):
        Courier(own, {}, ear, [chore]).run(threading.Event(), lambda _: None)
    wait_until(lambda: "courier's chores" not in map(_name, threading.enumerate()))


def _name(thread: threading.Thread) -> str:
    return thread.name


@contextmanager
def open_failing(url: str, error: type[DeskError]) -> Iterator[Queue]:
    """Give a queue whose database says always the same."""

    class Failing(Queue):
        def take_back(self) -> int:
            raise error

    sessions = open_sessions(url)
    try:
        yield Failing(sessions)
    finally:
        sessions.close()


def test_who_stops_gives_back_what_was_not_begun(
    owner: Sessions, worker_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "LAST_MOMENTS", 0.3)
    slow = Hanging()
    numbers = [put(owner) for _ in range(10)]
    with working(worker_url, {TASK: slow}) as running:
        begun = {slow.next().outbox_id for _ in range(HANDS_EACH)}
        assert running.ended_within() < AT_ONCE
    slow.let_go.set()
    for number in numbers:
        expected = ("SENDING", 1) if number in begun else ("WAITING", 0)
        found = state(owner, number)[0], column(owner, number, "attempts")
        assert found == expected


def test_what_ends_in_the_last_moments_is_written_down(
    owner: Sessions, worker_url: str
) -> None:
    slow = Hanging()
    number = put(owner)
    with working(worker_url, {TASK: slow}) as running:
        slow.next()
        running.stop.set()
        slow.let_go.set()
        running.thread.join(5)
    assert state(owner, number)[0] == "DONE"


def test_it_can_be_run_again(owner: Sessions, worker_url: str) -> None:
    handler = Carrying()
    with couriers.opened(worker_url) as own:
        courier = Courier(own, {TASK: handler}, Ear(worker_url, channel=OUTBOX_CHANNEL))
        for _ in range(2):
            running = Running(courier)
            number = put(owner)
            assert handler.next().outbox_id == number
            assert running.ended_within() < AT_ONCE


def test_chores_are_done_now_and_then(worker_url: str) -> None:
    did = [threading.Semaphore(0), threading.Semaphore(0)]
    chores = [
        Chore("often", 0.02, did[0].release),
        Chore("seldom", 1000, did[1].release),
    ]
    with working(worker_url, {}, chores=chores):
        for _ in range(5):
            assert did[0].acquire(timeout=5)
    assert did[1].acquire(blocking=False)
    assert not did[1].acquire(blocking=False)


def test_a_chore_that_takes_its_time_keeps_nothing_waiting(
    owner: Sessions, worker_url: str
) -> None:
    handler, enough = Carrying(), threading.Event()
    chores = [Chore("long", 1000, lambda: enough.wait(30))]
    with working(worker_url, {TASK: handler}, chores=chores) as running:
        number = put(owner)
        assert handler.next(AT_ONCE).outbox_id == number
        assert running.ended_within() < AT_ONCE
        enough.set()


@pytest.mark.parametrize("error", [NotAllowed(), ZeroDivisionError()])
def test_a_chore_that_fails_stops_nothing(
    owner: Sessions, worker_url: str, error: Exception
) -> None:
    def do() -> None:
        raise error

    handler = Carrying()
    with working(worker_url, {TASK: handler}, chores=[Chore("bad", 0.0, do)]) as run:
        put(owner)
        handler.next()
        run.ended_within()
        said = [run.reports.get() for _ in range(run.reports.qsize())]
    assert CourierLost() not in said


def test_how_the_outbox_stands_is_reported(owner: Sessions, worker_url: str) -> None:
    put(owner, kind="fax", after=500), put(owner, state="DEAD")
    with couriers.opened(worker_url) as own:
        running = Running(Courier(own, {}, Ear(worker_url, channel=OUTBOX_CHANNEL)))
        said = running.next(OutboxStands)
        running.ended_within()
    assert isinstance(said, OutboxStands)
    assert (said.backlog.waiting, said.backlog.trouble[State.DEAD]) == (1, 1)
