"""What the window says by itself: a line in the status bar, and a toast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.ui import privacy
from desk_app.ui.notice_bar import Action, Toast
from desk_app.ui.words import Tone

if TYPE_CHECKING:
    from desk_app.ui.around import Around, Done
    from desk_app.ui.status_bar import StatusBar


class Voice(QObject):
    """Says what was done, and why nothing happens."""

    def __init__(self, around: Around, status: StatusBar) -> None:
        super().__init__(around)
        self._around, self._status = around, status
        self._toast = Toast(around.pane.middle)
        around.done.connect(self._on_done)
        around.said.connect(status.say)
        around.hint.connect(self.hint)
        around.person_changed.connect(self.forget)
        privacy.current().changed.connect(self._toast.hide)
        around.view.hint.connect(status.hint)
        around.view.hint.connect(self._toast.hide)

    @Slot(str)
    def hint(self, text: str) -> None:
        """Say why nothing happens, where it is seen."""
        self._status.say(text)
        self._toast.say(text, Tone.INFO)

    @Slot()
    def forget(self) -> None:
        """Say nothing any more of what was done before."""
        self._status.say("")
        self._toast.hide()

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        self._status.say(done.words)
        self._toast.say(done.words, action=self._way_back() if done.undone else None)

    def _way_back(self) -> Action:
        return Action(self.tr("Undo (Ctrl+Z)"), self._around.undo_wanted.emit)
