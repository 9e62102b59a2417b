"""Settings about the desk, and about clients who do not come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.desk_rules import LONGEST_LOCK_OUT, LONGEST_WAIT
from desk_app.ui.office.settings import units
from desk_app.ui.office.settings.controls import (
    LinesControl,
    NumberControl,
    SwitchControl,
)
from desk_app.ui.office.settings.section import SectionWords
from desk_app.ui.office.settings.setting import Setting

MOST_MISSED = 100


def at_the_desk() -> SectionWords:
    """Return the section of the waiting room and of cancelling."""
    waiting = Setting(
        "rules.waiting_minutes",
        _tr("Nobody should wait longer than"),
        _tr("Who waits longer in the waiting room is pointed out at every desk."),
        lambda: NumberControl(
            units.minutes(_tr("nobody is pointed out")), LONGEST_WAIT
        ),
        _tr("waiting alarm room delay"),
    )
    reasons = Setting(
        "rules.cancellation_reasons",
        _tr("Reasons for a cancellation"),
        _tr(
            "One in each line. They are offered when something is cancelled; the first"
            " nine can be chosen by their number."
        ),
        LinesControl,
        _tr("cancel why"),
    )
    about = _tr("For everybody in the practice, at every desk.")
    return SectionWords(_tr("At the desk"), about, (waiting, reasons), {})


def no_shows() -> SectionWords:
    """Return the section of what follows when somebody does not come."""
    about = _tr(
        "What follows when somebody marks a client as missed. All of it is said before,"
        " and repaired when it is taken back."
    )
    settings = (_asks(), _keeps(), _flags(), _flags_after(), _locks(), _lock_days())
    return SectionWords(_tr("No-shows"), about, settings, {})


def _asks() -> Setting:
    return Setting(
        "rules.no_show.asks_after_minutes",
        _tr("Ask about missing clients after"),
        _tr(
            "So long after the start the desk is asked about clients who are not here."
            " Nobody is ever marked by the program itself."
        ),
        lambda: NumberControl(units.minutes(_tr("the start")), LONGEST_WAIT),
        _tr("no-show missed late"),
    )


def _keeps() -> Setting:
    return Setting(
        "rules.no_show.keeps_price",
        _tr("Keep the price"),
        _tr("On: nothing is given back. Off: the whole price becomes a refund due."),
        SwitchControl,
        _tr("no-show refund money fee"),
    )


def _flags() -> Setting:
    return Setting(
        "rules.no_show.flags",
        _tr("Flag the client"),
        _tr("On: their name carries a mark, which is seen when they book again."),
        SwitchControl,
        _tr("no-show mark warning"),
    )


def _flags_after() -> Setting:
    return Setting(
        "rules.no_show.flags_after",
        _tr("Flag from"),
        _tr("Counts only while clients are flagged at all."),
        lambda: NumberControl(units.no_shows(), MOST_MISSED, least=1),
        _tr("no-show number times"),
        needs="rules.no_show.flags",
    )


def _locks() -> Setting:
    return Setting(
        "rules.no_show.locks_out",
        _tr("No same-day booking"),
        _tr(
            "On: for a while they book for other days only. The desk can set it aside"
            " with a reason."
        ),
        SwitchControl,
        _tr("no-show lock-out lock out same-day"),
    )


def _lock_days() -> Setting:
    return Setting(
        "rules.no_show.lock_out_days",
        _tr("No same-day booking lasts"),
        _tr("From the moment that the no-show is marked."),
        lambda: NumberControl(units.days(_tr("no time")), LONGEST_LOCK_OUT),
        _tr("no-show lock-out lock out same-day"),
        needs="rules.no_show.locks_out",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
