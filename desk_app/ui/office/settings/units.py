"""What the numbers of settings count, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.ui.office.settings.controls import Unit


def seconds(zero: str = "") -> Unit:
    """Return seconds; `zero` is what none of them means."""
    return Unit(_tr("%1 second"), _tr("%1 seconds"), zero, minutes())


def minutes(zero: str = "") -> Unit:
    """Return minutes."""
    return Unit(_tr("%1 minute"), _tr("%1 minutes"), zero)


def hours_before(zero: str = "") -> Unit:
    """Return hours before a visit."""
    return Unit(_tr("%1 hour before"), _tr("%1 hours before"), zero)


def days(zero: str = "") -> Unit:
    """Return days."""
    return Unit(_tr("%1 day"), _tr("%1 days"), zero)


def years(zero: str = "") -> Unit:
    """Return years."""
    return Unit(_tr("%1 year"), _tr("%1 years"), zero)


def no_shows() -> Unit:
    """Return the times that a client did not come."""
    return Unit(_tr("%1 no-show"), _tr("%1 no-shows"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
