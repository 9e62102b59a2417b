"""What a caller is told of a booking: when by their own clock, until when to cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.policies import cancel_by

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Money

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Speech:
    """How a client is spoken to: a language ("de"), an IANA zone; "" when unknown."""

    language: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The facts of one booking for the ear of its client.

    `start` and `cancel_by` are on the clock of the client, `here` is `start` on the
    practice's where that shows another time, else None. `cancel_by` is None once it
    is over. `clock_change` is the day before `start` on which the client's clock is
    put forward or back.
    """

    start: datetime
    service: str
    provider: str
    price: Money
    here: datetime | None = None
    cancel_by: datetime | None = None
    clock_change: date | None = None
    this_year: int = 0
    room: str = ""


def read_back(
    appointment: Appointment,
    provider: str,
    zones: tuple[ZoneInfo, ZoneInfo],
    now: datetime,
) -> ReadBack:
    """Return what to tell; `zones` are those of the client and of the practice."""
    theirs, practice = zones
    start = appointment.start.astimezone(theirs)
    here = appointment.start.astimezone(practice)
    until = cancel_by(appointment)
    return ReadBack(
        start=start,
        service=appointment.service_name,
        provider=provider,
        price=appointment.price,
        here=here if here.utcoffset() != start.utcoffset() else None,
        cancel_by=until.astimezone(theirs) if until > now else None,
        clock_change=clock_change(now, appointment.start, theirs),
        this_year=now.astimezone(theirs).year,
        room=appointment.room_name,
    )


def clock_change(now: datetime, start: datetime, zone: ZoneInfo) -> date | None:
    """Return the last day up to `start` on which the clock of `zone` changes.

    None where the clock shows the same distance from UTC as now: nothing to think of.
    """
    wanted = start.astimezone(zone).utcoffset()
    if now.astimezone(zone).utcoffset() == wanted:
        return None
    day = start
    while day > now and (day - _DAY).astimezone(zone).utcoffset() == wanted:
        day -= _DAY
    # The change lies in the day before `day`; its date is that of the new offset.
    hour = day - _DAY
    while hour.astimezone(zone).utcoffset() != wanted:
        hour += timedelta(hours=1)
    return hour.astimezone(zone).date()
