"""The page of an export: everything in plain words, to read and to print.

Nothing that somebody typed is markup here, and a browser that opens the page may load
and run nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from string import Template
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from desk_app import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desk_app.domain.client_data import (
        ChangeRecord,
        Logged,
        LoggedValue,
        VisitRecord,
    )
    from desk_app.services.client_data import ClientData

# The title is shown in tabs and lists of what was opened; it names nobody.
TITLE = "Data about a client"
# English whatever the computer speaks, as the rest of the page.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LABELS = {
    "client_id": "Number",
    "email": "E-mail",
    "push_address": "Push address",
    "timezone": "Time zone",
    "no_show_count": "Missed visits",
    "no_show_flag": "Marked for missed visits",
    "same_day_locked_until": "No same-day booking until",
    "consent_email": "May be written e-mails",
    "consent_push": "May be sent push messages",
    "consent_sms": "May be sent text messages",
    "is_active": "Shown at the desk",
    "created_at": "Entered",
    "created_by": "Entered by",
    "erased_at": "Erased",
    "appointment_id": "Appointment",
    "service_id": "Number of the service",
    "provider_id": "Number of the provider",
    "booked_via": "Booked",
    "meeting_link": "Link for the video call",
    "busy_until": "Kept free for it until",
    "cancellation_hours": "Free to cancel (hours before)",
    "refund_due": "Refund due",
    "cancelled_at": "Cancelled",
    "cancelled_by": "Cancelled by",
    "cancellation_reason": "Why it was cancelled",
    "refund_given_at": "Refund given",
    "refund_given_by": "Refund given by",
    "arrived_at": "Arrived",
    "seen_at": "With the provider from",
    "left_at": "Left",
    "no_show_at": "Marked as missed",
    "no_show_by": "Marked as missed by",
    "lock_out_until": "For that no same-day booking until",
    "overridden": "Rules set aside",
    "override_reason": "Why they were set aside",
    "series_id": "Booked together under",
    "walk_in_id": "Number",
    "merged_into": "Merged into number",
    "import_id": "Came with the imported file of number",
    "merge_id": "Number",
    "kept_id": "Kept entry",
    "gone_id": "Other entry",
    "merged_at": "Merged",
    "merged_by": "Merged by",
    "undone_at": "Separated again",
    "undone_by": "Separated by",
    "service_name": "What for",
    "from_day": "From",
    "until_day": "Until",
    "weekdays": "Weekdays (0 is Monday)",
    "from_time": "Not before",
    "until_time": "Not after",
    "called_by": "Rung by",
    "calling_until": "Being rung until",
    "offered_start": "Last rung about",
    "outcome": "What came of it",
    "outcome_at": "When that came of it",
    "outbox_id": "Number",
    "conflict_id": "Number",
    "entry_id": "Number",
    "kind": "What",
    "run_at": "When",
    "last_error": "Last failure",
    "recipient": "To",
    "channel": "By",
    "sent_to": "Where to (the address is kept masked)",
    "handed_at": "Left",
    "settled_at": "Done",
    "decided_by": "Decided by",
    "found_at": "Found",
    "is_urgent": "Urgent",
}
WORDS = {
    "NO_SHOW": "Did not come",
    "PHONE": "by phone",
    "WALK_IN": "by a walk-in",
    "DESK": "at the desk",
    "ONLINE": "online",
    "CLIENT": "the client",
    "PRACTICE": "the practice",
    "UNDO": "nobody: booked by mistake and taken back",
    "TOOK": "Took a time",
    "GONE": "Taken off the list",
    "NO_ANSWER": "No answer",
    "DEAD": "Given up",
    "UNSURE": "Perhaps sent: nobody knows",
    "MISSED": "Not sent in time",
    "PROVIDER": "the provider",
    "EMAIL": "e-mail",
    "PUSH": "push message",
    "SMS": "text message",
    "DESKTOP": "notice at the desk",
    "DROPPED": "No longer needed",
    "calendar_push": "Entry in the provider's own calendar",
    "calendar_remove": "Entry taken out of the provider's own calendar",
    "meeting_link": "Link for the video call",
    "confirmation": "Confirmation to the client",
    "change_notice": "Message about a change to the client",
    "cancellation_notice": "Message about the cancellation to the client",
    "reminder_48h": "Reminder two days before",
    "reminder_1h": "Reminder an hour before",
    "no_show_notice": "Message about a missed visit to the client",
}
TABLES = {
    "client": "Client",
    "appointment": "Appointment",
    "waitlist_entry": "Waiting list entry",
    "walk_in": "Walk-in",
}
ACTIONS = {"INSERT": "entered", "UPDATE": "changed", "DELETE": "deleted"}
OF_LISTS = {"overridden"}
OF_WORDS = {
    *("status", "kind", "state", "booked_via", "cancelled_by", "outcome"),
    *("recipient", "channel"),
}
_ISO = re.compile(r"2[01]\d\d-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$")
# They stand in the heading of their card, or are numbers of programs.
IN_HEADING = {"start_time", "end_time", "service", "provider", "status", "currency"}
OF_PROGRAMS = {"service_id", "provider_id", "version"}


def page(data: ClientData) -> str:
    """Return the page."""
    return _Page(data).whole()


class _Page:
    def __init__(self, data: ClientData) -> None:
        self._data = data
        self._zone = ZoneInfo(data.timezone)

    def whole(self) -> str:
        data, folder = self._data, paths.resources() / "templates"
        style = (folder / "client_data.css").read_text(encoding="utf-8")
        frame = Template((folder / "client_data.html").read_text(encoding="utf-8"))
        return frame.substitute(
            title=TITLE,
            style=style,
            style_hash=_hash(style),
            practice=html.escape(data.practice),
            name=html.escape(data.client.name),
            about=self._about(),
            sections="\n".join(self._sections()),
        )

    def _about(self) -> str:
        data = self._data
        when = f"{self._moment(data.exported_at)} ({data.timezone})"
        return html.escape(
            f"All that this practice keeps about this client, as of {when}, put"
            f" together by {data.exported_by}. Times are those of this zone. The file"
            " for programs beside this page holds the same, with inner numbers."
        )

    def _sections(self) -> Iterable[str]:
        data = self._data
        yield _section("Client", None, [self._facts(data.client)])
        visits = [self._visit(visit) for visit in data.appointments]
        yield _section("Appointments", len(visits), visits)
        for title, records in (
            ("Waiting list", data.waiting_list),
            ("Came without an appointment", data.walk_ins),
            ("Messages and calendar entries", data.tasks),
            ("Conflicts with outside calendars", data.conflicts),
            ("Other entries that were merged into this one", data.merged_entries),
            ("Entries made one", data.merges),
        ):
            cards = [_card("", self._facts(record, OF_PROGRAMS)) for record in records]
            yield _section(title, len(cards), cards)
        changes = [self._change(change) for change in data.changes]
        yield _section("What was written, by whom", len(changes), changes)

    def _visit(self, visit: VisitRecord) -> str:
        what = f"{visit.service} with {visit.provider}"
        heading = (
            f"{html.escape(self._span(visit.start_time, visit.end_time))}"
            f" <span>· <bdi>{html.escape(what)}</bdi> ·"
            f" {html.escape(_word(visit.status))}</span>"
        )
        return _card(heading, self._facts(visit, IN_HEADING | OF_PROGRAMS))

    def _change(self, change: ChangeRecord) -> str:
        what = TABLES.get(change.table_name, _label(change.table_name))
        done = ACTIONS.get(change.action, change.action)
        heading = (
            f"{html.escape(self._moment(change.at))} <span>·"
            f" {html.escape(f'{what} {change.row_id} {done} by {change.who}')}</span>"
        )
        lines = [
            _line(_label(value.name), self._step(value))
            for value in change.values
            if value.old != value.new and value.name != "version"
        ]
        return _card(heading, _list(lines))

    def _facts(self, record: Any, without: Iterable[str] = ()) -> str:
        """Return what a record holds, line by line; empty lines are left out."""
        currency = getattr(record, "currency", "")
        lines = []
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name in without or value in ("", None):
                continue
            text = self._text(value)
            if isinstance(value, Decimal):
                text = f"{text} {currency}".strip()
            else:
                text = _said(field.name, text)
            lines.append(_line(_label(field.name), f"<bdi>{html.escape(text)}</bdi>"))
        return _list(lines)

    def _step(self, value: LoggedValue) -> str:
        """Return "before → after", or the only one there is."""
        sides = [side for side in (value.old, value.new) if side not in (None, "")]
        shown = [self._logged(value.name, side) for side in sides]
        return " → ".join(f"<bdi>{html.escape(text)}</bdi>" for text in shown) or "–"

    def _logged(self, name: str, value: Logged) -> str:
        return _said(name, self._text(_instant(value)))

    def _text(self, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if value is None or value == "":
            return "–"
        return str(value)

    def _moment(self, instant: datetime) -> str:
        """Return "24 November 2026, 10:42" by the practice's clock."""
        local = instant.astimezone(self._zone)
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"

    def _span(self, start: datetime, end: datetime) -> str:
        return f"{self._moment(start)}–{end.astimezone(self._zone):%H:%M}"


