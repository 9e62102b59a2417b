"""The room of a visit: one is proposed, another free one can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from desk_app.domain.places import RoomQuestion
from desk_app.ui.dialogs import room_words
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.places import RoomState
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import AskRooms, Screen

ANY = None


class RoomChoice(QWidget):
    """Shown where the service needs a room; says who is in those that are taken.

    Signals:
        changed: another room was chosen.
    """

    changed = Signal()

    def __init__(
        self, screen: Screen, ask: AskRooms | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self.label = PlainLabel(self.tr("Roo&m"))
        self._line = (
            Latest(ask, self._on_states, self._on_failed, self) if ask else None
        )
        self._moved: Appointment | None = None
        self._wished: int | None = None
        self._question: RoomQuestion | None = None
        self._states: tuple[RoomState, ...] = ()
        self._build()

    @property
    def room_id(self) -> int | None:
        """The room that was chosen; None where the practice chooses, or none is."""
        chosen = None if self.isHidden() else self.rooms.currentData()
        return None if chosen is ANY else int(chosen)

    @property
    def given(self) -> int | None:
        """The room it gets as far as is known: the chosen one, or the proposed."""
        free = [state.room_id for state in self._states if state.busy is None]
        kept = self._moved.room_id if self._moved else None
        if self.isHidden() or not free:
            return None
        return self.room_id or (kept if kept in free else free[0])

    @property
    def proposed(self) -> str:
        """What is said of the room it gets, "" where none is needed."""
        return "" if self.isHidden() else self.rooms.currentText()

    def begin(self, moved: Appointment | None, wished: int | None) -> None:
        """Know which appointment is moved, and which room is wished."""
        self._moved, self._wished = moved, wished

    def look(self, service: Service | None, start: datetime | None) -> None:
        """Ask which rooms are free then."""
        offered = service.rooms if service else None
        is_shown = bool(offered) and start is not None and self._line is not None
        self.setVisible(is_shown)
        if not is_shown or service is None or start is None or offered is None:
            self._question = None
            return
        end = start + service.duration + service.buffer
        but = (self._moved.appointment_id,) if self._moved else ()
        question = RoomQuestion(offered, start, end, but)
        if question != self._question and self._line is not None:
            self._question = question
            self._line.ask(question)

    def look_again(self) -> None:
        """Ask once more: somebody was quicker."""
        if self._question is not None and self._line is not None:
            self._line.ask(self._question)

    def _build(self) -> None:
        self.rooms = QComboBox()
        self.rooms.setAccessibleName(self.tr("Room"))
        self.rooms.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.rooms)
        self._taken = PlainLabel()
        self._taken.setWordWrap(True)
        set_ink(self._taken, Ink.WARNING)
        self._taken.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        for widget in (self.label, self.rooms, self._taken):
            layout.addWidget(widget)
        self.rooms.activated.connect(self._on_activated)
        self.hide()

    def _on_states(self, states: tuple[RoomState, ...]) -> None:
        self._states = states
        kept = self._moved.room_id if self._moved else None
        self.rooms.clear()
        self.rooms.addItem(room_words.proposed(states, kept, self._screen), ANY)
        for state in states:
            self.rooms.addItem(room_words.of_state(state, self._screen), state.room_id)
            model = self.rooms.model()
            if state.busy is not None and isinstance(model, QStandardItemModel):
                model.item(model.rowCount() - 1).setEnabled(False)
        free = {state.room_id for state in states if state.busy is None}
        if self._wished in free:
            self.rooms.setCurrentIndex(self.rooms.findData(self._wished))
        self._say_taken()
        self.changed.emit()

    def _say_taken(self) -> None:
        """Say who is in the room that was wished, or in all of them."""
        taken = [state for state in self._states if state.busy is not None]
        wished = [state for state in taken if state.room_id == self._wished]
        if len(taken) == len(self._states):
            wished = taken
        lines = [room_words.of_state(state, self._screen) for state in wished]
        self._taken.setText("\n".join(lines))
        self._taken.setVisible(bool(lines))

    def _on_failed(self, _error: DeskError) -> None:
        """Let the practice choose; whether it can is said when it is asked."""
        self.rooms.clear()
        self.rooms.addItem(self.tr("The first that is free"), ANY)

    @Slot()
    def _on_activated(self) -> None:
        self._wished = self.room_id
        self._say_taken()
        self.changed.emit()
