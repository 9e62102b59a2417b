"""What is carried, taken back, and booked elsewhere: pages beside the schedule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.holds import Hold
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("pinboard", shows="client.name")
def pinboard(scene: Scene) -> Iterator[None]:
    """Two pinned appointments: their cards, the line below, and the page."""
    desk, facts = scene.front_desk(), scene.facts
    flows = desk.features.pinboard
    with scene.turns.turn():
        for visit in (facts.pending, facts.confirmed):
            flows.pin(visit)
        flows.switch_page()
    yield
    for number in flows.board.ids:
        flows.page.off_wanted.emit(number)
    desk.side.close_page()


@screen("undo", shows="client.name")
def undo(scene: Scene) -> Iterator[None]:
    """What was done at this desk, with its toast."""
    desk, facts = scene.front_desk(), scene.facts
    flows = desk.features.undo
    with scene.turns.turn():
        desk.around.booked("%1", facts.confirmed)
        flows.switch_list()
    yield
    flows.deeds.clear()
    desk.side.close_page()
    desk.voice.forget()


@screen("held")
def held(scene: Scene) -> Iterator[None]:
    """A time that somebody with such a name books at a desk with such a name."""
    desk, visit = scene.front_desk(), scene.facts.pending
    start = visit.start.replace(hour=14, minute=0)
    soon, text = timedelta(seconds=30), scene.text
    span = (visit.provider_id, start, start + timedelta(minutes=40))
    since = scene.facts.now
    hold = Hold(uuid4(), *span, text, text, text, since, since + soon, left=soon)
    with scene.turns.turn():
        desk.pane.view.held.show((hold,))
        desk.pane.view.focus_time(visit.provider_id, start)
    yield
    desk.pane.view.held.show(())