def _section(title: str, count: int | None, content: Sequence[str]) -> str:
    number = "" if count is None else f" <small>{count}</small>"
    inside = "\n".join(content) or '<p class="none">Nothing.</p>'
    return f"<section>\n<h2>{title}{number}</h2>\n{inside}\n</section>"


def _card(heading: str, content: str) -> str:
    head = f"<h3>{heading}</h3>\n" if heading else ""
    return f"<article>\n{head}{content}\n</article>"


def _list(lines: Sequence[str]) -> str:
    return "<dl>\n" + "\n".join(lines) + "\n</dl>"


def _line(label: str, value: str) -> str:
    return f"<dt>{html.escape(label)}</dt><dd>{value}</dd>"


def _label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def _said(name: str, text: str) -> str:
    """Return the value of a field in words where it is one of the database's own."""
    if name in OF_LISTS:
        return ", ".join(map(_word, text.split()))
    return _word(text) if name in OF_WORDS else text


def _word(constant: str) -> str:
    """Return what people say for a word of the database."""
    return WORDS.get(constant) or constant.replace("_", " ").capitalize()


def _instant(value: Logged) -> Logged | datetime:
    """Return what the log wrote as ISO 8601 as the instant it is."""
    if not isinstance(value, str) or not _ISO.match(value):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value


def _hash(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
