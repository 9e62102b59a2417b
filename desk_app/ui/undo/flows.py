"""Ctrl+Z: takes back what was done at this desk, and says what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.deeds import UndoRequest
from desk_app.errors import SlotTaken, Stale, Unavailable
from desk_app.ui import notices, privacy
from desk_app.ui.around import Done
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.phrases import filled
from desk_app.ui.undo.deeds import Deeds, State
from desk_app.ui.undo.page import UndoPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.undo.deeds import Deed

PAGE, KEY = "undo", "Ctrl+Shift+Z"


class UndoFlows(QObject):
    """Keeps every deed that is told with a way back, until somebody else signs in."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self.deeds = Deeds()
        self.page = UndoPage(self.deeds, around.side.way_back)
        around.side.add_page(PAGE, self.tr("Undo"), self.page, "undo", KEY)
        privacy.current().changed.connect(self._look)
        self._is_busy = False
        self._more = 0
        self._connect()

    @Slot()
    def undo_latest(self) -> None:
        """Take back the latest deed; of what clients know already, show it first."""
        if self._is_busy:
            self._more += 1
            return
        deed = self.deeds.latest()
        if deed is None:
            self._around.hint.emit(self.tr("There is nothing to undo."))
        elif deed.has_left(self._around.practice.telling, _now()):
            self._show(deed)
        else:
            self._undo(deed)

    @Slot()
    def switch_list(self) -> None:
        """Open the list of deeds, or close it."""
        self._look()
        self._around.side.switch_page(PAGE)
        latest = self.deeds.latest()
        self.page.choose(latest.number if latest else None)

    def _connect(self) -> None:
        around = self._around
        around.done.connect(self._on_done)
        around.undo_wanted.connect(self.undo_latest)
        around.person_changed.connect(self._on_person_changed)
        around.news.appointment_changed.connect(self._on_appointment_changed)
        self.page.looked.connect(self._look)
        self.page.undo_wanted.connect(self._on_undo_wanted)

    def _show(self, deed: Deed) -> None:
        self._look()
        self._around.side.show_page(PAGE)
        self.page.choose(deed.number)
        said = self.tr(
            "The client has been told already. Enter undoes it all the same."
        )
        self._around.hint.emit(said)

    def _undo(self, deed: Deed) -> None:
        self._is_busy = True
        self.deeds.set_state(deed.number, State.BEING_UNDONE)
        asking = Asking(
            self._around.port(self._around.desk.booking.undo), PATIENCE, self
        )
        asking.answered.connect(partial(self._on_undone, deed, asking))
        asking.refused.connect(partial(self._on_refused, deed, asking))
        self._around.said.emit(filled(self.tr("Undoing: %1"), _shown(deed)))
        asking.send(UndoRequest(asking.key, deed.undone))
        self._look()

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        if done.undone:
            self.deeds.record(done.words, done.undone, done.appointments, _now())
            self._look()

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        self.deeds.see(appointment)

    @Slot(int)
    def _on_undo_wanted(self, number: int) -> None:
        deed = self.deeds.find(number)
        if deed is not None and deed.is_open and not self._is_busy:
            self._undo(deed)

    @Slot()
    def _on_person_changed(self) -> None:
        self.deeds.clear()
        self._more = 0
        self._look()

    def _on_undone(
        self, deed: Deed, asking: Asking, now: tuple[Appointment, ...]
    ) -> None:
        asking.deleteLater()
        self.deeds.set_state(deed.number, State.UNDONE, _now())
        self.deeds.follow(deed.undone, now)
        words = filled(self.tr("Undone – %1"), _shown(deed))
        self._around.done.emit(Done(words, now))
        self._go_on()

    def _on_refused(self, deed: Deed, asking: Asking, error: DeskError) -> None:
        asking.deleteLater()
        state, why = State.CHANGED, notices.words(error).title
        if isinstance(error, Unavailable):
            state = State.DONE
        elif isinstance(error, SlotTaken):
            state, why = State.TAKEN, self.tr("the time is given to somebody else")
        elif isinstance(error, Stale):
            why = self.tr("it was changed since")
        self.deeds.set_state(deed.number, state)
        self._more = 0
        text = self.tr("Not undone, %2: %1")
        self._around.hint.emit(filled(text, _shown(deed), why))
        self._go_on()

    def _go_on(self) -> None:
        self._is_busy = False
        self._look()
        if self._more:
            self._more -= 1
            self.undo_latest()

    @Slot()
    def _look(self) -> None:
        practice = self._around.practice
        self.page.model.show(practice.zone, practice.telling, _now())
        self.page.look_again()


def _shown(deed: Deed) -> str:
    return privacy.line(deed.words, deed.names)


def _now() -> datetime:
    return datetime.now(UTC)
