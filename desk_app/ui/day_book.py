"""The days the schedule shows, read off the GUI thread, and their neighbours.

Days read ahead make the next click instant; every change heard of meanwhile is
worked into them, so what is read ahead is never older than what is shown.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.rooms import changed_times
from desk_app.domain.slots import day_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.schedule import ProviderDay
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls

    ReadDays = Callable[[date, int, Sequence[int]], Sequence[ProviderDay]]

PATIENCE_MS = 150
TOGETHER_MS = 120
KEPT = 7
REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Pages:
    """Which days of whom: one day of many providers, or a week of one."""

    first: date
    count: int
    provider_ids: tuple[int, ...]

    def turned(self, step: int) -> Pages:
        """Return the pages `step` further."""
        return replace(self, first=self.first + timedelta(days=step * self.count))

    @property
    def days(self) -> frozenset[date]:
        """Every day of these pages."""
        return frozenset(self.first + timedelta(days=n) for n in range(self.count))


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages with what stands on them, as of an instant."""

    pages: Pages
    days: tuple[ProviderDay, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class _Change:
    """One thing heard of, numbered in the order of hearing."""

    number: int
    appointment_id: int
    appointment: Appointment | None


class DayBook(QObject):
    """Opens pages; `opened` brings them, at once when they were read ahead."""

    opened = Signal(object)
    failed = Signal(object)
    waiting_changed = Signal(bool)

    def __init__(
        self, read: ReadDays, calls: Calls, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._calls = read, calls
        self._pages: Pages | None = None
        self._kept: dict[Pages, Reading] = {}
        self._changes: deque[_Change] = deque(maxlen=REMEMBERED)
        self._heard = self._valid_from = 0
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._slow.timeout.connect(self._on_slow)
        self._again = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._again.timeout.connect(self.reload)

    @property
    def pages(self) -> Pages | None:
        """The pages that were opened last."""
        return self._pages

    @property
    def current(self) -> Reading | None:
        """The open pages with all that was heard since they were read."""
        return self._kept.get(self._pages) if self._pages else None

    def open(self, pages: Pages) -> None:
        """Open `pages`; those opened before stay until these have come."""
        self._pages = pages
        kept = self._kept.get(pages)
        if kept is not None:
            self._end_waiting()
            self.opened.emit(kept)
            self._read_ahead()
            return
        self._slow.start()
        self._ask(pages, "shown days")

    def stay(self, pages: Pages) -> None:
        """Take the open pages for these, which are shown already."""
        self._pages = pages

    def put(self, appointment: Appointment) -> None:
        """Work a new or changed appointment into every page."""
        self._hear(appointment.appointment_id, appointment)

    def remove(self, appointment_id: int) -> None:
        """Take an appointment that no longer exists off every page."""
        self._hear(appointment_id, None)

    def forget(self) -> None:
        """Forget what was read ahead and read the open pages again, soon."""
        self._kept.clear()
        self._again.start()

    def clear(self) -> None:
        """Forget all pages, those on their way as well, and read the open ones soon."""
        self._heard += 1
        self._valid_from = self._heard
        self._changes.clear()
        self.forget()

    @Slot()
    def reload(self) -> None:
        """Read the open pages again, and then their neighbours."""
        self._again.stop()
        if self._pages is not None:
            pages = self._pages
            self._kept = {p: r for p, r in self._kept.items() if p == pages}
            self._ask(pages, "shown days")

    def _hear(self, appointment_id: int, appointment: Appointment | None) -> None:
        self._heard += 1
        change = _Change(self._heard, appointment_id, appointment)
        if self._is_blind_to(change):
            self._again.start()
        self._changes.append(change)
        self._kept = {
            pages: replace(reading, days=_changed(reading.days, change))
            for pages, reading in self._kept.items()
        }

    def _is_blind_to(self, change: _Change) -> bool:
        """Say whether a room may have become free that nobody here knew was taken.

        Pages of one provider show when rooms are busy, not who is in them.
        """
        new, reading = change.appointment, self.current
        rooms = reading.days[0].rooms if reading and reading.days else {}
        if not rooms or (new is not None and new.version == 1):
            return False
        known = (_known(r.days, change.appointment_id) for r in self._kept.values())
        return not any(known)

    def _ask(self, pages: Pages, key: str) -> None:
        self._calls.run(
            self._read,
            pages.first,
            pages.count,
            pages.provider_ids,
            then=partial(self._on_read, pages, self._heard, datetime.now(UTC)),
            failed=partial(self._on_failed, pages),
            owner=self,
            replaces=key,
        )

    def _read_ahead(self) -> None:
        if self._pages is None:
            return
        for key, step in (("days after", 1), ("days before", -1)):
            pages = self._pages.turned(step)
            if pages not in self._kept:
                self._ask(pages, key)

    def _on_read(
        self, pages: Pages, heard: int, as_of: datetime, days: Sequence[ProviderDay]
    ) -> None:
        if heard < self._valid_from:
            return
        current = tuple(days)
        for change in self._changes:
            if change.number > heard:
                current = _changed(current, change)
        reading = Reading(pages, current, as_of)
        self._kept.pop(pages, None)
        self._kept[pages] = reading
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        if pages == self._pages:
            self._end_waiting()
            self.opened.emit(reading)
            self._read_ahead()

    def _on_failed(self, pages: Pages, error: DeskError) -> None:
        if pages == self._pages:
            self._end_waiting()
            self.failed.emit(error)

    def _end_waiting(self) -> None:
        self._slow.stop()
        self.waiting_changed.emit(False)

    @Slot()
    def _on_slow(self) -> None:
        self.waiting_changed.emit(True)


def _changed(days: tuple[ProviderDay, ...], change: _Change) -> tuple[ProviderDay, ...]:
    if not days:
        return days
    old, new = _known(days, change.appointment_id), change.appointment
    rooms = days[0].rooms
    if old is None or new is None or old.version <= new.version:
        rooms = changed_times(rooms, old, new)
    return tuple(_changed_day(_in_rooms(day, rooms), change) for day in days)


def _known(days: Sequence[ProviderDay], appointment_id: int) -> Appointment | None:
    for day in days:
        for appointment in day.appointments:
            if appointment.appointment_id == appointment_id:
                return appointment
    return None


def _in_rooms(day: ProviderDay, rooms: RoomTimes) -> ProviderDay:
    return day if day.rooms is rooms else replace(day, rooms=rooms)


def _changed_day(day: ProviderDay, change: _Change) -> ProviderDay:
    old = [a for a in day.appointments if a.appointment_id == change.appointment_id]
    new = change.appointment
    if new is not None and any(one.version > new.version for one in old):
        return day
    belongs = new is not None and _belongs(new, day)
    if not old and not belongs:
        return day
    kept = [a for a in day.appointments if a.appointment_id != change.appointment_id]
    if new is not None and belongs:
        kept.append(new)
    kept.sort(key=_by_start)
    return replace(day, appointments=tuple(kept))


def _belongs(appointment: Appointment, day: ProviderDay) -> bool:
    if (
        appointment.provider_id != day.provider.provider_id
        or appointment.status is Status.CANCELLED
    ):
        return False
    bounds = day_bounds(day.day, ZoneInfo(day.provider.timezone))
    return appointment.busy.overlaps(bounds)


def _by_start(appointment: Appointment) -> datetime:
    return appointment.start
