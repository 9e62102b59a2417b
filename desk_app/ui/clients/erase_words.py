"""What is said before a client is erased: how much there is, what goes, what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.rights import Counts
    from desk_app.ui.dialogs.ports import Screen


def counted(counts: Counts, screen: Screen) -> str:
    """Return "14 appointments, the last on 3 March 2026 · entered on …"."""
    many = counts.appointments
    parts = [_number(many, _tr("1 appointment"), _tr("%1 appointments"))]
    if not many:
        parts = [_tr("No appointments")]
    if counts.last_visit is not None:
        text = _tr("last here on %1")
        parts.append(filled(text, date_of(counts.last_visit, screen)))
    if counts.to_come:
        parts.append(filled(_tr("%1 to come"), QLocale().toString(counts.to_come)))
    if counts.waiting:
        parts.append(_tr("on the waiting list"))
    text = _tr("entered on %1")
    parts.append(filled(text, date_of(counts.entered_at, screen)))
    return " · ".join(parts)


def date_of(instant: datetime, screen: Screen) -> str:
    """Return "Tue 3 Mar 2026", the day in the practice."""
    day = instant.astimezone(screen.zone).date()
    return f"{shown.short_date(day)} {day.year}"


def clients(count: int) -> str:
    """Return "1 client" or "12 clients"."""
    return _number(count, _tr("1 client"), _tr("%1 clients"))


def past_that(count: int) -> str:
    """Return "12 clients are past that.", or that nobody is."""
    if not count:
        return _tr("Nobody is past that.")
    one, many = _tr("1 client is past that."), _tr("%1 clients are past that.")
    return _number(count, one, many)


def cards() -> tuple[QFrame, ...]:
    """Return what goes and what stays."""
    return (
        _card(
            _tr("What goes"),
            Ink.DANGER,
            (
                _tr("Name, phone, e-mail and push address, language and consents"),
                _tr("Notes, reasons for cancelling, links for video calls"),
                _tr("The place on the waiting list"),
                _tr("All of this in the history as well"),
            ),
        ),
        _card(
            _tr("What stays"),
            Ink.SUCCESS,
            (
                _tr("Appointments as times, services and prices of “Erased client”"),
                _tr("That something was changed, when and by whom"),
            ),
        ),
        _card(
            _tr("What this program cannot reach"),
            Ink.WARNING,
            (
                _tr("Backups made before, files that were exported or printed"),
                _tr("Outside calendars, and messages that were sent"),
            ),
        ),
    )


def _card(title: str, ink: Ink, lines: tuple[str, ...]) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(14, 10, 14, 10)
    inside.setSpacing(3)
    heading = PlainLabel(title)
    sized(heading, 1.0, bold=True)
    set_ink(heading, ink)
    inside.addWidget(heading)
    for line in lines:
        label = PlainLabel(f"•  {line}")
        label.setWordWrap(True)
        inside.addWidget(label)
    return card


def _number(count: int, one: str, many: str) -> str:
    return one if count == 1 else filled(many, QLocale().toString(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("EraseDialog", text)
