"""Words of the reports: their names, rates, lengths of time, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.reports.asking import ReportKind
from desk_app.domain.reports.periods import PeriodChoice
from desk_app.domain.reports.shares import FEWEST
from desk_app.ui import format as written
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.reports.asking import ReportQuery
    from desk_app.domain.reports.periods import Period
    from desk_app.domain.reports.shares import Share

NONE = "–"
_HOURS, _LONG = 24, 48


def kind(of: ReportKind) -> str:
    """Return the name of a report."""
    return {
        ReportKind.UTILISATION: tr("Utilisation"),
        ReportKind.NO_SHOWS: tr("No-shows"),
        ReportKind.LATE_CANCELLATIONS: tr("Late cancellations"),
        ReportKind.LEAD_TIME: tr("Lead time"),
        ReportKind.REFUNDS: tr("Refunds"),
        ReportKind.WAITING_TIME: tr("Waiting time"),
    }[of]


def question(of: ReportKind) -> str:
    """Return what a report answers."""
    return {
        ReportKind.UTILISATION: tr("How much of the open time is booked?"),
        ReportKind.NO_SHOWS: tr("How many clients do not come, and when?"),
        ReportKind.LATE_CANCELLATIONS: tr("How many cancel too late, and when?"),
        ReportKind.LEAD_TIME: tr("How long before do clients book?"),
        ReportKind.REFUNDS: tr("What was to be given back, and was it?"),
        ReportKind.WAITING_TIME: tr("How long do clients wait?"),
    }[of]


def choice(of: PeriodChoice) -> str:
    """Return the name of a period."""
    return {
        PeriodChoice.THIS_MONTH: tr("This month"),
        PeriodChoice.LAST_MONTH: tr("Last month"),
        PeriodChoice.LAST_3_MONTHS: tr("Last 3 months"),
        PeriodChoice.LAST_12_MONTHS: tr("Last 12 months"),
        PeriodChoice.THIS_YEAR: tr("This year"),
        PeriodChoice.OTHER: tr("Any two dates…"),
    }[of]


def days(period: Period) -> str:
    """Return "1 Nov 2026 – 30 Nov 2026", or the one day it is."""
    first, last = day(period.first), day(period.last)
    return first if first == last else f"{first} – {last}"


def day(of: date) -> str:
    """Return "1 Nov 2026"."""
    return written.date_and_year(of)


def number(value: float, decimals: int = 0) -> str:
    """Return a number as it is written here."""
    return QLocale().toString(float(value), "f", decimals)


def percent(share: Share) -> str:
    """Return "12.5 %", "too few" where a rate would mislead, or a dash."""
    if share.percent is None:
        return NONE
    return too_few() if share.is_too_few else _percent(share.percent)


def points(now: Share, before: Share) -> str:
    """Return "1.4 points more than before", "" where there is nothing to compare."""
    if before.percent is None or before.is_too_few or now.percent is None:
        return ""
    change = round(now.percent, 1) - round(before.percent, 1)
    if abs(change) < 0.05:
        return tr("the same as before")
    more, less = tr("%1 points more than before"), tr("%1 points less than before")
    text = more if change > 0 else less
    return filled(text, number(abs(change), 1))


def percent_tick(value: float) -> str:
    """Return what stands beside a line of a picture of rates."""
    return f"{number(value, 0 if value == int(value) else 1)} %"


def too_few() -> str:
    """Return what stands in place of a rate of fewer than five."""
    return tr("too few")


def why_too_few() -> str:
    """Return why there is no rate."""
    return filled(tr("fewer than %1, which would mislead"), str(FEWEST))


def of_how_many(part: str, whole: str) -> str:
    """Return "5 of 40"."""
    return filled(tr("%1 of %2"), part, whole)


def lead(hours: int | None) -> str:
    """Return "5 h", or "3 days" from two days on."""
    if hours is None:
        return NONE
    if hours < _LONG:
        return filled(tr("%1 h"), number(hours))
    return filled(tr("%1 days"), number(hours // _HOURS))


def minutes(count: int | None) -> str:
    """Return "12 min"."""
    return NONE if count is None else written.duration(count)


def hours_of(seconds: int) -> str:
    """Return "81.5 h"."""
    hours = seconds / 3600
    return filled(tr("%1 h"), number(hours, 0 if hours == int(hours) else 1))


def hour_of_day(hour: int) -> str:
    """Return "14:00", or what a clock here shows."""
    return written.hour(hour)


def weekday(number_of: int) -> str:
    """Return "Monday" for 0."""
    return QLocale().dayName(number_of + 1, QLocale.FormatType.LongFormat)


def nothing_counted(query: ReportQuery) -> str:
    """Return that there is nothing in these days."""
    text = tr("There is nothing to count from %1 to %2.")
    return filled(text, day(query.period.first), day(query.period.last))


def look_farther() -> str:
    """Return what to do where a period is empty."""
    return tr(
        "Appointments appear here as soon as they are booked."
        " Choose a longer period, or take a filter away."
    )


def _percent(value: float) -> str:
    return f"{number(value, 1)} %"


def tr(text: str) -> str:
    """Return a text of the reports in the language of the desk."""
    return QCoreApplication.translate("reports", text)
