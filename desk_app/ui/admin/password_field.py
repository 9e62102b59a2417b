"""A field for somebody else's password: proposed, seen by who hands it over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desk_app.domain.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD
from desk_app.ui import icons
from desk_app.ui.admin import proposals
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.phrases import filled


class PasswordField(QWidget):
    """Filled with a proposal; another one comes at the press of a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()

    @property
    def password(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def is_touched(self) -> bool:
        """Say whether somebody typed a password of their own."""
        return self.edit.isModified()

    def complain(self, text: str) -> None:
        """Say what is wrong with the password."""
        self.complaint.say(text)

    @Slot()
    def propose(self) -> None:
        """Fill in another random password."""
        self.edit.setText(proposals.password())

    def _build(self) -> None:
        self.edit = QLineEdit()
        self.edit.setAccessibleName(self.tr("Password"))
        self.edit.setMaxLength(LONGEST_PASSWORD + 1)
        # What is typed here must not be learnt by a keyboard on the screen.
        keys = Qt.InputMethodHint
        self.edit.setInputMethodHints(
            keys.ImhSensitiveData | keys.ImhNoPredictiveText | keys.ImhNoAutoUppercase
        )
        self.another = QToolButton()
        self.another.setIcon(icons.icon("refresh-cw"))
        self.another.setText(self.tr("Ano&ther"))
        self.another.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.another.setAccessibleName(self.tr("Propose another password"))
        self.complaint = Complaint(self.edit)
        rules = self.tr("At least %1 characters; the longer, the better.")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.edit, 1)
        row.addWidget(self.another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.complaint)
        column.addWidget(hint(filled(rules, str(SHORTEST_PASSWORD))))
        self.propose()

    def _connect(self) -> None:
        self.another.clicked.connect(self.propose)
        self.edit.textChanged.connect(self.complaint.clear_words)
