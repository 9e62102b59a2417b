"""Marks how far a client has come: one key, no question, but for a no-show."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.deeds import Mark, MarkRequest
from desk_app.domain.waiting_room import consequences
from desk_app.ui import notices
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE, Unsettled
from desk_app.ui.still_asking import Ending, StillAsking
from desk_app.ui.waiting import words
from desk_app.ui.waiting.no_show import NoShowDialog
from desk_app.ui.waiting.ports import MarkPorts

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Port


class Marking(QObject):
    """Carries out the marks, and tells of them so that they can be undone."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self._still_asking = StillAsking(around.pane.notice)
        self._still_asking.said.connect(around.said)

    @Slot(object, object)
    def mark(self, appointment: Appointment, mark: Mark) -> None:
        """Mark an appointment; for a no-show, ask first."""
        if not self._around.may_change(appointment.provider_id):
            return
        if mark is Mark.NO_SHOW:
            self._ask_no_show(appointment)
            return
        asking = Asking(self._port(), PATIENCE)
        wish = Unsettled(asking, self._around.words_of(appointment))
        self._keep(appointment, mark, wish)
        number, version = appointment.appointment_id, appointment.version
        asking.send(MarkRequest(asking.key, number, version, mark))

    def _ask_no_show(self, appointment: Appointment) -> None:
        """Read how often the client was missed; then say what follows, and ask."""
        self._around.calls.run(
            self._around.desk.waiting_room.no_shows,
            appointment.client_id,
            then=partial(self._show_no_show, appointment),
            failed=self._on_not_read,
            replaces="no_shows",
        )

    def _show_no_show(self, appointment: Appointment, count: int) -> None:
        around, screen = self._around, self._around.screen()
        policy = around.practice.catalogue.rules.no_show
        follows = consequences(appointment, policy, count, datetime.now(UTC))
        ports = MarkPorts(
            self._port(),
            take_over=partial(self._keep, appointment, Mark.NO_SHOW),
        )
        missed = NoShowDialog.ask(around.pane, appointment, follows, screen, ports)
        if missed is not None:
            self._tell(Mark.NO_SHOW, appointment, missed)

    def _on_not_read(self, error: DeskError) -> None:
        self._around.hint.emit(notices.cannot_read(error).title)

    def _keep(self, appointment: Appointment, mark: Mark, wish: Unsettled) -> None:
        ending = Ending(
            partial(self._tell, mark, appointment),
            words.refused(mark),
            partial(self._again, appointment, mark),
        )
        self._still_asking.keep(wish, ending)

    def _again(self, appointment: Appointment, mark: Mark) -> None:
        """Mark the appointment as it is now."""
        self._around.calls.run(
            self._around.desk.diary.get,
            appointment.appointment_id,
            then=lambda latest: self.mark(latest or appointment, mark),
            failed=self._on_not_read,
        )

    def _tell(self, mark: Mark, before: Appointment, now: Appointment) -> None:
        self._around.changed(words.done(mark), (before,), (now,))

    def _port(self) -> Port:
        return self._around.port(self._around.desk.booking.mark)
