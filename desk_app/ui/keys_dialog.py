"""The list of all keys, and the switch for single letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.key_list import Group, groups
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.ui.letters import Letters

MOST_COLUMNS = 3
WIDEST_KEYS = "Shift+↑, Shift+↓"
# What the frame, the switch and the edges of the screen take.
AROUND = QSize(90, 200)


class KeysDialog(QDialog):
    """Every key and what it does; Esc or Enter closes it."""

    def __init__(
        self, letters: Letters | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self.setWindowTitle(self.tr("Keys"))
        self._build()
        self._fill()

    @classmethod
    def show_over(cls, parent: QWidget, letters: Letters) -> None:
        """Show it until it is closed."""
        dialog = cls(letters, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        self.box = QCheckBox(self.tr("Single &letters work in the schedule"))
        self.box.setChecked(self._letters is None or self._letters.are_on)
        self.box.toggled.connect(self._on_switched)
        note = PlainLabel(
            self.tr("When they do not, typing on a free time begins a booking there.")
        )
        set_ink(note, Ink.MUTED)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setAccessibleName(self.tr("Buttons"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("All keys"))
        switch = QVBoxLayout()
        switch.setSpacing(2)
        switch.addWidget(self.box)
        switch.addWidget(note)
        foot = QHBoxLayout()
        foot.addLayout(switch, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def _fill(self) -> None:
        """Show the keys as they work now, in as many columns as there is room for."""
        room = self.screen().availableSize() - AROUND
        found = groups(has_letters=self.box.isChecked())
        for columns in range(MOST_COLUMNS, 0, -1):
            page = _page(found, columns)
            wanted = page.sizeHint()
            if wanted.width() <= room.width() or columns == 1:
                break
        self._scroll.setWidget(page)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(min(wanted.width() + bar + 4, room.width()))
        self._scroll.setMinimumHeight(min(wanted.height() + 4, room.height()))

    @Slot(bool)
    def _on_switched(self, on: bool) -> None:
        if self._letters is not None:
            self._letters.switch(on=on)
        self._fill()


def _page(found: list[Group], columns: int) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 12, 0)
    row.setSpacing(32)
    for side in _sides(found, columns):
        column = QVBoxLayout()
        column.setSpacing(16)
        for group in side:
            column.addLayout(_table(group))
        column.addStretch(1)
        row.addLayout(column)
    row.addStretch(1)
    return page


def _sides(all_keys: list[Group], columns: int) -> list[list[Group]]:
    """Share the groups out to columns; a long group goes on in the next one."""
    total = sum(len(group.rows) + 2 for group in all_keys)
    height = -(-total // columns) + 1
    sides: list[list[Group]] = [[]]
    room = height
    for group in all_keys:
        for part in _parts(group, room, height):
            if len(part.rows) + 2 > room and sides[-1]:
                sides.append([])
                room = height
            sides[-1].append(part)
            room -= len(part.rows) + 2
    return sides


def _parts(group: Group, room: int, height: int) -> Iterator[Group]:
    """Yield a group in parts that fit: into what is left of a column, then whole."""
    rows, title = group.rows, group.title
    fits = room - 2 if room > 5 else height - 2
    while rows:
        yield Group(title, rows[:fits])
        rows, title, fits = rows[fits:], "", height - 2


def _table(group: Group) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(16)
    table.setVerticalSpacing(5)
    if group.title:
        head = PlainLabel(group.title)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        table.addWidget(head, 0, 0, 1, 2)
    for number, (keys, text) in enumerate(group.rows, start=1):
        label = PlainLabel(keys)
        label.setForegroundRole(QPalette.ColorRole.Link)
        table.addWidget(label, number, 0)
        widest = label.fontMetrics().horizontalAdvance(WIDEST_KEYS)
        table.setColumnMinimumWidth(0, widest)
        table.addWidget(PlainLabel(text), number, 1)
    table.setColumnStretch(1, 1)
    return table
