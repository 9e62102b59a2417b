"""A provider runs late: who has to wait, and until when at least.

What is under way ends so many minutes later than planned; everybody after it is pushed
only as far as needed. Gaps and buffers absorb the delay, and whoever it does not reach
keeps their time. Nobody is ever asked to come earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from desk_app.domain.schedule import ProviderDay

LONGEST = 8 * 60
_OPEN = (Status.PENDING, Status.CONFIRMED)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Delay:
    """An appointment that the delay reaches, and when it can begin instead.

    `start` is None where nothing is left of the day: it needs another one.
    """

    appointment: Appointment
    start: datetime | None

    @property
    def is_here(self) -> bool:
        """Whether the client is in the waiting room already."""
        return self.appointment.arrived_at is not None

    @property
    def minutes(self) -> int:
        """By how many minutes it begins later; 0 where it needs another day."""
        if self.start is None:
            return 0
        return round((self.start - self.appointment.start) / _MINUTE)


def delays(column: ProviderDay, minutes: int, now: datetime) -> tuple[Delay, ...]:
    """Return whom a delay of so many minutes reaches from `now` on, by start.

    A new start lies in the open hours, after `now`, and meets neither a block nor
    anything else that is busy; it may run past the end of the hours. Starts are whole
    minutes, as those of the schedule are.
    """
    waiting = [each for each in column.appointments if _is_to_come(each, now)]
    if not waiting:
        return ()
    free_from = max(_free_from(column, waiting[0], minutes, now), _whole_minute(now))
    moving = {each.appointment_id for each in waiting}
    fixed = [a.busy for a in column.appointments if a.appointment_id not in moving]
    found: list[Delay] = []
    for each in waiting:
        if each.start >= free_from:
            # Absorbed: nobody after this one is reached either.
            break
        place = _place(each, free_from, column, fixed)
        found.append(Delay(each, place.start if place else None))
        if place is not None:
            free_from = place.end
    return tuple(found)


def _is_to_come(appointment: Appointment, now: datetime) -> bool:
    """Say whether somebody still has to be seen: here and waiting, or yet to begin."""
    if appointment.status not in _OPEN or appointment.seen_at is not None:
        return False
    return appointment.start >= now or appointment.arrived_at is not None


def _free_from(
    column: ProviderDay, following: Appointment, minutes: int, now: datetime
) -> datetime:
    """Return when the next one can begin.

    What is under way ends later; with nothing under way the next one begins later.
    """
    late = timedelta(minutes=minutes)
    under_way = [each for each in column.appointments if _is_under_way(each, now)]
    if under_way:
        return max(each.end for each in under_way) + late
    return following.start + late


def _is_under_way(appointment: Appointment, now: datetime) -> bool:
    if appointment.status not in _OPEN or appointment.left_at is not None:
        return False
    if appointment.seen_at is not None:
        return True
    # Nobody marked anything: the plan is all there is to know.
    is_planned = appointment.start < now < appointment.end
    return is_planned and appointment.arrived_at is None


def _whole_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before `moment`."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + _MINUTE


def _place(
    appointment: Appointment,
    earliest: datetime,
    column: ProviderDay,
    fixed: Sequence[Interval],
) -> Interval | None:
    """Return the first busy stretch from `earliest` on that can be had, if any."""
    visit = appointment.end - appointment.start
    whole = appointment.busy_until - appointment.start
    blocks = [block.span for block in column.blocks]
    start = max(earliest, appointment.start)
    while True:
        window = _window_from(start, column.open_windows)
        if window is None:
            return None
        start = max(start, window.start)
        hindrance = _first(Interval(start, start + visit), blocks) or _first(
            Interval(start, start + whole), fixed
        )
        if hindrance is None:
            return Interval(start, start + whole)
        start = hindrance.end


def _window_from(moment: datetime, windows: Iterable[Interval]) -> Interval | None:
    """Return the open window in which `moment` lies, or the next one."""
    return next((window for window in windows if moment < window.end), None)


def _first(wanted: Interval, spans: Iterable[Interval]) -> Interval | None:
    return next((span for span in spans if span.overlaps(wanted)), None)
