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

    from desk_app.domain.queue import Job

MOST_ATTEMPTS = 8
FIRST_SPAN = 4.0
LONGEST_SPAN = 900.0
# A person has to sign in, or to give this computer the practice's key.
SIGN_IN_PAUSE = 300.0
KEY_PAUSE = 60.0
LONGEST_ASKED = 86_400.0
LONGEST_ERROR = 500


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
    """
    said = _words(error)
    if isinstance(error, errors.Rejected):
        return _ended(job, State.DEAD, Outcome.REFUSED, said)
    if isinstance(error, errors.Unsure):
        return _ended(job, State.UNSURE, Outcome.ANSWER_LOST, said)
    if isinstance(error, errors.NeedsSignIn | errors.KeyMissing):
        needs_key = isinstance(error, errors.KeyMissing)
        base = KEY_PAUSE if needs_key else SIGN_IN_PAUSE
        after = base * (0.5 + draw())
        return _again(job, Outcome.SIGN_IN, said, after, counts=False)
    is_known = isinstance(error, errors.DeskError)
    outcome = Outcome.GAVE_UP if is_known else Outcome.BROKEN
    if job.attempts >= MOST_ATTEMPTS:
        return _ended(job, State.DEAD, outcome, said)
    asked = error.after if isinstance(error, errors.Transient) else None
    return _again(job, outcome, said, pause(job.attempts, draw(), asked))


def _words(error: Exception) -> str:
    """Return what may be kept of an error: our own words, of others their kind."""
    if isinstance(error, errors.DeskError):
        return str(error)[:LONGEST_ERROR]
    return type(error).__name__


def _ended(job: Job, state: State, outcome: Outcome, error: str) -> Settled:
    return Settled(job.outbox_id, job.token, state, outcome, error)


def _again(
    job: Job, outcome: Outcome, error: str, after: float, *, counts: bool = True
) -> Settled:
    return Settled(
        job.outbox_id, job.token, State.WAITING, outcome, error, after, counts
    )
