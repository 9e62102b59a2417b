"""Dates, times, money and lengths as a person at this desk reads them.

Everything goes through QLocale. The words of the program are English for now, so
dates are too; their order, the clock and the first day of the week follow the
country of the computer, or of the practice where the computer names none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desk_app.domain.people import Money, ProviderType
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval

_WORDS = QLocale.Language.English
_ISO_CODE = QLocale.CurrencySymbolFormat.CurrencyIsoCode
_SIGNS = {"EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "ILS": "₪"}
_WITHOUT_CENTS = {"JPY", "KRW", "ISK", "CLP", "VND"}


def choose_locale(country: str = "", wanted: str = "") -> QLocale:
    """Return the locale for this desk; `country` is that of the practice ("DE").

    `wanted` is the country by which a person wants to read dates, if any.
    """
    system = QLocale.system()
    territory = system.territory()
    if wanted:
        territory = QLocale.codeToTerritory(wanted)
    elif system.language() == QLocale.Language.C or not territory.value:
        territory = QLocale.codeToTerritory(country)
    locale = QLocale(_WORDS, territory)
    # Qt answers with American English for a country it has no English for.
    if locale.territory() != territory:
        return QLocale(_WORDS, QLocale.Country.UnitedKingdom)
    return locale


def long_date(day: date) -> str:
    """Return "Monday, 23 November 2026"."""
    return QLocale().toString(qdate(day), QLocale.FormatType.LongFormat)


def short_date(day: date) -> str:
    """Return "Mon 23 Nov"."""
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    is_day_first = pattern.rfind("d") < pattern.find("MMM")
    return locale.toString(qdate(day), "ddd d MMM" if is_day_first else "ddd, MMM d")


def date_and_year(day: date) -> str:
    """Return "23 Nov 2026"."""
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    is_day_first = pattern.rfind("d") < pattern.find("MMM")
    return locale.toString(qdate(day), "d MMM yyyy" if is_day_first else "MMM d, yyyy")


def days_in_words(first: date, last: date) -> str:
    """Return "Mon 23 Nov – Sun 29 Nov 2026"."""
    return f"{short_date(first)} – {short_date(last)} {last.year}"


def month_and_year(day: date) -> str:
    """Return "November 2026"."""
    return QLocale().toString(qdate(day), "MMMM yyyy")


def relative_day(day: date, today: date) -> str:
    """Return "Today", "Tomorrow", "Yesterday", or the short date."""
    words = {
        -1: QCoreApplication.translate("format", "Yesterday"),
        0: QCoreApplication.translate("format", "Today"),
        1: QCoreApplication.translate("format", "Tomorrow"),
    }
    return words.get((day - today).days) or short_date(day)


def time(instant: datetime, zone: tzinfo) -> str:
    """Return the clock of `zone` at `instant`: "14:05" or "2:05 PM"."""
    local = instant.astimezone(zone)
    clock = QTime(local.hour, local.minute)
    return QLocale().toString(clock, QLocale.FormatType.ShortFormat)


def what(appointment: Appointment) -> str:
    """Return what an appointment is for, and in which room: "Check-up · Room 2"."""
    if not appointment.room_name:
        return appointment.service_name
    return f"{appointment.service_name} · {appointment.room_name}"


def hour(number: int) -> str:
    """Return a full hour of the day: "14:00" or "2:00 PM"."""
    return QLocale().toString(QTime(number, 0), QLocale.FormatType.ShortFormat)


def time_range(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Return "14:05–14:35"."""
    return f"{time(start, zone)}–{time(end, zone)}"


def moment(instant: datetime, zone: tzinfo, today: date) -> str:
    """Return "Tomorrow, 14:05" or "Mon 23 Nov, 14:05"."""
    day = relative_day(instant.astimezone(zone).date(), today)
    return f"{day}, {time(instant, zone)}"


def is_same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    """Say whether two instants lie on one day there."""
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def zone_note(instant: datetime, zone: tzinfo, practice: tzinfo) -> str:
    """Return which clock `zone` is, or "" when it agrees with the practice's."""
    if not differs(instant, zone, practice):
        return ""
    return filled(QCoreApplication.translate("format", "%1 time"), place(zone))


def differs(instant: datetime, zone: tzinfo, practice: tzinfo) -> bool:
    """Say whether the clock of `zone` shows another time than the practice's."""
    here = instant.astimezone(practice).utcoffset()
    return instant.astimezone(zone).utcoffset() != here


def place(zone: tzinfo) -> str:
    """Return what people call the place of a zone: "Berlin"."""
    return str(zone).rsplit("/", maxsplit=1)[-1].replace("_", " ")


def clocks(visit: Interval, zone: tzinfo, practice: tzinfo) -> str:
    """Return "10:00–10:30", or "10:00–10:30 Berlin · 09:00–09:30 London"."""
    here = time_range(visit.start, visit.end, practice)
    there = time_range(visit.start, visit.end, zone)
    return both(here, elsewhere(there, visit.start, zone, practice), practice)


def elsewhere(clock: str, instant: datetime, zone: tzinfo, practice: tzinfo) -> str:
    """Return a clock of `zone` with its place, "" where the practice's shows the same.

    The day stands before it where it is another one.
    """
    if not differs(instant, zone, practice):
        return ""
    day = instant.astimezone(zone).date()
    if day != instant.astimezone(practice).date():
        clock = f"{short_date(day)}, {clock}"
    return f"{clock} {place(zone)}"


def both(here: str, there: str, practice: tzinfo) -> str:
    """Put the clock of another place, if there is one, beside the practice's."""
    return f"{here} {place(practice)} · {there}" if there else here


def duration(minutes: int) -> str:
    """Return "45 min", "1 h" or "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        text = QCoreApplication.translate("format", "%1 h")
        parts.append(filled(text, QLocale().toString(hours)))
    if rest or not hours:
        text = QCoreApplication.translate("format", "%1 min")
        parts.append(filled(text, QLocale().toString(rest)))
    return " ".join(parts)


def money(amount: Money, locale: QLocale | None = None) -> str:
    """Return "€45.00", with the currency's own sign where it is unambiguous.

    It is written as at this desk, or as in another `locale`.
    """
    locale = locale or QLocale()
    sign = _SIGNS.get(amount.currency, f"{amount.currency}\N{NO-BREAK SPACE}")
    if amount.currency == locale.currencySymbol(_ISO_CODE):
        sign = locale.currencySymbol()
    cents = 0 if amount.currency in _WITHOUT_CENTS else 2
    return locale.toCurrencyString(float(amount.amount), sign, cents).strip()


def provider_type(kind: ProviderType) -> str:
    """Return what kind of provider this is, for people."""
    words = {
        ProviderType.DOCTOR: QCoreApplication.translate("format", "Doctor"),
        ProviderType.CONSULTANT: QCoreApplication.translate("format", "Consultant"),
        ProviderType.TRAINER: QCoreApplication.translate("format", "Trainer"),
        ProviderType.THERAPIST: QCoreApplication.translate("format", "Therapist"),
    }
    return words[kind]


def qdate(day: date) -> QDate:
    """Return a day as Qt knows it."""
    return QDate(day.year, day.month, day.day)
