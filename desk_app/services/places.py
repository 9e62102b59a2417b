"""The rooms and locations of the practice: kept by managers, read by everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from desk_app.db.queries import places, practice, rooms
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.interval import Interval
from desk_app.domain.places import AHEAD, Places, RoomFile, RoomState
from desk_app.domain.rooms import Location
from desk_app.domain.spans import instant
from desk_app.errors import Invalid, NotFound, Stale
from desk_app.services import contact
from desk_app.services.recheck import Attempt
from desk_app.services.rehousing import rehouse
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.places import LocationChange, RoomChange, RoomQuestion
    from desk_app.domain.spans import Span

T = TypeVar("T", RoomFile, Location)
LONGEST_ADDRESS = 1000
NAME_IN_USE = "There is one of this name already, perhaps one no longer used."


class PlaceBook:
    """Reads rooms and locations for everybody, changes them for managers.

    Each write is one transaction; done again it is done.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def all(self) -> Places:
        """Return all rooms and locations, and when rooms are busy from now on."""
        with self._sessions.begin() as session:
            return _places(session, self._clock)

    def states(self, question: RoomQuestion) -> tuple[RoomState, ...]:
        """Return whether rooms are free then, in the same order, and who is there.

        Who is there is said as far as this person may see it.
        """
        within = Interval(question.start, question.end)
        ids, but = question.room_ids, question.but
        with self._sessions.begin() as session, pipeline(session) as together:
            show = contact.phone_writer(together.ask(practice.practice()))
            times = together.ask(rooms.busy(ids, within, but=but))
            found = together.ask(rooms.inside(ids, within, show))
        known = [each for each in found.get() if each.appointment_id not in but]
        busy = times.get()
        return tuple(_state(number, busy.get(number), known) for number in ids)

    def change_room(self, change: RoomChange) -> RoomFile:
        """Add a room or write it as it shall be; return it.

        The visits of one that is no longer used go to other rooms that are free.
        Raises Strands if some of them find none and are not decided about;
        Stale("room") if somebody else has changed it, Invalid("name"), NotFound,
        NotAllowed.
        """
        wanted = replace(change.wanted, name=contact.clean_name(change.wanted.name))
        change = replace(change, wanted=wanted)
        if not wanted.room_id:
            adding = _Adding(wanted)
            return self._sessions.run(
                lambda session: _add_room(session, wanted, adding)
            )
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _change_room(session, change, attempt))
        return wanted

    def change_location(self, change: LocationChange) -> Location:
        """Add a location or write it as it shall be; return it.

        Raises Stale("location"), Invalid by field (name, address), NotFound,
        NotAllowed.
        """
        name = contact.clean_name(change.wanted.name)
        address = contact.clean_paragraph(
            change.wanted.address, LONGEST_ADDRESS, "address"
        )
        wanted = replace(change.wanted, name=name, address=address)
        if not wanted.location_id:
            adding = _Adding(wanted)
            return self._sessions.run(
                lambda session: _add_location(session, wanted, adding)
            )
        self._sessions.run(
            lambda session: _change_location(session, change.known, wanted)
        )
        return wanted


def _places(session: Session, clock: Callable[[], datetime] | None = None) -> Places:
    with pipeline(session) as together:
        files = together.ask(places.room_files())
        locations = together.ask(rooms.locations())
        server_time = together.ask(practice.server_time())
    now = clock() if clock else server_time.get()
    busy = ask(session, rooms.all_busy(Interval(now, now + AHEAD)))
    return Places(files.get(), locations.get(), now, busy)


def _state(
    room_id: int, busy: Sequence[Span] | None, known: Sequence[Appointment]
) -> RoomState:
    if not busy:
        return RoomState(room_id)
    first = Interval(instant(busy[0][0]), instant(busy[-1][1]))
    who = (each for each in known if each.room_id == room_id)
    return RoomState(room_id, first, next(who, None))


class _Adding(Generic[T]):
    """One wish for something new, over all its tries."""

    def __init__(self, wanted: T) -> None:
        self._wanted: T = wanted
        self._was_free = False

    def known(self, there: tuple[T, ...]) -> T | None:
        """Return what an earlier try has added; raises Invalid for somebody else's."""
        found = next((each for each in there if each.name == self._wanted.name), None)
        if found is not None and not self._was_free:
            raise Invalid("name", NAME_IN_USE)
        self._was_free = True
        return found


def _add_room(
    session: Session, wanted: RoomFile, adding: _Adding[RoomFile]
) -> RoomFile:
    known = adding.known(ask(session, places.room_files()))
    if known is not None:
        return known
    number = ask(session, places.insert_room(wanted))
    _use(session, number, wanted.service_ids)
    return replace(wanted, room_id=number)


def _add_location(
    session: Session, wanted: Location, adding: _Adding[Location]
) -> Location:
    known = adding.known(ask(session, rooms.locations()))
    if known is not None:
        return known
    number = ask(session, places.insert_location(wanted))
    return replace(wanted, location_id=number)


def _change_room(session: Session, change: RoomChange, attempt: Attempt) -> None:
    known, wanted = change.known, change.wanted
    number = wanted.room_id
    if _one(session, number) == wanted:
        return

    def write() -> None:
        ask(session, places.keep_room(number))
        if _one(session, number) != known:
            raise Stale("Somebody else has changed this room.", field="room")
        _demand_name(wanted, ask(session, places.room_files()))
        ask(session, places.update_room(wanted))
        _use(session, number, wanted.service_ids)

    def write_and_rehouse() -> None:
        write()
        clock = attempt.clock
        since = clock() if clock else ask(session, practice.server_time())
        rehouse(session, number, since, change.settlement.idempotency_key)

    if known.is_active and not wanted.is_active:
        users = ask(session, places.providers_in(number))
        carry_out(session, users, write_and_rehouse, change.settlement, attempt)
    else:
        write()


def _change_location(session: Session, known: Location, wanted: Location) -> None:
    if not ask(session, places.keep_location(wanted.location_id)):
        raise NotFound
    there = ask(session, rooms.locations())
    stands = next(each for each in there if each.location_id == wanted.location_id)
    if stands == wanted:
        return
    if stands != known:
        raise Stale("Somebody else has changed this location.", field="location")
    _demand_name(wanted, there)
    ask(session, places.update_location(wanted))


def _demand_name(wanted: T, there: tuple[T, ...]) -> None:
    """Raise Invalid if another one is called so."""
    same = [each for each in there if each.name == wanted.name]
    if any(_number(each) != _number(wanted) for each in same):
        raise Invalid("name", NAME_IN_USE)


def _number(of: RoomFile | Location) -> int:
    return of.room_id if isinstance(of, RoomFile) else of.location_id


def _use(session: Session, room_id: int, service_ids: frozenset[int]) -> None:
    for query in places.set_services(room_id, service_ids):
        ask(session, query)


def _one(session: Session, room_id: int) -> RoomFile:
    found = ask(session, places.room_files())
    for each in found:
        if each.room_id == room_id:
            return each
    raise NotFound
