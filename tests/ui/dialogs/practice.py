"""A small practice in memory behind the ports: books, moves and cancels by the rules.

It answers at once, or, after `hold()`, when `release()` is called. `failures` are
raised by the next changes, in order; a Lost one is carried out and its answer lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from desk_app.domain.appointment import (
    Appointment,
    CancelledBy,
    Status,
)
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.interval import Interval
from desk_app.domain.people import Client, Provider, Service
from desk_app.domain.policies import refund_due
from desk_app.domain.schedule import NOBODY, Block, Catalogue, ProviderDay
from desk_app.domain.slots import Opening, facts_of, free_slots
from desk_app.domain.staff import Role, Staff
from desk_app.errors import Invalid, SlotTaken, Unavailable
from desk_app.services.contact import clean_client
from desk_app.ui.dialogs.ports import (
    AppointmentPorts,
    BookingForm,
    BookingPorts,
    CancelPorts,
    MovePorts,
    OpeningsWanted,
    Screen,
)
from tests.ui.dialogs.people import (
    BERLIN,
    CLIENTS,
    EUR,
    NOW,
    THURSDAY,
    at,
    provider,
    service,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from desk_app.domain.appointment import (
        BookingRequest,
        CancelRequest,
        ConfirmRequest,
        MoveRequest,
    )
    from desk_app.domain.holds import Hold
    from desk_app.errors import DeskError

HOSTILE = '<img src="/x.png"><b>Ann &amp; &Bob</b>'
FAST = (1, 1, 1)


class Lost(Unavailable):
    """The change was carried out and its answer lost."""

    def __init__(self) -> None:
        super().__init__(undecided=True)


def on_the(instant: datetime, day: date) -> bool:
    """Say whether an instant lies on a day of the practice."""
    return instant.astimezone(BERLIN).date() == day


def without(window: Interval, block: Interval) -> tuple[Interval, ...]:
    """Return what a block leaves of a window."""
    before = (window.start, min(window.end, block.start))
    after = (max(window.start, block.end), window.end)
    return tuple(Interval(a, b) for a, b in (before, after) if a < b)


@dataclass
class _Held:
    answer: Callable[[], None]


class Practice:
    """Everything the ports reach."""

    def __init__(self) -> None:
        self.clients = list(CLIENTS)
        self.providers = (provider(1, "Dr. Ada Brandt"), provider(2, "Dr. Kofi Mensah"))
        self.services = (
            service(1, 1, "Check-up"),
            service(2, 1, "Long consultation", 60, 15),
            service(3, 2, "Check-up"),
            service(4, 2, "Vaccination", 15, 5),
        )
        self.appointments: dict[int, Appointment] = {}
        self.requests: list[Any] = []
        self.searches: list[str] = []
        self.wanted: list[OpeningsWanted] = []
        self.failures: list[DeskError] = []
        self.closed_days: set[date] = set()
        self.blocks: tuple[Block, ...] = ()
        self.holds: tuple[Hold, ...] = ()
        self.shown_day = THURSDAY
        self.me = NOBODY
        self.rules = DeskRules()
        self._done: dict[UUID, Appointment] = {}
        self._held: list[_Held] | None = None

    # -- what tests do

    def hold(self) -> None:
        """Keep answers back until `release`."""
        self._held = []

    def release(self, index: int | None = None) -> None:
        """Give answers that were held back: one, or all and those to come."""
        held = self._held or []
        if index is None:
            self._held = None
            for one in held:
                one.answer()
        else:
            held.pop(index).answer()

    @property
    def waiting(self) -> int:
        """How many answers are held back."""
        return len(self._held or ())

    def put(
        self, provider_id: int, service_id: int, start: datetime, client: Client
    ) -> Appointment:
        """Book without any ceremony."""
        offered = next(s for s in self.services if s.service_id == service_id)
        appointment = Appointment(
            appointment_id=len(self.appointments) + 1,
            provider_id=provider_id,
            service_id=service_id,
            client_id=client.client_id,
            client_name=client.name,
            client_phone=client.phone_display,
            service_name=offered.name,
            start=start,
            end=start + offered.duration,
            busy_until=start + offered.duration + offered.buffer,
            status=Status.CONFIRMED,
            version=1,
            price=offered.price,
            cancellation_hours=offered.cancellation_hours,
            no_show_flag=client.no_show_flag,
            created_by="reception",
            service_minutes=offered.duration_minutes,
        )
        self.appointments[appointment.appointment_id] = appointment
        return appointment

    def time(self, hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
        """Return an instant by the clock of the practice."""
        return at(hour, minute, day)

    def rename(self, name: str) -> None:
        """Give everybody and everything this name; notes hold it too."""
        self.clients = [replace(c, name=name, notes=name) for c in self.clients]
        self.providers = tuple(replace(p, name=name) for p in self.providers)
        self.services = tuple(replace(s, name=name) for s in self.services)

    def lengthen(self, service_id: int, minutes: int) -> None:
        """Let a service take another time."""
        self.services = tuple(
            replace(s, duration_minutes=minutes) if s.service_id == service_id else s
            for s in self.services
        )

    def limit_days(self, days: int) -> None:
        """Let everything be booked so many days ahead at most."""
        self.services = tuple(replace(s, max_advance_days=days) for s in self.services)

    def free(self, service_id: int, day: date) -> list[Opening]:
        """Return the free times of a service on a day."""
        return list(self._openings(OpeningsWanted((service_id,), day, 1)))

    def screen(self) -> Screen:
        """Return what a dialog must know, with this week on the grid."""
        catalogue = Catalogue(
            "Practice",
            "Europe/Berlin",
            EUR,
            "DE",
            self.providers,
            self.services,
            me=self.me,
            rules=self.rules,
            people=(Staff(1, "jonas", "Jonas Krüger", Role.RECEPTIONIST),),
        )
        days = tuple(self._day(p, self.shown_day) for p in self.providers)
        return Screen(catalogue, BERLIN, NOW, days, holds=self.holds)

    def form(self, **given: Any) -> BookingForm:
        """Return a booking form over this practice."""
        return BookingForm(self.screen(), **given)

    def ports(self) -> BookingPorts:
        """Return the ways to book."""
        return BookingPorts(self.find_clients, self.openings, self.book, FAST)

    def cancel_ports(self) -> CancelPorts:
        """Return the way to cancel."""
        return CancelPorts(self.cancel, FAST)

    def move_ports(self) -> MovePorts:
        """Return the ways to move."""
        return MovePorts(self.openings, self.move, FAST)

    def appointment_ports(self) -> AppointmentPorts:
        """Return everything that can be done with an appointment."""
        return AppointmentPorts(
            self.confirm, self.cancel_ports(), self.move_ports(), FAST
        )

    # -- the ports

    def find_clients(self, text: str, then: Any, failed: Any) -> None:
        self.searches.append(text)
        self._answer(lambda: self._found(text), then, failed)

    def openings(self, query: OpeningsWanted, then: Any, failed: Any) -> None:
        self.wanted.append(query)
        self._answer(lambda: self._openings(query), then, failed)

    def book(self, request: BookingRequest, then: Any, failed: Any) -> None:
        self._change(request, lambda: self._booked(request), then, failed)

    def confirm(self, request: ConfirmRequest, then: Any, failed: Any) -> None:
        def change() -> Appointment:
            return self._changed(request.appointment_id, status=Status.CONFIRMED)

        self._change(request, change, then, failed)

    def cancel(self, request: CancelRequest, then: Any, failed: Any) -> None:
        def change() -> Appointment:
            before = self.appointments[request.appointment_id]
            by = CancelledBy(request.cancelled_by)
            return self._changed(
                request.appointment_id,
                status=Status.CANCELLED,
                cancelled_at=NOW,
                cancellation_reason=request.reason,
                refund_due=refund_due(before, by, NOW),
            )

        self._change(request, change, then, failed)

    def move(self, request: MoveRequest, then: Any, failed: Any) -> None:
        def change() -> Appointment:
            old = self.appointments[request.appointment_id]
            offered = next(
                s
                for s in self.services
                if s.provider_id == request.provider_id and s.name == old.service_name
            )
            end = request.start + offered.duration
            return self._changed(
                request.appointment_id,
                provider_id=request.provider_id,
                service_id=offered.service_id,
                start=request.start,
                end=end,
                busy_until=end + offered.buffer,
            )

        self._change(request, change, then, failed)

    # -- inside

    def _answer(self, work: Callable[[], Any], then: Any, failed: Any) -> None:
        def run() -> None:
            try:
                answer = work()
            except Exception as error:  # noqa: BLE001 (as the pool does)
                failed(error)
            else:
                then(answer)

        if self._held is None:
            run()
        else:
            self._held.append(_Held(run))

    def _change(self, request: Any, work: Any, then: Any, failed: Any) -> None:
        self.requests.append(request)

        def once() -> Appointment:
            failure = self.failures.pop(0) if self.failures else None
            if failure is not None and not isinstance(failure, Lost):
                raise failure
            key = request.idempotency_key
            if key not in self._done:
                self._done[key] = work()
            if failure is not None:
                raise failure
            return self._done[key]

        self._answer(once, then, failed)

    def _found(self, text: str) -> tuple[Client, ...]:
        digits = "".join(c for c in text if c.isdigit())
        wanted = text.casefold().split()
        return tuple(
            client
            for client in self.clients
            if all(word in client.name.casefold() for word in wanted)
            or (len(digits) >= 3 and digits.lstrip("0") in client.phone)
            or ("@" in text and text.casefold() in client.email)
        )

    def _openings(self, query: OpeningsWanted) -> tuple[Opening, ...]:
        found = []
        for n in range(query.days):
            day = query.first + timedelta(days=n)
            for offered in self.services:
                if offered.service_id in query.services:
                    found += self._free(offered, day)
        return tuple(sorted(found))[: query.limit]

    def _free(self, offered: Service, day: date) -> list[Opening]:
        who = next(p for p in self.providers if p.provider_id == offered.provider_id)
        facts = facts_of(self._day(who, day), NOW)
        return [
            Opening(slot.start, slot.end, offered.provider_id, offered.service_id)
            for slot in free_slots(offered, facts, NOW)
        ]

    def _day(self, who: Provider, day: date) -> ProviderDay:
        is_open = day.weekday() < 5 and day not in self.closed_days
        windows = (
            (
                Interval(at(9, day=day), at(13, day=day)),
                Interval(at(14, day=day), at(18, day=day)),
            )
            if is_open
            else ()
        )
        mine = sorted(
            (
                a
                for a in self.appointments.values()
                if a.provider_id == who.provider_id and a.status != Status.CANCELLED
            ),
            key=lambda a: a.start,
        )
        on_day = tuple(a for a in mine if on_the(a.start, day))
        blocks = tuple(b for b in self.blocks if on_the(b.span.start, day))
        for block in blocks:
            windows = tuple(
                part for window in windows for part in without(window, block.span)
            )
        return ProviderDay(who, day, 1, windows, blocks, on_day)

    def _booked(self, request: BookingRequest) -> Appointment:
        free = self._openings(
            OpeningsWanted(
                (request.service_id,), request.start.astimezone(BERLIN).date(), 1
            )
        )
        is_free = request.start in [o.start for o in free]
        if not is_free and request.override is None:
            raise SlotTaken(alternatives=free[:3])
        return self.put(
            request.provider_id, request.service_id, request.start, self._who(request)
        )

    def _who(self, request: BookingRequest) -> Client:
        if request.new_client is None:
            return next(c for c in self.clients if c.client_id == request.client_id)
        typed = clean_client(request.new_client, "DE")
        if not typed.name:
            raise Invalid("name")
        client = Client(
            len(self.clients) + 1, typed.name, typed.phone, typed.phone, typed.email
        )
        self.clients.append(client)
        return client

    def _changed(self, appointment_id: int, **changes: Any) -> Appointment:
        old = self.appointments[appointment_id]
        new = replace(old, version=old.version + 1, **changes)
        self.appointments[appointment_id] = new
        return new
