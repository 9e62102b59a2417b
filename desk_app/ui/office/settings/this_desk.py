"""Settings of one person at one computer, which stand in a file there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desk_app.settings import LONGEST_DESK_NAME, ZOOM_LEVELS, ThemeChoice
from desk_app.ui import format as written
from desk_app.ui.office.settings.controls import (
    ChoiceControl,
    Option,
    SwitchControl,
    TextControl,
)
from desk_app.ui.office.settings.section import SectionWords
from desk_app.ui.office.settings.setting import Setting
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.rooms import Location
    from desk_app.ui.office.settings.controls import Control

# Where English is written, and some neighbours whose dates and clocks differ from it.
COUNTRIES = ("GB", "IE", "DE", "AT", "CH", "NL", "US", "CA", "AU", "NZ", "ZA", "IN")
SAMPLE = date(2026, 12, 31)


def this_desk(locations: tuple[Location, ...] = ()) -> SectionWords:
    """Return the section; where the desk is, is asked where there are locations."""
    about = _tr("For this computer and whoever is signed in to it, and nobody else.")
    place = (_place(locations),) if locations else ()
    looks = (_theme(), _zoom(), _letters(), *place, _hidden())
    settings = (*looks, _name(), _dates(), _carries())
    return SectionWords(_tr("This desk"), about, settings, {})


def _theme() -> Setting:
    options = (
        Option(ThemeChoice.SYSTEM, _tr("as this computer")),
        Option(ThemeChoice.LIGHT, _tr("light")),
        Option(ThemeChoice.DARK, _tr("dark")),
    )
    return Setting(
        "theme",
        _tr("Colours"),
        _tr("Light for bright rooms, dark for dim ones. Changes at once."),
        lambda: ChoiceControl(options),
        _tr("theme dark mode appearance night"),
    )


def _zoom() -> Setting:
    options = tuple(Option(level, _zoom_words(level)) for level in ZOOM_LEVELS)
    return Setting(
        "zoom",
        _tr("Height of an hour in the schedule"),
        _tr("Low shows more of the day, high more of each appointment. At once."),
        lambda: ChoiceControl(options),
        _tr("zoom size larger smaller grid"),
    )


def _letters() -> Setting:
    return Setting(
        "single_letters",
        _tr("Single letters are commands"),
        _tr(
            "On: N books, M moves, and so on. Off: a letter typed in the schedule"
            " begins a booking line. Changes at once."
        ),
        SwitchControl,
        _tr("keys keyboard shortcuts speech dictation"),
    )


def _hidden() -> Setting:
    return Setting(
        "hide_names_at_start",
        _tr("Hide names when the program starts"),
        _tr(
            "On: initials stand for names until somebody presses F12. Off: as the desk"
            " was left. Counts from the next start."
        ),
        SwitchControl,
        _tr("privacy clients see screen F12"),
    )


def _carries() -> Setting:
    return Setting(
        "carries",
        _tr("This desk sends messages"),
        _tr(
            "On: while somebody is signed in here it sends what is due, together with"
            " the other desks. Off: others must. Counts from the next start."
        ),
        SwitchControl,
        _tr("courier worker e-mail reminders outbox send"),
    )


def _place(locations: tuple[Location, ...]) -> Setting:
    names = {each.location_id: each.name for each in locations}

    def several(at: tuple[int, ...]) -> str:
        return ", ".join(names.get(number, "?") for number in at)

    everywhere = Option((), _tr("all locations"))
    options = (everywhere, *(Option((n,), name) for n, name in names.items()))
    return Setting(
        "locations",
        _tr("This desk is at"),
        _tr("Its schedule shows who works there. Changes at once."),
        lambda: ChoiceControl(options, several),
        _tr("location branch place site"),
    )


def _name() -> Setting:
    return Setting(
        "desk_name",
        _tr("Name of this desk"),
        _tr("Other desks see it where this one holds a time. From the next start."),
        lambda: TextControl(_tr("the computer’s name"), LONGEST_DESK_NAME),
        _tr("computer reception"),
    )


def _dates() -> Setting:
    return Setting(
        "dates_as",
        _tr("Dates and times as in"),
        _tr(
            "The order of day and month, the clock of 12 or 24 hours, the first day of"
            " the week. Counts from the next start."
        ),
        _dates_control,
        _tr("language country format week 24 12 am pm"),
    )


def _dates_control() -> Control:
    options = [Option("", _tr("this computer"))]
    for country in COUNTRIES:
        locale = written.choose_locale("", country)
        day = locale.toString(
            QDate(SAMPLE.year, SAMPLE.month, SAMPLE.day), QLocale.FormatType.ShortFormat
        )
        clock = locale.toString(QTime(14, 5), QLocale.FormatType.ShortFormat)
        name = QLocale.territoryToString(QLocale.codeToTerritory(country))
        options.append(Option(country, f"{name}: {day}, {clock}"))
    return ChoiceControl(options)


def _zoom_words(level: int) -> str:
    if level == ZOOM_LEVELS[0]:
        return _tr("lowest")
    if level == ZOOM_LEVELS[-1]:
        return _tr("highest")
    return filled(_tr("step %1 of %2"), str(level + 1), str(len(ZOOM_LEVELS)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
