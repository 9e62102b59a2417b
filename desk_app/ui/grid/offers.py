"""Which times the grid offers: for the chosen service, and for moving a card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval
from desk_app.domain.policies import OF_THE_START, Policy, objections, why_not
from desk_app.domain.rooms import changed_times
from desk_app.domain.slots import Alignment, facts_of, free_slots
from desk_app.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.schedule import ProviderDay
    from desk_app.ui.grid.columns import Column


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time as it is drawn, in wall minutes, and the instant it stands for."""

    top: int
    bottom: int
    start: datetime


class Offers:
    """The free times of the chosen service, worked out once per column.

    `chosen` maps a provider to that provider's service; `now` is when the grid was
    last told the time.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.alignment = Alignment()
        self._chosen: Mapping[int, Service] = {}
        self._services: tuple[Service, ...] = ()
        self._found: dict[tuple[int, date], tuple[Offer, ...]] = {}

    @property
    def is_shown(self) -> bool:
        """Say whether a service is chosen."""
        return bool(self._chosen)

    @property
    def knows_services(self) -> bool:
        """Say whether the practice's services are known here."""
        return bool(self._services)

    def choose(self, services: Mapping[int, Service]) -> None:
        """Offer these services, one for each provider that has it."""
        self._chosen = services
        self._found.clear()

    def know(self, services: Iterable[Service], alignment: Alignment) -> None:
        """Learn all services, for moving, and the practice's alignment."""
        self._services, self.alignment = tuple(services), alignment
        self._found.clear()

    def set_now(self, now: datetime) -> None:
        """Let the time go on."""
        self.now = now
        self._found.clear()

    def forget(self, column: Column | None = None) -> None:
        """Work out again: one column, or all."""
        if column is None:
            self._found.clear()
        else:
            self._found.pop(column.key, None)

    def of(self, column: Column) -> tuple[Offer, ...]:
        """Return the free times of the chosen service in a column."""
        found = self._found.get(column.key)
        if found is None:
            found = self._found[column.key] = self._free(column)
        return found

    def for_move(self, appointment: Appointment, column: Column) -> Targets:
        """Return where in a column an appointment could go."""
        return Targets(appointment, column, self)

    def service_for(self, appointment: Appointment, provider_id: int) -> Service | None:
        """Return the service an appointment would have with a provider."""
        for service in self._services:
            if service.provider_id == provider_id and (
                service.service_id == appointment.service_id
                or service.name == appointment.service_name
            ):
                return service
        return None

    def refused(self, column: Column, start: datetime) -> Refused | None:
        """Return why nothing can start then: not the chosen service, or any."""
        chosen = [
            why_not(service, start, facts_of(day, self.now), self.now, self.alignment)
            for day, service in self._chosen_in(column)
        ]
        if not chosen:
            chosen = [column.refused(start) or self._closed(column, start)]
        return None if None in chosen else chosen[0]

    def _closed(self, column: Column, start: datetime) -> Refused | None:
        """Return why nobody works in a column then, None if somebody does."""
        if start < self.now:
            is_over = self.now >= column.clock.end
            return Refused(Policy.PAST_DAY if is_over else Policy.PAST)
        days = column.days
        if any(w.start <= start < w.end for day in days for w in day.open_windows):
            return None
        blocks = [block.span for day in days for block in day.blocks]
        is_blocked = any(block.start <= start < block.end for block in blocks)
        return Refused(Policy.BLOCKED if is_blocked else Policy.CLOSED)

    def _chosen_in(self, column: Column) -> Iterator[tuple[ProviderDay, Service]]:
        """Yield who offers the chosen service in a column."""
        for day in column.days:
            service = column.fitting(self._chosen.get(day.provider.provider_id))
            if service is not None:
                yield day, service

    def _free(self, column: Column) -> tuple[Offer, ...]:
        free: dict[datetime, Interval] = {}
        for day, service in self._chosen_in(column):
            facts = facts_of(day, self.now)
            for slot in free_slots(service, facts, self.now, self.alignment):
                free.setdefault(slot.start, slot)
        return _drawn([free[start] for start in sorted(free)], column)


