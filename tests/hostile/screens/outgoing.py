"""Messages: of a visit, in the queue, at the lower edge; and the link of a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from desk_app.domain.deliveries import Delivery, Lamp, Queued, Standing
from desk_app.domain.queue import Outcome, State
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.outgoing.meeting import MeetingPorts
from desk_app.ui.outgoing.page import MessagesPage
from desk_app.ui.outgoing.queue_page import QueuePage
from desk_app.ui.outgoing.reminding import REMINDER
from desk_app.ui.words import Words
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.appointment import Appointment


def _delivery(scene: Scene, **values: object) -> Delivery:
    """Return a message that failed, with a hostile text wherever there is text."""
    facts = scene.facts
    visit, name = facts.confirmed, facts.client.name
    failed = Delivery(
        1,
        "confirmation",
        State.UNSURE,
        facts.now,
        facts.now,
        outcome=Outcome.ANSWER_LOST,
        recipient="CLIENT",
        channel="EMAIL",
        sent_to=name,
        attempts=3,
        error=name,
        decided_by=name,
        appointment_id=visit.appointment_id,
        provider_id=visit.provider_id,
        client_id=visit.client_id,
        client_name=name,
        client_phone=visit.client_phone,
        service_name=visit.service_name,
        start=visit.start,
        end=visit.end,
        status=visit.status,
    )
    return replace(failed, **values)  # type: ignore[arg-type]


def _rows(scene: Scene) -> tuple[Delivery, ...]:
    late = scene.facts.now - timedelta(hours=1)
    return (
        _delivery(scene),
        _delivery(scene, outbox_id=2, state=State.DEAD, kind=scene.facts.client.name),
        _delivery(scene, outbox_id=3, state=State.WAITING, since=late, run_at=late),
        _delivery(scene, outbox_id=4, state=State.DROPPED, recipient="PROVIDER"),
    )


@screen("messages", shows="client.name")
def messages(scene: Scene) -> Iterator[None]:
    """The messages of a client, the warning about one, and what can be sent."""
    page = scene.show(MessagesPage)
    with scene.turns.turn():
        page.name(scene.facts.client.name)
        page.offer(("confirmation",))
        page.show_rows(_rows(scene), scene.facts.screen, with_visits=True)
    yield
    with scene.turns.turn():
        page.detail.again.click()
        page.send.click()
    yield
    with scene.turns.turn():
        page.complain(Words(scene.facts.client.name, scene.facts.client.name))
        page.say(scene.facts.client.name)
    yield


@screen("queue of messages", shows="client.name")
def queue(scene: Scene) -> Iterator[None]:
    """The queue with what failed, what is late and what waits; then with nothing."""
    facts = scene.facts
    page = scene.show(QueuePage)
    with scene.turns.turn():
        queued = Queued(_rows(scene), Standing(2, 1, 3600.0), 1, facts.now)
        page.show_queue(queued, facts.screen)
        page.complain(Words(facts.client.name, facts.client.name), topic="reading")
    yield
    with scene.turns.turn():
        page.show_queue(Queued((), Standing(), 0, facts.now), facts.screen)
    yield


@screen("light of messages", rare=True)
def light(scene: Scene) -> Iterator[None]:
    """The light at the lower edge when somebody is needed."""
    status = scene.front_desk().status
    with scene.turns.turn():
        status.light.show_lamp(Lamp.NEEDS_YOU, Standing(needs_you=3))
    yield
    status.light.show_lamp(Lamp.CALM, Standing())


@screen("reminder at the desk", shows="client.name", rare=True)
def reminder(scene: Scene) -> Iterator[None]:
    """What reminds a provider in the window, where the desktop cannot."""
    desk, visit = scene.front_desk(), scene.facts.confirmed
    reminding = desk.features.reminding
    with scene.turns.turn():
        title, text = reminding._words(visit)
        desk.notice.show_words(Words(title, text), topic=REMINDER)
    yield
    desk.notice.clear(REMINDER)


@screen("link of a meeting", shows="client.name", rare=True)
def link(scene: Scene) -> Iterator[None]:
    """The dialog of a visit by video: with a link, and when it could not be made."""
    failed = _delivery(scene, kind="meeting_link", state=State.DEAD)
    name = scene.facts.client.name
    visit = replace(scene.facts.confirmed, is_virtual=True, meeting_link=name)
    for one in (visit, replace(visit, meeting_link="")):
        scene.show(partial(_dialog, scene, one, failed))
        yield


def _dialog(scene: Scene, visit: Appointment, row: Delivery) -> AppointmentDialog:
    ports = MeetingPorts(bool, bool, port(lambda _number: (row,)))
    all_ports = replace(scene.stage.appointment_ports(), meeting=ports, messages=bool)
    return AppointmentDialog(visit, scene.facts.screen, all_ports)
