"""The facts of one appointment, line by line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia, Status
from desk_app.ui import appearance, privacy
from desk_app.ui import format as shown
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
        lines = [(self.tr("Price"), shown.money(appointment.price))]
        if appointment.status is Status.CANCELLED:
            lines += self._cancellation()
        elif appointment.status in (Status.PENDING, Status.CONFIRMED):
            lines.append((self.tr("Cancelling"), self._terms()))
        if appointment.is_virtual and appointment.meeting_link:
            lines.append((self.tr("Video call"), appointment.meeting_link))
        elif appointment.is_virtual:
            lines.append((self.tr("Video call"), self.tr("no link yet")))
        lines.append((self.tr("Booked"), self._booked()))
        if appointment.notes:
            lines.append((self.tr("Note"), appointment.notes))
        return lines

    def _cancellation(self) -> list[tuple[str, str]]:
        appointment = self._appointment
        lines = []
        if appointment.cancelled_at is not None:
            when = self._moment(appointment.cancelled_at)
            lines.append((self.tr("Cancelled"), when))
        lines.append((self.tr("Reason"), appointment.cancellation_reason or "–"))
        if appointment.refund_due is not None:
            due = appointment.refund_due
            text = shown.money(due) if due.amount else self.tr("none")
            lines.append((self.tr("Refund due"), text))
        return lines

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

    def _moment(self, instant: datetime) -> str:
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
