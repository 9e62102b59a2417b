"""What is said of the computers that carry messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.ui import format as written
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.message_settings import Sending
    from desk_app.domain.queue import Backlog

# What is due a moment ago has not been waiting.
PATIENCE = 60


def about() -> str:
    """Return what the page is for."""
    return _tr("Which computers carry messages, meetings and calendars out.")


def now(sending: Sending, *, has_desks: bool) -> Words:
    """Return who sends at the moment, and what waits."""
    waits = _waits(sending.backlog)
    if not sending.couriers:
        step = _tr("Set the login below, or let a computer that stays on do it.")
        if not has_desks:
            step = _tr("It begins by itself a moment after the program is opened.")
        title = _tr("No computer is sending at the moment")
        return Words(title, waits, step, Tone.WARNING)
    title = _tr("One computer is sending")
    if sending.couriers > 1:
        count = QLocale().toString(sending.couriers)
        title = filled(_tr("%1 computers are sending"), count)
    return Words(title, waits, tone=Tone.SUCCESS)


def desks() -> str:
    """Return why desks need a login to carry."""
    return _tr(
        "Each desk that has the practice’s key can carry while its window is open, by"
        " a login that the server has for this alone. Whoever keeps the server made it"
        " with desk-app init-server --worker courier. Typed here once, every desk"
        " uses it; they share the work, and nothing leaves twice."
    )


def worker(*, has_desks: bool) -> tuple[str, ...]:
    """Return what a computer that stays on is good for, and how one is let do it."""
    if not has_desks:
        return (
            _tr(
                "This computer sends while the program is open. What is due while it is"
                " off leaves when it is on again, as long as that is of use; office"
                " → Settings → Messages can bring reminders forward instead."
            ),
        )
    return (
        _tr(
            "Desks send while they are on. So that reminders leave at night and at"
            " weekends too, let one computer do it that is never switched off: the"
            " server itself, or any other, with no window and no screen."
        ),
        _tr(
            "There, run desk-app worker --enrol once with a code of this desk (menu at"
            " your name, “Let another desk in…”), then desk-app worker as a service."
            " The README has the lines for Linux and Windows."
        ),
    )


def _waits(backlog: Backlog) -> str:
    if not backlog.due or backlog.overdue_seconds < PATIENCE:
        return _tr("Nothing is overdue.") if not backlog.due else ""
    count = QLocale().toString(backlog.due)
    since = written.duration(round(backlog.overdue_seconds / 60))
    if backlog.due == 1:
        return filled(_tr("One thing is overdue, for %1."), since)
    return filled(_tr("%1 things are overdue, the oldest for %2."), count, since)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CouriersPage", text)
