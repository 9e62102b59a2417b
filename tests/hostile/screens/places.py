"""Rooms and locations, with whatever may be their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.places import RoomFile, RoomState
from desk_app.domain.rooms import Location
from desk_app.ui.dialogs.room_choice import RoomChoice
from desk_app.ui.office.locations.form import LocationDialog
from desk_app.ui.office.locations.page import LocationsPage
from desk_app.ui.office.rooms.form import RoomDialog, RoomForm
from desk_app.ui.office.rooms.page import RoomsPage
from desk_app.ui.top_bar import View
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("rooms", rare=True)
def rooms(scene: Scene) -> Iterator[None]:
    """The page, and the form of a room for every service."""
    desk, facts = scene.desk, scene.facts
    page = scene.show(lambda: RoomsPage(desk.around))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    yield
    services = frozenset(each.service_id for each in facts.catalogue.services)
    known = RoomFile(scene.text, 1, service_ids=services, room_id=1)
    places = (Location(1, scene.text, scene.text),)
    form = RoomForm(facts.catalogue, places, known)
    scene.show(lambda: RoomDialog(form, desk.around.port(len)))
    yield


@screen("locations", rare=True)
def locations(scene: Scene) -> Iterator[None]:
    """The page, and the form of a location."""
    desk = scene.desk
    file = desk.features.desk_file(desk._looks)
    page = scene.show(lambda: LocationsPage(desk.around, file))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    yield
    known = Location(1, scene.text, scene.text)
    scene.show(lambda: LocationDialog(known, desk.around.port(len)))
    yield


@screen("room choice", rare=True)
def room_choice(scene: Scene) -> Iterator[None]:
    """A room in which somebody is."""
    facts, visit = scene.facts, scene.facts.confirmed
    states = (RoomState(1, visit.busy, visit), RoomState(2, visit.busy))
    choice = scene.show(lambda: RoomChoice(facts.screen, scene.desk.around.port(len)))
    with scene.turns.turn():
        choice._on_states(states)
    yield


@screen("day by rooms", rare=True)
def day_by_rooms(scene: Scene) -> Iterator[None]:
    """The schedule with rooms as its columns."""
    desk = scene.front_desk()
    with scene.turns.turn():
        desk.pager.show_view(View.ROOMS)
    scene.settle()
    yield
    with scene.turns.turn():
        desk.pager.show_view(View.DAY)
    scene.settle()
