"""After a booking or a move: the line for the caller, until the next action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from desk_app.domain.appointment import Status
from desk_app.domain.read_back import Speech, read_back
from desk_app.ui.dialogs import offers
from desk_app.ui.read_back import words
from desk_app.ui.read_back.bar import ReadBackBar

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Undone
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done


class ReadBackFlows(QObject):
    """Asks how the client speaks and shows the line."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self.bar = ReadBackBar()
        around.pane.add_below(self.bar)
        self._read = around.port(around.desk.clients.speech, "read back")
        self._connect()

    @Slot()
    def copy(self) -> None:
        """Copy the line, to be sent or pasted elsewhere."""
        if self.bar.text:
            QGuiApplication.clipboard().setText(self.bar.text)
            self._around.said.emit(self.tr("Copied: the line for the caller"))

    @Slot()
    def forget(self) -> None:
        """Take the line away."""
        self.bar.hide()

    def _connect(self) -> None:
        around, view = self._around, self._around.view
        self.bar.copy_wanted.connect(self.copy)
        around.done.connect(self._on_done)
        around.person_changed.connect(self.forget)
        for action in (
            view.booking_requested,
            view.appointment_activated,
            view.cancel_requested,
            view.move_requested,
        ):
            action.connect(self.forget)

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        self.forget()
        if done.appointments and _is_told(done.appointments[0], done.undone):
            appointment = done.appointments[0]
            self._read(
                appointment.client_id,
                partial(self._show, appointment),
                partial(self._on_not_read, appointment),
            )

    def _on_not_read(self, appointment: Appointment, _error: DeskError) -> None:
        self._show(appointment, Speech())

    def _show(self, appointment: Appointment, speech: Speech) -> None:
        screen = self._around.screen()
        provider = offers.provider_of(screen.catalogue, appointment.provider_id)
        zone = ZoneInfo(speech.timezone) if speech.timezone else screen.zone
        name = provider.name if provider else ""
        said = read_back(appointment, name, (zone, screen.zone), screen.now)
        self.bar.show_line(words.line(said, speech.language))


def _is_told(appointment: Appointment, ways_back: tuple[Undone, ...]) -> bool:
    """Say whether the caller has a new time to hear: of a booking or a move."""
    if appointment.status not in (Status.PENDING, Status.CONFIRMED):
        return False
    before = [way.before for way in ways_back[:1]]
    return bool(before) and (before[0] is None or before[0].start != appointment.start)
