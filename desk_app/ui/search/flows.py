"""Ctrl+F: asks while somebody types; only the answer to the latest is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.appointment import Status
from desk_app.domain.search import Found, SearchQuery
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.search.page import SearchPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

PAGE, KEY = "search", "Ctrl+F"
PAUSE_MS = 80


class SearchFlows(QObject):
    """Keeps the page of found appointments."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self._goes_on = False
        self.page = SearchPage()
        title = self.tr("Search appointments")
        around.side.add_page(PAGE, title, self.page, "search", KEY)
        port = around.port(around.desk.search.find, replaces=PAGE)
        self._latest = Latest(port, self._on_found, self._on_failed, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()

    def open(self) -> None:
        """Put the keyboard into the field; what was typed there is selected."""
        self._around.side.show_page(PAGE)
        self.page.field.selectAll()

    def list_found(self, words: str, found: tuple[Appointment, ...]) -> None:
        """List appointments that were found otherwise, and say which these are."""
        self._latest.drop()
        self._pause.stop()
        self._around.side.show_page(PAGE)
        self.page.list_found(Found(found), self._around.screen(), words)

    def _connect(self) -> None:
        page = self.page
        page.typed.connect(self._on_typed)
        page.more_wanted.connect(self._on_more)
        page.chosen.connect(self._on_chosen)
        self._pause.timeout.connect(self._ask)
        self._around.person_changed.connect(page.field.clear)
        privacy.current().changed.connect(self._write)

    @Slot()
    def _on_typed(self) -> None:
        self._latest.drop()
        if self.page.field.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.page.clear(self._around.screen())

    @Slot()
    def _ask(self) -> None:
        self._goes_on = False
        self._latest.ask(SearchQuery(self.page.field.text()))

    @Slot()
    def _on_more(self) -> None:
        if not self._latest.is_waiting and not self._pause.isActive():
            self._goes_on = True
            text, known = self.page.field.text(), len(self.page.found)
            self._latest.ask(SearchQuery(text, known))

    def _on_found(self, found: Found) -> None:
        screen = self._around.screen()
        self.page.show_found(found, screen, goes_on=self._goes_on)

    def _on_failed(self, error: DeskError) -> None:
        said = notices.cannot_show(error)
        self.page.say(f"{said.title}. {said.body}".strip())

    @Slot(object)
    def _on_chosen(self, appointment: Appointment) -> None:
        self._around.appointment_wanted.emit(appointment)
        if appointment.status is Status.CANCELLED:
            text = self.tr("It was cancelled; this is the day it was on.")
            self._around.hint.emit(text)

    @Slot()
    def _write(self) -> None:
        self.page.write(self._around.screen())
