"""Time zones, countries and currencies as people look for them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.ui import format as written
from desk_app.ui.office.search_box import SearchBox
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import tzinfo

# Old names of zones, and those that count from Greenwich with the sign turned round.
_NO_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")
_ISO = QLocale.CurrencySymbolFormat.CurrencyIsoCode
_NAME = QLocale.CurrencySymbolFormat.CurrencyDisplayName


def zone_box(name: str) -> SearchBox:
    """Return a field for a time zone."""
    box = SearchBox(name)
    box.set_entries((zone, zone.replace("_", " ")) for zone in _zones())
    return box


def country_box(name: str) -> SearchBox:
    """Return a field for a country, "" for none."""
    box = SearchBox(name)
    box.set_entries((("", _tr("Not said")), *_countries()))
    return box


def currency_box(name: str) -> SearchBox:
    """Return a field for a currency."""
    box = SearchBox(name)
    box.set_entries(_currencies())
    return box


def now_there(zone: str, practice: tzinfo | None = None) -> str:
    """Return "Now 14:05 there", with the difference to the practice's clock."""
    now = datetime.now(UTC)
    there = ZoneInfo(zone)
    text = filled(_tr("It is %1 there now."), written.time(now, there))
    if practice is None:
        return text
    return f"{text} {_difference(now, there, practice)}"


def country_name(code: str) -> str:
    """Return what a country is called, the code itself where nobody knows it."""
    territory = QLocale.codeToTerritory(code)
    if not code or territory == QLocale.Country.AnyTerritory:
        return code
    return QLocale.territoryToString(territory)


def _difference(now: datetime, there: tzinfo, practice: tzinfo) -> str:
    ahead = now.astimezone(there).utcoffset()
    here = now.astimezone(practice).utcoffset()
    if ahead is None or here is None or ahead == here:
        return _tr("That is the practice’s clock.")
    minutes = round((ahead - here).total_seconds() / 60)
    text = _tr("%1 ahead of the practice.")
    if minutes < 0:
        text = _tr("%1 behind the practice.")
    return filled(text, written.duration(abs(minutes)))


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(
        zone
        for zone in sorted(available_timezones())
        if zone == "UTC" or ("/" in zone and not zone.startswith(_NO_PLACES))
    )


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, str], ...]:
    found = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha():
            found[code] = QLocale.territoryToString(territory)
    named = sorted(found.items(), key=lambda pair: pair[1].casefold())
    return tuple((code, f"{name} ({code})") for code, name in named)


@lru_cache(maxsize=1)
def _currencies() -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    any_language, any_script = QLocale.Language.AnyLanguage, QLocale.Script.AnyScript
    for locale in QLocale.matchingLocales(
        any_language, any_script, QLocale.Country.AnyTerritory
    ):
        code = locale.currencySymbol(_ISO)
        is_english = locale.language() == QLocale.Language.English
        if len(code) == 3 and (is_english or code not in found):
            found[code] = locale.currencySymbol(_NAME) if is_english else ""
    return tuple((code, _currency(code, name)) for code, name in sorted(found.items()))


def _currency(code: str, name: str) -> str:
    return f"{code} – {name}" if name else code


def _tr(text: str) -> str:
    return QCoreApplication.translate("places", text)
