"""Reads whether many starts of one service are free, and what is free near them.

All rows of the whole range come in one round trip and without locks; each date is then
judged by the same rules that a booking asks under the lock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.queries import days, rooms
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.hours import (
    FIRST_DAY,
    LAST_DAY,
    blocks_of,
    day_bounds,
    open_spans,
    open_windows,
)
from desk_app.domain.interval import Interval
from desk_app.domain.openings import (
    Offer,
    OpenDay,
    nearest_by_clock,
    next_openings,
)
from desk_app.domain.policies import Policy, check_client, objections
from desk_app.domain.series import Objection, Planned
from desk_app.domain.slots import DayFacts
from desk_app.domain.spans import instant, span
from desk_app.errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.practice import Offered
    from desk_app.domain.alignment import Alignment
    from desk_app.domain.people import Client
    from desk_app.domain.recurrence import Occurrence
    from desk_app.domain.slots import Opening
    from desk_app.domain.spans import Span

ALTERNATIVES = 3
# How far from a date other times are looked for, if its own day has too few.
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Question:
    """Which dates of which service, at what time it is asked.

    `moving` are appointments that make room; `length` differs from the service's for
    one with its own; `client` is whose dates they are, where that is known.
    """

    offered: Offered
    now: datetime
    alignment: Alignment
    moving: tuple[int, ...] = ()
    client: Client | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The provider's zone."""
        return ZoneInfo(self.offered.provider.timezone)


@dataclass(frozen=True, slots=True)
class Date:
    """One date to look at, with a length of its own where it has one."""

    occurrence: Occurrence
    minutes: int | None = None


def judge(
    session: Session, question: Question, dates: Sequence[Date]
) -> tuple[Planned, ...]:
    """Return how each date stands, in the same order; there is at least one."""
    rows = _Rows(session, question, [each.occurrence.day for each in dates])
    return tuple(rows.planned(each) for each in dates)


class _Rows:
    """What decides over a provider's days from the first date to the last."""

    def __init__(
        self, session: Session, question: Question, asked: Sequence[date]
    ) -> None:
        self._question = question
        provider_id = question.offered.provider.provider_id
        zone, ids = question.zone, [provider_id]
        first = max(min(asked) - NEAR, FIRST_DAY)
        last = min(max(asked) + NEAR, LAST_DAY)
        # A zone may have skipped the day itself; those beside it exist.
        whole = Interval(
            _first_bounds(first, zone).start,
            _first_bounds(last, zone).end + days.LONGEST_BUFFER,
        )
        with pipeline(session) as together:
            hours = together.ask(days.weekly_hours(ids))
            overrides = together.ask(days.overrides(ids, first, last))
            busy = together.ask(days.busy_spans(ids, whole, but=question.moving))
            asked_rooms = question.offered.service.rooms or ()
            in_rooms = together.ask(rooms.busy(asked_rooms, whole, but=question.moving))
        self._weekly = hours.get()[provider_id]
        self._overrides = {day: found for (_, day), found in overrides.get().items()}
        self._rooms = in_rooms.get()
        self._busy: list[Span] = busy.get().get(provider_id, [])

    def planned(self, asked: Date) -> Planned:
        """Return how one date stands."""
        day, start = asked.occurrence.day, asked.occurrence.start
        if start is None:
            return Planned(day, None, (), self._alternatives(day, self._usual(day)))
        against = tuple(self._against(asked, start))
        free = self._alternatives(day, start) if against else ()
        return Planned(day, start, against, free)

    def _against(self, asked: Date, start: datetime) -> list[Objection]:
        question = self._question
        service, now = question.offered.service, question.now
        own_length = asked.minutes not in (None, service.duration_minutes)
        if own_length and asked.minutes is not None:
            service = replace(service, duration_minutes=asked.minutes)
        facts = self._facts(start.astimezone(question.zone).date())
        found = [
            Objection(refused.policy, str(refused))
            for refused in objections(service, start, facts, now, question.alignment)
            # Nothing is aligned to a length that one appointment alone has.
            if not (own_length and refused.policy == Policy.NOT_ALIGNED)
        ]
        if question.client is not None:
            try:
                check_client(question.client, start, question.zone, now)
            except Refused as refused:
                found.append(Objection(refused.policy, str(refused)))
        return found

    def _facts(self, day: date) -> DayFacts:
        question, zone = self._question, self._question.zone
        bounds = day_bounds(day, zone)
        within = Interval(bounds.start, bounds.end + days.LONGEST_BUFFER)
        overrides = self._overrides.get(day, [])
        return DayFacts(
            provider=question.offered.provider,
            day=day,
            today=question.now.astimezone(zone).date(),
            open_windows=open_windows(day, zone, self._weekly.on(day), overrides),
            busy=tuple(self._busy_in(within)),
            blocks=blocks_of(day, zone, overrides),
            rooms=self._rooms,
        )

    def _busy_in(self, within: Interval) -> list[Interval]:
        first, last = span(within)
        return [
            Interval(instant(start), instant(end))
            for start, end in self._busy
            if start < last and first < end
        ]

    def _usual(self, day: date) -> datetime:
        """Return an instant of a day whose own time does not exist."""
        return _first_bounds(day, self._question.zone).start + timedelta(hours=12)

    def _alternatives(self, day: date, wanted: datetime) -> tuple[Opening, ...]:
        """Return in order of time what is free the same day, else on days near it."""
        around = self._openings(max(day - NEAR, FIRST_DAY), min(day + NEAR, LAST_DAY))
        zone = self._question.zone
        return tuple(sorted(nearest_by_clock(around, wanted, zone, ALTERNATIVES)))

    def _openings(self, first: date, last: date) -> tuple[Opening, ...]:
        question, zone = self._question, self._question.zone
        asked = [
            first + timedelta(days=number) for number in range((last - first).days + 1)
        ]
        offer = Offer(
            question.offered.service,
            question.now.astimezone(zone).date(),
            [
                OpenDay(
                    day,
                    open_spans(
                        day,
                        zone,
                        self._weekly.walls(day),
                        self._overrides.get(day, ()),
                    ),
                )
                for day in asked
            ],
            self._busy,
            self._rooms,
        )
        return next_openings([offer], question.now, question.alignment)


def _first_bounds(day: date, zone: ZoneInfo) -> Interval:
    """Return the bounds of a day, of the next where the zone has skipped it."""
    try:
        return day_bounds(day, zone)
    except Invalid:
        return day_bounds(day + timedelta(days=1), zone)
