"""What was kept, offered where the desk cannot be opened because its server is away.

Only for the login that was here last: see `dialog.py` for why the keyring is the door.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui.notice_bar import Action
from desk_app.ui.outage.dialog import Away, KeptDialog, as_of
from desk_app.ui.outage.note_dialog import NoteDialog
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.kept import KeptDays, Noted
    from desk_app.errors import DeskError
    from desk_app.services.kept import Kept
    from desk_app.settings import Settings
    from desk_app.ui.calls import Calls


class KeptAtStart(QObject):
    """Looks on this disk for the days of whoever was here last."""

    def __init__(
        self, window: QWidget, calls: Calls, open_kept: Callable[[Settings], Kept]
    ) -> None:
        super().__init__(window)
        self._window, self._calls, self._open = window, calls, open_kept

    def look(
        self,
        settings: Settings,
        offer: Callable[[Action], object],
    ) -> None:
        """Offer to show the days, if there are any to be shown."""
        if settings.database and not settings.demo:
            self._calls.run(
                partial(self._read, settings),
                then=partial(self._on_read, settings, offer),
                failed=_nothing,
                owner=self,
            )

    def _read(self, settings: Settings) -> KeptDays | None:
        return self._open(settings).days(_login(settings))

    def _on_read(
        self,
        settings: Settings,
        offer: Callable[[Action], object],
        kept: KeptDays | None,
    ) -> None:
        if kept is not None:
            text = self.tr("Show what was kept (as of %1)")
            text = filled(text, as_of(kept, datetime.now(UTC)))
            offer(Action(text, partial(self._show, settings, kept)))

    def _show(self, settings: Settings, kept: KeptDays) -> None:
        away = Away(datetime.now(UTC), partial(self._note, settings))
        KeptDialog.show_for(self._window, kept, away)

    def _note(self, settings: Settings, parent: QWidget) -> None:
        def write(noted: Noted) -> Noted:
            self._open(settings).note(_login(settings), noted)
            return noted

        def port(
            noted: Noted,
            then: Callable[[Noted], object],
            failed: Callable[[DeskError], object],
        ) -> None:
            self._calls.run(write, noted, then=then, failed=failed)

        NoteDialog.ask(parent, port)


def _login(settings: Settings) -> str:
    """Return who was here last."""
    if settings.login:
        return settings.login
    from desk_app.doors import ServerDoor

    return ServerDoor(settings.database).login


def _nothing(_error: DeskError) -> None:
    """There is nothing to offer."""
