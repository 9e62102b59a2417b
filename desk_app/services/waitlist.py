"""The waiting list that all desks share: who waits, and whom to ring about a free time.

Two desks never ring the same person: a call is claimed under a lock on the client, for
five minutes at most, whatever the client waits for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.queries import people, practice, waitlist
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.interval import Interval
from desk_app.domain.slots import facts_of
from desk_app.domain.waitlist import (
    CallRequest,
    Entry,
    NewEntry,
    Offer,
    Outcome,
    Ranked,
    check_call,
    check_wish,
    ranked,
)
from desk_app.errors import Invalid, NotFound, Stale
from desk_app.services.contact import clean_client, clean_paragraph, phone_writer
from desk_app.services.diary import Diary
from desk_app.services.recheck import LONGEST_VISIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.practice import Practice
    from desk_app.db.session import Sessions
    from desk_app.domain.people import NewClient, Provider, Service
    from desk_app.domain.schedule import ProviderDay
    from desk_app.domain.waitlist import (
        CallOutcome,
        ChangedEntry,
        FreedSlot,
        Wish,
    )

LONGEST_NOTE = 2_000
_ONE_DAY = timedelta(minutes=LONGEST_VISIT)


class Waitlist:
    """Who would come sooner; whoever gets a time leaves the list as it is booked."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Work on `sessions`; `clock` replaces the server's clock, for tests."""
        self._sessions = sessions
        self._clock = clock
        self._diary = Diary(sessions, clock)

    def everybody(self) -> tuple[Entry, ...]:
        """Return all who wait, urgent ones first, then who waits the longest."""
        with self._sessions.begin() as session:
            return _everybody(session, self._now())

    def add(self, new: NewEntry) -> Entry:
        """Put a client on the list, a new one too.

        Nobody waits for a service twice: what they wish becomes what is said now, and
        a booking they keep is noted. So it may be called again. Raises Invalid by
        field, NotFound.
        """
        new = replace(new, wish=_clean(new.wish))
        return self._sessions.run(lambda session: _add(session, new))

    def change(self, changed: ChangedEntry) -> Entry:
        """Let an entry say something else; raises Invalid by field, Stale."""
        wish = _clean(changed.wish)
        with self._sessions.begin() as session:
            query = waitlist.update_wish(changed.entry_id, wish, changed.version)
            if not ask(session, query):
                raise Stale("Somebody else has changed this place on the list.")
            return _existing(session, changed.entry_id)

    def remove(self, entry_id: int) -> None:
        """Take somebody off the list who waits no more; it may be gone already."""
        with self._sessions.begin() as session:
            ask(session, waitlist.remove_entry(entry_id))

    def for_slot(self, slot: FreedSlot) -> tuple[Ranked, ...]:
        """Return who could have a free time, whom to ring first in front.

        Nobody for a time that is not free: each who is named can be booked there.
        """
        reading = _Reading(self._sessions, slot, self._now())
        column = self._diary.days(reading.day, 1, [slot.provider_id])
        return ranked(reading.entries, reading.offer(column[0])) if column else ()

    def call(self, request: CallRequest) -> Entry:
        """Ring somebody for up to five minutes, or go on with a call that is `held`.

        Raises BeingRung while somebody else rings this person, whatever about; NotFound
        if they wait no more.
        """

        def claim(session: Session) -> Entry:
            _check_call(session, request)
            ask(session, waitlist.claim_call(request.entry_id))
            return _existing(session, request.entry_id)

        return self._sessions.run(claim)

    def let_go(self, request: CallRequest) -> None:
        """End a call that came to nothing, so that others may ring."""
        if request.held is not None:
            with self._sessions.begin() as session:
                ask(session, waitlist.end_call(request.entry_id, request.held))

    def outcome(self, said: CallOutcome) -> Entry:
        """Write down that somebody did not answer, or does not want this time.

        Raises BeingRung as `call`, NotFound if they wait no more. Who takes the time
        is booked or moved with `waitlist_entry_id`.
        """
        if said.outcome is Outcome.TOOK:
            raise Invalid("outcome", "Who takes a time is booked.")

        def note(session: Session) -> Entry:
            _check_call(session, CallRequest(said.entry_id, said.held))
            if not ask(session, waitlist.note_outcome(said)):
                raise NotFound("This client waits no more.")
            return _existing(session, said.entry_id)

        return self._sessions.run(note)

    def _now(self) -> datetime | None:
        return self._clock() if self._clock else None


