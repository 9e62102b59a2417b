"""What the desk shows and notes while its server is away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desk_app.domain.kept import KeptDays, Noted
from desk_app.ui.outage.dialog import Away, KeptDialog
from desk_app.ui.outage.note_dialog import NoteDialog
from desk_app.ui.outage.page import NotedPage
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


@screen("kept days", shows="client.name")
def kept_days(scene: Scene) -> Iterator[None]:
    """The day that has everything, then what a search leaves of it."""
    facts, diary = scene.facts, scene.stage.desk.diary
    catalogue = facts.catalogue
    ids = tuple(one.provider_id for one in catalogue.providers)
    days = diary.days(tomorrow(), 1, ids)
    kept = KeptDays(facts.now, catalogue.practice_name, catalogue.timezone, days)
    dialog = scene.show(lambda: KeptDialog(kept, Away(facts.now, _nothing)))
    yield
    with scene.turns.turn():
        dialog.field.setText(scene.text[:100])
    yield


@screen("note for later", rare=True)
def note(scene: Scene) -> Iterator[None]:
    """The form with the text in all of its fields."""
    dialog = scene.show(lambda: NoteDialog(port(lambda noted: noted)))
    with scene.turns.turn():
        dialog.client.setText(scene.text[:100])
        dialog.text.setPlainText(scene.text)
    yield


@screen("noted for later", shows="client.name")
def noted(scene: Scene) -> Iterator[None]:
    """A note about a client of this name, then nothing."""
    facts = scene.facts
    one = Noted(UUID(int=1), facts.now, facts.client.name, "1", scene.text, "Friday")
    page = scene.show(lambda: NotedPage(scene.desk.side.way_back))
    with scene.turns.turn():
        page.show_noted((one,), facts.screen)
    yield
    with scene.turns.turn():
        page.show_noted((), facts.screen)
    yield


def _nothing(_parent: QWidget) -> None:
    """Nothing is noted here."""
