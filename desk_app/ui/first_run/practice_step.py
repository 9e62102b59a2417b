"""The practice itself: its name, and where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from desk_app.ui.access.form import Form, Named
from desk_app.ui.first_run.draft import Facts, tr
from desk_app.ui.first_run.step import Step
from desk_app.ui.office.places import country_box, currency_box, zone_box

if TYPE_CHECKING:
    from desk_app.ui.first_run.draft import Draft

LONGEST = 200


class PracticeStep(Step):
    """Asks what everything else follows from; all of it is filled in already."""

    def __init__(self) -> None:
        super().__init__(
            tr("Your practice"),
            tr(
                "Country, currency and time zone are taken from this computer. Phone"
                " numbers, prices and public holidays follow them."
            ),
        )
        self._name = QLineEdit(maxLength=LONGEST)
        self._country = country_box(tr("Country"))
        self._currency = currency_box(tr("Currency"))
        self._zone = zone_box(tr("Time zone"))
        self.form = Form()
        self.form.add(Named("practice", tr("&Name of the practice"), self._name))
        self.form.add(
            Named("country", tr("&Country"), self._country),
            Named("currency", tr("C&urrency"), self._currency),
        )
        self.form.add(Named("timezone", tr("&Time zone"), self._zone))
        self.column.addWidget(self.form)

    def show_draft(self, draft: Draft) -> None:
        facts = draft.facts
        self._name.setText(facts.name)
        self._currency.choose(facts.currency)
        self._zone.choose(facts.timezone)
        self._country.choose(facts.country)

    def entered(self, draft: Draft) -> Draft | None:
        name, chosen = self._name.text().strip(), self._zone.value
        country, currency = self._country.value, self._currency.value
        if not name:
            self.complain("practice", tr("Type the name of the practice."))
        elif country is None:
            self.complain("country", tr("Choose one of the countries."))
        elif currency is None:
            self.complain("currency", tr("Choose one of the currencies."))
        elif chosen is None:
            self.complain("timezone", tr("Choose one of the time zones."))
        else:
            return replace(draft, facts=Facts(name, chosen, country, currency))
        return None

    def begin(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def complain(self, field: str, text: str) -> bool:
        return self.form.complain(field, text)
