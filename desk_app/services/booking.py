"""Booking, confirming, cancelling and moving: each verb is one transaction.

In it, in this order: the idempotency key is claimed, the provider's days are locked,
everything is read and checked again, the row is written with all that follows from
it. The exclusion constraint of `appointment` has the last word.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from desk_app.db.queries import people, practice
from desk_app.db.queries.bookings import Following, NewAppointment, insert_appointment
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.appointment import BookedVia, Status
from desk_app.domain.openings import nearest
from desk_app.domain.policies import Policy, check_client
from desk_app.errors import DeskError, NotFound, SlotTaken
from desk_app.services import changes, contact, marks, together, undoing
from desk_app.services.idempotency import claim
from desk_app.services.openings import OpeningQuery, find_openings
from desk_app.services.outbox import after_booking
from desk_app.services.recheck import (
    Attempt,
    Recheck,
    checked_start,
    clean_override,
    under_lock,
    wanted_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import (
        Appointment,
        BookingRequest,
        CancelRequest,
        ConfirmRequest,
        MoveRequest,
    )
    from desk_app.domain.deeds import (
        CancelAllRequest,
        MarkRequest,
        MoveAllRequest,
        NoteRequest,
        RefundRequest,
        UndoRequest,
    )
    from desk_app.domain.people import Client
    from desk_app.domain.slots import Opening
    from desk_app.services.recheck import Wanted

R = TypeVar("R")
M = TypeVar("M")

ALTERNATIVES = 3
# How many days to look for other times; the further ones only if need be.
DAYS_OF_ALTERNATIVES = (2, 14)


class Booking:
    """The verbs of the front desk.

    Each may be called again with the same request, whatever happened to the answer:
    it is done once and gives the same appointment. All raise Unavailable when the
    database does not answer in time, with `undecided` if it may have been done.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Work on `sessions`; `clock` replaces the server's clock, for tests."""
        self._sessions = sessions
        self._clock = clock

    def book(self, request: BookingRequest) -> Appointment:
        """Book a start that is free, perhaps with a new client.

        Who walks in and is booked for today has arrived. Raises SlotTaken with free
        alternatives, Refused by a rule, Invalid for what was typed, NotFound for a
        client, provider or service that is gone, KeyReused.
        """
        request = replace(
            request,
            start=checked_start(request.start),
            notes=contact.clean_paragraph(request.notes, contact.LONGEST_NOTE, "notes"),
            override=clean_override(request.override),
        )
        return self._decided(_book, request)

    def confirm(self, request: ConfirmRequest) -> Appointment:
        """Confirm a pending appointment.

        Raises Stale if it changed since it was looked at, Refused for its status,
        NotFound, KeyReused.
        """
        return self._decided(changes.confirm, request)

    def cancel(self, request: CancelRequest) -> Appointment:
        """Cancel an appointment; `refund_due` of the answer says what is given back.

        Raises as `confirm`, and Invalid for the reason.
        """
        reason = contact.clean_paragraph(
            request.reason, contact.LONGEST_REASON, "reason"
        )
        request = replace(request, reason=reason)
        return self._decided(changes.cancel, request)

    def move(self, request: MoveRequest) -> Appointment:
        """Move an appointment to a start that is free, perhaps to another provider.

        What was agreed at booking stays: price and cancellation window. Raises as
        `confirm`, and SlotTaken as `book`.
        """
        request = replace(
            request,
            start=checked_start(request.start),
            override=clean_override(request.override),
        )
        return self._decided(changes.move, request)

    def mark(self, request: MarkRequest) -> Appointment:
        """Mark how far a client has come, or that they did not come.

        A no-show is counted at the client and leads to what the practice's policy
        says; taking it back (any other mark) repairs that. Raises as `confirm`.
        """
        return self._decided(marks.mark, request)

    def settle_refund(self, request: RefundRequest) -> Appointment:
        """Say that a refund was given, or that nothing had been paid.

        Raises as `confirm`; Refused if no refund is due, or it was given.
        """
        return self._decided(marks.settle_refund, request)

    def note(self, request: NoteRequest) -> Appointment:
        """Write other notes; raises as `confirm`, and Invalid for the notes."""
        notes = contact.clean_paragraph(request.notes, contact.LONGEST_NOTE, "notes")
        return self._decided(marks.note, replace(request, notes=notes))

    def move_all(self, request: MoveAllRequest) -> tuple[Appointment, ...]:
        """Move appointments together or none of them; two may change places.

        Raises as `move`: the first that cannot be done decides. SlotTaken comes
        without alternatives.
        """
        moves = tuple(replace(m, start=checked_start(m.start)) for m in request.moves)
        override = clean_override(request.override)
        return self._together(
            together.move_all, replace(request, moves=moves, override=override)
        )

    def cancel_all(self, request: CancelAllRequest) -> tuple[Appointment, ...]:
        """Cancel appointments together or none of them; raises as `cancel`."""
        reason = contact.clean_paragraph(
            request.reason, contact.LONGEST_REASON, "reason"
        )
        return self._together(together.cancel_all, replace(request, reason=reason))

    def undo(self, request: UndoRequest) -> tuple[Appointment, ...]:
        """Put appointments back to how they stood; all of them, or none.

        What waits to be sent about the slip is dropped; only who was told already is
        told again. Raises Stale if one was changed since, SlotTaken if a time was
        given to somebody else meanwhile, Refused for a status that cannot come back.
        """
        return self._together(undoing.undo, request)

    def _together(
        self,
        work: Callable[[Session, M, Attempt], tuple[Appointment, ...]],
        request: M,
    ) -> tuple[Appointment, ...]:
        attempt = Attempt(self._clock)
        return self._sessions.run(lambda session: work(session, request, attempt))

    def _decided(
        self, work: Callable[[Session, R, Attempt], Appointment], request: R
    ) -> Appointment:
        """Run `work` until it is decided; tell other times if its own is taken."""
        attempt = Attempt(self._clock)
        try:
            return self._sessions.run(lambda session: work(session, request, attempt))
        except SlotTaken as taken:
            free = self._alternatives(attempt.wanted)
            raise SlotTaken(str(taken), free) from None

    def _alternatives(self, wanted: Wanted | None) -> tuple[Opening, ...]:
        """Return the nearest free times, read without any lock."""
        free: tuple[Opening, ...] = ()
        if wanted is None:
            return free
        for days in DAYS_OF_ALTERNATIVES:
            query = OpeningQuery((wanted.service.service_id,), wanted.day, days)
            # That the time is taken counts more than what else is free.
            with suppress(DeskError), self._sessions.begin() as session:
                openings = find_openings(session, query, self._clock)
                free = nearest(openings, wanted.start, ALTERNATIVES)
            if len(free) == ALTERNATIVES:
                break
        return free


