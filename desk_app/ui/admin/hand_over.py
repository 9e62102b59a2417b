"""Shows a new password once, large enough to be written down, to be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.staff import Staff

WIDE = 480
# What keeps a history of the clipboard leaves this one out.
SECRET_TO_HISTORIES = "x-kde-passwordManagerHint"  # noqa: S105 (the name of a hint)


class HandOverDialog(QDialog):
    """A login and its password; nothing of it can be asked for again."""

    def __init__(
        self, person: Staff, password: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._person, self._password = person, password
        self._build()
        self._copy.clicked.connect(self._on_copy)
        self._done.clicked.connect(self.accept)

    @classmethod
    def show_once(cls, parent: QWidget | None, person: Staff, password: str) -> None:
        """Show it until it is closed."""
        dialog = cls(person, password, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        title = filled(self.tr("%1 can sign in now"), self._person.name)
        self.setWindowTitle(self.tr("Hand the password over"))
        heading = ElidedLabel(title)
        sized(heading, 1.6, bold=True)
        advice = PlainLabel(
            self.tr(
                "Write it down or copy it now: it is not shown again, and nobody can"
                " look it up. Ask them to choose one of their own once they are in."
            )
        )
        advice.setWordWrap(True)
        self._copy = PromptButton(self.tr("&Copy password"))
        self._copy.setAutoDefault(False)
        self._done = PromptButton(self.tr("&Done"))
        self._done.setDefault(True)
        self._said = PlainLabel()
        set_ink(self._said, Ink.SUCCESS)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._said, 1)
        row.addWidget(self._copy)
        row.addWidget(self._done)
        head = QFrame()
        head.setObjectName("dialogHead")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(20, 16, 20, 14)
        inside.addWidget(heading)
        body = QVBoxLayout()
        body.setContentsMargins(20, 0, 20, 16)
        body.setSpacing(14)
        body.addWidget(self._card())
        body.addWidget(advice)
        body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(head)
        column.addLayout(body, 1)
        self.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self._done.setFocus()

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        lines = QGridLayout(card)
        lines.setContentsMargins(14, 10, 14, 10)
        lines.setHorizontalSpacing(16)
        lines.setColumnStretch(1, 1)
        texts = (
            (self.tr("Login"), self._person.login),
            (self.tr("Password"), self._password),
        )
        for row, (name, text) in enumerate(texts):
            label = PlainLabel(name)
            set_ink(label, Ink.MUTED)
            lines.addWidget(label, row, 0)
            lines.addWidget(_read(name, text), row, 1)
        return card

    @Slot()
    def _on_copy(self) -> None:
        copied = QMimeData()
        copied.setText(self._password)
        copied.setData(SECRET_TO_HISTORIES, b"secret")
        QGuiApplication.clipboard().setMimeData(copied)
        self._said.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))


def _read(name: str, text: str) -> QLineEdit:
    """Return a line to read and to choose letters from."""
    line = QLineEdit(text)
    line.setObjectName("readLine")
    line.setReadOnly(True)
    line.setAccessibleName(name)
    line.setCursorPosition(0)
    line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    sized(line, 1.3, bold=True)
    return line
