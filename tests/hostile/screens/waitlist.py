"""The waiting list: all who wait, whom to ring, and the form that puts them there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.domain.waitlist import Entry, FreedSlot, Kept, Outcome, Ranked, Wish
from desk_app.ui.waitlist.call_page import CallPage
from desk_app.ui.waitlist.form import WaitDialog, WaitForm, WaitPorts
from desk_app.ui.waitlist.page import WaitlistPage
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port

if TYPE_CHECKING:
    from collections.abc import Iterator


def entry_of(scene: Scene) -> Entry:
    """Return the client of the stage, who keeps a booking and is rung by somebody."""
    facts = scene.facts
    visit = facts.confirmed
    wish = Wish(
        visit.service_name, visit.provider_id, is_urgent=True, notes=scene.text[:200]
    )
    kept = Kept(visit.appointment_id, visit.provider_id, visit.start, visit.version)
    return Entry(
        1, facts.client, wish, facts.now, 1, kept, scene.text[:60], outcome_at=facts.now
    )


def ports(scene: Scene) -> WaitPorts:
    """Return the ways to look for clients and to save."""
    desk = scene.stage.desk
    return WaitPorts(port(desk.clients.find), port(desk.waitlist.add))


@screen("waiting list", shows="client.name")
def waiting_list(scene: Scene) -> Iterator[None]:
    """Two who wait: one who is rung, one who did not answer."""
    one = entry_of(scene)
    other = replace(one, entry_id=2, called_by="", outcome=Outcome.NO_ANSWER)

    def make() -> WaitlistPage:
        page = WaitlistPage()
        page.show_entries((one, other), scene.facts.screen)
        page.say(scene.text)
        return page

    scene.show(make)
    yield


@screen("whom to ring", shows="client.name")
def whom_to_ring(scene: Scene) -> Iterator[None]:
    """Somebody who fits a free time."""
    facts, visit = scene.facts, scene.facts.confirmed
    service = next(
        each for each in facts.catalogue.services if each.service_id == visit.service_id
    )
    ranked = Ranked(
        entry_of(scene),
        service,
        days_waiting=12,
        wants_provider=True,
        was_rung=False,
    )

    def make() -> CallPage:
        page = CallPage()
        slot = FreedSlot(visit.provider_id, visit.start)
        page.show_slot(slot, (ranked,), facts.screen)
        page.say(scene.text)
        return page

    scene.show(make)
    yield


@screen("waiting form", shows="client.name")
def waiting_form(scene: Scene) -> Iterator[None]:
    """The form of a client who keeps a booking; of one who could; of nobody yet."""
    facts, entry = scene.facts, entry_of(scene)
    name = facts.client.name
    for form in (
        WaitForm(facts.screen, entry.wish, name=name, entry=entry, keeps=name),
        WaitForm(facts.screen, entry.wish, name=name, client_id=1, offered=name),
        WaitForm(facts.screen, entry.wish),
    ):
        scene.show(lambda form=form: WaitDialog(form, ports(scene)))
        yield
