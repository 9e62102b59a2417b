"""From what a line means to what can be booked: which services, when, and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.day_words import AS_SOON_AS_POSSIBLE, DayWish
from desk_app.domain.people import NewClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from desk_app.domain.command_line import Reading
    from desk_app.domain.people import Client, Service
    from desk_app.domain.slots import Opening
    from desk_app.domain.time_words import TimeWish

MOST_NEAR = 3
# How far to look where the day that was meant has nothing.
LOOK_AHEAD = 28
_HOUR, _DAY = 60, 24 * 60
_OF_A_PHONE = set("0123456789+()/-.")


@dataclass(frozen=True, slots=True)
class Here:
    """What a line starts from: the schedule, and what is chosen in it.

    `start` is a free time the cursor is on, `service` the name chosen at the side.
    """

    zone: ZoneInfo
    today: date
    day: date
    provider_id: int | None = None
    start: datetime | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: any of `services`, the best first, on some day, at some time.

    `start` is the very instant that is meant, if one is. Whoever is in `prefer` is
    asked before others.
    """

    services: tuple[Service, ...]
    day: DayWish
    zone: ZoneInfo
    time: TimeWish | None = None
    start: datetime | None = None
    prefer: int | None = None

    @property
    def service_ids(self) -> tuple[int, ...]:
        """The ids of the services."""
        return tuple(one.service_id for one in self.services)


@dataclass(frozen=True, slots=True)
class Slots:
    """The free time that fits best, whether it is what was meant, and others near."""

    best: Opening | None = None
    is_as_meant: bool = False
    near: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What Enter would book: a client, or a new one, at a free time."""

    opening: Opening
    client: Client | None = None
    new_client: NewClient | None = None
    is_as_meant: bool = True


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a line leads to: how it was read, and what can be booked, the best first.

    `wanted` is None where the line is about no service; `slots` are for whoever the
    client is, so they are there before anybody is found.
    """

    reading: Reading
    wanted: Wanted | None = None
    slots: Slots = Slots()
    rows: tuple[Proposal, ...] = ()

    @property
    def found_nobody(self) -> bool:
        """Whether a client was named whom nobody here knows."""
        is_new = self.reading.is_new or not self.reading.client
        return not is_new and (not self.rows or self.rows[0].client is None)

    @property
    def are_alike(self) -> bool:
        """Whether those who are proposed only have a similar name."""
        return self.found_nobody and any(row.client for row in self.rows)


def wanted(reading: Reading, here: Here, services: Sequence[Service]) -> Wanted | None:
    """Return what a line asks for, or None where it names no service to look for.

    A day or a time that is typed replaces the time that is chosen in the schedule.
    """
    offered = _services(reading, here, services)
    if not offered:
        return None
    prefer = None if reading.provider_ids else here.provider_id
    if reading.day is None and reading.time is None:
        if here.start is not None:
            day = DayWish(here.start.astimezone(here.zone).date())
            return Wanted(offered, day, here.zone, start=here.start, prefer=prefer)
        day = DayWish(max(here.day, here.today), AS_SOON_AS_POSSIBLE)
        return Wanted(offered, day, here.zone, prefer=prefer)
    day = reading.day or DayWish(max(here.day, here.today))
    start = _instant(day, reading.time, here.zone)
    return Wanted(offered, day, here.zone, reading.time, start, prefer)


def choose(openings: Iterable[Opening], wish: Wanted) -> Slots:
    """Return the opening that fits best, and others that are near to it.

    Of those that are as meant it is one of who is preferred, for the usual service,
    as early as can be. If nothing is free as meant, the nearest start is the best.
    """
    openings = sorted(openings, key=lambda one: _rank(one, wish))
    if not openings:
        return Slots()
    meant = [one for one in openings if _is_as_meant(one, wish)]
    best = meant[0] if meant else min(openings, key=lambda one: _off(one, wish))
    return Slots(best, bool(meant), _near(openings, best, wish))


