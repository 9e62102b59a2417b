"""The pages for files that come in and go out."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.calendar_file.becoming import (
    Becoming,
    CalendarChecked,
    CalendarWish,
    NewBlock,
)
from desk_app.domain.calendar_file.events import CalendarRead, Event
from desk_app.domain.importing.faults import fault
from desk_app.errors import Invalid
from desk_app.ui.transfer.calendar.page import CalendarPage
from desk_app.ui.transfer.calendar.ports import calendar_ports
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


@screen("import of a calendar", shows="provider.name service.name")
def calendars(scene: Scene) -> Iterator[None]:
    """Events that are called so, then a file that is none, then faults."""
    ports = calendar_ports(scene.desk.around)
    page = scene.show(lambda: CalendarPage(ports))
    read = CalendarRead("x.ics", (_event(scene),) * 3, unknown_zones=(scene.text,))
    wish = CalendarWish(Becoming.BLOCKS, 1)
    blocks = (NewBlock(scene.facts.now.date(), time(9), time(10), scene.text),)
    with scene.turns.turn():
        page._on_checked(CalendarChecked(read, wish, blocks=blocks))
    yield
    with scene.turns.turn():
        page.wishes.becoming.choose(Becoming.APPOINTMENTS)
        page.file.show_refusal(Invalid("file", "There is no such file."))
        bad = (fault(3, "This is no date.", scene.text),)
        page._on_checked(CalendarChecked(read, wish, faults=bad))
    yield


def _event(scene: Scene) -> Event:
    now, text = scene.facts.now, scene.text
    end = now + timedelta(hours=1)
    return Event(1, now, end, text, person=text, email=text)
