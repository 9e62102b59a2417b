"""The call that this desk makes: one at a time, claimed so that nobody else rings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.domain.waitlist import CallOutcome, CallRequest
from desk_app.errors import BeingRung
from desk_app.ui import notices
from desk_app.ui.waitlist import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.waitlist import Entry, FreedSlot, Outcome
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around


class Calling(QObject):
    """Signals: `changed`, somebody is or was rung; `refused`, why not (a sentence)."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self._held: Entry | None = None
        around.person_changed.connect(self.end)

    def begin(self, entry: Entry, then: Callable[[], object] | None = None) -> None:
        """Ring somebody, five more minutes if they are rung already; then `then`."""
        held = self._request(entry)
        if self._held is not None and held.held is None:
            self.end()
        call = self._around.port(self._around.desk.waitlist.call)
        call(held, partial(self._on_called, then), self.fail)

    def end(self) -> None:
        """Let go of the call; nothing is lost if that fails, for it ends by itself."""
        held, self._held = self._held, None
        if held is not None:
            let_go = self._around.port(self._around.desk.waitlist.let_go)
            request = CallRequest(held.entry_id, held.calling_until)
            let_go(request, self._on_ended, self._on_ended)

    def forget(self) -> None:
        """Know of no call any more: it ended with what came of it."""
        self._held = None

    def say(self, entry: Entry, outcome: Outcome, slot: FreedSlot) -> None:
        """Write down what came of ringing somebody about a time."""
        held = self._request(entry).held
        said = CallOutcome(entry.entry_id, outcome, slot.start, held)
        port = self._around.port(self._around.desk.waitlist.outcome)
        port(said, self._on_said, self.fail)

    def is_ours(self, entry: Entry) -> bool:
        """Say whether this desk rings that person."""
        return self._held is not None and self._held.entry_id == entry.entry_id

    def fail(self, error: DeskError) -> None:
        """Say why something was not done, and read the list again."""
        self.refused.emit(self._why(error))
        self.changed.emit()

    def _why(self, error: DeskError) -> str:
        if isinstance(error, BeingRung):
            if error.login == self._around.me.login:
                return words.tr("You are ringing this client at another desk.")
            who = words.ringing(error.login, self._around.screen())
            return words.tr("%1 this client. Ring the next one.", who)
        said = notices.words(error)
        return " ".join(part for part in (f"{said.title}.", said.body) if part)

    def _request(self, entry: Entry) -> CallRequest:
        held = self._held
        if held is not None and held.entry_id == entry.entry_id:
            return CallRequest(entry.entry_id, held.calling_until)
        return CallRequest(entry.entry_id)

    def _on_called(self, then: Callable[[], object] | None, entry: Entry) -> None:
        self._held = entry
        self.changed.emit()
        if then is not None:
            then()

    def _on_said(self, _entry: Entry) -> None:
        self.forget()
        self.changed.emit()

    def _on_ended(self, _: object) -> None:
        self.changed.emit()
