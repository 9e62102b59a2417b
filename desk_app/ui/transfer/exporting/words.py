"""Words on what leaves the practice in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.exports import Delimiter, FileFormat, Subject
from desk_app.domain.periods import Period
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.exports import Exported, ExportWish


def tr(text: str, *values: str) -> str:
    """Return a text of these screens in the language of the window."""
    return filled(QCoreApplication.translate("ExportPage", text), *values)


def subject(what: Subject) -> str:
    """Return what a file is about, with its key."""
    return {
        Subject.APPOINTMENTS: tr("&Appointments"),
        Subject.CLIENTS: tr("C&lients"),
        Subject.WAITING_LIST: tr("&Waiting list"),
        Subject.SETUP: tr("Practice set-&up"),
    }[what]


def about(what: Subject) -> str:
    """Return what stands in the file."""
    return {
        Subject.APPOINTMENTS: tr(
            "Day and time, provider, service, client with phone and e-mail, status,"
            " price, notes."
        ),
        Subject.CLIENTS: tr(
            "Name, phone, e-mail, notes, language, consents, no-shows. Nobody who was"
            " erased."
        ),
        Subject.WAITING_LIST: tr("Who waits, for what, and when they can come."),
        Subject.SETUP: tr(
            "Providers, services with prices, weekly hours, closures, rooms and"
            " locations: one file each as CSV, one sheet each in a workbook."
        ),
    }[what]


def file_format(form: FileFormat) -> str:
    """Return how a file is written, with its key."""
    return {
        FileFormat.XLSX: tr("E&xcel (XLSX)"),
        FileFormat.CSV: tr("&Text (CSV)"),
        FileFormat.ICALENDAR: tr("&Calendar (iCalendar)"),
    }[form]


def about_format(form: FileFormat) -> str:
    """Return what a format is good for."""
    return {
        FileFormat.XLSX: tr(
            "For Excel, LibreOffice and Numbers: real dates, a filter."
        ),
        FileFormat.CSV: tr(
            "Nearly every program reads it. What would run as a formula gets an"
            " apostrophe; phone numbers look like (+49) 30 123456, so that they stay"
            " text."
        ),
        FileFormat.ICALENDAR: tr(
            "For Google, Outlook and Apple calendars. A newer file changes the same"
            " events, it does not double them."
        ),
    }[form]


def delimiter(sign: Delimiter) -> str:
    """Return what stands between two fields."""
    return {
        Delimiter.COMMA: tr("Comma (usual)"),
        Delimiter.SEMICOLON: tr("Semicolon (Excel in most of Europe)"),
        Delimiter.TAB: tr("Tab"),
    }[sign]


def period(stretch: Period) -> str:
    """Return what a stretch of days is called."""
    return {
        Period.THIS_MONTH: tr("This month"),
        Period.LAST_MONTH: tr("Last month"),
        Period.THIS_YEAR: tr("This year"),
        Period.LAST_YEAR: tr("Last year"),
        Period.TO_COME: tr("From today on"),
        Period.EVERYTHING: tr("Everything there is"),
    }[stretch]


def how_many(wish: ExportWish, count: int) -> str:
    """Return what will be in the file, as a sentence."""
    if count == 0:
        return tr("Nothing fits this choice: the file would have titles only.")
    if wish.subject is Subject.SETUP:
        return tr("The file will have %1 rows.", number(count))
    one, many = _counted(wish)
    what = one if count == 1 else tr(many, number(count))
    return tr("The file will have %1.", what)


def _counted(wish: ExportWish) -> tuple[str, str]:
    """Return the words for one of them, and for more."""
    if wish.format is FileFormat.ICALENDAR:
        return tr("one event"), "%1 events"
    return {
        Subject.APPOINTMENTS: (tr("one appointment"), "%1 appointments"),
        Subject.CLIENTS: (tr("one client"), "%1 clients"),
        Subject.WAITING_LIST: (tr("one person who waits"), "%1 people who wait"),
    }[wish.subject]


def number(count: int) -> str:
    """Return a number as it is written here."""
    return QLocale().toString(count)


def written(done: Exported) -> str:
    """Return what was written, and where."""
    names = ", ".join(path.name for path in done.files)
    text = "%1: %2 row, in %3." if done.rows == 1 else "%1: %2 rows, in %3."
    return tr(text, names, number(done.rows), str(done.files[0].parent))
