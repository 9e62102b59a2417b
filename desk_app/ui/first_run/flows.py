"""Opens the first run where a practice has nobody yet, and sets it up at the end."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.closures import HolidayOffer
from desk_app.domain.offering import PALETTE, ProviderDraft, ServiceDraft
from desk_app.domain.people import Money
from desk_app.domain.set_up import FirstProvider, SetUp
from desk_app.domain.weekly import WeeklyWindow
from desk_app.ui.first_run.draft import Facts, tr
from desk_app.ui.first_run.page import FirstRunPage
from desk_app.ui.here import here

if TYPE_CHECKING:
    from desk_app.domain.closures import Region
    from desk_app.domain.schedule import Catalogue
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.first_run.draft import Draft, Offer, Person, Week


class FirstRunFlows(QObject):
    """Stands in place of the schedule until somebody has set the practice up."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self.page: FirstRunPage | None = None
        around.practice_changed.connect(self.look)

    @property
    def is_shown(self) -> bool:
        """Whether the practice is being set up."""
        page = self.page
        return page is not None and self._around.pane.cover is page

    @Slot()
    def look(self) -> None:
        """Show the first run to managers of a practice without providers."""
        catalogue = self._around.practice.catalogue
        if catalogue.has_providers or not catalogue.me.may_manage:
            self._leave()
        elif not self.is_shown:
            self._show()

    def _show(self) -> None:
        if self.page is None:
            self.page = FirstRunPage()
            self.page.wanted.connect(self._on_wanted)
            self.page.holidays.wanted.connect(self._on_holidays_wanted)
            self._around.pane.add_cover(self.page)
        facts = known_facts(self._around.practice.catalogue)
        self._around.pane.show_cover(self.page, stays=True)
        self.page.set_facts(facts)

    def _leave(self) -> None:
        if self.page is not None and self.is_shown:
            self._around.pane.take_off(self.page)
            self._around.pane.setFocus()

    @Slot(object)
    def _on_wanted(self, draft: Draft) -> None:
        if self.page is not None:
            self.page.show_busy()
        begin = self._around.port(self._around.desk.setting_up.begin)
        begin(set_up_of(draft), self._on_done, self._on_failed)

    @Slot(object)
    def _on_holidays_wanted(self, region: Region) -> None:
        page, closures = self.page, self._around.desk.closures
        if page is None:
            return
        first = self._around.practice.today()

        def failed(_error: DeskError) -> None:
            page.holidays.show_offer(HolidayOffer(region))

        offer = self._around.port(partial(closures.offer, first=first), "holidays")
        offer(region, page.holidays.show_offer, failed)

    def _on_done(self, _nothing: object) -> None:
        self._around.news.catalogue_changed.emit()
        self._around.said.emit(tr("The practice is set up. N books the first visit."))

    def _on_failed(self, error: DeskError) -> None:
        if self.page is not None:
            self.page.show_refusal(error)


def known_facts(catalogue: Catalogue) -> Facts:
    """Return what is known of a practice; where nothing is, what is usual here."""
    name = catalogue.practice_name
    if not catalogue.country:
        place = here()
        return Facts(name, place.timezone, place.country, place.currency)
    return Facts(name, catalogue.timezone, catalogue.country, catalogue.currency)


def set_up_of(draft: Draft) -> SetUp:
    """Return what is to be written for what was entered."""
    facts = draft.facts
    return SetUp(
        facts.name,
        facts.timezone,
        facts.country,
        facts.currency,
        tuple(
            _provider(draft, place, person) for place, person in enumerate(draft.people)
        ),
        draft.closures,
        draft.part,
    )


def _provider(draft: Draft, place: int, person: Person) -> FirstProvider:
    colour = PALETTE[place % len(PALETTE)]
    return FirstProvider(
        ProviderDraft(person.name, person.type, draft.facts.timezone, colour),
        tuple(
            _service(offer, draft.facts.currency)
            for offer in draft.offers
            if offer.type is person.type and offer.is_wanted
        ),
        tuple(_windows(draft.weeks[place])),
    )


def _service(offer: Offer, currency: str) -> ServiceDraft:
    return ServiceDraft(
        offer.name,
        Money(offer.price or Decimal(0), currency),
        duration_minutes=offer.minutes,
        buffer_minutes=offer.buffer,
        is_virtual=offer.is_virtual,
    )


def _windows(week: Week) -> list[WeeklyWindow]:
    return [
        WeeklyWindow(weekday, window.start, window.end)
        for weekday in week.weekdays
        for window in week.windows
    ]
