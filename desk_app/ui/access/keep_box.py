"""Whether the keyring of the operating system shall keep a password."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.plain import PlainLabel


class KeepBox(QWidget):
    """A box to tick, off where there is no keyring; then it says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QCheckBox(self.tr("&Keep the password in this computer’s keyring"))
        self._line = PlainLabel(
            self.tr("This computer has no keyring: the password is asked each time.")
        )
        self._line.setWordWrap(True)
        set_ink(self._line, Ink.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._box)
        column.addWidget(self._line)
        self._line.hide()
        self._box.setEnabled(False)

    @property
    def is_wanted(self) -> bool:
        """Whether the password shall be kept."""
        return self._box.isChecked()

    @property
    def words(self) -> str:
        """What is said below the box."""
        return "" if self._line.isHidden() else self._line.text()

    @Slot(object)
    def show_keyring(self, is_there: object) -> None:
        """Offer the keyring, or say that there is none."""
        self._box.setEnabled(bool(is_there))
        self._line.setVisible(not is_there)
        if not is_there:
            self._box.setChecked(False)
