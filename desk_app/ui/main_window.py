"""The program's one window: starting, then the front desk, or why it cannot open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desk_app import paths
from desk_app.ui import notices
from desk_app.ui.calls import InternalProblem
from desk_app.ui.start_page import StartPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from desk_app.ui.front_desk import FrontDesk
    from desk_app.ui.memory import Memory
    from desk_app.ui.notice_bar import Action
    from desk_app.ui.words import Words

FIRST_SIZE = QSize(1440, 900)
# What the title bar and the edges take of the screen.
FRAME = QSize(16, 48)
SMALLEST = QSize(760, 520)


class MainWindow(QMainWindow):
    """Holds one page at a time; the front desk brings its own status bar."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._desk: FrontDesk | None = None
        self._build()

    @property
    def desk(self) -> FrontDesk | None:
        """The front desk, once it is open."""
        return self._desk

    def show_starting(self) -> None:
        """Show that the schedule is being opened."""
        self._start.show_starting()
        self._show(self._start)

    def show_problem(self, words: Words, actions: Sequence[Action]) -> None:
        """Show why the schedule cannot be opened, over the whole window."""
        self._start.show_problem(words, actions)
        self._show(self._start)

    def show_page(self, page: QWidget) -> None:
        """Show a page that asks for something before the schedule can be shown."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._show(page)

    def show_desk(self, desk: FrontDesk, memory: Memory) -> None:
        """Show the front desk from now on, instead of the one before."""
        before, self._desk = self._desk, desk
        self._memory = memory
        self.setWindowTitle(desk.title)
        self._pages.addWidget(desk)
        self.setStatusBar(desk.status)
        self.show_desk_again()
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()

    @Slot()
    def show_desk_again(self) -> None:
        """Go back from a page to the front desk."""
        if self._desk is not None:
            self._show(self._desk)
            self._desk.focus_schedule()

    @Slot()
    def report_crash(self) -> None:
        """Say that something went wrong inside; the log knows where."""
        words = notices.words(InternalProblem())
        if self._desk is not None:
            self._desk.notice.show_words(words)
        else:
            self.show_problem(words, ())

    def remember(self) -> None:
        """Write down how the window is left."""
        if self._desk is not None:
            self._desk.remember(self._memory, bytes(self.saveGeometry().data()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        super().closeEvent(event)

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        if self._desk is not None:
            self._desk.status.setVisible(page is self._desk)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Front desk"))
        self.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.svg")))
        self.setMinimumSize(SMALLEST)
        self._start = StartPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._start)
        self.setCentralWidget(self._pages)
        geometry = self._memory.load().geometry
        if not (geometry and self.restoreGeometry(QByteArray(geometry))):
            room = self.screen().availableSize()
            self.resize(FIRST_SIZE.boundedTo(room - FRAME))
