"""Draws the real program into a PNG file without a screen."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, QTimer, Slot

from desk_app.ui import notices

if TYPE_CHECKING:
    from desk_app.settings import WindowOptions
    from desk_app.ui.front_desk import FrontDesk
    from desk_app.ui.grid.view import DiaryView
    from desk_app.ui.run import Program

LOOK_EVERY_MS = 50
QUIET_LOOKS = 6
PATIENCE_MS = 90_000
MOST_TURNS = 14
ENOUGH = timedelta(hours=3)


class Picture(QObject):
    """Waits until the schedule shows and nothing is on its way, then draws."""

    def __init__(self, program: Program, options: WindowOptions) -> None:
        super().__init__(program)
        self._program = program
        self._file = options.picture
        self._quiet = 0
        self._turns = 0
        self._is_posed = False
        # The platform without a screen complains about each size a window asks for.
        QLoggingCategory.setFilterRules("default.warning=false")
        program.window.setMinimumSize(1, 1)
        program.window.resize(options.width, options.height)
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self._on_look)
        self._looking.start()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_too_long)
        self._patience.start()
        program.crashed.connect(self._on_crashed)

    @Slot()
    def _on_look(self) -> None:
        if self._program.failure is not None:
            words = notices.cannot_open(self._program.failure)
            self._end(1, f"{words.title}: {words.body}")
            return
        desk = self._program.window.desk
        if desk is None or not desk.is_settled or self._program.calls.is_busy:
            self._quiet = 0
            return
        if not self._is_posed:
            self._pose(desk)
            return
        self._quiet += 1
        if self._quiet >= QUIET_LOOKS:
            self._draw()

    def _pose(self, desk: FrontDesk) -> None:
        """Turn to the next day with work left in it, and choose what is offered."""
        if self._turns <= MOST_TURNS and _is_over(desk):
            self._turns += 1
            if self._turns > MOST_TURNS:
                desk.pager.show_today()
            else:
                desk.pager.turn(1)
            return
        self._is_posed = True
        services = desk.practice.catalogue.services
        names = Counter(service.name for service in services)
        for name, _ in names.most_common(1):
            desk.rail.choose_service(name)
        _focus_first_offer(desk.pane.view)

    @Slot()
    def _on_crashed(self) -> None:
        self._end(1, "something went wrong inside the program; see its log")

    @Slot()
    def _on_too_long(self) -> None:
        self._end(1, "the schedule did not load in time")

    def _draw(self) -> None:
        picture = self._program.window.grab()
        if picture.save(str(self._file), "PNG"):
            self._end(0)
        else:
            self._end(1, f"the picture cannot be written to {self._file}")

    def _end(self, code: int, words: str = "") -> None:
        self._looking.stop()
        self._patience.stop()
        if words:
            sys.stderr.write(f"desk-app: {words}\n")
        QCoreApplication.exit(code)


def _is_over(desk: FrontDesk) -> bool:
    """Say whether the shown day has little left to offer."""
    now = datetime.now(UTC) + ENOUGH
    reading = desk.pager.reading
    if reading is None or not reading.days:
        return False
    return not any(
        window.end > now for day in reading.days for window in day.open_windows
    )


def _focus_first_offer(view: DiaryView) -> None:
    for column in view.columns:
        for offer in view.offers.of(column):
            view.setFocus()
            view.focus_time(column.key[0], offer.start)
            return