class _Reading:
    """What decides over a free time, but for the day of its provider."""

    def __init__(
        self, sessions: Sessions, slot: FreedSlot, now: datetime | None
    ) -> None:
        self._slot = slot
        with sessions.begin() as session:
            with pipeline(session) as together:
                said = together.ask(practice.practice())
                show = phone_writer(said)
                providers = together.ask(practice.providers([slot.provider_id]))
                services = together.ask(practice.active_services())
                entries = together.ask(waitlist.waiting(show, now))
                server_time = together.ask(practice.server_time())
            self.entries = entries.get()
            self._practice: Practice = said.get()
            self._providers: tuple[Provider, ...] = providers.get()
            self._services: tuple[Service, ...] = services.get()
            self._now = now or server_time.get()
            clients = {entry.client.client_id for entry in self.entries}
            span = Interval(slot.start, slot.start + _ONE_DAY)
            self._visits = ask(session, waitlist.visits_over(clients, span))

    @property
    def day(self) -> date:
        """The local day of the time at its provider's place."""
        zone = next((p.timezone for p in self._providers), self._practice.timezone)
        return self._slot.start.astimezone(ZoneInfo(zone)).date()

    def offer(self, column: ProviderDay) -> Offer:
        """Return the free time with all that decides who could have it."""
        number = self._slot.provider_id
        return Offer(
            slot=self._slot,
            services=tuple(s for s in self._services if s.provider_id == number),
            facts=facts_of(column, self._now),
            zone=ZoneInfo(self._practice.timezone),
            now=self._now,
            visits=self._visits,
            alignment=self._practice.alignment,
        )


def _everybody(session: Session, now: datetime | None) -> tuple[Entry, ...]:
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(waitlist.waiting(show, now))
    return found.get()


def _check_call(session: Session, request: CallRequest) -> None:
    """Lock the client of an entry; raise BeingRung if another desk rings them."""
    ask(session, waitlist.lock_client_of(request.entry_id))
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        beside = together.ask(waitlist.entries_beside(request.entry_id, show))
    check_call(beside.get(), request)


def _add(session: Session, new: NewEntry) -> Entry:
    client_id = new.client_id or _known_or_made(session, new.new_client)
    if not ask(session, waitlist.lock_client(client_id)):
        raise NotFound("This client no longer exists.")
    number = ask(session, waitlist.same_entry(new.wish, client_id))
    if number is None:
        number = ask(session, waitlist.insert_entry(new, client_id))
    else:
        ask(session, waitlist.update_wish(number, new.wish))
        if new.appointment_id is not None:
            ask(session, waitlist.keep_booking(number, new.appointment_id))
    return _existing(session, number)


def _known_or_made(session: Session, typed: NewClient | None) -> int:
    """Return the number of a client who is entered just now, or was a moment ago."""
    if typed is None:
        raise Invalid("client", "Choose who waits.")
    said = ask(session, practice.practice())
    client = clean_client(typed, said.country)
    known = ask(session, waitlist.same_client(client))
    return known or ask(session, people.insert_client(client))


def _existing(session: Session, entry_id: int) -> Entry:
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        found = together.ask(waitlist.entry(entry_id, show))
    entry = found.get()
    if entry is None:
        raise NotFound("This client waits no more.")
    return entry


def _clean(wish: Wish) -> Wish:
    """Return a wish as it is stored; raises Invalid by field."""
    check_wish(wish)
    return replace(wish, notes=clean_paragraph(wish.notes, LONGEST_NOTE, "notes"))
