"""Days, times and lengths as a language writes them, for people outside the practice.

The only place that asks Babel. What a text of a language cannot leave to Babel, the
word after a time and the name of another zone, stands here as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_timezone_location,
)
from babel.units import format_unit

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

ENGLISH = "en"
_MINUTE = 60
_CLOCK = {"de": "{} Uhr", "nl": "{} uur"}
_ZONED = {
    "de": "{} (Ortszeit {})",
    "en": "{} ({} time)",
    "es": "{} (hora local: {})",
    "fr": "{} (heure locale : {})",
    "it": "{} (ora locale: {})",
    "nl": "{} (plaatselijke tijd: {})",
    "pl": "{} (czas lokalny: {})",
    "pt": "{} (hora local: {})",
}


@dataclass(frozen=True, slots=True)
class Script:
    """How one reader is written to.

    `language` is that of the text, `tag` what the reader speaks ("de-AT"), `country`
    the practice's; the last two only say how dates and times look.
    """

    language: str
    tag: str = ""
    country: str = ""


class WrittenDates:
    """Writes instants on one clock; another than the practice's is named.

    That is so where the two show different times. A time that the clock shows twice,
    when it is put back, is told from its twin by the distance to UTC.
    """

    def __init__(self, script: Script, zone: ZoneInfo, practice_zone: ZoneInfo) -> None:
        self._locale = _locale(script)
        self._zone, self._practice_zone = zone, practice_zone

    def day(self, instant: datetime) -> str:
        """Return the whole date: "Tuesday, 5 January 2027"."""
        return _plain(format_date(self._local(instant), "full", self._locale))

    def short_day(self, instant: datetime) -> str:
        """Return the date without its year: "Tue, 5 Jan"."""
        local = self._local(instant)
        return _plain(format_skeleton("MMMEd", local, locale=self._locale))

    def time(self, instant: datetime) -> str:
        """Return the time, and whose it is where that could be mistaken."""
        local, shown = self._local(instant), self.clock(instant)
        if _is_shown_twice(local):
            return f"{shown} ({_distance(local)})"
        if local.utcoffset() == instant.astimezone(self._practice_zone).utcoffset():
            return shown
        city = _city(self._zone, self._locale)
        if not city:
            return f"{shown} ({_distance(local)})"
        return _ZONED.get(self._locale.language, "{} ({})").format(shown, city)

    def clock(self, instant: datetime) -> str:
        """Return the time alone: "14:30", "2:30 PM", "14:30 Uhr"."""
        shown = format_time(self._local(instant), "short", locale=self._locale)
        return _CLOCK.get(self._locale.language, "{}").format(_plain(shown))

    def length(self, length: timedelta) -> str:
        """Return a length in minutes: "50 minutes"."""
        minutes = round(length.total_seconds() / _MINUTE)
        return _plain(format_unit(minutes, "duration-minute", locale=self._locale))

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self._zone)


def direction(language: str) -> str:
    """Return how a language runs: "ltr" or "rtl"."""
    locale = _known(language)
    return locale.text_direction if locale else "ltr"


def is_known(language: str) -> bool:
    """Say whether dates can be written in a language."""
    return _known(language) is not None


def name_of(language: str) -> str:
    """Return what a language is called by those who speak it: "Deutsch"."""
    locale = _known(language)
    name = locale.get_display_name(locale) if locale else None
    return f"{name[:1].upper()}{name[1:]}" if name else language


def language_of(country: str) -> str:
    """Return the language that most people of a country speak, "" if not known."""
    locale = _known(f"und-{country}") if country else None
    return locale.language if locale else ""


def _locale(script: Script) -> Locale:
    """Return the first that is known of the reader's own, their country's, and none."""
    base = script.language.partition("-")[0]
    own = script.tag if script.tag.partition("-")[0] == base else ""
    tags = (own if "-" in own else "", f"{base}-{script.country}", script.language)
    found = (_known(tag) for tag in tags)
    return next((locale for locale in found if locale), Locale(ENGLISH))


@lru_cache(maxsize=256)
def _known(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _city(zone: ZoneInfo, locale: Locale) -> str:
    if zone.key.startswith("Etc/") or "/" not in zone.key:
        return ""
    name = get_timezone_location(zone, locale=locale, return_city=True)
    return _plain(str(name).rpartition("/")[2])


def _is_shown_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _distance(local: datetime) -> str:
    """Return the distance from UTC: "UTC+1", "UTC+5:30", "UTC"."""
    minutes = round((local.utcoffset() or local - local).total_seconds() / _MINUTE)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    shown = f"{hours}:{rest:02}" if rest else str(hours)
    return f"UTC{sign}{shown}" if minutes else "UTC"


def _plain(text: str) -> str:
    """Return a text with usual spaces and nothing unseen, such as soft hyphens.

    Each of these would halve what a text message holds.
    """
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(seen).split())
