"""Free times for stranded appointments, looked for off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.rebooking import propose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from zoneinfo import ZoneInfo

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.rebooking import Proposal
    from desk_app.domain.slots import Opening
    from desk_app.services.diary import OpeningQuery

    Find = Callable[[OpeningQuery], tuple[Opening, ...]]
    Fits = Callable[[Opening], bool]

# A time that is further away is no other time for the same visit.
REACH = timedelta(days=21)
MOST_DAYS = 120


@dataclass(frozen=True)
class TimesWanted:
    """Whom other times are looked for, and among which services.

    `fits` says whether a time will still be open once the change is made.
    """

    appointments: tuple[Appointment, ...]
    services: tuple[Service, ...]
    zone: ZoneInfo
    today: date
    fits: Fits


def anything(_opening: Opening) -> bool:
    """Say that a time will do."""
    return True


def find_times(find: Find, wanted: TimesWanted) -> tuple[Proposal, ...]:
    """Return other times for each, the nearest first, by a way to find openings."""
    # The services bring SQLAlchemy; by now it has long been imported.
    from desk_app.services.diary import OpeningQuery

    names = {each.service_name for each in wanted.appointments}
    offered = {s.service_id: s for s in wanted.services if s.name in names}
    days = [each.start.astimezone(wanted.zone).date() for each in wanted.appointments]
    first = max(min(days) - REACH, wanted.today)
    count = min((max(days) + REACH - first).days + 1, MOST_DAYS)
    found = find(OpeningQuery(tuple(offered), first, max(count, 1)))
    fitting = filter(wanted.fits, found)
    return propose(wanted.appointments, fitting, offered, wanted.zone, REACH)
