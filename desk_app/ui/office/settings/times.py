"""Settings about times: where slots start, and what new services begin with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.practice_choices import (
    LONGEST_ADVANCE,
    LONGEST_BUFFER,
    LONGEST_NOTICE,
)
from desk_app.ui.office.settings import units
from desk_app.ui.office.settings.alignment import AlignmentControl, AlignmentExample
from desk_app.ui.office.settings.controls import NumberControl
from desk_app.ui.office.settings.section import SectionWords
from desk_app.ui.office.settings.setting import Setting


def times() -> SectionWords:
    """Return the section."""
    about = _tr("Which times are offered. Appointments that stand are not touched.")
    settings = (_alignment(), _advance(), _notice(), _buffer())
    return SectionWords(_tr("Times"), about, settings, {"alignment": AlignmentExample})


def _alignment() -> Setting:
    return Setting(
        "alignment",
        _tr("Visits start"),
        _tr(
            "Back to back wastes no time; fixed minutes are easy to say on the phone;"
            " after the last appointment leaves no gap behind a short visit."
        ),
        AlignmentControl,
        _tr("slot alignment steps grid quarter hour"),
    )


def _advance() -> Setting:
    return Setting(
        "new_service.max_advance_days",
        _tr("New services: bookable ahead"),
        _tr(
            "So many days after today can be booked at most. Each service can say"
            " something else; those there are keep what they say."
        ),
        lambda: NumberControl(units.days(_tr("today only")), LONGEST_ADVANCE),
        _tr("how far ahead day limit lead time advance default"),
    )


def _notice() -> Setting:
    return Setting(
        "new_service.cancellation_hours",
        _tr("New services: cancel free of charge until"),
        _tr(
            "Whoever cancels later than so many hours before the visit gets nothing"
            " back, and counts as a late cancellation."
        ),
        lambda: NumberControl(
            units.hours_before(_tr("the visit begins")), LONGEST_NOTICE
        ),
        _tr("cancellation window late refund lead time default"),
    )


def _buffer() -> Setting:
    return Setting(
        "new_service.buffer_minutes",
        _tr("New services: time kept free afterwards"),
        _tr(
            "To tidy up and write notes: nobody is booked into it, and clients are not"
            " told of it."
        ),
        lambda: NumberControl(units.minutes(_tr("none")), LONGEST_BUFFER, step=5),
        _tr("buffer break pause gap default"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