class Targets:
    """The places of one column an appointment may be moved to, and why not others."""

    def __init__(self, moved: Appointment, column: Column, offers: Offers) -> None:
        self._moved, self._column, self._offers = moved, column, offers
        owner = column.owner_of(moved)
        day, service = column.day_for(owner), offers.service_for(moved, owner)
        self._service = column.fitting(service) if day else None
        self._facts = facts_of(without(day or column.days[0], moved), offers.now)
        self.length = moved.end - moved.start
        if self._service and moved.own_minutes is None:
            self.length = self._service.duration
        # A length of its own stays, and nothing is aligned to that.
        self._is_aligned = (
            self._service is None or self.length == self._service.duration
        )
        self._is_not_offered = self._service is None and offers.knows_services
        self.starts = self._starts()

    def nearest(self, minute: int, reach: int) -> Offer | None:
        """Return the free start nearest to a wall minute, within `reach` minutes."""
        near = [offer for offer in self.starts if abs(offer.top - minute) <= reach]
        return min(near, key=lambda offer: abs(offer.top - minute), default=None)

    def refused(self, start: datetime) -> Refused | None:
        """Return why the appointment cannot start at this instant, None if it can."""
        if self._is_own_place(start):
            return None
        if self._is_not_offered:
            return Refused(Policy.INACTIVE)
        if self._service:
            aside = () if self._is_aligned else (Policy.NOT_ALIGNED,)
            minutes = round(self.length.total_seconds() / 60)
            return self._refused(self._service, start, minutes, aside)
        return self._refused_unknown(start)

    def refused_length(self, minutes: int) -> Refused | None:
        """Return why the appointment cannot last so long where it is."""
        if self._service is None:
            return None
        return self._refused(self._service, self._moved.start, minutes, OF_THE_START)

    def _refused(
        self, service: Service, start: datetime, minutes: int, aside: Collection[str]
    ) -> Refused | None:
        offers, lasting = self._offers, replace(service, duration_minutes=minutes)
        against = objections(lasting, start, self._facts, offers.now, offers.alignment)
        return next((said for said in against if said.policy not in aside), None)

    def _starts(self) -> tuple[Offer, ...]:
        if self._service is None or not self._is_aligned:
            return ()
        offers = self._offers
        free = free_slots(self._service, self._facts, offers.now, offers.alignment)
        own = [] if not self._holds_moved() else [self._moved.visit]
        return _drawn(sorted({*free, *own}), self._column)

    def _holds_moved(self) -> bool:
        return self._column.find(self._moved.appointment_id) >= 0

    def _is_own_place(self, start: datetime) -> bool:
        return start == self._moved.start and self._holds_moved()

    def _refused_unknown(self, start: datetime) -> Refused | None:
        """Judge by hours and neighbours alone when the service is not known."""
        visit = Interval(start, start + self.length)
        if start < self._offers.now:
            return Refused(Policy.PAST)
        if not any(window.covers(visit) for window in self._facts.open_windows):
            return Refused(Policy.CLOSED)
        if any(busy.overlaps(visit) for busy in self._facts.busy):
            return Refused(Policy.BUSY)
        return None


def without(day: ProviderDay, moved: Appointment) -> ProviderDay:
    """Return a day as if an appointment were not: it may overlap itself."""
    others = tuple(
        other
        for other in day.appointments
        if other.appointment_id != moved.appointment_id
    )
    return replace(
        day, appointments=others, rooms=changed_times(day.rooms, moved, None)
    )


def _drawn(slots: Sequence[Interval], column: Column) -> tuple[Offer, ...]:
    result = []
    for slot in slots:
        top, bottom = column.clock.hull(slot.start, slot.end)
        result.append(Offer(top, bottom, slot.start))
    return tuple(result)
