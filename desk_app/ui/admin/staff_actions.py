"""What can be done for the person who is chosen: a column of buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import set_tool_tip

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard


class StaffActions(QWidget):
    """States wishes; the dialog carries them out."""

    add_wished = Signal()
    change_wished = Signal()
    password_wished = Signal()
    ending_wished = Signal()
    let_go_wished = Signal()
    take_back_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()
        self.show_choice(None, None)

    def show_choice(self, board: StaffBoard | None, person: Staff | None) -> None:
        """Offer what can be done for `person`; nobody does all of it for themselves."""
        is_me = board is not None and person is not None and board.is_me(person)
        has_left = person is not None and not person.is_active
        self.add.setEnabled(board is not None)
        self.change.setEnabled(person is not None)
        for button in (self.password, self.ending, self.let_go):
            button.setEnabled(person is not None and not has_left and not is_me)
        # One of both stands there; which one has the keyboard stays the same.
        had_focus = self.let_go.hasFocus() or self.take_back.hasFocus()
        self.let_go.setVisible(not has_left)
        self.take_back.setVisible(has_left)
        if had_focus:
            (self.take_back if has_left else self.let_go).setFocus()

    def _build(self) -> None:
        self.add = self._button(self.tr("&Add…"), self.tr("Insert or N"))
        self.add.setProperty("primary", "true")
        self.change = self._button(self.tr("C&hange…"), self.tr("Enter or F2"))
        self.password = self._button(self.tr("New &password…"))
        self.ending = self._button(self.tr("&End sessions…"))
        self.let_go = self._button(self.tr("&Let go…"), self.tr("Del"))
        self.take_back = self._button(self.tr("Take &back…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.add)
        column.addSpacing(8)
        for button in (self.change, self.password, self.ending):
            column.addWidget(button)
        column.addWidget(self.let_go)
        column.addWidget(self.take_back)
        column.addStretch(1)
        widest = max(button.sizeHint().width() for button in self._all())
        self.setFixedWidth(widest)

    def _button(self, text: str, key: str = "") -> PromptButton:
        button = PromptButton(text)
        button.setAutoDefault(False)
        set_tool_tip(button, key)
        return button

    def _all(self) -> tuple[PromptButton, ...]:
        changing = (self.add, self.change, self.password)
        return (*changing, self.ending, self.let_go, self.take_back)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_wished)
        self.change.clicked.connect(self.change_wished)
        self.password.clicked.connect(self.password_wished)
        self.ending.clicked.connect(self.ending_wished)
        self.let_go.clicked.connect(self.let_go_wished)
        self.take_back.clicked.connect(self.take_back_wished)
