"""A client in words: how to reach them, and what a desk must know before it books."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.people import NewClient
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.people import Client
    from desk_app.ui.dialogs.ports import Screen

_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")


def phone(client: Client) -> str:
    """Return the phone number as people write it."""
    number = client.phone_display or client.phone
    return privacy.phone(number) or _tr("no phone number")


def warnings(client: Client, screen: Screen) -> tuple[str, ...]:
    """Return what speaks against booking, most important first."""
    said = []
    until = client.locked_out_until
    if until is not None and until > screen.now:
        said.append(lock_out(client, screen))
    if client.no_show_count == 1:
        said.append(_tr("Missed 1 visit"))
    elif client.no_show_count > 1:
        text = _tr("Missed %1 visits")
        said.append(filled(text, str(client.no_show_count)))
    elif client.no_show_flag:
        said.append(_tr("Marked for missed visits"))
    return tuple(said)


def lock_out(client: Client, screen: Screen) -> str:
    """Return until when a client books no same day, since when, and by whom."""
    until, since = client.locked_out_until, client.locked_out_since
    if until is None:
        return ""
    text = filled(_tr("No same-day booking until %1"), _until(until, screen))
    if since is None:
        return text
    who = screen.catalogue.name_of(client.locked_out_by) if screen.has_logins else ""
    when = _until(since, screen)
    if who:
        more = filled(_tr("missed a visit, marked by %2 at %1"), when, who)
    else:
        more = filled(_tr("missed a visit, since %1"), when)
    return f"{text} ({more})"


def spoken(client: Client, screen: Screen) -> str:
    """Return everything that tells this client from others, for a screen reader."""
    parts = (client.name, phone(client), client.email, *warnings(client, screen))
    return ", ".join(part for part in parts if part)


def guessed(typed: str) -> NewClient:
    """Sort what was typed into name, phone and e-mail.

    A word with "@" is an address, words of digits a phone number, the rest a name.
    """
    name, number, email = [], [], []
    for word in typed.split():
        if "@" in word:
            email.append(word)
        elif _DIGITS.search(word) and not _LETTERS.search(word):
            number.append(word)
        else:
            name.append(word)
    return NewClient(" ".join(name), " ".join(number), " ".join(email))


def _until(instant: datetime, screen: Screen) -> str:
    local = instant.astimezone(screen.zone).date()
    clock = shown.time(instant, screen.zone)
    if local == screen.now.astimezone(screen.zone).date():
        return clock
    return f"{shown.short_date(local)}, {clock}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("clients", text)
