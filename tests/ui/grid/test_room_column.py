"""Columns that are rooms: who is there, and what may be booked or moved there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from desk_app.domain.policies import Policy
from desk_app.domain.room_days import room_days
from desk_app.domain.rooms import Room
from desk_app.domain.slots import Alignment
from desk_app.domain.spans import span
from desk_app.ui.grid.clock import TimeLabels
from desk_app.ui.grid.offers import Offers
from desk_app.ui.grid.room_column import RoomColumn
from desk_app.ui.grid.wishes import MoveWish
from tests.ui.grid.days import NOW, ZONE, at, provider, provider_day, service, visit

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment

ONE, TWO = Room(1, "Room 1"), Room(2, "Room 2")
LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
FOLLOW_UP = replace(service(1), rooms=(1, 2))
THEIRS = replace(service(2), rooms=(2,))
TEN = visit("10:00", room_id=1)
ELEVEN = visit("11:00", provider_id=2, service_id=20, room_id=2)


def columns(
    *visits: Appointment, unseen: dict[int, list[tuple[int, int]]] | None = None
):
    """Return the columns of both rooms, from nine to twelve."""
    rooms = dict(unseen or {})
    for each in visits:
        if each.room_id:
            rooms[each.room_id] = [*rooms.get(each.room_id, []), span(each.busy)]
    days = [
        replace(
            provider_day(
                *(each for each in visits if each.provider_id == number),
                who=provider(number),
                hours=("09:00-12:00",),
            ),
            rooms=rooms,
        )
        for number in (1, 2)
    ]
    return [
        RoomColumn(d, TimeLabels(LOCALE))
        for d in room_days(days, (ONE, TWO), ZONE, frozenset({10, 20}))
    ]


def offers(*services) -> Offers:
    """Return what is offered of these services."""
    made = Offers(NOW)
    made.know((FOLLOW_UP, THEIRS), Alignment())
    made.choose({each.provider_id: each for each in services})
    return made


def minutes(made: Offers, column: RoomColumn) -> list[str]:
    """Return the starts that a column offers."""
    labels = TimeLabels(LOCALE)
    return [labels.text(offer.top) for offer in made.of(column)]


def test_a_time_is_offered_where_room_and_provider_are_free() -> None:
    first, second = columns(TEN, ELEVEN)
    made = offers(FOLLOW_UP)
    # Provider 1 is busy at ten, room 2 at eleven.
    assert minutes(made, first) == ["09:00", "09:30", "10:30", "11:00", "11:30"]
    assert minutes(made, second) == ["09:00", "09:30", "10:30", "11:30"]


def test_a_room_is_offered_for_anybody_who_may_use_it() -> None:
    first, second = columns(TEN, ELEVEN)
    made = offers(FOLLOW_UP, THEIRS)
    assert "10:00" in minutes(made, second)
    assert minutes(offers(THEIRS), first) == []


def test_a_free_time_is_one_in_this_room_with_whoever_may_be_there() -> None:
    first, _ = columns(TEN)
    slot = first.slot(at("09:00"))
    assert (slot.provider_id, slot.room_id) == (None, 1)


def test_an_appointment_moves_into_another_room_with_its_provider() -> None:
    first, second = columns(TEN, ELEVEN)
    targets = offers().for_move(TEN, second)
    assert targets.refused(TEN.start) is None
    busy = targets.refused(ELEVEN.start)
    assert busy is not None
    assert busy.policy == Policy.NO_ROOM
    assert second.owner_of(TEN) == TEN.provider_id
    stays = MoveWish(TEN, 1, TEN.start, room_id=first.room_id)
    moves = MoveWish(TEN, 1, TEN.start, room_id=second.room_id)
    assert (stays.changes_something, moves.changes_something) == (False, True)


def test_a_service_that_may_not_use_a_room_is_not_offered_there() -> None:
    first, _ = columns(TEN, ELEVEN)
    refused = offers().for_move(ELEVEN, first).refused(at("09:00"))
    assert refused is not None
    assert refused.policy == Policy.INACTIVE


def test_who_is_there_unseen_is_drawn_as_taken() -> None:
    first, _ = columns(unseen={1: [span(TEN.busy)]})
    (block,) = first.blocks
    assert (block.reason, block.top) == ("Taken", 600)
    refused = offers().refused(first, TEN.start)
    assert refused is not None
    assert refused.policy == Policy.NO_ROOM


@pytest.mark.parametrize(("clock", "is_open"), [("09:00", True), ("13:00", False)])
def test_without_a_chosen_service_hours_decide(clock: str, is_open: bool) -> None:
    first, _ = columns()
    assert (offers().refused(first, at(clock)) is None) == is_open


def test_a_card_says_with_whom_in_the_colour_of_theirs() -> None:
    first, _ = columns(TEN)
    (card,) = first.cards
    assert card.what == "Dr. A · Follow-up"
    assert card.kind.tint == provider(1).colour
    assert first.beside(TEN) == "Dr. A"


def test_what_is_in_no_room_stands_in_the_last_column() -> None:
    *_, last = columns(TEN, visit("09:00"))
    assert last.name == "No room"
    assert len(last.cards) == 1
    assert last.fitting(FOLLOW_UP) is None
