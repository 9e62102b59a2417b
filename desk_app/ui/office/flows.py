"""Opens the office over the desk, with the pages that somebody may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from desk_app.domain.staff import Me
    from desk_app.ui.admin.flows import AdminFlows
    from desk_app.ui.around import Around
    from desk_app.ui.clients.flows import ClientsDataFlows
    from desk_app.ui.office.office import Office
    from desk_app.ui.office.page import Entry
    from desk_app.ui.office.settings.desk_file import DeskFile


class OfficeFlows(QObject):
    """One office at a time; `admin` and `clients` are dialogs it leads to."""

    def __init__(
        self,
        around: Around,
        admin: AdminFlows,
        clients: ClientsDataFlows,
        desk_file: DeskFile,
    ) -> None:
        super().__init__(around)
        self._around, self._desk_file = around, desk_file
        self._admin, self._clients = admin, clients
        self.office: Office | None = None

    def is_offered_to(self, me: Me) -> bool:
        """Say whether there is anything somebody may change."""
        return bool(self._entries(me))

    @Slot()
    def open(self) -> None:
        """Show the page that was shown last."""
        self.show_page("")

    def show_page(self, name: str) -> None:
        """Show a page by its name, until the office is closed."""
        entries = self._entries(self._around.me)
        if not entries:
            self._around.hint.emit(self.tr("Only managers set up the practice."))
            return
        if self.office is not None:
            self.office.show_page(name)
            return
        # Imported when it is needed: a desk starts without it.
        from desk_app.ui.office.office import Office

        memory, pane = self._desk_file.memory, self._around.pane
        self.office = Office(self._around, entries, memory, pane)
        self.office.show_page(name)
        self.office.exec()
        self.office.deleteLater()
        self.office = None

    def _entries(self, me: Me) -> tuple[Entry, ...]:
        from desk_app.ui.office.entries import Beside, entries

        beside = Beside(self._admin, self._clients, self._desk_file, self.show_page)
        every = entries(beside)
        return tuple(entry for entry in every if entry.may(me))
