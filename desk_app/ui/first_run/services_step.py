"""What they offer: proposals for each profession, to tick, rename and price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from desk_app.domain.prices import read_price
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.first_run.draft import Offer, tr, type_name
from desk_app.ui.first_run.step import Step
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from decimal import Decimal

    from desk_app.domain.people import ProviderType
    from desk_app.ui.first_run.draft import Draft

LONGEST = 200
LONGEST_VISIT = 1440


class ServicesStep(Step):
    """A line for each proposal; Enter goes on from any of them."""

    field = "service"

    def __init__(self) -> None:
        super().__init__(
            tr("What do they offer?"),
            tr(
                "Keep what fits, change what does not. Prices, buffers and more"
                " services can be changed at any time."
            ),
        )
        self.rows: list[_Row] = []
        self._table: QWidget | None = None
        self.column.addWidget(self.complaint)

    def show_draft(self, draft: Draft) -> None:
        if self._table is not None:
            self._table.deleteLater()
        self._table, self.rows = QWidget(), []
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._add_heads(grid, draft.facts.currency)
        for type_ in draft.types:
            if len(draft.types) > 1:
                self._add_title(grid, type_)
            for offer in draft.offers:
                if offer.type is type_:
                    self._add_row(grid, offer)
        self.column.insertWidget(self.column.count() - 1, self._table)

    def entered(self, draft: Draft) -> Draft | None:
        offers = [row.offer for row in self.rows]
        without = next((o for o in offers if o.is_wanted and not o.name), None)
        if without is not None:
            self.complain("service", tr("Type the name of each ticked service."))
            return None
        if any(row.is_price_wrong for row in self.rows):
            self.complain("service", tr("A price is a number, for example 60."))
            return None
        if not any(offer.is_wanted for offer in offers):
            self.complain("service", tr("Tick at least one service."))
            return None
        return replace(draft, offers=tuple(offers))

    def begin(self) -> None:
        first = next((row for row in self.rows if row.tick.isChecked()), None)
        if first is not None:
            first.price.setFocus()

    def _add_heads(self, grid: QGridLayout, currency: str) -> None:
        heads = (tr("Service"), tr("Length"), filled(tr("Price (%1)"), currency))
        for place, text in enumerate(heads, start=1):
            label = PlainLabel(text)
            set_ink(label, Ink.MUTED)
            grid.addWidget(label, 0, place)

    def _add_title(self, grid: QGridLayout, type_: ProviderType) -> None:
        label = PlainLabel(type_name(type_))
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        grid.addWidget(label, grid.rowCount(), 0, 1, 4)

    def _add_row(self, grid: QGridLayout, offer: Offer) -> None:
        row, place = _Row(offer), grid.rowCount()
        self.rows.append(row)
        for column, field in enumerate((row.tick, row.field, row.minutes, row.price)):
            grid.addWidget(field, place, column)
        for edited in (row.field.textEdited, row.price.textEdited, row.tick.toggled):
            edited.connect(self.complaint.clear_words)


class _Row:
    """The fields of one service."""

    def __init__(self, offer: Offer) -> None:
        self._offer = offer
        self.tick = QCheckBox()
        self.field = QLineEdit(offer.name, maxLength=LONGEST)
        self.minutes = QSpinBox()
        self.minutes.setRange(1, LONGEST_VISIT)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setValue(offer.minutes)
        self.price = QLineEdit(_written(offer.price))
        self.price.setPlaceholderText("0")
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        width = self.price.fontMetrics().horizontalAdvance("0") * 12
        self.price.setFixedWidth(width)
        self.tick.setAccessibleName(filled(tr("Offer %1"), offer.name))
        self.field.setAccessibleName(tr("Name of the service"))
        self.minutes.setAccessibleName(filled(tr("Length of %1"), offer.name))
        self.price.setAccessibleName(filled(tr("Price of %1"), offer.name))
        self.tick.toggled.connect(self._follow)
        self.tick.setChecked(offer.is_wanted)
        self._follow(offer.is_wanted)

    @property
    def is_price_wrong(self) -> bool:
        """Whether a price is typed that is none."""
        return self.tick.isChecked() and _read(self.price.text()) is None

    @property
    def offer(self) -> Offer:
        """The service as it is entered."""
        return replace(
            self._offer,
            name=" ".join(self.field.text().split()),
            minutes=self.minutes.value(),
            price=_read(self.price.text()),
            is_wanted=self.tick.isChecked(),
        )

    def _follow(self, is_wanted: bool) -> None:
        for field in (self.field, self.minutes, self.price):
            field.setEnabled(is_wanted)


def _written(price: Decimal | None) -> str:
    if not price:
        return ""
    return QLocale().toString(float(price), "f", 0 if price == int(price) else 2)


def _read(text: str) -> Decimal | None:
    """Return a price as it is typed in this language, 0 for none; None if wrong."""
    return read_price(text, QLocale().decimalPoint())
