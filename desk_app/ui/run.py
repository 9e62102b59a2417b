"""Runs the program: a window at once, the database off the GUI thread, a clean end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSocketNotifier, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desk_app.errors import DeskError, NeedsChoice, NeedsLogin, Unavailable, WrongSchema
from desk_app.ui import appearance, fonts, notices, theme
from desk_app.ui import format as written
from desk_app.ui.access.ways import Attempt, Ways
from desk_app.ui.calls import Calls
from desk_app.ui.crash import LastResort
from desk_app.ui.garbage import GarbageCollection
from desk_app.ui.loops import Loops
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from desk_app.ui.notice_bar import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.domain.schedule import Catalogue
    from desk_app.domain.staff import Me
    from desk_app.settings import Settings, WindowOptions
    from desk_app.ui.access.entrance import Entrance
    from desk_app.ui.front_desk import FrontDesk
    from desk_app.ui.outage.at_start import KeptAtStart

APP_ID = "desk-app"
log = logging.getLogger(__name__)


def run(build: Callable[[], Desk], options: WindowOptions) -> int:
    """Show the window and return the exit code when it is closed.

    `build` opens the database; it is called on another thread. With
    `options.picture` the window is drawn into that file and the program ends.
    """
    app = _application(options)
    memory = Memory(None) if options.picture else Memory.of(options.settings)
    if options.picture is None:
        build = partial(once_chosen, options.settings, build)
    program = Program(build, options.settings, memory)
    _end_on_signals(app, program)
    if options.picture is not None:
        # Needed in one command only, so not imported at every start.
        from desk_app.ui.picture import Picture

        program.draw(Picture(program, options))
    program.begin()
    code = app.exec()
    program.end()
    return code


def once_chosen(settings: Settings, build: Callable[[], Desk]) -> Desk:
    """Build the desk, unless nobody has chosen a practice yet (NeedsChoice)."""
    from desk_app import bootstrap

    with bootstrap.once_chosen(settings):
        return build()


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening brings: the desk, and what its window starts from."""

    desk: Desk
    catalogue: Catalogue


class Program(QObject):
    """Opens the desk, gives it to the window, closes both."""

    crashed = Signal()

    def __init__(
        self,
        build: Callable[[], Desk],
        settings: Settings,
        memory: Memory,
        ways: Ways | None = None,
    ) -> None:
        """Open with `build` first; what people ask for later goes by `ways`."""
        super().__init__()
        self._ways = ways or Ways()
        self._attempt = Attempt(settings)
        self._calls = Calls(self)
        self._opening = Opening(build)
        self._memory = memory
        self._entrance: Entrance | None = None
        self._kept: KeptAtStart | None = None
        self._desk: Desk | None = None
        self._loops: Loops | None = None
        self._last_resort = LastResort(self)
        self._garbage = GarbageCollection(self)
        self._picture: QObject | None = None
        self.window = MainWindow(self._memory)
        self.failure: DeskError | None = None

    @property
    def calls(self) -> Calls:
        """The calls of this program."""
        return self._calls

    def draw(self, picture: QObject) -> None:
        """Keep what draws the window for as long as the program runs."""
        self._picture = picture

    def begin(self) -> None:
        """Show the window and start to open the desk."""
        self._last_resort.happened.connect(self.window.report_crash)
        self._last_resort.happened.connect(self.crashed)
        self._last_resort.install()
        self._garbage.begin()
        self.window.show()
        self._open()

    def end(self) -> None:
        """Stop what runs and close what is open; the window is gone already."""
        opening = self._opening.abandon()
        if self.window.desk is not None:
            self.window.desk.stop()
        stopped = self._loops is None or self._loops.stop()
        if not (self._calls.close() and stopped):
            log.warning("a thread did not end in time")
        for desk in (opening, self._desk):
            if desk is not None:
                desk.close()
        self._garbage.stop()
        self._last_resort.remove()

    @Slot()
    def quit(self) -> None:
        """End the program, also out of dialogs that are open or behind the lock."""
        self.window.remember()
        QApplication.exit()

    @property
    def entrance(self) -> Entrance:
        """The pages that ask who is there and for which practice."""
        if self._entrance is None:
            # Imported when it is needed: mostly nobody is asked anything.
            from desk_app.ui.access.entrance import Entrance

            settings = self._attempt.settings
            self._entrance = Entrance(self.window, self._calls, self._ways, settings)
            self._entrance.wanted.connect(self._on_wanted)
            self._entrance.left.connect(self.window.show_desk_again)
        return self._entrance

    @Slot()
    def _open(self) -> None:
        self.window.show_starting()
        self._ask()

    def _ask(self) -> None:
        self.failure = None
        self._calls.run(
            self._opening, then=self._on_opened, failed=self._on_failed, owner=self
        )

    @Slot()
    def _upgrade(self) -> None:
        self.window.show_starting()
        self._on_wanted(replace(self._attempt, upgrade=True))

    @Slot(object)
    def _on_wanted(self, attempt: Attempt) -> None:
        """Try what a page asks for; what has worked is remembered."""
        self._attempt = attempt
        remember = partial(self._memory.save_opened, is_chosen=attempt.is_chosen)
        self._opening = Opening(partial(self._ways.build, attempt), remember)
        self._ask()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        # Imported while the database starts, so the window shows sooner.
        from desk_app.ui.front_desk import FrontDesk

        self._leave_desk()
        self._desk = opened.desk
        self._attempt = Attempt(opened.desk.settings)
        self._memory = self._memory.of_practice(opened.desk.settings)
        dates_as = opened.desk.settings.dates_as
        QLocale.setDefault(written.choose_locale(opened.catalogue.country, dates_as))
        desk = FrontDesk(opened.desk, opened.catalogue, self._calls, self._memory)
        self._loops = Loops(opened.desk, self)
        self._connect_desk(desk, self._loops)
        self.window.show_desk(desk, self._memory)
        self._loops.start()
        if self._entrance is not None:
            self._entrance.close(opened.desk.settings)

    def _connect_desk(self, desk: FrontDesk, loops: Loops) -> None:
        guard = desk.at_desk.guard
        loops.heard.connect(desk.news.tell)
        loops.carried.connect(desk.around.carried)
        guard.link_wanted.connect(loops.set_going)
        guard.entered.connect(self._on_entered)
        guard.close_wanted.connect(self.quit)
        desk.top.person.practice_wanted.connect(self._on_practice_wanted)
        guard.watch.begin()

    def _leave_desk(self) -> None:
        """Close the desk that another one replaces, behind the window."""
        before, loops = self._desk, self._loops
        if before is None or self.window.desk is None or loops is None:
            return
        self.window.desk.stop()
        loops.leave()
        self._calls.run(before.close, then=_done, failed=_done)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.failure = error
        is_asked = isinstance(error, NeedsLogin | NeedsChoice)
        if is_asked or (self._entrance and self._entrance.is_trying):
            self.entrance.show_failure(error, self._attempt)
            return
        actions = [Action(self.tr("Try again"), self._open)]
        if isinstance(error, WrongSchema) and error.can_upgrade:
            actions.insert(0, Action(self.tr("Update the database"), self._upgrade))
        other = Action(self.tr("Another practice…"), self._on_practice_wanted)
        actions += [other, Action(self.tr("Close"), self._close)]
        self.window.show_problem(notices.cannot_open(error), actions)
        self._offer_kept(error, actions)

    def _offer_kept(self, error: DeskError, actions: list[Action]) -> None:
        """Offer the days on this disk, if this is still what the window says."""
        if not isinstance(error, Unavailable):
            return
        # Imported when it is needed: mostly the server is there.
        from desk_app.ui.outage.at_start import KeptAtStart

        def offer(action: Action) -> None:
            if self.failure is error:
                shown = [actions[0], action, *actions[1:]]
                self.window.show_problem(notices.cannot_open(error), shown)

        if self._kept is None:
            self._kept = KeptAtStart(self.window, self._calls, self._ways.kept)
        self._kept.look(self._attempt.settings, offer)

    @Slot()
    def _on_practice_wanted(self) -> None:
        self.entrance.show_choices()

    @Slot(object)
    def _on_entered(self, me: Me) -> None:
        """Remember who was here last, for the next start."""
        if self._desk is not None and self._desk.access.asks_password(me.login):
            opened = replace(self._desk.settings, login=me.login)
            save = partial(self._memory.save_opened, is_chosen=False)
            self._calls.run(save, opened, then=_done, failed=_done)

    @Slot()
    def _close(self) -> None:
        self.window.close()


