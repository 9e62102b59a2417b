"""A price with its currency beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk_app.domain.people import Money
from desk_app.domain.prices import read_price
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from decimal import Decimal

LONGEST = 24


class PriceField(QWidget):
    """Takes an amount as people write it; another currency stays until it is left.

    Signals:
        changed: something else stands there.
    """

    changed = Signal()

    def __init__(self, price: Money, currency: str) -> None:
        super().__init__()
        self._known, self._own = price, currency
        self.amount = QLineEdit(_shown(price))
        self.amount.setMaxLength(LONGEST)
        self.amount.setPlaceholderText("0")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 15)
        self.amount.setAccessibleName(filled(self.tr("Price in %1"), price.currency))
        self._currency = PlainLabel(price.currency)
        set_ink(self._currency, Ink.MUTED)
        self.own = PromptCheck(filled(self.tr("In %1 &from now on"), currency))
        self.own.setVisible(price.currency != currency)
        self.setFocusProxy(self.amount)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self.amount, self._currency, self.own):
            row.addWidget(widget)
        row.addStretch(1)
        self.amount.textChanged.connect(self.changed)
        self.own.toggled.connect(self._on_own)

    @property
    def price(self) -> Money | None:
        """The price that stands there, None for what is none."""
        amount = self._amount()
        return None if amount is None else Money(amount, self._currency.text())

    def _amount(self) -> Decimal | None:
        if self.amount.text() == _shown(self._known):
            return self._known.amount
        return read_price(self.amount.text(), QLocale().decimalPoint())

    def _on_own(self, is_on: bool) -> None:
        self._currency.setText(self._own if is_on else self._known.currency)
        self.changed.emit()


def _shown(price: Money) -> str:
    """Return an amount without its currency, as it is written at this desk."""
    amount = price.amount
    is_whole = amount == int(amount)
    return QLocale().toString(float(amount), "f", 0 if is_whole else 2)
