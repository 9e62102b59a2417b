"""Words for roles, people and places, and for somebody who is not let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.staff import Role
from desk_app.errors import Unavailable, Untrusted
from desk_app.ui import notices
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.staff import Me, Staff
    from desk_app.errors import DeskError
    from desk_app.settings import Settings


def role(of: Role | None) -> str:
    """Return what somebody does here; a login without a role keeps the server."""
    return {
        Role.RECEPTIONIST: _tr("Receptionist"),
        Role.PROVIDER: _tr("Provider"),
        Role.MANAGER: _tr("Manager"),
        None: _tr("Administrator"),
    }[of]


def person(who: Me | Staff) -> str:
    """Return "Jonas Krüger · Receptionist"."""
    return f"{who.name or who.login} · {role(who.role)}"


def server(database: str) -> str:
    """Return an address as people say it: "practice at server"."""
    if not database:
        return _tr("This computer")
    # Brings the driver, which has been imported by the time anybody asks.
    from desk_app import doors

    name, host = doors.place_of(database)
    return filled(_tr("%1 at %2"), name, host) if name else host


def place(settings: Settings) -> str:
    """Return where the practice is that a desk shows."""
    if settings.demo:
        return _tr("Demo practice")
    return server(settings.database)


def cannot_enter(error: DeskError) -> Words:
    """Return what to tell somebody whom the practice did not let in."""
    is_away = isinstance(error, Unavailable) and not isinstance(error, Untrusted)
    if not is_away:
        return notices.words(error)
    text = str(error)
    if text == type(error).default_message():
        text = _tr("The database does not answer.")
    return Words(
        _tr("The practice cannot be reached"),
        text,
        _tr("Nothing is lost: what you typed stays here."),
        Tone.ERROR,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("access", text)