class Opening:
    """Opens a desk on a pool thread; an abandoned one is closed again there."""

    def __init__(
        self,
        build: Callable[[], Desk],
        remember: Callable[[Settings], None] | None = None,
    ) -> None:
        """`remember` is told the settings of a desk that has opened."""
        self._build = build
        self._remember = remember
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._desk: Desk | None = None

    def __call__(self) -> Opened:
        desk = self._build()
        with self._lock:
            if not self._is_abandoned:
                self._desk = desk
        if self._desk is None:
            desk.close()
            raise DeskError
        try:
            opened = Opened(desk, desk.diary.catalogue())
        except BaseException:
            self._close()
            raise
        if self._remember is not None:
            self._remember(desk.settings)
        return opened

    def abandon(self) -> Desk | None:
        """Return the open desk, if any; one that opens later closes itself."""
        with self._lock:
            self._is_abandoned = True
            desk, self._desk = self._desk, None
        return desk

    def _close(self) -> None:
        with self._lock:
            desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()


def _done(_: object) -> None:
    """Nothing follows."""


def _application(options: WindowOptions) -> QApplication:
    if options.scale != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    QGuiApplication.setDesktopFileName(APP_ID)
    app = QApplication(sys.argv[:1])
    app.setApplicationName(APP_ID)
    app.setApplicationDisplayName("Front desk")
    app.setQuitOnLastWindowClosed(True)
    QLocale.setDefault(written.choose_locale())
    if fonts.load():
        app.setFont(fonts.base())
    theme.apply(app, appearance.chosen(options.settings.theme))
    return app


def _end_on_signals(app: QApplication, program: Program) -> None:
    """End cleanly on Ctrl+C and on a polite kill.

    Python runs its handlers only when it gets a turn; the byte that the signal
    writes into the socket wakes Qt, and with it Python.
    """
    waking, woken = socket.socketpair()
    for end in (waking, woken):
        end.setblocking(False)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(partial(_drain, woken, waking))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: program.quit())


def _drain(woken: socket.socket, _waking: socket.socket, *_: object) -> None:
    try:
        woken.recv(64)
    except BlockingIOError:
        return
