"""Where this computer is, as far as its operating system says."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QTimeZone


@dataclass(frozen=True, slots=True)
class Here:
    """A zone (IANA), a country ("DE" or "") and its currency (ISO 4217)."""

    timezone: str
    country: str
    currency: str


def here() -> Here:
    """Return what is usual at the place of this computer."""
    system = QLocale.system()
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    iso = system.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return Here(
        zone if zone in available_timezones() else "UTC",
        QLocale.territoryToCode(system.territory()),
        iso or "EUR",
    )
