"""Keeps a desk up to date: hears what other desks change and reports it.

Notices are collected first and rows read afterwards, on another connection. They are
hints: after each connect, and every minute, the window reads everything it shows.
"""

from __future__ import annotations

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from desk_app.db.notices import TICK, Ear, Kind, Notice
from desk_app.errors import NotFound
from desk_app.worker.reports import (
    AppointmentChanged,
    AppointmentGone,
    CatalogueChanged,
    ClientChanged,
    Connected,
    ConnectionLost,
    HoldsChanged,
    QueueChanged,
    RefreshDue,
    ReminderDue,
    Report,
    ScheduleChanged,
    WaitingRoomChanged,
    WaitlistChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from threading import Event

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.holds import Hold

_log = logging.getLogger(__name__)

REFRESH_EVERY = 60.0
# More changes at once than this are read faster together than one by one.
MANY = 50
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0

_RELOADS: dict[Kind, Callable[[int], Report]] = {
    Kind.SCHEDULE: ScheduleChanged,
    Kind.CATALOGUE: lambda _: CatalogueChanged(),
    Kind.CLIENT: ClientChanged,
    Kind.WALK_IN: WaitingRoomChanged,
    Kind.WAITLIST: WaitlistChanged,
    Kind.REFRESH: lambda _: RefreshDue(),
    Kind.QUEUE: lambda _: QueueChanged(),
    Kind.REMIND: ReminderDue,
}
T = TypeVar("T")


class Listener:
    """Listens to the database at `url`, or what it returns, if it is a function.

    `get_appointment` reads one appointment, on a connection of its own; it returns
    None or raises NotFound for one that is gone. `get_holds` reads all holds there
    are.
    """

    def __init__(
        self,
        url: str | Callable[[], str],
        get_appointment: Callable[[int], Appointment | None],
        *,
        get_holds: Callable[[], tuple[Hold, ...]] | None = None,
        ear: Ear | None = None,
    ) -> None:
        self._ear = ear or Ear(url)
        self._get_appointment = get_appointment
        self._get_holds = get_holds
        self._failures = 0
        self._reader: Executor

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Report until `stop` is set, which is noticed within a second.

        May be run again then, as it is when a locked desk is opened.
        """
        self._failures = 0
        self._reader = ThreadPoolExecutor(1, "listener reads")
        while not stop.is_set():
            try:
                self._listen(stop, report)
            except Exception as error:  # noqa: BLE001 - the top of a loop that must last
                self._trouble(error, report)
            finally:
                self._ear.close()
            stop.wait(self._pause())
        self._reader.shutdown(wait=False, cancel_futures=True)

    def _listen(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Connect, then report until the connection is lost."""
        self._ear.connect(stop)
        if stop.is_set():
            return
        self._failures = 0
        report(Connected())
        for told in self._holds(stop):
            report(told)
        # The wall clock, because the other one stands still while a laptop sleeps.
        refreshed_at = time.time()
        while not stop.is_set():
            notices = self._ear.wait(stop, 1.0)
            if not 0 <= time.time() - refreshed_at < REFRESH_EVERY:
                refreshed_at = time.time()
                report(RefreshDue())
            for told in self._meanings(notices, stop):
                report(told)

    def _meanings(self, notices: Sequence[Notice], stop: Event) -> Iterator[Report]:
        changed = [n.row_id for n in notices if n.kind is Kind.APPOINTMENT]
        yield from (_RELOADS[n.kind](n.row_id) for n in notices if n.kind in _RELOADS)
        if len(changed) > MANY:
            yield RefreshDue()
            return
        for appointment_id in changed:
            report = self._read(appointment_id, stop)
            if report is None:
                return
            yield report
        if any(n.kind is Kind.HOLD for n in notices):
            yield from self._holds(stop)

    def _read(self, appointment_id: int, stop: Event) -> Report | None:
        """Read an appointment; None once `stop` is set, even if the server hangs."""
        reading = self._reader.submit(self._get_appointment, appointment_id)
        try:
            appointment = _awaited(reading, stop)
        except NotFound:
            appointment = None
        if stop.is_set():
            return None
        if appointment is None:
            return AppointmentGone(appointment_id)
        return AppointmentChanged(appointment)

    def _holds(self, stop: Event) -> Iterator[Report]:
        if self._get_holds is None:
            return
        holds = _awaited(self._reader.submit(self._get_holds), stop)
        if holds is not None:
            yield HoldsChanged(holds)

    def _trouble(self, error: Exception, report: Callable[[Report], None]) -> None:
        """Say once that the connection is lost; the log never holds personal data."""
        if self._failures == 0:
            report(ConnectionLost())
            _log.warning("The listener lost its connection: %s", type(error).__name__)
        self._failures += 1

    def _pause(self) -> float:
        """Return a random time, longer after each failure, so that desks spread."""
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._failures)
        return random.uniform(0, longest)  # noqa: S311 - not a secret


def _awaited(reading: Future[T], stop: Event) -> T | None:
    """Wait for what is being read; None once `stop` is set."""
    while not stop.is_set():
        try:
            return reading.result(timeout=TICK)
        except TimeoutError:
            continue
    return None
