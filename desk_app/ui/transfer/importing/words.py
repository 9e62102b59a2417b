"""Words on what comes into the practice from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.importing.columns import Field, Subject
from desk_app.domain.importing.days import Order
from desk_app.domain.importing.decoding import ENCODINGS
from desk_app.domain.importing.plan import Known, NameOrder, Twins
from desk_app.domain.importing.table import DELIMITERS
from desk_app.domain.importing.twins import Fate, Likeness
from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import tzinfo

    from desk_app.domain.importing.outcome import Checked, Imported, TakenBack
    from desk_app.domain.importing.plan import Reading
    from desk_app.domain.importing.twins import Duplicate

# So many of who stays are named in a sentence.
MOST_NAMED = 8


def tr(text: str, *values: str) -> str:
    """Return a text of these screens in the language of the window."""
    return filled(QCoreApplication.translate("ImportPage", text), *values)


def number(count: int) -> str:
    """Return a count as a person reads it."""
    return QLocale().toString(count)


def subject(what: Subject) -> str:
    """Return what the rows of a file are, with its key."""
    return {
        Subject.CLIENTS: tr("C&lients"),
        Subject.APPOINTMENTS: tr("&Appointments, past and to come"),
    }[what]


def about(what: Subject) -> str:
    """Return what is taken from such a file."""
    return {
        Subject.CLIENTS: tr(
            "Name, phone, e-mail, notes, language and consents. Whoever is known"
            " already is not entered twice."
        ),
        Subject.APPOINTMENTS: tr(
            "Day, time, provider, service, client and status. Clients who are not"
            " known yet are entered. Nobody gets a message about the past; visits to"
            " come get their reminders, but no confirmation."
        ),
    }[what]


def field(what: Field) -> str:
    """Return what a column holds."""
    return {
        Field.IGNORED: tr("Not imported"),
        Field.NAME: tr("Whole name"),
        Field.FIRST_NAME: tr("First name"),
        Field.LAST_NAME: tr("Last name"),
        Field.PHONE: tr("Phone"),
        Field.OTHER_PHONE: tr("Other phone (in the notes)"),
        Field.EMAIL: tr("E-mail"),
        Field.NOTES: tr("Notes"),
        Field.LANGUAGE: tr("Language"),
        Field.TIMEZONE: tr("Time zone"),
        Field.CONSENT_EMAIL: tr("May be written e-mails"),
        Field.CONSENT_SMS: tr("May be sent texts"),
        Field.DATE: tr("Day (and time)"),
        Field.TIME: tr("Start time"),
        Field.END: tr("End"),
        Field.DURATION: tr("Length"),
        Field.PROVIDER: tr("Provider"),
        Field.SERVICE: tr("Service"),
        Field.STATUS: tr("Status"),
        Field.CANCELLED: tr("Cancelled (yes, or when)"),
        Field.MISSED: tr("Did not come (yes)"),
    }[what]


def order(what: Order) -> str:
    """Return in which order the numbers of a day stand."""
    return {
        Order.DMY: tr("Day, month, year (31/12/2026)"),
        Order.MDY: tr("Month, day, year (12/31/2026)"),
        Order.YMD: tr("Year, month, day (2026-12-31)"),
    }[what]


def names(what: NameOrder) -> str:
    """Return how whole names are written."""
    return {
        NameOrder.FIRST_LAST: tr("First Last"),
        NameOrder.LAST_FIRST: tr("Last, First"),
    }[what]


def twins(what: Twins) -> str:
    """Return what is done with lines about the same phone or person."""
    return {
        Twins.REFUSE: tr("I mend the file first"),
        Twins.FIRST: tr("Take the first line of each only"),
        Twins.ALL: tr("Take all: families share a phone"),
    }[what]


def known(what: Known) -> str:
    """Return what is done with a line about somebody who is a client already."""
    return {
        Known.SKIP: tr("Skip them; they stay as they are"),
        Known.FILL: tr("Fill in what they lack, change nothing"),
        Known.ADD: tr("Enter them once more"),
    }[what]


def recognised(reading: Reading) -> str:
    """Return in a line what was recognised of a file."""
    count = len(reading.table.rows)
    rows = tr("One row") if count == 1 else tr("%1 rows", number(count))
    encoding = ENCODINGS.get(reading.options.encoding, reading.options.encoding)
    sign = reading.options.delimiter
    parts = [rows, encoding, DELIMITERS.get(sign, f"“{sign}”")]
    if reading.table.passed_over:
        parts.append(tr("the lines above the names of columns are passed over"))
    return " · ".join(parts)


def headline(checked: Checked, what: Subject) -> str:
    """Return what an import would bring, in a few words."""
    if checked.faults:
        lines = len({fault.line for fault in checked.faults})
        if lines == 1:
            return tr("One line has to be mended first")
        return tr("%1 lines have to be mended first", number(lines))
    if what is Subject.APPOINTMENTS:
        return _visits(len(checked.visits))
    return _new_clients(len(checked.new))


def details(checked: Checked, what: Subject) -> str:
    """Return what else there is to say about it."""
    if checked.faults:
        return tr("Nothing is written before every line is right.")
    skipped = [each for each in checked.duplicates if each.fate is Fate.SKIPPED]
    known = sum(bool(each.client_id) for each in skipped)
    said = [
        (known, tr("%1 are known already and skipped.", number(known))),
        (
            len(skipped) - known,
            tr("%1 stand twice in it.", number(len(skipped) - known)),
        ),
        (
            len(checked.fillings),
            tr("%1 get what they lack.", number(len(checked.fillings))),
        ),
        (checked.left_out, tr("%1 lines are left out.", number(checked.left_out))),
        (
            checked.unreachable,
            tr("%1 have neither phone nor e-mail.", number(checked.unreachable)),
        ),
    ]
    texts = [text for count, text in said if count]
    if what is Subject.APPOINTMENTS:
        came = _new_clients(len(checked.new))
        texts.insert(0, tr("%1 past, %2 to come. %3.", *_counts(checked), came))
    return " ".join([*texts, tr("Nothing else changes.")])


def go(checked: Checked, what: Subject) -> str:
    """Return what the button that imports says, with its key."""
    if checked.faults:
        return tr("&Mend the file and choose it again")
    if what is Subject.APPOINTMENTS:
        return tr("&Import %1 appointments", number(len(checked.visits)))
    return tr("&Import %1 clients", number(len(checked.new)))


def likeness(duplicate: Duplicate) -> str:
    """Return whom a line is like, and by what."""
    if duplicate.other_line:
        who = tr("line %1, %2", str(duplicate.other_line), duplicate.other_name)
    else:
        who = tr("client %1", duplicate.other_name)
    return {
        Likeness.PHONE: tr("same phone as %1", who),
        Likeness.PHONE_OTHER_NAME: tr("same phone as %1, another name", who),
        Likeness.EMAIL: tr("same e-mail and name as %1", who),
    }[duplicate.likeness]


def fate(what: Fate) -> str:
    """Return what is done with a line that was found twice."""
    return {
        Fate.SKIPPED: tr("skipped"),
        Fate.FILLED: tr("fills in what they lack"),
        Fate.ADDED: tr("entered"),
        Fate.REFUSED: tr("to be mended"),
    }[what]


def done(imported: Imported) -> str:
    """Return what was imported."""
    said = []
    if imported.visits:
        said.append(tr("%1 appointments were imported.", number(imported.visits)))
    if imported.clients or not said:
        said.append(tr("%1 clients were entered.", number(imported.clients)))
    if imported.filled:
        said.append(tr("%1 were filled in.", number(imported.filled)))
    if imported.reminders:
        count = number(imported.reminders)
        said.append(tr("%1 reminders will be sent in time; nothing before.", count))
    return " ".join(said)


def taken_back(result: TakenBack) -> str:
    """Return what came of taking an import back."""
    said = [tr("%1 rows were taken out again.", number(result.removed))]
    if result.kept:
        names = ", ".join(dict.fromkeys(each.name for each in result.kept))
        few = ", ".join(names.split(", ")[:MOST_NAMED])
        more = "…" if len(few) < len(names) else ""
        count = number(len(result.kept))
        text = tr("%1 stay, for somebody has used them since: %2", count, few + more)
        said.append(text)
    return " ".join(said)


def kept_list(result: TakenBack, zone: tzinfo) -> str:
    """Return who and what stays of an import, one in a line."""
    lines = []
    for each in result.kept:
        when = ""
        if each.start is not None:
            day = shown.short_date(each.start.astimezone(zone).date())
            when = f"\t{day}, {shown.time(each.start, zone)}"
        lines.append(f"{each.name}{when}")
    return "\n".join(lines)


def kind(word: str) -> str:
    """Return what an earlier import was about."""
    return {
        "IMPORT_CLIENTS": tr("Clients"),
        "IMPORT_APPOINTMENTS": tr("Appointments"),
        "IMPORT_CALENDAR": tr("Calendar"),
    }.get(word, word)


def _new_clients(count: int) -> str:
    if not count:
        return tr("No new clients")
    if count == 1:
        return tr("One new client")
    return tr("%1 new clients", number(count))


def _visits(count: int) -> str:
    if not count:
        return tr("No appointments")
    if count == 1:
        return tr("One appointment")
    return tr("%1 appointments", number(count))


def _counts(checked: Checked) -> tuple[str, str]:
    return number(checked.past), number(checked.to_come)
