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
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.refunds import words
from desk_app.ui.refunds.rows import RefundRole, RefundRows, RefundsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.notice_bar import Action
    from desk_app.ui.words import Words

_GIVEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RefundsPage(QWidget):
    """A list with its total; keys settle the chosen one.

    Signals:
        given: the money was given back (`Appointment`).
        nothing_paid: nothing had been paid, so nothing is due (`Appointment`).
    """

    given = Signal(object)
    nothing_paid = Signal(object)

    def __init__(self, way_back: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way_back = way_back
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
        return self.empty.said

    def show_refunds(self, refunds: Sequence[Appointment], screen: Screen) -> None:
        """Show what waits; the place in the list is kept."""
        row = max(self.list.currentIndex().row(), 0)
        self.model.show_refunds(refunds, screen)
        if refunds:
            row = min(row, len(refunds) - 1)
            self.list.setCurrentIndex(self.model.index(row))
            self._total.setText(filled(self.tr("Total: %1"), words.total(refunds)))
        self.empty.say(self._all_settled())
        self._show(is_list=bool(refunds))

    def say(self, text: str) -> None:
        """Say something in place of the list."""
        self.empty.say(EmptyWords("hand-coins", text))
        self._show(is_list=False)

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
        self.empty, self._total = EmptyState(), PlainLabel()
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
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        self._show(is_list=False)

    def _connect(self) -> None:
        self._give.clicked.connect(self._on_given)
        self._nothing.clicked.connect(self._on_nothing_paid)

    def _show(self, *, is_list: bool) -> None:
        parts = (self.list, self._total, self._give, self._nothing)
        self.empty.stand_for(self, *parts, is_empty=not is_list)

    def _all_settled(self) -> EmptyWords:
        return EmptyWords(
            "hand-coins",
            self.tr("No refund is waiting"),
            self.tr(
                "All is settled. What is to be paid back when a visit is cancelled"
                " stands here until somebody gives it."
            ),
            self._way_back,
        )

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
