"""The practice itself: its name, and where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox, QLineEdit

from desk_app.ui.access.form import Form, Named
from desk_app.ui.first_run.draft import Facts, tr
from desk_app.ui.first_run.step import Step

if TYPE_CHECKING:
    from desk_app.ui.first_run.draft import Draft

LONGEST = 200
CURRENCY_LENGTH = 3


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
        self._zone, self._country = QComboBox(), QComboBox()
        self._currency = QLineEdit(maxLength=CURRENCY_LENGTH)
        self._zone.setEditable(True)
        self._zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._zone.addItems(
            sorted(zone for zone in available_timezones() if "/" in zone)
        )
        for code, country in _countries():
            self._country.addItem(country, code)
        self.form = Form()
        self.form.add(Named("practice", self.tr("&Name of the practice"), self._name))
        self.form.add(
            Named("country", self.tr("&Country"), self._country),
            Named("currency", self.tr("C&urrency"), self._currency),
        )
        self.form.add(Named("timezone", self.tr("&Time zone"), self._zone))
        self.column.addWidget(self.form)

    def show_draft(self, draft: Draft) -> None:
        facts = draft.facts
        self._name.setText(facts.name)
        self._currency.setText(facts.currency)
        self._zone.setCurrentText(facts.timezone)
        self._country.setCurrentIndex(max(self._country.findData(facts.country), 0))

    def entered(self, draft: Draft) -> Draft | None:
        facts = Facts(
            self._name.text().strip(),
            self._zone.currentText().strip(),
            self._country.currentData(),
            self._currency.text().strip().upper(),
        )
        if not facts.name:
            self.complain("practice", self.tr("Type the name of the practice."))
        elif facts.timezone not in available_timezones():
            self.complain("timezone", self.tr("Choose one of the time zones."))
        elif not (len(facts.currency) == CURRENCY_LENGTH and facts.currency.isalpha()):
            text = self.tr("Three letters are needed, for example EUR.")
            self.complain("currency", text)
        else:
            return replace(draft, facts=facts)
        return None

    def begin(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def complain(self, field: str, text: str) -> bool:
        return self.form.complain(field, text)


def _countries() -> list[tuple[str, str]]:
    """Return the countries by name, with the code that phones and holidays go by."""
    found = {
        QLocale.territoryToCode(each): QLocale.territoryToString(each)
        for each in QLocale.Country
    }
    known = [(code, name) for code, name in found.items() if _is_country(code)]
    return [("", "—"), *sorted(known, key=lambda one: one[1])]


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha()
