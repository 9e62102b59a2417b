"""The last step: what is there now, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk_app.ui import appearance, icons
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from desk_app.domain.importing.outcome import Imported

ICON = 40


class DoneStep(QWidget):
    """Says what was imported.

    Signals:
        undo_wanted: it shall be taken back.
        again_wanted: another file shall be imported.
    """

    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self.undo.clicked.connect(self.undo_wanted)
        self.again.clicked.connect(self.again_wanted)

    @property
    def said(self) -> str:
        """What was imported, in words."""
        return self._said.text()

    def show_imported(self, imported: Imported) -> None:
        """Say what is there now."""
        colour = QColor(appearance.current().success)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("circle-check", colour, ICON, ratio))
        self._said.setText(words.done(imported))

    def enter(self) -> None:
        """Put the keyboard onto going on."""
        self.again.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sized(self._said, 1.3, bold=True)
        about = hint(
            tr(
                "If this was the wrong file, take it back: what nobody has used since"
                " goes again. That can be done later too, in the list of imports."
            )
        )
        about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.undo = PromptButton(tr("Take it &back…"))
        self.undo.setAutoDefault(False)
        self.again = PromptButton(tr("Import another &file"))
        keys = QHBoxLayout()
        keys.setSpacing(10)
        keys.addStretch(1)
        keys.addWidget(self.undo)
        keys.addWidget(self.again)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 20, 40, 40)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addWidget(self._said)
        column.addWidget(about)
        column.addSpacing(6)
        column.addLayout(keys)
        column.addStretch(2)
