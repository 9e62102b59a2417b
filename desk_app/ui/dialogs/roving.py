"""Buttons of which one is chosen: arrows walk among them, Tab passes in one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from desk_app.ui.dialogs.inks import Ink, set_ink, set_rule
from desk_app.ui.plain import PlainLabel, set_tool_tip, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: what it shows, its name for screen readers, its tool tip."""

    text: str
    name: str
    tip: str = ""
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Some choices under a heading; no heading when `title` is empty."""

    title: str
    choices: tuple[Choice, ...]


class Chip(QToolButton):
    """A button that leaves arrows and Enter to what it stands in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space only."""
        if event.key() in (*_STEPS, *_ENDS, *_ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RovingButtons(QWidget):
    """Choices in rows of `columns`.

    `walked_off` tells of an arrow past the first (-1) or the last choice (1),
    `walked_over` of one above the first row (-1) or below the last (1).
    """

    picked = Signal(int)
    walked_off = Signal(int)
    walked_over = Signal(int)
    page_wished = Signal(int)

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._chips: list[Chip] = []
        self._headings: list[PlainLabel] = []
        self._rows: list[list[int]] = []
        self._count = 0
        self._current = -1
        # A label's key asks for this before it goes on to the chosen button.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    @property
    def count(self) -> int:
        """How many choices there are."""
        return self._count

    @property
    def current(self) -> int:
        """The chosen one, or -1."""
        return self._current

    def show_sections(self, sections: Sequence[Section], current: int = -1) -> None:
        """Show other choices; buttons are used again."""
        had_focus = self.has_focus_inside()
        self._count = sum(len(section.choices) for section in sections)
        while len(self._chips) < self._count:
            self._chips.append(self._new_chip(len(self._chips)))
        self._place(sections)
        self.choose(current)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, index: int) -> None:
        """Mark a choice as the chosen one without telling anybody."""
        self._current = index if 0 <= index < self._count else -1
        entry = max(self._current, 0)
        for at, chip in enumerate(self._chips):
            chip.setChecked(at == self._current)
            is_entry = at == entry
            chip.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus
            )
        proxy = self._chips[entry] if self._count else None
        self.setFocusProxy(proxy)  # type: ignore[arg-type]

    def chip(self, index: int) -> Chip:
        """Return the button of a choice."""
        return self._chips[index]

    def has_focus_inside(self) -> bool:
        """Say whether one of the buttons has the focus."""
        return any(chip.hasFocus() for chip in self._chips[: self._count])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows; Home and End go to the ends, Page keys turn the page."""
        key = event.key()
        if key in _STEPS:
            self._walk(*_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._count:
            self._pick(0 if key == Qt.Key.Key_Home else self._count - 1)
        elif key in _ENDS:
            self.page_wished.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            event.ignore()

    def _new_chip(self, index: int) -> Chip:
        chip = Chip(self)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(partial(self._pick, index))
        # A new widget stands last in the window; this one belongs here.
        QWidget.setTabOrder(self._chips[-1] if self._chips else self, chip)
        return chip

    def _place(self, sections: Sequence[Section]) -> None:
        for widget in (*self._headings, *self._chips):
            self._grid.removeWidget(widget)
            widget.hide()
        self._rows, row, index = [], 0, 0
        for number, section in enumerate(sections):
            if section.title:
                self._place_heading(number, section.title, row)
                row += 1
            for at, choice in enumerate(section.choices):
                if at % self._columns == 0:
                    self._rows.append([])
                self._rows[-1].append(index)
                self._dress(self._chips[index], choice)
                place = row + at // self._columns
                self._grid.addWidget(self._chips[index], place, at % self._columns)
                index += 1
            row += -(-len(section.choices) // self._columns)
        # At once, so that nothing is ever drawn where it does not belong.
        self._grid.activate()

    def _place_heading(self, number: int, title: str, row: int) -> None:
        while len(self._headings) <= number:
            heading = PlainLabel("", self)
            set_ink(heading, Ink.MUTED)
            self._headings.append(heading)
        self._headings[number].setText(title)
        self._grid.addWidget(self._headings[number], row, 0, 1, self._columns)
        self._headings[number].show()

    def _dress(self, chip: Chip, choice: Choice) -> None:
        chip.setText(without_mnemonic(choice.text))
        chip.setAccessibleName(choice.name)
        set_tool_tip(chip, choice.tip)
        set_rule(chip, "faint", choice.is_faint)
        chip.show()

    def _walk(self, down: int, right: int) -> None:
        at = next((i for i in range(self._count) if self._chips[i].hasFocus()), 0)
        if self._current < 0 and self._count:
            self._pick(at)
        elif right and 0 <= at + right < self._count:
            self._pick(at + right)
        elif right:
            self.walked_off.emit(right)
        else:
            self._climb(at, down)

    def _climb(self, at: int, down: int) -> None:
        row = next((n for n, row in enumerate(self._rows) if at in row), -1)
        if row < 0 or not 0 <= row + down < len(self._rows):
            self.walked_over.emit(down)
            return
        column, row_there = self._rows[row].index(at), self._rows[row + down]
        self._pick(row_there[min(column, len(row_there) - 1)])

    def _pick(self, index: int, _checked: bool = False) -> None:
        self.choose(index)
        self._chips[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(index)