def new_client(text: str) -> NewClient:
    """Sort what was typed of somebody new into name, phone and e-mail.

    A name in small letters gets its capitals; "fox, anna" is Anna Fox.
    """
    words = text.split()
    phone = [word for word in words if set(word) <= _OF_A_PHONE]
    email = [word for word in words if "@" in word]
    name = [word for word in words if word not in (*phone, *email)]
    written = _first_name_first(" ".join(name))
    return NewClient(written, " ".join(phone), " ".join(email))


def _first_name_first(text: str) -> str:
    surname, comma, first = text.partition(",")
    name = f"{first} {surname}" if comma else text
    words = name.split()
    if name == name.lower():
        words = [word[:1].upper() + word[1:] for word in words]
    return " ".join(words)


def _services(
    reading: Reading, here: Here, services: Sequence[Service]
) -> tuple[Service, ...]:
    offered = [one for one in services if one.is_active]
    if reading.service_ids:
        named = [one for one in offered if one.service_id in reading.service_ids]
        chosen = [one for one in named if one.provider_id == here.provider_id]
        others = [one for one in named if one.provider_id != here.provider_id]
        if reading.provider_ids:
            return tuple(o for o in named if o.provider_id in reading.provider_ids)
        return tuple(chosen + others)
    if reading.provider_ids:
        who = reading.provider_ids
    elif here.provider_id is not None:
        who = (here.provider_id,)
    else:
        return tuple(one for one in offered if one.name == here.service)
    theirs = [one for one in offered if one.provider_id in who]
    # Stable: the service chosen at the side comes first, the others as they stand.
    return tuple(sorted(theirs, key=lambda one: one.name != here.service))


def _instant(day: DayWish, time: TimeWish | None, zone: ZoneInfo) -> datetime | None:
    if time is None or not time.is_exact or day.days > 1:
        return None
    midnight = datetime(day.first.year, day.first.month, day.first.day, tzinfo=zone)
    clock = midnight.replace(hour=time.first // _HOUR, minute=time.first % _HOUR)
    # In UTC two instants of different offsets are compared as what they are.
    return datetime.fromtimestamp(clock.timestamp(), tz=zone)


def _is_as_meant(opening: Opening, wish: Wanted) -> bool:
    if wish.start is not None:
        return opening.start == wish.start
    local = opening.start.astimezone(wish.zone)
    last = wish.day.first + timedelta(wish.day.days - 1)
    if not wish.day.first <= local.date() <= last:
        return False
    if wish.time is None:
        return True
    return wish.time.first <= local.hour * _HOUR + local.minute <= wish.time.last


def _rank(opening: Opening, wish: Wanted) -> tuple[bool, int, datetime]:
    return _is_other(opening, wish), _place(opening, wish), opening.start


def _is_other(opening: Opening, wish: Wanted) -> bool:
    return wish.prefer is not None and opening.provider_id != wish.prefer


def _place(opening: Opening, wish: Wanted) -> int:
    """Return which of its provider's services it is; the first is the usual one."""
    ids = [s.service_id for s in wish.services if s.provider_id == opening.provider_id]
    return ids.index(opening.service_id)


def _off(opening: Opening, wish: Wanted) -> tuple[timedelta, bool, int]:
    """Return how far an opening is from what was meant."""
    meant = wish.start
    if meant is None:
        minutes = wish.time.first if wish.time else 0
        first = wish.day.first
        meant = datetime(first.year, first.month, first.day, tzinfo=wish.zone)
        meant += timedelta(minutes=min(minutes, _DAY - 1))
    distance = abs(opening.start - meant)
    return distance, _is_other(opening, wish), _place(opening, wish)


def _near(
    openings: Sequence[Opening], best: Opening, wish: Wanted
) -> tuple[Opening, ...]:
    """Return the nearest other times for the service of the best, one per start."""
    name = next(o.name for o in wish.services if o.service_id == best.service_id)
    same = {one.service_id for one in wish.services if one.name == name}
    by_start: dict[datetime, Opening] = {}
    for one in openings:
        if one.service_id in same and one.start != best.start:
            by_start.setdefault(one.start, one)
    around = wish.start or best.start
    nearest = sorted(by_start.values(), key=lambda one: abs(one.start - around))
    return tuple(nearest[:MOST_NEAR])
