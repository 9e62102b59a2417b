"""Reminds a provider at this desk of a visit of theirs that is near."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import Status
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.notice_bar import Action
from desk_app.ui.outgoing.tray import Tray
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

REMINDER = "reminder"
_STANDS = (Status.PENDING, Status.CONFIRMED)


class Reminding(QObject):
    """Hears that a reminder is due; whoever is not the provider sees nothing of it."""

    def __init__(self, around: Around, tray: Tray | None = None) -> None:
        super().__init__(around)
        self._around, self.tray = around, tray or Tray(self)
        self._appointment: Appointment | None = None
        around.news.reminder_due.connect(self._on_due)
        around.person_changed.connect(self._on_person_changed)
        self.tray.clicked.connect(self._on_clicked)

    @Slot(int)
    def _on_due(self, appointment_id: int) -> None:
        if self._around.me.provider_id is None:
            return
        known = self._known(appointment_id)
        if known is not None:
            self._remind(known)
            return
        read = self._around.port(self._around.desk.diary.get)
        read(appointment_id, self._on_read, self._on_not_read)

    def _known(self, appointment_id: int) -> Appointment | None:
        """Return the appointment from the days that are shown: also behind a lock."""
        days = self._around.days
        found = (
            visit
            for day in days
            for visit in day.appointments
            if visit.appointment_id == appointment_id
        )
        return next(found, None)

    @Slot(object)
    def _on_read(self, appointment: Appointment | None) -> None:
        if appointment is not None:
            self._remind(appointment)

    @Slot(object)
    def _on_not_read(self, _error: DeskError) -> None:
        """Say nothing: it is not theirs, or nobody may read at this desk now."""

    def _remind(self, appointment: Appointment) -> None:
        is_mine = appointment.provider_id == self._around.me.provider_id
        if not is_mine or appointment.status not in _STANDS:
            return
        self._appointment = appointment
        title, text = self._words(appointment)
        if self.tray.show(title, text):
            return
        go = Action(self.tr("Show it"), partial(self._show, appointment))
        said = Words(title, text, tone=Tone.INFO)
        self._around.pane.notice.show_words(said, [go], topic=REMINDER)

    def _words(self, appointment: Appointment) -> tuple[str, str]:
        """Return what is said; of nobody's name where names are hidden."""
        screen = self._around.screen()
        provider = offers.provider_of(screen.catalogue, appointment.provider_id)
        at = shown.time(appointment.start, visit_words.zone_of(provider, screen))
        title = filled(self.tr("Your next visit: %1"), at)
        if privacy.current().is_on or self._around.desk.access.is_locked:
            return title, ""
        parts = (appointment.client_name, appointment.room_name)
        return title, " · ".join(part for part in parts if part)

    @Slot()
    def _on_clicked(self) -> None:
        if self._appointment is not None:
            self._show(self._appointment)

    def _show(self, appointment: Appointment) -> None:
        """Bring the window forward with the visit in it."""
        window = self._around.pane.window()
        window.show()
        window.activateWindow()
        self._around.appointment_wanted.emit(appointment)

    @Slot()
    def _on_person_changed(self) -> None:
        """Let the next one see nothing that was for the one before."""
        self._appointment = None
        self.tray.take_away()
        self._around.pane.notice.clear(REMINDER)
