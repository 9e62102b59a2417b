"""What couriers do now and then, on a thread of its own: it may take its time."""

from __future__ import annotations

import logging
import random
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

_log = logging.getLogger(__name__)

# So soon it is tried again after the database was away.
SOON = 30.0


@dataclass(frozen=True)
class Chore:
    """Something to be done now and then, by whichever courier comes to it.

    `every` is in seconds. Two may do it at once; it raises DeskErrors.
    """

    name: str
    every: float
    do: Callable[[], object]


def do_now_and_then(chores: Sequence[Chore], stop: Event) -> None:
    """Do all of them at once and then each in its time, until `stop` is set.

    Returns at once. Nobody waits for the thread: what it does, others may do again.
    """
    if chores:
        threading.Thread(
            target=_run, args=(chores, stop), name="courier's chores", daemon=True
        ).start()


def _run(chores: Sequence[Chore], stop: Event) -> None:
    due = dict.fromkeys(chores, 0.0)
    while not stop.is_set():
        for chore, at in due.items():
            if time.monotonic() >= at and not stop.is_set():
                due[chore] = time.monotonic() + _done(chore)
        stop.wait(max(0.0, min(due.values()) - time.monotonic()))


def _done(chore: Chore) -> float:
    """Do a chore; return in how many seconds it is due again.

    One that fails must not keep the others from being done.
    """
    # Couriers that began together do not go on together.
    after = chore.every * random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
    try:
        chore.do()
    except Unavailable:
        return min(after, SOON)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        _log.warning("%s: %s", chore.name, type(error).__name__)
    return after
