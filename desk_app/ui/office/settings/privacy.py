"""Settings about who sees what, for how long, and what a desk does left alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.access import (
    LONGEST_HIDING_MINUTES,
    LONGEST_LOCK_MINUTES,
    LONGEST_RETENTION_YEARS,
)
from desk_app.ui.office.settings import units
from desk_app.ui.office.settings.controls import NumberControl, SwitchControl
from desk_app.ui.office.settings.section import SectionWords
from desk_app.ui.office.settings.setting import Setting


def privacy() -> SectionWords:
    """Return the section."""
    about = _tr("For everybody in the practice, at every desk.")
    settings = (_reading(), _lock(), _names(), _retention())
    return SectionWords(_tr("Privacy and security"), about, settings, {})


def _reading() -> Setting:
    return Setting(
        "access.providers_read_all",
        _tr("Providers may read everybody’s schedule"),
        _tr(
            "On: they also see everybody’s clients. They change only their own"
            " appointments in either case."
        ),
        SwitchControl,
        _tr("access see diary rights"),
    )


def _lock() -> Setting:
    return Setting(
        "access.lock_minutes",
        _tr("Lock a desk nobody touches after"),
        _tr("Whoever comes back signs in, and what was typed is still there."),
        lambda: NumberControl(units.minutes(_tr("never")), LONGEST_LOCK_MINUTES),
        _tr("session lock password time-out"),
    )


def _names() -> Setting:
    return Setting(
        "access.hide_names_minutes",
        _tr("Hide names at a desk nobody touches after"),
        _tr("Initials stand for names on the screen until somebody presses F12."),
        lambda: NumberControl(units.minutes(_tr("never")), LONGEST_HIDING_MINUTES),
        _tr("privacy screen clients see F12"),
    )


def _retention() -> Setting:
    return Setting(
        "access.retention_years",
        _tr("Keep clients after their last visit"),
        _tr(
            "Managers can erase who has not come for longer; nothing goes by itself."
            " The law may want records kept for some years."
        ),
        lambda: NumberControl(units.years(_tr("for ever")), LONGEST_RETENTION_YEARS),
        _tr("retention erase delete GDPR data"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
