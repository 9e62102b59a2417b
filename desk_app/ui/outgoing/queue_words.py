"""The queue in words: its parts, how much is in it, and what the light says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.deliveries import Lamp, Part
from desk_app.ui import format as shown
from desk_app.ui.empty import EmptyWords
from desk_app.ui.phrases import filled
from desk_app.worker.reports import Why

if TYPE_CHECKING:
    from desk_app.domain.deliveries import Queued, Standing
    from desk_app.ui.notice_bar import Action


def part(which: Part) -> str:
    """Return what a part of the queue is called."""
    return {
        Part.ALL: _tr("Everything"),
        Part.NEEDS_YOU: _tr("Needs somebody"),
        Part.LATE: _tr("Late"),
        Part.WAITING: _tr("Waiting"),
    }[which]


def summary(queued: Queued) -> str:
    """Return "2 need somebody · 1 is late · 48 to leave"."""
    stands = queued.standing
    parts = []
    if stands.needs_you:
        one, many = _tr("1 needs somebody"), _tr("%1 need somebody")
        parts.append(_count(stands.needs_you, one, many))
    if stands.late:
        parts.append(_count(stands.late, _tr("1 is late"), _tr("%1 are late")))
    if queued.waiting:
        one, many = _tr("1 to leave"), _tr("%1 to leave")
        parts.append(_count(queued.waiting, one, many))
    if queued.has_more:
        first = filled(_tr("the first %1 are listed"), _number(len(queued.rows)))
        parts.append(first)
    return " · ".join(parts)


def nothing(which: Part, back: Action) -> EmptyWords:
    """Return what stands where the queue, or a part of it, is empty."""
    titles = {
        Part.ALL: _tr("Nothing waits; everything that was promised has left"),
        Part.NEEDS_YOU: _tr("Nothing needs you"),
        Part.LATE: _tr("Nothing is late"),
        Part.WAITING: _tr("Nothing waits"),
    }
    why = _tr("Confirmations, reminders and meeting links stand here until they leave.")
    return EmptyWords("circle-check", titles[which], why, back)


def light(lamp: Lamp, standing: Standing) -> str:
    """Return what the light says, "" while all is calm."""
    if lamp is Lamp.NEEDS_YOU:
        one, many = _tr("1 message needs you"), _tr("%1 messages need you")
        return _count(standing.needs_you, one, many)
    if lamp is Lamp.SIGN_IN:
        one = _tr("1 message waits for a login")
        return _count(standing.sign_in, one, _tr("%1 messages wait for a login"))
    if lamp in (Lamp.LATE, Lamp.NOBODY_SENDS):
        minutes = max(int(standing.late_seconds // 60), 1)
        one, many = _tr("1 waits, for %2"), _tr("%1 wait, the oldest for %2")
        text = one if standing.late == 1 else many
        said = filled(text, _number(standing.late), shown.duration(minutes))
        is_mute = lamp is Lamp.NOBODY_SENDS
        return filled(_tr("%1; this desk does not send"), said) if is_mute else said
    return ""


def explained(lamp: Lamp, why: Why | None = None) -> str:
    """Return what the light means; `why` is the reason that this desk does not send."""
    said = {
        Lamp.CALM: _tr("Messages: nothing needs you."),
        Lamp.NEEDS_YOU: _tr("Messages that did not leave: somebody has to decide."),
        Lamp.SIGN_IN: _tr(
            "A service refuses the practice’s login, or this desk lacks the"
            " practice’s key. Nothing is lost; it leaves once that is set right."
        ),
        Lamp.NOBODY_SENDS: _tr("This desk does not send; another computer must."),
        Lamp.LATE: _tr(
            "These messages should have left; they are tried by themselves."
        ),
    }[lamp]
    if why is None or lamp is not Lamp.NOBODY_SENDS:
        return said
    return f"{said} {_whys()[why]}"


def _whys() -> dict[Why, str]:
    return {
        Why.SWITCHED_OFF: _tr("Whoever set up this desk wants it so."),
        Why.NO_KEY: _tr("This computer has not got the practice’s key."),
        Why.NO_LOGIN: _tr("Nobody has set up a login for sending."),
        Why.REFUSED: _tr("The server refuses the login for sending."),
        Why.OTHER_VERSION: _tr("This program and the database do not fit together."),
    }


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else filled(many, _number(count))


def _number(count: int) -> str:
    return QLocale().toString(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("outgoing", text)
