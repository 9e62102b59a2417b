"""The public holidays to come: ticked, because most practices keep them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem

from desk_app.domain.closures import Region
from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.first_run.draft import tr
from desk_app.ui.first_run.step import Step
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.closures import Closure, HolidayOffer
    from desk_app.ui.first_run.draft import Draft

ROWS = 9


class HolidaysStep(Step):
    """Days to tick; another part of the country has others.

    Signals:
        wanted: the holidays of a region shall be looked up (`Region`).
    """

    wanted = Signal(object)
    field = "closures"

    def __init__(self) -> None:
        super().__init__(
            tr("Which holidays do you keep?"),
            tr(
                "Nothing is offered on a ticked day. Your own closed days, and half"
                " ones, are added in the practice’s pages."
            ),
        )
        self._region: Region | None = None
        self._is_looking = self._goes_on = False
        self._part, self.days = QComboBox(), QListWidget()
        self._part_label = PlainLabel(tr("&Part of the country"))
        self._part_label.setBuddy(self._part)
        self._part.setAccessibleName(tr("Part of the country"))
        self.days.setAccessibleName(tr("Holidays"))
        self.days.setFixedHeight(self.fontMetrics().height() * 2 * ROWS)
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        set_ink(self._said, Ink.MUTED)
        for widget in (self._part_label, self._part, self.days, self._said):
            self.column.addWidget(widget)
        self.column.addWidget(self.complaint)
        self._part.activated.connect(self._on_part)

    def show_draft(self, draft: Draft) -> None:
        region = Region(draft.facts.country, draft.part)
        if region != self._region:
            self._look(region)

    def show_offer(self, offer: HolidayOffer) -> None:
        """Show the holidays that were looked up, all of them ticked."""
        if offer.region != self._region:
            return
        self._is_looking = False
        self._part.clear()
        self._part.addItem(tr("All of the country"), "")
        for part in offer.parts:
            self._part.addItem(part.name, part.code)
        self._part.setCurrentIndex(
            max(self._part.findData(offer.region.subdivision), 0)
        )
        for widget in (self._part_label, self._part):
            widget.setVisible(bool(offer.parts))
        self.days.clear()
        for closure in offer.closures:
            self.days.addItem(_item(closure))
        self.days.setVisible(bool(offer.closures))
        self._said.setText(_summary(offer))
        if self._goes_on:
            self.done.emit()
        elif self.isVisible():
            self.begin()

    def entered(self, draft: Draft) -> Draft | None:
        """Return the ticked days; go on by itself once they are looked up."""
        self._goes_on = self._is_looking
        if self._is_looking or self._region is None:
            return None
        closures = tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in map(self.days.item, range(self.days.count()))
            if item.checkState() is Qt.CheckState.Checked
        )
        return replace(draft, closures=closures, part=self._region.subdivision)

    def begin(self) -> None:
        if self.days.count():
            self.days.setFocus()
            self.days.setCurrentRow(0)

    @Slot()
    def _on_part(self) -> None:
        country = self._region.country if self._region else ""
        self._look(Region(country, self._part.currentData()))

    def _look(self, region: Region) -> None:
        self._region, self._is_looking = region, True
        self.days.clear()
        self._said.setText(tr("Looking them up…"))
        self.wanted.emit(region)


def _item(closure: Closure) -> QListWidgetItem:
    day = shown.short_date(closure.day)
    item = QListWidgetItem(f"{day}   {closure.name}")
    item.setData(Qt.ItemDataRole.UserRole, closure)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked)
    return item


def _summary(offer: HolidayOffer) -> str:
    if not offer.closures:
        return tr("No holidays are known for this country; add your own days later.")
    last = shown.short_date(offer.closures[-1].day)
    return filled(
        tr("%1 days until %2. Space ticks, Enter goes on."),
        str(len(offer.closures)),
        last,
    )
