"""The pages for files that come in and go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.errors import Invalid
from desk_app.ui.transfer.exporting.page import ExportPage
from desk_app.ui.transfer.exporting.ports import export_ports
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("export of lists", shows="provider.name service.name")
def exporting(scene: Scene) -> Iterator[None]:
    """What leaves the practice, then a folder that takes nothing, then work."""
    page = scene.show(lambda: ExportPage(export_ports(scene.desk.around)))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    yield
    with scene.turns.turn():
        page.place.field.setText(scene.text[:2000])
        page.place.show_refusal(Invalid("folder", "There is no such folder."))
        page.progress.begin("Writing")
    yield
    page.progress.end()
