"""A sentence under a field that says what is wrong with what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.ui.dialogs.inks import Ink, set_ink, set_rule
from desk_app.ui.notice_bar import announce
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Complaint(PlainLabel):
    """Belongs to one field: colours it, describes it, and goes when it is mended."""

    def __init__(self, field: QWidget) -> None:
        super().__init__("")
        self._field = field
        self.setWordWrap(True)
        set_ink(self, Ink.DANGER)
        self.hide()

    def say(self, text: str) -> None:
        """Say what is wrong and put the focus into the field."""
        self.setText(text)
        self.show()
        set_rule(self._field, "wrong", True)
        self._field.setAccessibleDescription(text)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._field, text, urgent=True)

    def clear_words(self) -> None:
        """Take the complaint back."""
        if self.isHidden():
            return
        self.setText("")
        self.hide()
        set_rule(self._field, "wrong", False)
        self._field.setAccessibleDescription("")
