"""Which rooms will do for a service, or that it needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.rooms import Room

COLUMNS = 2


class RoomsField(QWidget):
    """One tick for needing a room, and one for each room that will do.

    Signals:
        changed: something else is ticked.
    """

    changed = Signal()

    def __init__(self, rooms: Sequence[Room], chosen: tuple[int, ...] | None) -> None:
        super().__init__()
        self.needs = PromptCheck(self.tr("Needs a &room"))
        self.needs.setChecked(chosen is not None)
        self._ticks: dict[int, QCheckBox] = {}
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(22, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for place, room in enumerate(rooms):
            tick = QCheckBox(without_mnemonic(room.name))
            tick.setAccessibleName(room.name)
            tick.setChecked(room.room_id in (chosen or ()))
            tick.toggled.connect(self.changed)
            self._ticks[room.room_id] = tick
            grid.addWidget(tick, place // COLUMNS, place % COLUMNS)
        self._gone = tuple(n for n in chosen or () if n not in self._ticks)
        self.setFocusProxy(self.needs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.needs)
        column.addWidget(self._list)
        self.needs.toggled.connect(self._follow)
        self._list.setVisible(self.needs.isChecked())

    @property
    def rooms(self) -> tuple[int, ...] | None:
        """The rooms that will do, in their order; None for needing none."""
        if not self.needs.isChecked():
            return None
        ticked = (number for number, tick in self._ticks.items() if tick.isChecked())
        return (*ticked, *self._gone)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.needs, *self._ticks.values())

    @Slot()
    def _follow(self) -> None:
        self._list.setVisible(self.needs.isChecked())
        self.changed.emit()
