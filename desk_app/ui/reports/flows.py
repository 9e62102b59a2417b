"""Alt+6: reports in place of the schedule, for managers and providers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.staff import Role
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.pager import EARLIEST, LATEST

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.reports.asking import CountedQuery, Report
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.reports.page import ReportsPage
    from desk_app.ui.reports.saving import Saving
    from desk_app.ui.search.flows import SearchFlows


class ReportsFlows(QObject):
    """Shows reports over the schedule, and leaves them again.

    The page is made when it is first wanted: most who work here never do.
    """

    def __init__(self, around: Around, search: SearchFlows) -> None:
        super().__init__(around)
        self._around, self._search = around, search
        self._page: ReportsPage | None = None
        self._saving: Saving | None = None
        self._place = self._around.pager.place
        port = around.port(around.desk.reports.read, replaces="report")
        self._latest = Latest(port, self._on_counted, self._on_failed, self)
        around.reports_wanted.connect(self.open)
        around.person_changed.connect(self._on_person_changed)
        around.pager.turned.connect(self._on_turned)

    @property
    def page(self) -> ReportsPage:
        """The page, made when it is first asked for."""
        if self._page is None:
            self._page = self._made()
        return self._page

    @property
    def is_shown(self) -> bool:
        """Whether reports stand where the schedule was."""
        return self._page is not None and self._around.pane.cover is self._page

    @Slot()
    def open(self) -> None:
        """Show reports."""
        if not self.is_shown:
            self.switch()

    @Slot()
    def switch(self) -> None:
        """Show reports, or the schedule again."""
        if self.is_shown:
            self.leave()
        elif self._around.me.role is Role.RECEPTIONIST:
            self._around.hint.emit(
                self.tr("Reports are for managers, and for providers on their own.")
            )
        else:
            self._show()

    @Slot()
    def print_report(self) -> None:
        """Print the report that is shown."""
        if self.is_shown and self._saving is not None:
            self._saving.print_report()

    @Slot()
    def leave(self) -> None:
        """Show the schedule as it was, with the keyboard in it."""
        self._latest.drop()
        self._around.pane.uncover()
        self._around.view.setFocus()

    def _show(self) -> None:
        self._place = self._around.pager.place
        self.page.filters.set_today(self._around.practice.today())
        self._around.pane.show_cover(self.page)
        self.page.setFocus()
        self.page.ask()

    def _made(self) -> ReportsPage:
        # What is painted there takes time to load that no start should wait for.
        from desk_app.ui.reports.page import ReportsPage
        from desk_app.ui.reports.saving import Saving

        page = ReportsPage(self._around.practice.today())
        self._saving = Saving(page, self._practice_name)
        self._saving.said.connect(self._around.said)
        self._around.pane.add_cover(page)
        page.wanted.connect(self._latest.ask)
        page.given_up.connect(self._latest.drop)
        page.left.connect(self.leave)
        page.day_chosen.connect(self._on_day_chosen)
        page.visits_wanted.connect(self._on_visits_wanted)
        return page

    def _practice_name(self) -> str:
        return self._around.practice.catalogue.practice_name

    def _on_counted(self, report: Report) -> None:
        self.page.show_report(report)

    def _on_failed(self, error: DeskError) -> None:
        self.page.complain(error)

    @Slot(object, str)
    def _on_visits_wanted(self, asked: CountedQuery, said: str) -> None:
        """List beside the report what a figure counted."""
        read = self._around.port(self._around.desk.reports.counted, "counted")
        read(asked, partial(self._search.list_found, said), self._on_failed)

    @Slot(object)
    def _on_day_chosen(self, day: date) -> None:
        if EARLIEST <= day <= LATEST:
            self._around.day_wanted.emit(day)

    @Slot()
    def _on_turned(self) -> None:
        """Give way when other days are wanted; count again when the same are."""
        if not self.is_shown:
            return
        if self._around.pager.place == self._place:
            self.page.ask()
        else:
            self._latest.drop()
            self._around.pane.uncover()

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nobody what the one before has seen."""
        self._latest.drop()
        if self._page is not None:
            self._page.clear()
        if self.is_shown:
            self._around.pane.uncover()
