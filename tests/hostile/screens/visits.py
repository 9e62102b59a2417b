"""The dialogs about an appointment: booking, cancelling, moving, reading it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.slots import Opening
from desk_app.ui.dialogs import offers, why_words
from desk_app.ui.dialogs.against import Against
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.history import HistoryDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import BookingForm, MoveForm
from desk_app.ui.dialogs.why_not import WhyNotDialog, WhyNotForm
from desk_app.ui.refunds.page import RefundsPage
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.ui.dialogs.client_field import ClientField


@screen("booking", shows="client.name")
def booking(scene: Scene) -> Iterator[None]:
    """A time that is not free, with a note; clients found, one of them, a new one."""
    stage, facts = scene.stage, scene.facts
    visit = facts.confirmed
    form = BookingForm(
        facts.screen, visit.provider_id, visit.start, notes=facts.pending.notes
    )
    dialog = scene.show(lambda: BookingDialog(form, stage.booking_ports()))
    field: ClientField = dialog.fields.client
    with scene.turns.turn():
        field.search.setText("+49302312500")
        field._ask()
    assert field.found.rowCount() == 2
    yield
    with scene.turns.turn():
        field.choose(facts.client)
    yield
    with scene.turns.turn():
        field._asked = facts.client.name
        field._on_found(())
        dialog.submit()
    yield


@screen("cancel", shows="client.name")
def cancel(scene: Scene) -> Iterator[None]:
    """The question for the reason."""
    facts = scene.facts
    ports = scene.stage.appointment_ports().cancelling
    scene.show(lambda: CancelDialog(facts.confirmed, facts.screen, ports))
    yield


@screen("move", shows="client.name")
def move(scene: Scene) -> Iterator[None]:
    """The move to another provider, at a time that is not free."""
    facts = scene.facts
    ports = scene.stage.appointment_ports().moving
    other = facts.catalogue.providers[-1].provider_id
    form = MoveForm(facts.screen, facts.confirmed, other, facts.pending.start)
    scene.show(lambda: MoveDialog(form, ports))
    yield


@screen("why not", shows="client.name")
def why_not(scene: Scene) -> Iterator[None]:
    """Why the time of an appointment cannot be had once more."""
    facts = scene.facts
    screen, visit = facts.screen, facts.confirmed
    service = offers.service_of(facts.catalogue, visit.service_id)
    assert service is not None
    against = Against(screen).weigh(service, visit.start)
    reasons = why_words.reasons(screen, service, visit.start, against)
    assert reasons
    near = Opening(visit.start, visit.end, visit.provider_id, visit.service_id)
    form = WhyNotForm(screen, service, visit.start, reasons, near)
    scene.show(lambda: WhyNotDialog(form))
    yield


@screen("refunds", shows="client.name")
def refunds(scene: Scene) -> Iterator[None]:
    """The list of refunds, and then none of them."""
    facts = scene.facts
    due = replace(facts.cancelled, refund_due=facts.cancelled.price)
    page = scene.show(lambda: RefundsPage(scene.desk.side.way_back))
    with scene.turns.turn():
        page.show_refunds((due, due), facts.screen)
    yield
    with scene.turns.turn():
        page.show_refunds((), facts.screen)
    yield


@screen("details", shows="appointment.notes")
def details(scene: Scene) -> Iterator[None]:
    """An appointment that is not confirmed, with note and link; then one cancelled."""
    facts, data = scene.facts, scene.desk._flows._clients_data
    ports = replace(
        scene.stage.appointment_ports(),
        history=data.history(facts.pending.appointment_id),
        client=data.ports(),
    )
    for visit in (facts.pending, facts.cancelled):
        dialog = scene.show(partial(AppointmentDialog, visit, facts.screen, ports))
        scene.windows.append(dialog._menu)
        yield


@screen("history", shows="client.name")
def history(scene: Scene) -> Iterator[None]:
    """What was done with an appointment, then with a client."""
    facts, data = scene.facts, scene.desk._flows._clients_data
    name = facts.client.name
    of_visit = data.history(facts.pending.appointment_id)
    of_client = data._history_of_client(facts.client.client_id)
    for ports in (of_visit, of_client):
        dialog = scene.show(partial(HistoryDialog, name, ports))
        scene.settle()
        with scene.turns.turn():
            dialog.deeds.go_to_newest()
        yield
