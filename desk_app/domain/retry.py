"""When something that failed outside is tried again, and when no more.

Full jitter: the n-th pause is a random part of a span that doubles each time, so that
workers which failed together do not come back together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app import errors
from desk_app.domain.queue import Outcome, Settled, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.queue import Job, Lost

MOST_ATTEMPTS = 8
FIRST_SPAN = 4.0
LONGEST_SPAN = 900.0
# A person has to sign in, or to give this computer the practice's key.
SIGN_IN_PAUSE = 300.0
KEY_PAUSE = 60.0
LONGEST_ASKED = 86_400.0


def pause(attempts: int, chance: float, asked: float | None = None) -> float:
    """Return the seconds until the next try, after `attempts` of them.

    `chance` is a random number from 0 to 1. What the other side `asked` for is the
    least, up to a day.
    """
    span = min(LONGEST_SPAN, FIRST_SPAN * 2.0 ** max(0, attempts - 1))
    least = min(LONGEST_ASKED, max(0.0, asked or 0.0))
    return least + span * chance


def after_failure(job: Job, error: Exception, draw: Callable[[], float]) -> Settled:
    """Return how a try ended that raised `error`; `draw` gives a number from 0 to 1.

    Refused for good and not known are the end at once. A login that is refused and a
    missing key do not count as tries: only a person can help, and then all goes on.
    Only what the other side said is sure: after anything else, a message that was
    handed over may have left.
    """
    said = _words(error)
    if isinstance(error, errors.Rejected):
        return _ended(job, State.DEAD, Outcome.REFUSED, said)
    if isinstance(error, errors.Unsure):
        return _ended(job, State.UNSURE, Outcome.ANSWER_LOST, said)
    if isinstance(error, errors.NeedsSignIn):
        return _unhelped(job, said, SIGN_IN_PAUSE * (0.5 + draw()), sure=True)
    if isinstance(error, errors.KeyMissing):
        return _unhelped(job, said, KEY_PAUSE * (0.5 + draw()), sure=False)
    is_sure = isinstance(error, errors.ProviderError)
    is_known = isinstance(error, errors.DeskError)
    outcome = Outcome.GAVE_UP if is_known else Outcome.BROKEN
    if job.attempts >= MOST_ATTEMPTS:
        return _ended(job, State.DEAD, outcome, said, sure=is_sure)
    asked = error.after if isinstance(error, errors.Transient) else None
    after = pause(job.attempts, draw(), asked)
    return Settled(
        job.outbox_id, job.token, State.WAITING, outcome, said, after, sure=is_sure
    )


def after_loss(lost: Lost, draw: Callable[[], float]) -> Settled:
    """Return what becomes of a job that its worker has not settled in time.

    What may have arrived is for a person to decide about. The rest is tried again, at
    times of its own: what one worker had claimed together does not stay together, or
    a job of which workers die would take the others along.
    """
    job = lost.job
    if lost.is_handed:
        return _ended(job, State.UNSURE, Outcome.ANSWER_LOST, "")
    if job.attempts >= MOST_ATTEMPTS:
        return _ended(job, State.DEAD, Outcome.GAVE_UP, "")
    after = pause(job.attempts, draw())
    return Settled(job.outbox_id, job.token, State.WAITING, again_after=after)


def _words(error: Exception) -> str:
    """Return what may be kept of an error: our own words, of others their kind."""
    is_ours = isinstance(error, errors.DeskError)
    return str(error) if is_ours else type(error).__name__


def _ended(
    job: Job, state: State, outcome: Outcome, error: str, *, sure: bool = True
) -> Settled:
    return Settled(job.outbox_id, job.token, state, outcome, error, sure=sure)


def _unhelped(job: Job, error: str, after: float, *, sure: bool) -> Settled:
    return Settled(
        job.outbox_id,
        job.token,
        State.WAITING,
        Outcome.SIGN_IN,
        error,
        after,
        counts=False,
        sure=sure,
    )