def _book(session: Session, request: BookingRequest, attempt: Attempt) -> Appointment:
    with pipeline(session) as together:
        claimed = claim(together, request)
        offered = together.ask(
            practice.offered(request.service_id, request.provider_id)
        )
    done = claimed.earlier_result(session)
    if done is not None:
        return changes.as_it_stands(session, done)
    wanted = attempt.wanted = wanted_of(offered.get(), request)
    client_id = client_of(session, request)
    facts = under_lock(
        session,
        wanted.days,
        lambda together: _Facts(together, wanted, client_id),
        wanted.room_days,
    )
    now = attempt.now(facts.server_time)
    facts.recheck.demand(now)
    client = facts.client.get()
    if client is None:
        raise NotFound("This client no longer exists.")
    if Policy.LOCKED_OUT not in wanted.overridden:
        check_client(client, request.start, wanted.zone, now)
    today = now.astimezone(wanted.zone).date()
    is_here = request.booked_via is BookedVia.WALK_IN and wanted.day == today
    room_id = facts.recheck.room()
    new = new_appointment(request, wanted, client)
    new = replace(new, is_here=is_here, room_id=room_id)
    moment = changes.moment(now, facts.recheck.practice.get(), client.timezone)
    tasks = after_booking(wanted.outlook(new.status), moment)
    following = Following(request.idempotency_key, wanted.days, tasks)
    booked = ask(session, insert_appointment(new, following, facts.show))
    changes.settle(session, request, booked)
    return booked


class _Facts:
    """What is read under the lock of a booking."""

    def __init__(self, together: Pipeline, wanted: Wanted, client_id: int) -> None:
        self.recheck = Recheck(together, wanted)
        self.show = contact.phone_writer(self.recheck.practice)
        self.client = together.ask(
            people.client(client_id, self.show, only_active=True)
        )
        # Last, so that it is later than the lock.
        self.server_time = together.ask(practice.server_time())


def client_of(session: Session, request: BookingRequest) -> int:
    """Return the client's number, of a new one after it was made; raises Invalid."""
    if request.new_client is None:
        return request.client_id or 0
    said = ask(session, practice.practice())
    new = contact.clean_client(request.new_client, said.country)
    return ask(session, people.insert_client(new))


def new_appointment(
    request: BookingRequest,
    wanted: Wanted,
    client: Client,
    series_id: UUID | None = None,
) -> NewAppointment:
    """Return what is to be written for a request that was found free."""
    return NewAppointment(
        provider_id=wanted.provider.provider_id,
        client_id=client.client_id,
        service_id=wanted.service.service_id,
        visit=wanted.visit,
        status=Status.PENDING if request.pending else Status.CONFIRMED,
        notes=request.notes,
        booked_via=request.booked_via,
        override=request.override,
        series_id=series_id,
        walk_in_id=request.walk_in_id,
    )
