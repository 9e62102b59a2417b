"""Opens the dialogs about clients' data over the window, on the practice's services."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desk_app.domain.staff import Role
from desk_app.ui.clients.data import ClientsDataDialog
from desk_app.ui.clients.file_ports import FilePorts
from desk_app.ui.clients.ports import ClientPorts, DataPorts
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.frame import over
from desk_app.ui.dialogs.history import HistoryDialog
from desk_app.ui.dialogs.ports import HistoryPorts, Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.rights import Saved
    from desk_app.ui.calls import Calls
    from desk_app.ui.clients.ports import ExportWish
    from desk_app.ui.dialogs.ports import Failed, Then
    from desk_app.ui.practice import Practice


class ClientsDataFlows(QObject):
    """History, export and erasing, as far as who is signed in may ask for them."""

    def __init__(
        self, desk: Desk, calls: Calls, practice: Practice, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._calls = desk, calls
        self._practice, self._parent = practice, parent

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        self._practice = practice

    def show(self) -> None:
        """Show the dialog for the data of any client."""
        rights = self._desk.rights
        ports = DataPorts(
            of_client=self.ports(),
            find=self._port(self._desk.clients.find, "clients"),
            retention=self._port(lambda _: rights.retention()),
            erase_due=self._port(rights.erase_due),
        )
        ClientsDataDialog.ask(over(self._parent), ports)

    def show_history(self, appointment: Appointment) -> None:
        """Show what was done with an appointment."""
        words = visit_words.visit(appointment, self._screen())
        ports = self.history(appointment.appointment_id)
        HistoryDialog.show_for(self._parent, words, ports)

    def ports(self) -> ClientPorts:
        """Return what can be asked about one client."""
        me, rights = self._practice.catalogue.me, self._desk.rights
        return ClientPorts(
            screen=self._screen(),
            history=self._history_of_client,
            counts=self._port(rights.counts),
            save=self._port(self._save),
            erase=self._port(rights.erase),
            may_export=me.role is not Role.PROVIDER,
            may_erase=me.may_manage,
        )

    def file_ports(self) -> FilePorts:
        """Return what a client's file is given."""
        files = self._desk.client_files
        return FilePorts(
            screen=self._screen,
            read=self._port(lambda wish: files.read(wish.client_id, wish.past)),
            change=self._port(lambda wish: files.change(wish.known, wish.wanted)),
            find=self._port(self._desk.clients.find, "clients"),
            compare=self._port(files.compare),
            merge=self._port(files.merge),
            unmerge=self._port(files.unmerge),
            data=self.ports,
        )

    def history(self, appointment_id: int) -> HistoryPorts:
        """Return the way to read what was done with an appointment."""
        read = partial(self._desk.history.of_appointment, appointment_id)
        return HistoryPorts(self._port(read), self._practice.zone)

    def _history_of_client(self, client_id: int) -> HistoryPorts:
        read = partial(self._desk.history.of_client, client_id)
        return HistoryPorts(self._port(read), self._practice.zone, names_visits=True)

    def _save(self, wish: ExportWish) -> Saved:
        return self._desk.rights.save(wish.client_id, wish.folder)

    def _screen(self) -> Screen:
        catalogue = self._practice.catalogue
        return Screen(catalogue, self._practice.zone, datetime.now(UTC))

    def _port(
        self, function: Callable[[Any], Any], replaces: str | None = None
    ) -> Callable[[Any, Then[Any], Failed], None]:
        def ask(request: Any, then: Then[Any], failed: Failed) -> None:
            self._calls.run(
                function, request, then=then, failed=failed, replaces=replaces
            )

        return ask
