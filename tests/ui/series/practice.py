"""Series of the practice in memory: looked at by its rules, booked and moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from desk_app.domain.openings import nearest_by_clock
from desk_app.domain.policies import objections
from desk_app.domain.recurrence import Occurrence, occurrences, shifted, wall_shift
from desk_app.domain.series import Objection, Planned
from desk_app.domain.slots import facts_of
from desk_app.errors import DatesTaken
from desk_app.ui.series.ports import SeriesForm, SeriesPorts, ShiftPorts
from tests.ui.dialogs.practice import BERLIN, FAST, NOW, Practice

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import MoveAllRequest, SeriesRequest
    from desk_app.domain.people import Service
    from desk_app.domain.series import SeriesWish, ShiftWish


class SeriesPractice(Practice):
    """A practice of two providers that repeats appointments as well."""

    def series_form(self, start: datetime, **given: Any) -> SeriesForm:
        """Return a form for the first service of Dr. Brandt."""
        return SeriesForm(self.screen(), self.services[0], start, **given)

    def series_ports(self) -> SeriesPorts:
        """Return the ways to book a series."""
        return SeriesPorts(self.find_clients, self.plan, self.book_series, FAST)

    def shift_ports(self) -> ShiftPorts:
        """Return the ways to move all that follow."""
        return ShiftPorts(self.plan_shift, self.move_all, FAST)

    def plan(self, wish: SeriesWish, then: Any, failed: Any) -> None:
        self.wanted.append(wish)
        self._answer(lambda: self._planned(wish), then, failed)

    def plan_shift(self, wish: ShiftWish, then: Any, failed: Any) -> None:
        self._answer(lambda: self._shifted(wish), then, failed)

    def book_series(self, request: SeriesRequest, then: Any, failed: Any) -> None:
        def change() -> Any:
            service = self._service(request.service_id)
            taken = [
                start for start in request.starts if self._against(service, start, ())
            ]
            if taken:
                raise DatesTaken(starts=taken)
            client = self._who(request)
            return tuple(
                self._in_series(request, start, client) for start in request.starts
            )

        self._change(request, change, then, failed)

    def move_all(self, request: MoveAllRequest, then: Any, failed: Any) -> None:
        def change() -> Any:
            return tuple(
                self._changed(
                    move.appointment_id,
                    start=move.start,
                    end=move.start + timedelta(minutes=30),
                )
                for move in request.moves
            )

        self._change(request, change, then, failed)

    def _planned(self, wish: SeriesWish) -> tuple[Planned, ...]:
        service = self._service(wish.service_id)
        found = occurrences(wish.first, BERLIN, wish.repetition)
        return tuple(self._plan_one(service, each) for each in found)

    def _shifted(self, wish: ShiftWish) -> tuple[Planned, ...]:
        first = self.appointments[wish.appointment_id]
        service = self._service(first.service_id)
        all_ = [a for a in self.appointments.values() if a.series_id]
        shift = wall_shift(first.start, wish.start, BERLIN)
        planned = []
        for each in all_:
            start = shifted(each.start, shift, BERLIN)
            assert start is not None
            date = Occurrence(start.astimezone(BERLIN).date(), start)
            one = self._plan_one(service, date, tuple(a.appointment_id for a in all_))
            planned.append(replace(one, appointment=each))
        return tuple(planned)

    def _plan_one(
        self, service: Service, date: Occurrence, but: tuple[int, ...] = ()
    ) -> Planned:
        if date.start is None:
            return Planned(date.day, None)
        against = self._against(service, date.start, but)
        free = self.free(service.service_id, date.day) if against else []
        near = sorted(nearest_by_clock(free, date.start, BERLIN))
        return Planned(date.day, date.start, against, tuple(near))

    def _against(
        self, service: Service, start: datetime, but: tuple[int, ...]
    ) -> tuple[Objection, ...]:
        day = self._day(self.providers[0], start.astimezone(BERLIN).date())
        others = tuple(a for a in day.appointments if a.appointment_id not in but)
        facts = facts_of(replace(day, appointments=others), NOW)
        found = objections(service, start, facts, NOW)
        return tuple(Objection(no.policy, str(no)) for no in found)

    def _service(self, service_id: int) -> Service:
        return next(s for s in self.services if s.service_id == service_id)

    def _in_series(
        self, request: SeriesRequest, start: datetime, client: Any
    ) -> Appointment:
        booked = self.put(request.provider_id, request.service_id, start, client)
        return self._changed(booked.appointment_id, series_id=request.idempotency_key)
