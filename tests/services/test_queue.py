"""The queue as workers share it, on a real server; time passes by an UPDATE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from desk_app.db.session import open_sessions
from desk_app.domain.queue import Outcome, Settled, State
from desk_app.domain.retry import MOST_ATTEMPTS
from desk_app.errors import LeaseLost
from tests import couriers, factories, postgres
from tests.couriers import TASK, change, column, forget, put, state
from tests.factories import rows
from tests.staff import at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.queue import Job
    from desk_app.services.queue import Queue
    from tests.factories import Practice

MAIL = "EMAIL"
WORDS = (TASK, MAIL)


@pytest.fixture(scope="module")
def own_url(url_of: Callable[[str], str]) -> Iterator[str]:
    """A database for these tests."""
    postgres.make_database(url_of, "queues", postgres.TEMPLATE)
    yield url_of("queues")
    postgres.drop_database(url_of, "queues")
    postgres.drop_people(url_of)


@pytest.fixture(scope="module")
def worker_url(own_url: str) -> str:
    """Where workers sign in to it."""
    return couriers.worker_url(own_url)


@pytest.fixture(scope="module")
def owner(own_url: str) -> Iterator[Sessions]:
    """The server's administrator, who may do all that time does."""
    sessions = open_sessions(own_url)
    yield sessions
    sessions.close()


@pytest.fixture(scope="module")
def practice(owner: Sessions) -> Practice:
    """Dr Weber and Anna."""
    return factories.open_practice(owner)


@pytest.fixture
def empty(owner: Sessions) -> Sessions:
    """The same, once nothing is left of the test before."""
    rows(owner, "TRUNCATE outbox, appointment CASCADE")
    return owner


@pytest.fixture(scope="module")
def workers(worker_url: str) -> Iterator[tuple[Queue, Queue]]:
    """Two workers."""
    with couriers.opened(worker_url) as one, couriers.opened(worker_url) as other:
        yield one, other


@pytest.fixture
def queue(workers: tuple[Queue, Queue], empty: Sessions) -> Queue:
    """The queue of a worker, with nothing in it."""
    assert empty
    return workers[0]


@pytest.fixture
def other(workers: tuple[Queue, Queue]) -> Queue:
    """The queue of another one."""
    return workers[1]


def claimed(queue: Queue, owner: Sessions, **given: Any) -> Job:
    """Put a row into the outbox and claim it."""
    put(owner, **given)
    (job,) = queue.claim(9, WORDS)
    return job


def ended(job: Job, ending: State = State.DONE, **more: Any) -> Settled:
    """Return how a job ended."""
    return Settled(job.outbox_id, job.token, ending, Outcome.SENT, **more)


def test_the_oldest_is_claimed_first(queue: Queue, owner: Sessions) -> None:
    late, early, later = (put(owner, after=after) for after in (-5, -60, 60))
    assert [job.outbox_id for job in queue.claim(9, WORDS)] == [early, late]
    assert state(owner, later) == ("WAITING", "")


def test_no_more_is_claimed_than_was_asked_for(queue: Queue, owner: Sessions) -> None:
    for _ in range(5):
        put(owner)
    assert len(queue.claim(2, WORDS)) == 2
    assert len(queue.claim(9, WORDS)) == 3


def test_a_job_says_what_it_is(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner, kind="confirmation", channel=MAIL)
    assert (job.kind, job.recipient, job.channel) == ("confirmation", "CLIENT", MAIL)
    assert (job.word, job.attempts, job.payload) == (MAIL, 1, {})


def test_what_nobody_here_can_do_is_left_for_others(
    queue: Queue, owner: Sessions
) -> None:
    number = put(owner, kind="fax")
    assert queue.claim(9, WORDS) == ()
    assert queue.next_due(WORDS) is None
    assert [job.outbox_id for job in queue.claim(9)] == [number]


