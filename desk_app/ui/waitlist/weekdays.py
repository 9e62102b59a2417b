"""The days of a week to tick: one tab stop, arrows walk, Space or a digit ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk_app.domain.waitlist import WEEK
from desk_app.ui.dialogs.roving import Chip
from desk_app.ui.waitlist import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

_ONE, _LAST = int(Qt.Key.Key_1), int(Qt.Key.Key_7)


class Weekdays(QWidget):
    """Seven buttons; none of them ticked means any day."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = [self._chip(number) for number in WEEK]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for chip in self._chips:
            row.addWidget(chip)
        self._enter(0)

    @property
    def ticked(self) -> tuple[int, ...]:
        """The ticked days, 0 is Monday."""
        return tuple(n for n in WEEK if self._chips[n].isChecked())

    def tick(self, days: Iterable[int]) -> None:
        """Tick these days and no others."""
        wanted = set(days)
        for number, chip in enumerate(self._chips):
            chip.setChecked(number in wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = int(event.key())
        steps = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
        if key in steps:
            at = next((n for n in WEEK if self._chips[n].hasFocus()), 0)
            self._enter(min(max(at + steps[key], 0), len(WEEK) - 1))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif _ONE <= key <= _LAST:
            self._chips[key - _ONE].click()
        else:
            event.ignore()

    def _chip(self, number: int) -> Chip:
        chip = Chip(self)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setText(words.weekday(number))
        long = QLocale().dayName(number + 1, QLocale.FormatType.LongFormat)
        chip.setAccessibleName(long)
        chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chip.toggled.connect(self.changed)
        return chip

    def _enter(self, number: int) -> None:
        """Let the keyboard enter the row at one of its days."""
        policy = Qt.FocusPolicy
        for at, chip in enumerate(self._chips):
            chip.setFocusPolicy(
                policy.StrongFocus if at == number else policy.ClickFocus
            )
        self.setFocusProxy(self._chips[number])
