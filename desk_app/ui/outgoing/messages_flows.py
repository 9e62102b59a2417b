"""Ctrl+E: the messages of the appointment at the cursor, or of a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.deliveries import MEETING_LINK, is_moving, kinds_again
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.outgoing.deciding import Deciding
from desk_app.ui.outgoing.page import MessagesPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.client_file import ClientFile
    from desk_app.domain.deliveries import Delivery
    from desk_app.domain.people import Client
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.words import Words

PAGE, KEY = "messages", "Ctrl+E"
# Several notices come of one change.
SOON_MS = 60
# What is just leaving is looked at again: nobody tells desks of each success.
GLANCE_MS = 1500


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose messages are shown: of one visit, or of all visits of a client."""

    appointment: Appointment | None = None
    client: Client | None = None


class MessagesFlows(QObject):
    """Keeps the page up to date while it is shown."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around, self._whose = around, Whose()
        self._rows: tuple[Delivery, ...] = ()
        self.page, self.deciding = MessagesPage(), Deciding(around)
        title = self.tr("Messages")
        around.side.add_page(PAGE, title, self.page)
        port = around.port(self._read, replaces=PAGE)
        self._latest = Latest(port, self._on_read, self._on_failed, self)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._glance = QTimer(self, singleShot=True, interval=GLANCE_MS)
        self._connect()

    @Slot()
    def show_chosen(self) -> None:
        """Show the messages of the appointment at the cursor."""
        appointment = self._around.view.chosen_appointment()
        if appointment is None:
            text = self.tr("Choose an appointment to see its messages.")
            self._around.hint.emit(text)
        elif (
            self._around.side.current == PAGE and appointment == self._whose.appointment
        ):
            self._around.side.switch_page(PAGE)
        else:
            self.show_visit(appointment)

    @Slot(object)
    def show_visit(self, appointment: Appointment) -> None:
        """Show what was sent about a visit, and what will be."""
        self._show(Whose(appointment=appointment))

    @Slot(object)
    def show_file(self, file: ClientFile) -> None:
        """Show what was sent about any visit of a client."""
        self._show(Whose(client=file.client))

    @Slot()
    def look(self) -> None:
        """Read the messages that are shown again."""
        if self._around.side.current == PAGE and self._whose != Whose():
            self._latest.ask(self._whose)

    def _connect(self) -> None:
        around, news, page = self._around, self._around.news, self.page
        for told in (
            news.queue_changed,
            around.carried,
            news.refresh_due,
            news.connected,
            self.deciding.decided,
        ):
            told.connect(self._soon.start)
        news.appointment_changed.connect(self._on_appointment_changed)
        around.person_changed.connect(self._on_person_changed)
        around.side.page_shown.connect(self.look)
        privacy.current().changed.connect(self._write)
        self._soon.timeout.connect(self.look)
        self._glance.timeout.connect(self.look)
        page.detail.again_wanted.connect(self.deciding.try_again)
        page.detail.settle_wanted.connect(self.deciding.settle)
        page.send_wanted.connect(self._on_send_wanted)
        page.visit_wanted.connect(self._on_visit_wanted)
        self.deciding.refused.connect(self._on_refused)

    def _show(self, whose: Whose) -> None:
        if whose != self._whose:
            self._whose, self._rows = whose, ()
            self._name()
            self.page.say(self.tr("Reading…"))
        self._around.side.show_page(PAGE)

    def _read(self, whose: Whose) -> tuple[Delivery, ...]:
        deliveries = self._around.desk.deliveries
        if whose.appointment is not None:
            return deliveries.of_appointment(whose.appointment.appointment_id)
        return deliveries.of_client(whose.client.client_id) if whose.client else ()

    def _on_read(self, rows: tuple[Delivery, ...]) -> None:
        self._rows = rows
        self._write()
        if is_moving(rows, self._around.screen().now):
            self._glance.start()

    def _on_failed(self, error: DeskError) -> None:
        said = notices.cannot_show(error)
        if self._rows:
            self.page.complain(said)
        else:
            self.page.say(f"{said.title}. {said.body}".strip())

    @Slot()
    def _write(self) -> None:
        if self._whose == Whose():
            return
        self._name()
        with_visits = self._whose.appointment is None
        screen = self._around.screen()
        self.page.show_rows(self._rows, screen, with_visits=with_visits)

    def _name(self) -> None:
        """Say whose messages these are, and what can be sent by hand about it."""
        visit, client = self._whose.appointment, self._whose.client
        if visit is not None:
            screen = self._around.screen()
            self.page.name(visit_words.visit(visit, screen))
            may = self._around.me.may_change(visit.provider_id)
            kinds = kinds_again(visit.status, visit.start, screen.now)
            self.page.offer([k for k in kinds if may and _fits(k, visit)])
        elif client is not None:
            self.page.name(privacy.name(client.name))
            self.page.offer(())

    @Slot(str)
    def _on_send_wanted(self, kind: str) -> None:
        if self._whose.appointment is not None:
            self.deciding.send(self._whose.appointment.appointment_id, kind)

    @Slot(object)
    def _on_refused(self, said: Words) -> None:
        """Say it where it was asked for: the queue has the same deeds."""
        if self._around.side.current == PAGE:
            self.page.complain(said)

    @Slot(object)
    def _on_visit_wanted(self, row: Delivery) -> None:
        show_visit(self._around, row)

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        known = self._whose.appointment
        if known is not None and known.appointment_id == appointment.appointment_id:
            self._whose = Whose(appointment=appointment)
            self._soon.start()

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nobody what the one before has seen."""
        self._latest.drop()
        self._whose, self._rows = Whose(), ()
        self.page.clear()
        if self._around.side.current == PAGE:
            self._around.side.close_page()


def show_visit(around: Around, row: Delivery) -> None:
    """Show in the schedule the visit that a message is about."""
    if row.appointment_id is None:
        around.hint.emit(around.tr("This message is about no visit."))
        return

    def then(appointment: Appointment | None) -> None:
        if appointment is not None:
            around.appointment_wanted.emit(appointment)

    def failed(error: DeskError) -> None:
        around.hint.emit(notices.words(error).title)

    around.port(around.desk.diary.get)(row.appointment_id, then, failed)


def _fits(kind: str, visit: Appointment) -> bool:
    """Say whether a kind of message is for such a visit: only some have a link."""
    return kind != MEETING_LINK or visit.is_virtual
