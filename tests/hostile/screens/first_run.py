"""The first run: every step of it, with what was typed and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_app.domain.closures import Closure, HolidayOffer, Part, Region
from desk_app.domain.people import ProviderType
from desk_app.errors import Invalid
from desk_app.ui.first_run.draft import Draft, Facts, Offer, Person
from desk_app.ui.first_run.page import FirstRunPage
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = Region("DE")


@screen("first run", rare=True)
def first_run(scene: Scene) -> Iterator[None]:
    """All steps, one after the other."""
    text = scene.text
    people = (Person(text), Person(text, ProviderType.TRAINER))
    draft = Draft(Facts(text, "UTC", "DE", "EUR"), people)
    page: FirstRunPage = scene.show(FirstRunPage)
    with scene.turns.turn():
        page.set_facts(draft.facts)
    yield
    with scene.turns.turn():
        page.draft = draft
        page._show(1)
    yield
    with scene.turns.turn():
        offers = [Offer(person.type, text, 30) for person in people]
        page.draft = Draft(draft.facts, people, tuple(offers))
        page._show(2)
    yield
    with scene.turns.turn():
        page._show(3)
        page.steps[3].same.setChecked(False)
        page.steps[3].rows[0].times.setText(text)
        page.steps[3].entered(page.draft)
    yield
    with scene.turns.turn():
        page._show(4)
        closures = (Closure(date(2026, 12, 25), text, is_holiday=True),)
        page.holidays.show_offer(HolidayOffer(REGION, (Part("BY", text),), closures))
    yield
    with scene.turns.turn():
        page._show(3)
        page.draft = page.steps[3].entered(page.draft) or page.draft
        page.draft = page.holidays.entered(page.draft) or page.draft
        page._show(5)
        page.show_refusal(Invalid("name", text))
    yield
