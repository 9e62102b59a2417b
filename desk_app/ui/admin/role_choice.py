"""What somebody does here: one of three roles, and as which provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.staff import Role
from desk_app.ui.admin import staff_words
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff
    from desk_app.ui.admin.ports import StaffBoard

NOBODY = None


class RoleChoice(QWidget):
    """Three roles, each with a sentence on what it may do; below them the provider."""

    changed = Signal()

    def __init__(
        self, board: StaffBoard, person: Staff | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._board, self._person = board, person
        self._build()
        self._connect()
        self._choose_first()

    @property
    def role(self) -> Role:
        """The chosen role."""
        return next(
            role for role, button in self._buttons.items() if button.isChecked()
        )

    @property
    def provider_id(self) -> int | None:
        """Whose diary this person keeps; a receptionist keeps everybody's."""
        if self.role is Role.RECEPTIONIST:
            return None
        chosen = self.provider.currentData()
        return None if chosen is None else int(chosen)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (*self._buttons.values(), self.provider)

    def _build(self) -> None:
        keys = {
            Role.RECEPTIONIST: self.tr("&Receptionist"),
            Role.PROVIDER: self.tr("&Provider"),
            Role.MANAGER: self.tr("&Manager"),
        }
        self._group = QButtonGroup(self)
        self._buttons = {role: PromptRadio(text) for role, text in keys.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for role, button in self._buttons.items():
            self._group.addButton(button)
            button.setAccessibleName(staff_words.role(role))
            button.setAccessibleDescription(staff_words.may(role))
            column.addWidget(button)
            column.addWidget(self._sentence(staff_words.may(role)))
            column.addSpacing(6)
        column.addWidget(self._build_provider())

    def _sentence(self, text: str) -> PlainLabel:
        label = hint(text)
        label.setIndent(round(self.fontMetrics().height() * 1.4))
        return label

    def _build_provider(self) -> QWidget:
        self.provider = QComboBox()
        self.provider.setAccessibleName(self.tr("Keeps the diary of"))
        self.provider.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )
        self.provider.addItem("", NOBODY)
        free = self._board.free_providers(self._person)
        for provider in free:
            self.provider.addItem(provider.name, provider.provider_id)
        known = self._person.provider_id if self._person else None
        if known is not None and known not in {one.provider_id for one in free}:
            self.provider.addItem(self.tr("A provider who works here no more"), known)
        self.complaint = Complaint(self.provider)
        label = PlainLabel(self.tr("&Keeps the diary of"))
        label.setBuddy(self.provider)
        self._diary = QWidget()
        column = QVBoxLayout(self._diary)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        for widget in (label, self.provider, self.complaint):
            column.addWidget(widget)
        return self._diary

    def _connect(self) -> None:
        self._group.buttonToggled.connect(self._on_toggled)
        self.provider.currentIndexChanged.connect(self._on_provider)

    def _choose_first(self) -> None:
        person = self._person
        self._buttons[person.role if person else Role.RECEPTIONIST].setChecked(True)
        known = person.provider_id if person else None
        self.provider.setCurrentIndex(max(self.provider.findData(known), 0))
        if person is not None and self._board.is_me(person):
            for button in self._buttons.values():
                button.setEnabled(False)
        self._show_diary()

    def _show_diary(self) -> None:
        """Say what it means to be nobody, which differs by role."""
        role = self.role
        if role is Role.MANAGER:
            self.provider.setItemText(0, self.tr("Nobody"))
        else:
            self.provider.setItemText(0, self.tr("Nobody yet, so sees nothing"))
        self._diary.setVisible(role is not Role.RECEPTIONIST)

    @Slot()
    def _on_toggled(self) -> None:
        if self._group.checkedButton() is not None:
            self._show_diary()
            self.changed.emit()

    @Slot()
    def _on_provider(self) -> None:
        self.complaint.clear_words()
        self.changed.emit()
