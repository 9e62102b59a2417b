"""What the office says when a change was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.errors import Stale
from desk_app.ui import notices
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from desk_app.errors import DeskError


def refusal(error: DeskError) -> Words:
    """Return the words for a change that the practice refused."""
    if isinstance(error, Stale):
        return Words(
            _tr("Somebody else has changed the same a moment ago"),
            _tr("Nothing was saved; what you typed still stands here."),
            _tr("Close this, look at how it is now, then change it again."),
        )
    return notices.words(error)


def _tr(text: str) -> str:
    return QCoreApplication.translate("office", text)
