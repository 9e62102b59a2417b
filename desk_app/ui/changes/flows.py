"""Shift+F5: what others did since this person last sat at this desk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.history import Changes, Since
from desk_app.ui import format as written
from desk_app.ui import notices, privacy
from desk_app.ui.changes.page import ChangesPage
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.memory import Memory

PAGE, KEY = "changes", "Shift+F5"
LONGEST_AWAY = timedelta(days=31)
FIRST_TIME = timedelta(days=1)
NOTED_EVERY_MS = 60_000


class ChangesFlows(QObject):
    """Keeps the time a person was last here, and tells what happened since."""

    def __init__(self, around: Around, memory: Memory) -> None:
        super().__init__(around)
        self._around, self._memory = around, memory
        self._changes = Changes()
        self.page = ChangesPage(around.side.way_back)
        title = self.tr("What changed since you were here")
        around.side.add_page(PAGE, title, self.page, "history", KEY)
        self._noting = QTimer(self, interval=NOTED_EVERY_MS)
        self._noting.timeout.connect(self._note)
        self._noting.start()
        around.person_changed.connect(self._on_person)
        self.page.chosen.connect(around.appointment_wanted)
        privacy.current().changed.connect(self._show)
        self.since = self._last_here()
        self._note()

    def open(self) -> None:
        """Read what others did, and show it."""
        self.page.say(self.tr("Reading…"))
        self._around.side.show_page(PAGE)
        asked = Since(self.since, self._around.me.login)
        port = self._around.port(self._around.desk.history.since, replaces=PAGE)
        port(asked, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, changes: Changes) -> None:
        self._changes = changes
        self._show()

    @Slot()
    def _show(self) -> None:
        screen = self._around.screen()
        today = screen.now.astimezone(screen.zone).date()
        at = written.moment(self.since, screen.zone, today)
        text = self.tr("Nobody else changed anything since %1.")
        if self._changes.visits:
            text = self.tr("What others did since %1. Enter shows it.")
        if self._changes.has_older:
            text = self.tr("The latest of what others did since %1.")
        self.page.show_changes(self._changes, screen, filled(text, at))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        said = notices.cannot_show(error)
        self.page.say(f"{said.title}. {said.body}".strip())

    @Slot()
    def _on_person(self) -> None:
        """Begin with when the next one was last here; show nothing of this one's."""
        self._changes = Changes()
        self.since = self._last_here()
        self._note()
        self._show()

    @Slot()
    def _note(self) -> None:
        """Note that this person sits here now, should the program end at once."""
        self._memory.keep_word(self._entry(), datetime.now(UTC).isoformat())

    def _last_here(self) -> datetime:
        now = datetime.now(UTC)
        try:
            found = datetime.fromisoformat(self._memory.word(self._entry()))
        except ValueError:
            return now - FIRST_TIME
        if found.tzinfo is None:
            return now - FIRST_TIME
        return max(min(found, now), now - LONGEST_AWAY)

    def _entry(self) -> str:
        """Return under which name a person's time is kept, telling not who it is."""
        login = self._around.me.login.encode("utf-8", "replace")
        return f"here_{hashlib.sha256(login).hexdigest()[:16]}"
