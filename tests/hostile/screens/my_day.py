"""A provider's day: the list, a delay, a block, an absence, a note, the call list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.domain.interval import Interval
from desk_app.domain.rebooking import Proposal
from desk_app.domain.schedule import Block, Source
from desk_app.domain.slots import Opening
from desk_app.ui.my_day.away_page import AwayPage
from desk_app.ui.my_day.blocking import AwayDialog, BlockDialog
from desk_app.ui.my_day.calls import CallList
from desk_app.ui.my_day.late import LateDialog
from desk_app.ui.my_day.note import NoteDialog
from desk_app.ui.my_day.page import DayPage
from desk_app.ui.my_day.ports import BlockPorts, LatePorts, NotePorts
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.schedule import ProviderDay


def column_of(scene: Scene) -> ProviderDay:
    """Return the day that has appointments and a block."""
    number = scene.facts.confirmed.provider_id
    days = scene.facts.days
    return next(day for day in days if day.provider.provider_id == number)


@screen("my_day", shows="client.name")
def my_day(scene: Scene) -> Iterator[None]:
    """The list with a waiting client, notes, links and a block."""
    column, facts = column_of(scene), scene.facts
    first, *others = column.appointments
    here = replace(first, arrived_at=facts.now)
    column = replace(column, appointments=(here, *others))

    def make() -> DayPage:
        page = DayPage()
        page.show_day(column, facts.catalogue.rules, facts.screen.zone)
        return page

    scene.show(make)
    yield


@screen("late", shows="client.name")
def late(scene: Scene) -> Iterator[None]:
    """Who has to wait."""
    desk, column = scene.stage.desk, column_of(scene)
    read = port(lambda wanted: desk.my_day.day(wanted.provider_id, wanted.day))
    ports = LatePorts(read, port(desk.booking.move_all))
    scene.show(lambda: LateDialog(column, scene.facts.screen, ports))
    yield


@screen("block", shows="client.name")
def block(scene: Scene) -> Iterator[None]:
    """A block over appointments, then the whole day."""
    blocks, column = scene.stage.desk.schedule_blocks, column_of(scene)
    ports = BlockPorts(port(blocks.lying_in), port(blocks.block))
    start = scene.facts.pending.start
    scene.show(lambda: BlockDialog(column.provider, start, ports))
    yield
    scene.show(lambda: AwayDialog(column.provider, column.day, ports))
    yield


@screen("note", shows="client.name")
def note(scene: Scene) -> Iterator[None]:
    """The note of an appointment."""
    ports = NotePorts(port(scene.stage.desk.booking.note))
    visit = scene.facts.pending
    scene.show(lambda: NoteDialog(visit, scene.facts.screen, ports))
    yield


@screen("call_list", shows="client.name")
def call_list(scene: Scene) -> Iterator[None]:
    """Whom to ring, with a time at another provider."""
    facts = scene.facts
    other = facts.catalogue.providers[-1].provider_id
    visit = facts.confirmed
    opening = Opening(visit.start, visit.end, other, visit.service_id)
    calls = CallList([Proposal(visit, (opening,)), Proposal(facts.pending, ())])
    span = Interval(visit.start, visit.end)
    ill = Block(1, span, visit.client_name, Source.MANUAL)

    def make() -> AwayPage:
        page = AwayPage()
        page.show_absence(column_of(scene).provider, ill, facts.screen)
        page.show_calls(calls, facts.screen)
        return page

    scene.show(make)
    yield
