"""The appointments of a file: when, with whom, for what, and whether two collide."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.importing.columns import Field
from desk_app.domain.importing.days import NoDay, Order, read_clock, read_minutes
from desk_app.domain.importing.days import read_moment as moment_of
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.importing.statuses import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.importing.days import Moment
    from desk_app.domain.importing.people import People
    from desk_app.domain.importing.table import Row
    from desk_app.domain.people import Service

DAY = timedelta(days=1)
STANDS = frozenset({Status.PENDING, Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class NewVisit:
    """An appointment as it will be written.

    `client_id` is 0 for somebody who comes with this file: `newcomer` counts from 0.
    """

    line: int
    provider_id: int
    service_id: int
    start: datetime
    end: datetime
    busy_until: datetime
    status: Status
    notes: str = ""
    client_id: int = 0
    newcomer: int = -1
    client_name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that a provider has given to somebody already."""

    provider_id: int
    start: datetime
    busy_until: datetime
    client_name: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """From when until when; the end is None where the file does not say."""

    start: datetime
    end: datetime | None


class Times:
    """Reads from each row when it is; what is wrong goes to `people.faults`."""

    def __init__(self, people: People, order: Order, now: datetime) -> None:
        self._people = people
        self._order = order
        self._now = now

    def of(self, row: Row, zone: ZoneInfo) -> When | None:
        """Return when a row is, None if that cannot be read."""
        moment = self._read(row, Field.DATE)
        if moment is None:
            return None
        clock = moment.clock or self._clock(row, Field.TIME)
        if clock is None:
            return None
        start = self._instant(row, replace(moment, clock=clock), zone)
        if start is None:
            return None
        return self._until(row, replace(moment, clock=clock), start, zone)

    def status(self, row: Row, when: When) -> Status | None:
        """Return the status of a visit; of the past without one it took place."""
        text = self._people.text(row, Field.STATUS)
        is_over = (when.end or when.start) <= self._now
        if self._people.says_so(row, Field.CANCELLED):
            return Status.CANCELLED
        if is_over and self._people.says_so(row, Field.MISSED):
            return Status.NO_SHOW
        if not text:
            return Status.COMPLETED if is_over else Status.CONFIRMED
        status = status_of(text)
        if status is None:
            words = (
                "This status is not known here. Write “completed”, “cancelled” or"
                " “no show”, or do not import this column."
            )
            self._people.refuse(row, Field.STATUS, words)
        elif not is_over and status in (Status.COMPLETED, Status.NO_SHOW):
            words = "This visit is still to come; it cannot be over already."
            self._people.refuse(row, Field.STATUS, words)
            return None
        return status

    def _read(self, row: Row, field: Field) -> Moment | None:
        text = self._people.text(row, field)
        if not text:
            self._people.refuse(row, field, "The day is missing.")
            return None
        try:
            return moment_of(text, self._order)
        except NoDay as error:
            self._people.refuse(row, field, str(error))
            return None

    def _clock(self, row: Row, field: Field) -> time | None:
        text = self._people.text(row, field)
        if not text:
            self._people.refuse(row, field, "The time of day is missing.")
            return None
        try:
            return read_clock(text)
        except NoDay as error:
            self._people.refuse(row, field, str(error))
            return None

    def _instant(self, row: Row, moment: Moment, zone: ZoneInfo) -> datetime | None:
        """Return a moment as an instant; a time that the clock leaves out is none."""
        local = datetime.combine(moment.day, moment.clock or time())
        if moment.offset is not None:
            return (local - moment.offset).replace(tzinfo=UTC)
        found = local.replace(tzinfo=zone).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) != local:
            words = "There is no such time on this day: the clocks are put forward."
            self._people.refuse(row, Field.DATE, words)
            return None
        return found

    def _until(
        self, row: Row, moment: Moment, start: datetime, zone: ZoneInfo
    ) -> When | None:
        ends = self._people.text(row, Field.END)
        lasts = self._people.text(row, Field.DURATION)
        field = Field.END if ends else Field.DURATION
        try:
            if ends and len(ends) > len("00:00:00 AM"):
                end = self._instant(row, moment_of(ends, self._order), zone)
            elif ends:
                end = self._instant(row, replace(moment, clock=read_clock(ends)), zone)
            elif lasts:
                end = start + timedelta(minutes=read_minutes(lasts))
            else:
                return When(start, None)
        except NoDay as error:
            self._people.refuse(row, field, str(error))
            return None
        if end is not None and not start < end <= start + DAY:
            words = "It ends before it begins, or lasts longer than a day."
            self._people.refuse(row, field, words)
            return None
        return When(start, end) if end is not None else None


def until(when: When, service: Service) -> datetime:
    """Return when a visit ends: as the file says, else as long as the service."""
    return when.end or when.start + service.duration


def with_buffers(
    visits: Sequence[NewVisit], buffers: dict[int, timedelta], now: datetime
) -> list[NewVisit]:
    """Return visits that keep their provider busy afterwards, where there is room.

    What was agreed elsewhere knew no buffers: a visit right after the other stays
    where it is, and of the past nobody needs a rest.
    """
    following: dict[int, datetime] = {}
    result = []
    for visit in sorted(visits, key=lambda each: each.start, reverse=True):
        if visit.status is Status.CANCELLED:
            result.append(visit)
            continue
        free_until = following.get(visit.provider_id)
        busy_until = visit.end
        if visit.end > now:
            busy_until += buffers.get(visit.service_id, timedelta())
        if free_until is not None and free_until >= visit.end:
            busy_until = min(busy_until, free_until)
        following[visit.provider_id] = visit.start
        result.append(replace(visit, busy_until=busy_until))
    return sorted(result, key=lambda each: each.line)


def collisions(visits: Iterable[NewVisit], taken: Iterable[Taken]) -> list[Fault]:
    """Name the visits that no provider can have, each by its line."""
    spans: dict[int, list[tuple[datetime, datetime, int, str]]] = defaultdict(list)
    for visit in visits:
        if visit.status is not Status.CANCELLED:
            spans[visit.provider_id].append(
                (visit.start, visit.busy_until, visit.line, visit.client_name)
            )
    for time_taken in taken:
        spans[time_taken.provider_id].append(
            (time_taken.start, time_taken.busy_until, 0, time_taken.client_name)
        )
    return [found for each in spans.values() for found in _collisions(sorted(each))]


def _collisions(spans: Sequence[tuple[datetime, datetime, int, str]]) -> list[Fault]:
    faults = []
    latest = spans[0]
    for span in spans[1:]:
        if span[0] < latest[1]:
            # Of a line and what stands here already, the line is wrong.
            wrong, other = (span, latest) if span[2] else (latest, span)
            if wrong[2]:
                faults.append(_collides(wrong[2], other[2], other[3]))
        if span[1] > latest[1]:
            latest = span
    return faults


def _collides(line: int, other_line: int, name: str) -> Fault:
    if other_line:
        words = (
            f"At the same time as line {other_line} ({name}), with the same provider."
        )
    else:
        words = f"The provider has an appointment then already ({name})."
    return fault(line, words)
