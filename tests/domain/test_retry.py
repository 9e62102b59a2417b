"""What becomes of a job that failed: each kind of failure as a line of a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from desk_app.domain.queue import Job, Lost, Outcome, State
from desk_app.domain.retry import (
    LONGEST_ASKED,
    LONGEST_SPAN,
    MOST_ATTEMPTS,
    after_failure,
    after_loss,
    pause,
)
from desk_app.errors import (
    KeyMissing,
    NeedsSignIn,
    Rejected,
    SealBroken,
    Transient,
    Unavailable,
    Unsure,
)

JOB = Job(7, "confirmation", 3, {}, datetime.now(UTC), 1, UUID(int=1))
LAST = replace(JOB, attempts=MOST_ATTEMPTS)
OFTEN = replace(JOB, attempts=3 * MOST_ATTEMPTS)


def at_most() -> float:
    """Draw the longest pause."""
    return 1.0


@pytest.mark.parametrize(
    ("error", "job", "state", "outcome"),
    [
        (Transient(), JOB, State.WAITING, Outcome.GAVE_UP),
        (Transient(), LAST, State.DEAD, Outcome.GAVE_UP),
        (Rejected(), JOB, State.DEAD, Outcome.REFUSED),
        (Unsure(), JOB, State.UNSURE, Outcome.ANSWER_LOST),
        (Unsure(), LAST, State.UNSURE, Outcome.ANSWER_LOST),
        (NeedsSignIn(), OFTEN, State.WAITING, Outcome.SIGN_IN),
        (KeyMissing(), OFTEN, State.WAITING, Outcome.SIGN_IN),
        (Unavailable(), JOB, State.WAITING, Outcome.GAVE_UP),
        (SealBroken(), LAST, State.DEAD, Outcome.GAVE_UP),
        (ZeroDivisionError(), JOB, State.WAITING, Outcome.BROKEN),
        (ZeroDivisionError(), LAST, State.DEAD, Outcome.BROKEN),
    ],
)
def test_each_failure_has_its_end(
    error: Exception, job: Job, state: State, outcome: Outcome
) -> None:
    settled = after_failure(job, error, at_most)
    assert (settled.state, settled.outcome) == (state, outcome)
    assert (settled.outbox_id, settled.token) == (job.outbox_id, job.token)


@pytest.mark.parametrize("error", [NeedsSignIn(), KeyMissing()])
def test_what_only_a_person_can_help_is_no_try(error: Exception) -> None:
    settled = after_failure(JOB, error, at_most)
    assert not settled.counts
    assert settled.again_after >= 60


@pytest.mark.parametrize("job", [JOB, LAST])
@pytest.mark.parametrize(
    ("error", "is_sure"),
    [
        (Transient(), True),
        (Rejected(), True),
        (NeedsSignIn(), True),
        (Unavailable(undecided=True), False),
        (KeyMissing(), False),
        (OSError(), False),
        (KeyError(), False),
    ],
)
def test_only_the_other_side_knows_that_nothing_left(
    error: Exception, job: Job, is_sure: bool
) -> None:
    assert after_failure(job, error, at_most).sure is is_sure


def test_the_span_doubles_until_it_is_long_enough() -> None:
    spans = [pause(attempts, 1.0) for attempts in range(1, 20)]
    assert spans[:4] == [4, 8, 16, 32]
    assert spans == sorted(spans)
    assert spans[-1] == LONGEST_SPAN


def test_who_failed_together_comes_back_apart() -> None:
    assert pause(5, 0.0) == 0
    assert pause(5, 0.5) == pause(5, 1.0) / 2


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        (None, 0),
        (30.0, 30),
        (-5.0, 0),
        (float("inf"), LONGEST_ASKED),
        (float("nan"), 0),
    ],
)
def test_what_the_other_side_asks_for_is_the_least(
    asked: float | None, least: float
) -> None:
    settled = after_failure(JOB, Transient(after=asked), lambda: 0.0)
    assert settled.again_after == least


def test_of_others_errors_only_their_kind_is_kept() -> None:
    assert after_failure(JOB, ValueError("Anna"), at_most).error == "ValueError"
    said = after_failure(JOB, Rejected("The mailbox is full."), at_most).error
    assert said == "The mailbox is full."


@pytest.mark.parametrize(
    ("job", "is_handed", "state"),
    [
        (JOB, False, State.WAITING),
        (LAST, False, State.DEAD),
        (JOB, True, State.UNSURE),
        (LAST, True, State.UNSURE),
    ],
)
def test_what_a_worker_let_go_is_tried_again_unless_it_may_have_left(
    job: Job, is_handed: bool, state: State
) -> None:
    assert after_loss(Lost(job, is_handed), at_most).state is state


def test_what_one_worker_let_go_does_not_stay_together() -> None:
    chances = iter([0.1, 0.9])
    first, second = (
        after_loss(Lost(JOB, is_handed=False), lambda: next(chances)).again_after
        for _ in range(2)
    )
    assert 0 < first < second
