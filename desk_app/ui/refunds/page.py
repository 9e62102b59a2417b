"""The page of refunds beside the schedule: who is still to be given money back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.refunds import words
from desk_app.ui.refunds.rows import RefundRole, RefundRows, RefundsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.notices import Words

_GIVEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RefundsPage(QWidget):
    """A list with its total; keys settle the chosen one.

    Signals:
        given: the money was given back (`Appointment`).
        nothing_paid: nothing had been paid, so nothing is due (`Appointment`).
    """

    given = Signal(object)
    nothing_paid = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RefundsModel(self)
        self._build()
        self._connect()

    @property
    def chosen(self) -> Appointment | None:
        """The refund that the keys settle."""
        found: Appointment | None = self.list.currentIndex().data(RefundRole)
        return found

    @property
    def total(self) -> str:
        """What stands below the list."""
        return self._total.text()

    @property
    def said(self) -> str:
        """What stands in place of a list, "" while there is one."""
        return "" if self._instead.isHidden() else self._instead.text()

    def show_refunds(self, refunds: Sequence[Appointment], screen: Screen) -> None:
        """Show what waits; the place in the list is kept."""
        row = max(self.list.currentIndex().row(), 0)
        self.model.show_refunds(refunds, screen)
        if refunds:
            row = min(row, len(refunds) - 1)
            self.list.setCurrentIndex(self.model.index(row))
            self._total.setText(filled(self.tr("Total: %1"), words.total(refunds)))
        self._show(is_list=bool(refunds))
        self._instead.setText(self.tr("No refund is waiting. All is settled."))

    def say(self, text: str) -> None:
        """Say something in place of the list."""
        self._show(is_list=False)
        self._instead.setText(text)

    def complain(self, said: Words) -> None:
        """Say why something could not be settled."""
        self.banner.say(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: given. N: nothing had been paid. Each press settles one."""
        if event.isAutoRepeat() or self.chosen is None:
            super().keyPressEvent(event)
        elif event.key() in _GIVEN:
            self._on_given()
        elif event.key() == Qt.Key.Key_N:
            self._on_nothing_paid()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RefundRows(self.list))
        self.list.setAccessibleName(self.tr("Refunds to give"))
        self._instead, self._total = PlainLabel(), PlainLabel()
        self._instead.setWordWrap(True)
        self._instead.setContentsMargins(16, 12, 16, 0)
        set_ink(self._instead, Ink.MUTED)
        sized(self._total, 1.1, bold=True)
        self.banner = Banner()
        self._give = PromptButton(self.tr("Given (Enter)"))
        self._nothing = PromptButton(self.tr("Nothing was paid (N)"))
        for button in (self._give, self._nothing):
            button.setAutoDefault(False)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self._give)
        keys.addWidget(self._nothing)
        keys.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(16, 8, 16, 14)
        below.setSpacing(10)
        below.addWidget(self.banner)
        below.addWidget(self._total)
        below.addLayout(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._instead)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        column.addStretch(0)
        self.setFocusProxy(self.list)
        self._show(is_list=False)

    def _connect(self) -> None:
        self._give.clicked.connect(self._on_given)
        self._nothing.clicked.connect(self._on_nothing_paid)

    def _show(self, *, is_list: bool) -> None:
        for widget in (self.list, self._total, self._give, self._nothing):
            widget.setVisible(is_list)
        self._instead.setVisible(not is_list)
        # The keyboard stays in the page, so that Esc closes it.
        proxy = self.list if is_list else None
        self.setFocusProxy(proxy)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @Slot()
    def _on_given(self) -> None:
        if self.chosen is not None:
            self.banner.clear()
            self.given.emit(self.chosen)

    @Slot()
    def _on_nothing_paid(self) -> None:
        if self.chosen is not None:
            self.banner.clear()
            self.nothing_paid.emit(self.chosen)


class _List(QListView):
    """Leaves Enter and letters to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*_GIVEN, Qt.Key.Key_N):
            event.ignore()
        else:
            super().keyPressEvent(event)
