"""Hours, closed days and days off in the office, and whom a change would strand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_app.domain.closures import Closure
from desk_app.domain.rebooking import Proposal
from desk_app.domain.slots import Opening
from desk_app.errors import Strands
from desk_app.ui.office.closures.dialog import ClosureDialog
from desk_app.ui.office.closures.page import ClosuresPage
from desk_app.ui.office.closures.rows import Entry
from desk_app.ui.office.hours.copy_dialog import CopyDialog
from desk_app.ui.office.hours.page import HoursPage
from desk_app.ui.office.hours.season_dialog import SeasonDialog
from desk_app.ui.office.stranded.dialog import StrandedDialog
from desk_app.ui.office.year.days_dialog import DaysDialog
from desk_app.ui.office.year.page import YearPage
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 12, 24)


@screen("weekly_hours", shows="provider.name", rare=True)
def weekly_hours(scene: Scene) -> Iterator[None]:
    """The page of hours, who may get the same, and other hours from a day on."""
    page = scene.show(lambda: HoursPage(scene.desk.around))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    with scene.turns.turn():
        page.fields.fields[0].setText(scene.text)
        page.fields.commit()
        page.fields.day_changed.emit(5, ())
    yield
    provider = scene.facts.catalogue.providers[0]
    send = scene.desk.around.port(lambda _: ())
    others = scene.facts.catalogue.providers
    scene.show(lambda: CopyDialog(provider, others, send, lambda ids: ids))
    yield
    scene.show(lambda: SeasonDialog(DAY))
    yield


@screen("closures", shows="closure.name", rare=True)
def closures(scene: Scene) -> Iterator[None]:
    """The closed days of a year, and one of them."""
    page = scene.show(lambda: ClosuresPage(scene.desk.around))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    with scene.turns.turn():
        page._change((), (Closure(DAY, scene.text),))
    yield
    entry = Entry(Closure(DAY, scene.text))
    dialog = scene.show(lambda: ClosureDialog(entry, is_new=False))
    with scene.turns.turn():
        dialog.name.setText("")
        dialog.submit()
        dialog.name.setText(scene.text)
    yield


@screen("year", shows="provider.name", rare=True)
def year(scene: Scene) -> Iterator[None]:
    """A year, and what shall be on some of its days."""
    page = scene.show(lambda: YearPage(scene.desk.around))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    yield
    provider = scene.facts.catalogue.providers[0]
    send = scene.desk.around.port(lambda _: ())
    dialog = scene.show(lambda: DaysDialog(provider, (DAY, DAY), send))
    with scene.turns.turn():
        dialog.reason.setText(scene.text)
        dialog.hours.setText(scene.text)
    yield


@screen("stranded", shows="client.name")
def stranded(scene: Scene) -> Iterator[None]:
    """Whom a change would strand, with a time at somebody else."""
    facts = scene.facts
    visit = facts.confirmed
    strands = Strands(appointments=(visit, facts.pending))
    dialog = scene.show(lambda: StrandedDialog(strands, scene.desk.around))
    scene.settle()
    other = facts.catalogue.providers[-1].provider_id
    opening = Opening(visit.start, visit.end, other, visit.service_id)
    with scene.turns.turn():
        dialog._on_found((Proposal(visit, (opening,)),))
        dialog.choices.move(0, 0)
        dialog.choices.cancel(1)
        dialog.reason.setText(scene.text)
        dialog._refresh()
    yield
