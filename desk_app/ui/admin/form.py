"""The frame of managers' forms: a title, fields that say what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.complaint import Complaint

MARGIN = 20


class FormDialog(DeskDialog):
    """A DeskDialog that grows when words appear in it.

    `complaints` holds the place of complaint of each field that the practice names.
    """

    def __init__(self, verbs: Verbs, parent: QWidget | None = None) -> None:
        super().__init__(verbs, parent)
        self.complaints: dict[str, Complaint] = {}

    def show_refusal(self, error: DeskError) -> None:
        """Say it below the field that it is about, or above the buttons."""
        said = notices.words(error)
        field = error.field if isinstance(error, Invalid) else ""
        if field in self.complaints:
            self.complaints[field].say(said.text)
        else:
            self.banner.say(said)

    def event(self, event: QEvent) -> bool:
        """Make room for words that wrap, which Qt does for windows only once."""
        # Nothing may be asked of a dialog after the event that deletes it.
        is_layout = event.type() == QEvent.Type.LayoutRequest
        is_done = super().event(event)
        if is_layout and self.isVisible():
            self._grow()
        return is_done

    def build_head(self, title: str, about: str = "") -> None:
        """Write the title, and in small letters what it is about."""
        heading = ElidedLabel(title)
        sized(heading, 1.6, bold=True)
        self.header.addWidget(heading)
        if about:
            small = PlainLabel(about)
            set_ink(small, Ink.MUTED)
            self.header.addWidget(small)

    def build_column(self, width: int) -> QVBoxLayout:
        """Return the column of the body, at least `width` wide at the usual size."""
        column = QVBoxLayout(self.body)
        column.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.body.setMinimumWidth(width * self.fontMetrics().height() // 16)
        return column

    def _grow(self) -> None:
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout else 0
        if self.height() < needed:
            room = self.screen().availableSize().height()
            self.resize(self.width(), min(needed, room))


def hint(text: str) -> PlainLabel:
    """Return words in small importance that wrap."""
    label = PlainLabel(text)
    label.setWordWrap(True)
    set_ink(label, Ink.MUTED)
    return label


def form_grid() -> QGridLayout:
    """Return what `add_row` fills: names at the left, fields at the right."""
    form = QGridLayout()
    form.setHorizontalSpacing(14)
    form.setVerticalSpacing(4)
    form.setColumnStretch(1, 1)
    return form


def add_row(form: QGridLayout, text: str, *widgets: QWidget) -> PlainLabel:
    """Add a row: its name, the field, and what is said below the field.

    Returns the label of its name.
    """
    row = form.rowCount()
    label = PlainLabel(text)
    label.setBuddy(widgets[0])
    # In line with the words within the field.
    label.setContentsMargins(0, 6, 0, 0)
    form.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
    for at, widget in enumerate(widgets):
        form.addWidget(widget, row + at, 1)
    form.setRowMinimumHeight(row + len(widgets), 8)
    return label