def test_what_one_has_claimed_another_cannot(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    claimed(queue, owner)
    other.take_back()
    assert other.claim(9, WORDS) == ()


def test_what_somebody_holds_locked_is_passed_over(
    queue: Queue, owner: Sessions
) -> None:
    locked, free = put(owner), put(owner)
    with owner.begin() as session:
        session.connection().exec_driver_sql(
            f"SELECT 1 FROM outbox WHERE outbox_id = {locked} FOR UPDATE"
        )
        assert [job.outbox_id for job in queue.claim(9, WORDS)] == [free]


def test_two_workers_share_what_is_due(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    numbers = {put(owner) for _ in range(40)}
    works = [lambda q=q: q.claim(7, WORDS) for q in (queue, other)] * 3
    found = [job.outbox_id for jobs in at_once(*works) for job in jobs]  # type: ignore[attr-defined]
    assert len(found) == len(set(found)) == 40
    assert set(found) == numbers


def test_the_lease_is_by_the_servers_clock(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner)
    left = column(
        owner, job.outbox_id, "extract(epoch FROM leased_until - now())::float"
    )
    assert queue.lease - 5 < left <= queue.lease


def test_a_lease_that_ran_out_is_taken_back(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner)
    assert other.take_back() == 0
    forget(owner, job.outbox_id)
    assert other.take_back() == 1
    assert state(owner, job.outbox_id) == ("WAITING", "")
    change(owner, job.outbox_id, "run_at = now()")
    (again,) = other.claim(9, WORDS)
    assert again.attempts == 2
    assert again.token != job.token


def test_a_lease_from_before_the_clock_was_put_back_is_taken_back(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner)
    change(owner, job.outbox_id, "leased_until = now() + interval '1 hour'")
    assert other.take_back() == 1
    assert state(owner, job.outbox_id)[0] == "WAITING"


def test_what_may_have_left_is_not_sent_again(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.hand_over(job)
    forget(owner, job.outbox_id)
    other.take_back()
    assert state(owner, job.outbox_id) == ("UNSURE", "answer_lost")
    assert other.claim(9, WORDS) == ()


def test_what_workers_die_of_is_dead_at_last(queue: Queue, owner: Sessions) -> None:
    number = put(owner)
    for _ in range(MOST_ATTEMPTS):
        change(owner, number, "run_at = now()")
        (job,) = queue.claim(9, WORDS)
        forget(owner, job.outbox_id)
        queue.take_back()
    assert state(owner, number) == ("DEAD", "gave_up")
    assert column(owner, number, "settled_at") is not None


def test_nothing_can_be_handed_over_after_the_lease(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    forget(owner, job.outbox_id)
    with pytest.raises(LeaseLost):
        queue.hand_over(job)
    other.take_back()
    with pytest.raises(LeaseLost):
        queue.hand_over(job)
    assert column(owner, job.outbox_id, "handed_at") is None


def test_only_whose_token_it_is_settles(
    queue: Queue, other: Queue, owner: Sessions
) -> None:
    first = claimed(queue, owner)
    forget(owner, first.outbox_id)
    other.take_back()
    change(owner, first.outbox_id, "run_at = now()")
    (second,) = other.claim(9, WORDS)
    assert queue.settle([ended(first, State.DEAD)]) == frozenset()
    assert state(owner, first.outbox_id)[0] == "SENDING"
    assert other.settle([ended(second)]) == {second.token}
    assert state(owner, first.outbox_id) == ("DONE", "sent")


def test_many_are_settled_at_once(queue: Queue, owner: Sessions) -> None:
    put(owner), put(owner)
    one, two = queue.claim(9, WORDS)
    endings = [ended(one), ended(two, State.WAITING, error="busy", again_after=90.0)]
    assert queue.settle(endings) == {one.token, two.token}
    assert state(owner, one.outbox_id)[0] == "DONE"
    seconds = column(owner, two.outbox_id, "extract(epoch FROM run_at - now())::float")
    assert 80 < seconds <= 90
    assert column(owner, two.outbox_id, "last_error") == "busy"
    assert queue.settle([]) == frozenset()


def test_a_settled_row_stays_as_it_is(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner)
    queue.settle([ended(job)])
    assert queue.settle([ended(job, State.WAITING)]) == frozenset()
    assert state(owner, job.outbox_id)[0] == "DONE"


@pytest.mark.parametrize("ending", [State.DONE, State.DEAD])
def test_who_learns_late_what_became_of_it_may_say_so(
    queue: Queue, owner: Sessions, ending: State
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.hand_over(job)
    forget(owner, job.outbox_id)
    queue.take_back()
    assert queue.settle([ended(job, ending)]) == {job.token}
    assert state(owner, job.outbox_id)[0] == ending


def test_what_a_person_has_decided_stays(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.hand_over(job)
    forget(owner, job.outbox_id)
    queue.take_back()
    change(owner, job.outbox_id, "state = 'DROPPED'")
    assert queue.settle([ended(job)]) == frozenset()
    assert state(owner, job.outbox_id)[0] == "DROPPED"


@pytest.mark.parametrize("ending", [State.WAITING, State.DEAD])
def test_who_is_not_sure_after_handing_over_says_unsure(
    queue: Queue, owner: Sessions, ending: State
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.hand_over(job)
    queue.settle([ended(job, ending, sure=False)])
    assert state(owner, job.outbox_id)[0] == "UNSURE"


def test_who_is_not_sure_before_handing_over_tries_again(
    queue: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.settle([ended(job, State.WAITING, sure=False)])
    assert state(owner, job.outbox_id)[0] == "WAITING"


def test_what_was_not_taken_can_be_handed_over_again(
    queue: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner, channel=MAIL)
    queue.hand_over(job)
    queue.settle([ended(job, State.WAITING)])
    assert column(owner, job.outbox_id, "handed_at") is None
    (again,) = queue.claim(9, WORDS)
    forget(owner, again.outbox_id)
    queue.take_back()
    assert state(owner, again.outbox_id)[0] == "WAITING"


def test_what_was_not_begun_does_not_count_as_a_try(
    queue: Queue, owner: Sessions
) -> None:
    job = claimed(queue, owner)
    queue.settle([ended(job, State.WAITING, counts=False)])
    assert queue.claim(9, WORDS)[0].attempts == 1


def test_whatever_was_said_can_be_kept(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner)
    said = "5\x00\n\ud800\u202e" + "x" * 900
    queue.settle([ended(replace(job), State.DEAD, error=said)])
    assert column(owner, job.outbox_id, "last_error") == "5    " + "x" * 495


def test_a_renewed_lease_lasts_longer(queue: Queue, owner: Sessions) -> None:
    put(owner), put(owner)
    kept, left = queue.claim(9, WORDS)
    for job in (kept, left):
        change(owner, job.outbox_id, "leased_until = now() + interval '2 seconds'")
    queue.renew([kept])
    queue.renew([])
    for job in (kept, left):
        change(owner, job.outbox_id, "leased_until = leased_until - interval '9 s'")
    assert queue.take_back() == 1
    assert state(owner, kept.outbox_id)[0] == "SENDING"


def test_a_lease_that_ran_out_is_not_renewed(queue: Queue, owner: Sessions) -> None:
    job = claimed(queue, owner)
    forget(owner, job.outbox_id)
    queue.renew([job])
    assert queue.take_back() == 1


def test_a_late_task_is_done_once_more(
    queue: Queue, owner: Sessions, practice: Practice
) -> None:
    appointment_id = visit(owner, practice)
    job = claimed(queue, owner, appointment_id=appointment_id)
    change(owner, job.outbox_id, "payload = '{\"provider_id\": 5}'")
    queue.again(job)
    queue.again(job)
    (again,) = queue.claim(9, WORDS)
    assert (again.kind, again.appointment_id) == (job.kind, appointment_id)
    assert again.payload == {"provider_id": 5}


def test_of_an_appointment_that_was_deleted_nothing_is_done_again(
    queue: Queue, owner: Sessions, practice: Practice
) -> None:
    job = claimed(queue, owner, appointment_id=visit(owner, practice))
    rows(owner, "DELETE FROM appointment")
    assert queue.settle([ended(job)]) == frozenset()
    queue.again(job)
    assert rows(owner, "SELECT count(*) FROM outbox") == [(0,)]


def visit(owner: Sessions, practice: Practice) -> int:
    """Store an appointment."""
    number: int = rows(
        owner,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (:provider, :client, :service,"
        " now() + interval '72 hours', now() + interval '73 hours', 'CONFIRMED')"
        " RETURNING appointment_id",
        provider=practice.provider_id,
        client=practice.client_id,
        service=practice.service_id,
    )[0][0]
    return number


def test_the_next_that_is_wanted_says_when_to_look_again(
    queue: Queue, owner: Sessions
) -> None:
    put(owner, after=500), put(owner, channel=MAIL, after=-9)
    seconds = queue.next_due((TASK,))
    assert seconds is not None
    assert 490 < seconds <= 500
    assert (queue.next_due(WORDS) or 0) < 0


def test_the_outbox_is_counted(queue: Queue, owner: Sessions) -> None:
    put(owner, after=-30), put(owner, after=30)
    for trouble in ("DEAD", "DEAD", "UNSURE", "MISSED", "DONE", "DROPPED"):
        put(owner, state=trouble)
    standing = queue.standing()
    assert (standing.waiting, standing.due) == (2, 1)
    assert 29 < standing.overdue_seconds < 60
    assert standing.trouble == {State.DEAD: 2, State.UNSURE: 1, State.MISSED: 1}
