"""Who walks in, who is here, who did not come, and what a manager says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.slots import Opening
from desk_app.domain.waiting_room import Waiting, consequences, waiting_of
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.ports import BookingForm
from desk_app.ui.empty import EmptyWords
from desk_app.ui.notice_bar import Action
from desk_app.ui.waiting.no_show import NoShowDialog
from desk_app.ui.waiting.page import PeoplePage
from desk_app.ui.waiting.ports import MarkPorts, WalkInPorts
from desk_app.ui.waiting.rows import rows_of_expected, rows_of_here
from desk_app.ui.waiting.walk_in import WalkInDialog
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import openings, port

if TYPE_CHECKING:
    from collections.abc import Iterator


def _nothing() -> None:
    """Do nothing."""


@screen("walk-in", shows="client.name")
def walk_in(scene: Scene) -> Iterator[None]:
    """A client who is chosen, with the first free times; then nothing free."""
    desk, facts = scene.stage.desk, scene.facts
    ports = WalkInPorts(
        find_clients=port(desk.clients.find),
        openings=port(partial(openings, desk.diary)),
        book=port(desk.booking.book),
        wait=port(desk.waiting_room.walk_in),
    )
    form = BookingForm(facts.screen, service_id=facts.confirmed.service_id)
    dialog = scene.show(lambda: WalkInDialog(form, ports))
    visit = facts.confirmed
    place = (visit.provider_id, visit.service_id)
    with scene.turns.turn():
        dialog.client.choose(facts.client)
        dialog._on_fits((Opening(visit.start, visit.end, *place),))
    yield
    with scene.turns.turn():
        dialog._on_fits(())
    yield


@screen("no-show", shows="client.name")
def no_show(scene: Scene) -> Iterator[None]:
    """What follows when a client did not come."""
    facts, booking = scene.facts, scene.stage.desk.booking
    policy = facts.catalogue.rules.no_show
    follows = consequences(facts.confirmed, policy, 3, facts.now)
    ports = MarkPorts(port(booking.mark))
    scene.show(lambda: NoShowDialog(facts.confirmed, follows, facts.screen, ports))
    yield


@screen("steps of a visit", shows="client.name", rare=True)
def steps(scene: Scene) -> Iterator[None]:
    """The dialog of a visit whose client is here, with the next steps."""
    facts = scene.facts
    here = replace(facts.confirmed, arrived_at=facts.now)
    ports = replace(scene.stage.appointment_ports(), mark=lambda _visit, _step: None)
    scene.show(lambda: AppointmentDialog(here, facts.screen, ports))
    yield


@screen("waiting room", shows="client.name")
def waiting_room(scene: Scene) -> Iterator[None]:
    """Who waits too long, who has no time yet and could have one, who is missing."""
    facts = scene.facts
    visit, client = facts.confirmed, facts.client
    long_ago = facts.now - timedelta(hours=2)
    seated = waiting_of(replace(visit, start=long_ago, arrived_at=long_ago))
    assert seated is not None
    name, phone = client.name, client.phone_display
    walked_in = Waiting(
        client.client_id, name, phone, long_ago, None, visit.service_name, walk_in_id=1
    )
    place = (visit.provider_id, visit.service_id)
    free = {1: Opening(visit.start, visit.end, *place)}
    empty = EmptyWords("armchair", name, name, Action("&Go on", _nothing))
    page = scene.show(lambda: PeoplePage(name, empty, ()))
    with scene.turns.turn():
        page.show_rows(rows_of_here((seated, walked_in), free, facts.screen))
    yield
    with scene.turns.turn():
        page.show_rows(rows_of_expected((visit,), facts.screen))
    yield
    with scene.turns.turn():
        page.show_rows(())
    yield
