"""The client's page beside the schedule: opened by a key, kept up by the news."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.ui.clients.deeds import ClientDeeds
from desk_app.ui.clients.panel import ClientPanel
from desk_app.ui.notice_bar import Action
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.client_file import ClientFile
    from desk_app.ui.around import Around
    from desk_app.ui.clients.deeds import Merged
    from desk_app.ui.flows import Flows

PAGE = "client"
MERGED = "merged"
# Several notices come of one change.
SOON_MS = 60


class ClientPanelFlows(QObject):
    """Joins the panel with what is around it."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self.panel = ClientPanel(flows.client_ports)
        self._deeds = ClientDeeds(self.panel, flows.client_ports, around.pane)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        around.side.add_page(PAGE, self.tr("Client"), self.panel)
        self._connect()

    @Slot()
    def show_chosen(self) -> None:
        """Show the client of the appointment at the cursor; else ask for one."""
        appointment = self._around.view.chosen_appointment()
        if appointment is not None:
            self.show_client(appointment.client_id)
        else:
            self.panel.ask_whom()
            self._around.side.show_page(PAGE)

    def show_client(self, client_id: int) -> None:
        """Show a client's file and put the keyboard there."""
        self.panel.show_client(client_id)
        self._around.side.show_page(PAGE)

    def _connect(self) -> None:
        around, news, panel = self._around, self._around.news, self.panel
        panel.booking_wanted.connect(self._on_booking_wanted)
        panel.again_wanted.connect(self._on_again_wanted)
        panel.visit_opened.connect(self._flows.show)
        panel.visit_shown.connect(around.appointment_wanted)
        panel.said.connect(around.said)
        self._deeds.said.connect(around.said)
        self._deeds.merged.connect(self._on_merged)
        news.client_changed.connect(self._on_client_changed)
        news.appointment_changed.connect(self._on_appointment_changed)
        news.appointment_gone.connect(self._on_appointment_gone)
        news.waitlist_changed.connect(self._soon.start)
        news.connected.connect(self._on_connected)
        around.practice_changed.connect(self._soon.start)
        around.person_changed.connect(self._on_person_changed)
        self._soon.timeout.connect(panel.look)

    @Slot(object)
    def _on_booking_wanted(self, file: ClientFile) -> None:
        self._flows.book_for(file.client)

    @Slot(object)
    def _on_again_wanted(self, visit: Appointment) -> None:
        if self.panel.file is not None:
            self._flows.book_for(self.panel.file.client, visit)

    @Slot(object)
    def _on_merged(self, merged: Merged) -> None:
        words = Words(merged.words, tone=Tone.SUCCESS)
        undo = Action(self.tr("Undo"), partial(self._undo, merged.merge_id))
        self._around.pane.notice.show_words(words, [undo], topic=MERGED)
        self._around.said.emit(merged.words)

    def _undo(self, merge_id: int) -> None:
        self._around.pane.notice.clear(MERGED)
        self._deeds.separate(merge_id)

    @Slot(int)
    def _on_client_changed(self, client_id: int) -> None:
        file = self.panel.file
        alike = {one.client.client_id for one in file.likely} if file else set()
        if client_id == self.panel.client_id or client_id in alike:
            self._soon.start()

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        if appointment.client_id == self.panel.client_id:
            self._soon.start()
        else:
            self._on_appointment_gone(appointment.appointment_id)

    @Slot(int)
    def _on_appointment_gone(self, appointment_id: int) -> None:
        file = self.panel.file
        if file is None:
            return
        shown = {one.appointment_id for one in (*file.to_come, *file.past)}
        if appointment_id in shown:
            self._soon.start()

    @Slot()
    def _on_connected(self) -> None:
        """Catch up, and save what could not be saved."""
        self._soon.start()
        self.panel.note.save_again()

    @Slot()
    def _on_person_changed(self) -> None:
        self.panel.forget()
        if self._around.side.current == PAGE:
            self._around.side.close_page()
