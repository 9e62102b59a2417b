"""The queue in place of the schedule: what needs a person, what is late, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.deliveries import Part
from desk_app.domain.queue import State
from desk_app.ui import privacy
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.outgoing import queue_words, words
from desk_app.ui.outgoing.detail import DeliveryDetail
from desk_app.ui.outgoing.queue_table import QueueTable
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desk_app.domain.deliveries import Delivery, Queued
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.words import Words

_SIDE_IN_LETTERS = 46
# In a narrower place the detail stands below.
_BESIDE_IN_LETTERS = 110
# As wide as Qt lets a widget be.
_NO_LIMIT = 16_777_215
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueuePage(QWidget):
    """Choices above, the table, and all about the chosen message at the side.

    Signals:
        part_wanted: another part of the queue is to be shown (`Part`).
        all_again_wanted: all that failed shall be tried anew (their rows).
        visit_wanted: the visit that the chosen one is about (`Delivery`).
        left: the schedule is wanted again.
    """

    part_wanted = Signal(object)
    all_again_wanted = Signal(object)
    visit_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = Part.ALL
        self._screen: Screen | None = None
        self._build()
        self._connect()
        self.say(self.tr("Reading…"))

    @property
    def said(self) -> str:
        """What stands in place of the table, "" beside it."""
        return self.empty.said

    @property
    def summary(self) -> str:
        """How much there is, as written above the table."""
        return self._summary.text()

    def show_queue(self, queued: Queued, screen: Screen) -> None:
        """Show the queue as it stands."""
        self._screen = screen
        self._summary.setText(queue_words.summary(queued))
        self.table.show_rows(queued.rows, screen)
        self.all_again.setVisible(bool(self._failed()))
        self.banner.clear("reading")
        self.empty.say(self._nothing_waits())
        self._stand(is_list=bool(queued.rows))

    def choose_part(self, part: Part) -> None:
        """Press the button of a part, and ask for it."""
        self.part = part
        self._parts[part].setChecked(True)
        self.part_wanted.emit(part)

    def say(self, text: str) -> None:
        """Say something in place of the table."""
        self.empty.say(EmptyWords("mail", text))
        self._stand(is_list=False)
        announce(self.empty, text)

    def complain(self, said: Words, topic: str = "") -> None:
        """Say why something could not be done, or read."""
        again = Action(self.tr("Try again"), self._ask_again)
        self.banner.say(said, (again,) if topic else (), topic=topic)

    def clear(self) -> None:
        """Show nothing of what somebody else has seen."""
        self._summary.setText("")
        if self._screen is not None:
            self.table.show_rows((), self._screen)
        self.say(self.tr("Reading…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the detail stand below the table where there is no room beside it."""
        super().resizeEvent(event)
        letters = self.fontMetrics().averageCharWidth()
        is_narrow = self.width() < letters * _BESIDE_IN_LETTERS
        ways, wide = QBoxLayout.Direction, letters * _SIDE_IN_LETTERS
        self._below.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self.side.setMinimumWidth(0 if is_narrow else wide)
        self.side.setMaximumWidth(_NO_LIMIT if is_narrow else wide)
        for label in (self._name, self._visit):
            label.setVisible(not is_narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.table, self.detail = QueueTable(), DeliveryDetail()
        self.table.setAccessibleDescription(
            self.tr("T tries again, G settles, Enter shows the visit, Esc leaves.")
        )
        self.empty, self.banner = EmptyState(), Banner()
        self._below = below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(16)
        below.addWidget(self.empty, 1)
        below.addWidget(self.table, 1)
        below.addWidget(self._build_side())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._build_head())
        column.addLayout(self._build_parts())
        column.addWidget(self.banner)
        column.addLayout(below, 1)

    def _build_head(self) -> QHBoxLayout:
        title, self._summary = PlainLabel(self.tr("Messages")), ElidedLabel()
        sized(title, 1.35, bold=True)
        set_ink(self._summary, Ink.MUTED)
        self.back = PromptButton(self.tr("&Back to the schedule (Esc)"))
        self.back.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(title)
        row.addWidget(self._summary, 1)
        row.addWidget(self.back)
        return row

    def _build_parts(self) -> QHBoxLayout:
        self._group, self._parts = QButtonGroup(self), {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for part in Part:
            button = QToolButton()
            button.setText(queue_words.part(part))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._parts[part] = button
            row.addWidget(button)
        self._parts[Part.ALL].setChecked(True)
        self.all_again = PromptButton(self.tr("Try &all again (A)"))
        self.all_again.setAutoDefault(False)
        row.addStretch(1)
        row.addWidget(self.all_again)
        return row

    def _build_side(self) -> QWidget:
        self.side = QWidget()
        self._name, self._phone = ElidedLabel(), ElidedLabel()
        sized(self._name, 1.15, bold=True)
        sized(self._phone, 1.35)
        self._phone.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._visit = PlainLabel()
        self._visit.setWordWrap(True)
        set_ink(self._visit, Ink.MUTED)
        self.show_visit = PromptButton(self.tr("Show the &visit (Enter)"))
        self.show_visit.setAutoDefault(False)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._name, self._phone, self._visit):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.detail)
        column.addWidget(self.show_visit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return self.side

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._on_row)
        self.table.key_pressed.connect(self._on_key)
        self.table.doubleClicked.connect(self._on_visit)
        self.show_visit.clicked.connect(self._on_visit)
        self.all_again.clicked.connect(self._on_all_again)
        self.back.clicked.connect(self.left)
        self._group.buttonClicked.connect(self._on_part)

    def _stand(self, *, is_list: bool) -> None:
        self.empty.stand_for(self, self.table, self.side, is_empty=not is_list)
        if not is_list:
            self.all_again.hide()

    def _failed(self) -> list[Delivery]:
        """Return what can be tried again without asking anybody first."""
        return [row for row in self.table.queue.deliveries if row.state is State.DEAD]

    def _nothing_waits(self) -> EmptyWords:
        back = Action(self.tr("&Back to the schedule"), self.left.emit)
        return queue_words.nothing(self.part, back)

    def _ask_again(self) -> None:
        self.part_wanted.emit(self.part)

    @Slot()
    def _on_row(self) -> None:
        row, screen = self.table.row, self._screen
        if screen is None:
            return
        self.detail.show_row(row, screen)
        self.show_visit.setVisible(row is not None and row.appointment_id is not None)
        name = privacy.name(row.client_name) if row and row.client_name else ""
        self._name.setText(name)
        self._phone.setText(privacy.phone(row.client_phone) if row else "")
        self._visit.setText(words.about(row, screen) if row else "")

    @Slot(int)
    def _on_key(self, key: int) -> None:
        if key in _ENTER:
            self._on_visit()
        elif key == Qt.Key.Key_A and not self.all_again.isHidden():
            self._on_all_again()
        else:
            self.detail.press(key)

    @Slot()
    def _on_visit(self) -> None:
        row = self.table.row
        if row is not None:
            self.visit_wanted.emit(row)

    @Slot()
    def _on_all_again(self) -> None:
        self.banner.clear()
        self.all_again_wanted.emit(self._failed())

    @Slot()
    def _on_part(self) -> None:
        chosen = self._group.checkedButton()
        part = next(p for p, button in self._parts.items() if button is chosen)
        self.choose_part(part)
