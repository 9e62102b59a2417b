"""What stands beside the schedule of views: paper, search, what others changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.history import ChangedVisit, Changes
from desk_app.domain.search import Found
from desk_app.ui.paper.dialog import Choice, Head, PaperDialog
from desk_app.ui.paper.sheet import Options
from desk_app.ui.views.colouring import ColourBy
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("print", shows="provider.name")
def paper(scene: Scene) -> Iterator[None]:
    """A day as it will be printed, with notes."""
    catalogue, day = scene.facts.catalogue, tomorrow()
    ids = tuple(one.provider_id for one in catalogue.providers)
    zone = ZoneInfo(catalogue.timezone)
    head = Head(Options(catalogue.practice_name, zone, scene.text), "day")
    read = port(lambda asked: scene.stage.desk.diary.days(asked.first, 1, ids))
    choices = tuple(Choice(one.name, day, 1, ids) for one in catalogue.providers)
    dialog = scene.show(lambda: PaperDialog(choices, head, read))
    scene.settle()
    with scene.turns.turn():
        dialog.notes.setChecked(True)
    yield


@screen("search", shows="client.name")
def search(scene: Scene) -> Iterator[None]:
    """Appointments that were found, and that there are more."""
    desk, facts = scene.front_desk(), scene.facts
    flows = desk.features.search
    found = Found((facts.pending, facts.confirmed), has_more=True)
    with scene.turns.turn():
        flows.open()
        flows.page.show_found(found, facts.screen, goes_on=False)
    yield
    with scene.turns.turn():
        desk.side.close_page()


@screen("what others changed", shows="client.name")
def changes(scene: Scene) -> Iterator[None]:
    """Deeds of others, and the colours explained below the schedule."""
    desk, facts = scene.front_desk(), scene.facts
    story = scene.stage.desk.history.of_appointment(facts.pending.appointment_id)
    visit = ChangedVisit(facts.pending.appointment_id, story.entries, facts.pending)
    page = desk.features.changes.page
    with scene.turns.turn():
        desk.features.looks.colour_by(ColourBy.SERVICE)
        desk.side.show_page("changes")
        page.show_changes(Changes((visit,)), facts.screen, "")
    yield
    with scene.turns.turn():
        desk.features.looks.colour_by(ColourBy.STATUS)
        desk.side.close_page()
