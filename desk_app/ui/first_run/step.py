"""One step of the first run: what it asks, and whether that can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.first_run.draft import Draft

GAP = 12


class Step(QWidget):
    """A title, a sentence, and the fields below.

    `field` is what an error calls them; what is wrong is said in `complaint`.

    Signals:
        done: Enter was pressed where nothing is left to enter.
    """

    done = Signal()
    field = ""

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.title = title
        heading, small = PlainLabel(title), PlainLabel(about)
        sized(heading, 1.5, bold=True)
        set_ink(small, Ink.MUTED)
        for label in (heading, small):
            label.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(heading)
        self.column.addWidget(small)
        self.column.addSpacing(4)
        self.complaint = Complaint(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def show_draft(self, draft: Draft) -> None:
        """Show what was entered, and what is proposed."""
        raise NotImplementedError

    def entered(self, draft: Draft) -> Draft | None:
        """Return the draft with what is entered here; None after a complaint."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the keyboard where typing begins."""
        raise NotImplementedError

    def complain(self, field: str, text: str) -> bool:
        """Say what is wrong with a field of this step; False if it has none such."""
        if not self.field or field != self.field:
            return False
        self.complaint.say(text)
        return True
