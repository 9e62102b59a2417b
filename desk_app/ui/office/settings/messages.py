"""Settings about messages: when they leave, and when nothing does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.desk_rules import LONGEST_GRACE
from desk_app.domain.message_times import LONGEST_LEAD, LONGEST_USE
from desk_app.ui.office.settings import units
from desk_app.ui.office.settings.controls import NumberControl, SwitchControl
from desk_app.ui.office.settings.hours import QuietControl
from desk_app.ui.office.settings.section import SectionWords
from desk_app.ui.office.settings.setting import Setting
from desk_app.ui.phrases import filled


def messages(place: str) -> SectionWords:
    """Return the section; `place` is where the practice's clock stands."""
    about = _tr(
        "When clients hear from the practice. Counts for what is booked, moved or"
        " cancelled from now on; messages that wait already leave as planned."
    )
    settings = (_grace(), _long(), _short(), _useful(), _quiet(place), _forward())
    return SectionWords(_tr("Messages"), about, settings, {})


def _grace() -> Setting:
    return Setting(
        "rules.grace_seconds",
        _tr("Grace time: messages wait"),
        _tr(
            "A booking, move or cancellation that is undone by then (Ctrl+Z) tells"
            " nobody."
        ),
        lambda: NumberControl(
            units.seconds(_tr("nothing waits")), LONGEST_GRACE, step=30
        ),
        _tr("delay undo confirmation 3 minutes"),
    )


def _long() -> Setting:
    return Setting(
        "rules.messages.long_hours",
        _tr("First reminder"),
        _tr(
            "In time to find another client. Office → What is sent says by which ways."
        ),
        lambda: NumberControl(units.hours_before(_tr("no reminder")), LONGEST_LEAD),
        _tr("lead time remind e-mail push 48 hours"),
    )


def _short() -> Setting:
    return Setting(
        "rules.messages.short_hours",
        _tr("Last reminder"),
        _tr("In time to set out. Office → What is sent says by which ways."),
        lambda: NumberControl(units.hours_before(_tr("no reminder")), LONGEST_LEAD),
        _tr("lead time remind push 1 hour"),
    )


def _useful() -> Setting:
    return Setting(
        "rules.messages.useful_hours",
        _tr("First reminder: late ones leave"),
        _tr(
            "While desks were off a reminder may be late. It leaves as long as so much"
            " is left; else it is listed as missed, so that somebody can ring."
        ),
        lambda: NumberControl(units.hours_before(_tr("up to the start")), LONGEST_USE),
        _tr("overdue useful hours before start missed"),
    )


def _forward() -> Setting:
    return Setting(
        "rules.messages.brought_forward",
        _tr("Bring reminders forward into opening hours"),
        _tr(
            "For a practice whose computers are all off while it is closed: what would"
            " be due then leaves in its last opening hours before."
        ),
        SwitchControl,
        _tr("closed night weekend off earlier"),
    )


def _quiet(place: str) -> Setting:
    effect = _tr(
        "Nothing leaves then, by the clock in %1: reminders leave before they begin,"
        " all else when they end, unless the visit comes sooner."
    )
    return Setting(
        "rules.messages.quiet",
        _tr("Quiet hours"),
        filled(effect, place),
        QuietControl,
        _tr("night do not disturb sleep evening"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
