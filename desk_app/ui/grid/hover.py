"""A small card that tells more of the appointment under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout

from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.grid.words import appointment_state, tr
from desk_app.ui.plain import PlainLabel, shortened

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.view import DiaryView

SHOW_MS, HIDE_MS = 400, 250
_MOST_LETTERS, _MOST_LINES = 240, 8
_WIDTH_LETTERS = 34


class HoverCard(QFrame):
    """Shows one appointment in plain text; stays while the pointer is on it."""

    def __init__(self, view: DiaryView) -> None:
        super().__init__(view)
        self._view = view
        self._wanted: int | None = None
        self._build()
        self._show_timer, self._hide_timer = QTimer(self), QTimer(self)
        for timer, wait in ((self._show_timer, SHOW_MS), (self._hide_timer, HIDE_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._show_timer.timeout.connect(self._show)
        self._hide_timer.timeout.connect(self.hide_now)

    def _build(self) -> None:
        self.setObjectName("hoverCard")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 3)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(3)
        self.labels = [self._label() for _ in range(5)]
        for label in self.labels:
            layout.addWidget(label)
        self.hide()

    def _label(self) -> PlainLabel:
        label = PlainLabel("", self)
        label.setWordWrap(True)
        return label

    def show_later(self, appointment_id: int) -> None:
        """Show an appointment if the pointer stays on it for a moment."""
        self._hide_timer.stop()
        self._wanted = appointment_id
        if self.isVisible():
            self._show()
        else:
            self._show_timer.start()

    def hide_later(self) -> None:
        """Hide unless the pointer comes onto the card first."""
        self._show_timer.stop()
        if self.isVisible():
            self._hide_timer.start()

    def hide_now(self) -> None:
        """Hide at once."""
        self._show_timer.stop()
        self._hide_timer.stop()
        self.hide()

    def toggle(self, appointment_id: int) -> None:
        """Show or hide an appointment without a pointer."""
        if self.isVisible():
            self.hide_now()
        else:
            self._wanted = appointment_id
            self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ink = QPainter(self), self._view.ink
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink.colour(ink.theme.control_border), 1))
        painter.setBrush(ink.colour(ink.theme.raised))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, 8, 8)

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._hide_timer.stop()

    def leaveEvent(self, _event: QEvent) -> None:
        self.hide_later()

    def _show(self) -> None:
        view, number = self._view, self._wanted
        appointment = view.diary.appointment(number) if number is not None else None
        if appointment is None:
            self.hide_now()
            return
        for label, text in zip(self.labels, self._texts(appointment), strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._set_fonts()
        self.setFixedWidth(view.ink.letter * _WIDTH_LETTERS)
        self.adjustSize()
        self.move(self._position(appointment.appointment_id))
        self.show()
        self.raise_()

    def _texts(self, appointment: Appointment) -> tuple[str, ...]:
        index = self._view.diary.index_of(appointment.appointment_id)
        card = self._view.diary.card(index)
        times = card.times if card else ""
        if card and self._view.zone is not None:
            zone = self._view.columns[index.parent().row()].clock.zone
            if written.differs(appointment.start, zone, self._view.zone):
                times = written.clocks(appointment.visit, zone, self._view.zone)
        phone = privacy.phone(appointment.client_phone)
        return (
            privacy.name(appointment.client_name),
            phone or tr("No phone number"),
            f"{times} · {card.what if card else appointment.service_name}",
            appointment_state(appointment),
            shortened(privacy.phone(appointment.notes), _MOST_LETTERS, _MOST_LINES),
        )

    def _set_fonts(self) -> None:
        self.labels[0].setFont(self._view.ink.strong_font)
        for label in self.labels[1:]:
            label.setFont(self._view.ink.note_font)

    def _position(self, appointment_id: int) -> QPoint:
        """Stand beside the card, within the view, not over the card itself."""
        view = self._view
        place = view.place_of(appointment_id)
        if place is None:
            return QPoint()
        rect = view.place_rect(place)
        rect.translate(-view.horizontalOffset(), -view.verticalOffset())
        origin = view.viewport().pos()
        rect.translate(origin)
        x = rect.right() + 6
        if x + self.width() > view.width():
            x = rect.left() - self.width() - 6
        y = min(rect.top(), view.height() - self.height() - 6)
        return QPoint(max(x, origin.x()), max(y, origin.y()))
