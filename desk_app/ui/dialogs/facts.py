"""The facts of one appointment, line by line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia, CancelledBy, Status
from desk_app.domain.policies import is_late_cancellation
from desk_app.ui import appearance, privacy
from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers, rule_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.note import ReadText
from desk_app.ui.grid.words import status_word
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.privacy import ClientLabel

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.ports import Screen

WIDE, SHORT = 470, 34


class AppointmentFacts(QWidget):
    """The client with phone first, then status, price, terms and notes."""

    def __init__(
        self, appointment: Appointment, screen: Screen, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appointment, self._screen = appointment, screen
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._client_card())
        lines = QGridLayout()
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(8)
        lines.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(self._lines()):
            self._add(lines, row, name, text)
        layout.addLayout(lines)
        layout.addStretch(1)
        self.setMinimumWidth(self._scaled(WIDE))

    def _client_card(self) -> QFrame:
        appointment = self._appointment
        name, phone = ClientLabel(), ClientLabel()
        name.write(lambda: privacy.name(appointment.client_name))
        none = self.tr("no phone number")
        phone.write(lambda: privacy.phone(appointment.client_phone) or none)
        phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sized(name, 1.15, bold=True)
        sized(phone, 1.15)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(4)
        above = QHBoxLayout()
        above.addWidget(name, 1)
        above.addWidget(self._status())
        inside.addLayout(above)
        inside.addWidget(phone)
        if appointment.no_show_flag:
            missed = PlainLabel("⚑ " + self.tr("This client has missed visits"))
            set_ink(missed, Ink.DANGER)
            inside.addWidget(missed)
        return card

    def _status(self) -> PlainLabel:
        label = PlainLabel(status_word(self._appointment.status))
        colours = appearance.current().of_status(self._appointment.status)
        label.setStyleSheet(
            f"color: {colours.text}; background: {colours.fill};"
            f" border: 1px solid {colours.bar}; border-radius: 9px; padding: 1px 9px;"
        )
        return label

    def _lines(self) -> list[tuple[str, str]]:
        appointment = self._appointment
        lines = [
            (self.tr("Room"), appointment.room_name),
            (self.tr("Location"), self._location()),
            (self.tr("Price"), shown.money(appointment.price)),
            *self._of_status(),
            (self.tr("Video call"), self._video_call()),
            (self.tr("Came"), self._way()),
            (self.tr("Booked"), self._booked()),
            (self.tr("Set aside"), self._set_aside()),
            (self.tr("Note"), appointment.notes),
        ]
        return [(name, text) for name, text in lines if text]

    def _location(self) -> str:
        catalogue = self._screen.catalogue
        provider = offers.provider_of(catalogue, self._appointment.provider_id)
        return offers.place_of(catalogue, provider)

    def _of_status(self) -> list[tuple[str, str]]:
        status = self._appointment.status
        if status is Status.CANCELLED:
            return self._cancellation()
        if status is Status.NO_SHOW:
            return self._no_show()
        if status in (Status.PENDING, Status.CONFIRMED):
            return [(self.tr("Cancelling"), self._terms())]
        return []

    def _video_call(self) -> str:
        appointment = self._appointment
        return appointment.meeting_link if appointment.is_virtual else ""

    def _cancellation(self) -> list[tuple[str, str]]:
        appointment = self._appointment
        lines = []
        if appointment.cancelled_at is not None:
            lines.append((self.tr("Cancelled"), self._cancelled()))
        lines.append((self.tr("Reason"), appointment.cancellation_reason or "–"))
        return [*lines, *self._refund()]

    def _cancelled(self) -> str:
        """Say when, by whose wish, and whether it was too late."""
        appointment = self._appointment
        wish = {
            CancelledBy.CLIENT: self.tr("by the client"),
            CancelledBy.PRACTICE: self.tr("by the practice"),
            CancelledBy.UNDO: self.tr("booked by mistake, taken back"),
        }
        parts = [self._moment(appointment.cancelled_at)]
        if appointment.cancelled_by is not None:
            parts.append(wish[appointment.cancelled_by])
        if is_late_cancellation(appointment):
            parts.append(self.tr("late"))
        return " · ".join(parts)

    def _no_show(self) -> list[tuple[str, str]]:
        appointment = self._appointment
        marked = self._signed(appointment.no_show_at, appointment.no_show_by)
        lines = [(self.tr("Did not come"), marked)] if marked else []
        if appointment.lock_out_until is not None:
            until = self._moment(appointment.lock_out_until)
            text = filled(self.tr("no same-day booking until %1"), until)
            lines.append((self.tr("For that"), text))
        return [*lines, *self._refund()]

    def _refund(self) -> list[tuple[str, str]]:
        """Say what is due, or when it was given and by whom."""
        appointment = self._appointment
        due = appointment.refund_due
        if due is None:
            return []
        amount = shown.money(due) if due.amount else self.tr("none")
        if appointment.refund_given_at is None:
            return [(self.tr("Refund due"), amount)]
        given = self._signed(appointment.refund_given_at, appointment.refund_given_by)
        return [(self.tr("Refund given"), f"{amount} · {given}")]

    def _way(self) -> str:
        """Return the client's way through the practice: "09:55 · seen 10:02"."""
        appointment, zone = self._appointment, self._screen.zone
        steps = (
            ("%1", appointment.arrived_at),
            (self.tr("with the provider %1"), appointment.seen_at),
            (self.tr("left %1"), appointment.left_at),
        )
        return " · ".join(
            filled(text, shown.time(at, zone)) for text, at in steps if at is not None
        )

    def _set_aside(self) -> str:
        appointment = self._appointment
        rules = rule_words.listed(appointment.overridden)
        reason = appointment.override_reason
        return f"{rules} – {reason}" if reason else rules

    def _signed(self, at: datetime | None, login: str) -> str:
        """Return a moment and who did it then."""
        if at is None:
            return ""
        who = self._screen.catalogue.name_of(login) if login else ""
        moment = self._moment(at)
        return f"{moment} ({who})" if who and self._screen.has_logins else moment

    def _terms(self) -> str:
        appointment = self._appointment
        until = appointment.start - timedelta(hours=appointment.cancellation_hours)
        if self._screen.now <= until:
            return filled(self.tr("free until %1"), self._moment(until))
        return filled(self.tr("was free until %1"), self._moment(until))

    def _booked(self) -> str:
        ways = {
            BookedVia.PHONE: self.tr("by phone"),
            BookedVia.WALK_IN: self.tr("by a walk-in"),
            BookedVia.DESK: self.tr("at the desk"),
            BookedVia.ONLINE: self.tr("online"),
        }
        way = ways[self._appointment.booked_via]
        who = self._screen.catalogue.name_of(self._appointment.created_by)
        return f"{way} ({who})" if who and self._screen.has_logins else way

    def _moment(self, instant: datetime | None) -> str:
        if instant is None:
            return ""
        day = shown.short_date(instant.astimezone(self._screen.zone).date())
        return f"{day}, {shown.time(instant, self._screen.zone)}"

    def _add(self, lines: QGridLayout, row: int, name: str, text: str) -> None:
        label = PlainLabel(name)
        set_ink(label, Ink.MUTED)
        lines.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if len(text) <= SHORT and "\n" not in text:
            lines.addWidget(PlainLabel(text), row, 1)
            return
        value = ReadText(text, self._scaled(WIDE * 2 // 3))
        value.setAccessibleName(name)
        lines.addWidget(value, row, 1)

    def _scaled(self, length: int) -> int:
        return length * self.fontMetrics().height() // 16
