"""The body of the move dialog: from where to where, and other free times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import icons
from desk_app.ui.dialogs import move_words, offers, room_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.room_choice import RoomChoice
from desk_app.ui.dialogs.set_aside import SetAside
from desk_app.ui.dialogs.times import TimesPanel
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.people import Service
    from desk_app.ui.dialogs.banner import Banner
    from desk_app.ui.dialogs.ports import MoveForm, MovePorts

LEFT, RIGHT, TALL = 300, 510, 420


class MoveBody(QWidget):
    """Two cards with an arrow, the provider; the free times at the right."""

    def __init__(
        self, form: MoveForm, ports: MovePorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form, self._screen = form, form.screen
        self.times = TimesPanel(form.screen, ports.openings)
        self.room = RoomChoice(form.screen, ports.rooms)
        self.room.begin(form.appointment, form.room_id)
        # Alt+M moves here.
        self.room.label.setText(self.tr("&Room"))
        self.aside = SetAside(form.screen.catalogue.me.role)
        self.aside.reason.setPlainText(form.reason)
        self._build()

    @property
    def changes(self) -> str:
        """What is said to change."""
        return self._changes.text()

    def show_target(self, start: datetime | None, service: Service) -> None:
        """Show where the appointment shall go and what else changes with that."""
        if start is None:
            self._to.setText(self.tr("Choose a time"))
            self._changes.hide()
            return
        end = start + service.duration
        place = move_words.place(start, end, service.provider_id, self._screen)
        self._to.setText(place)
        changes = move_words.changes(self._form.appointment, service, self._screen)
        self._changes.setText("\n".join((*changes, *self._other_room())))
        self._changes.setVisible(bool(self._changes.text()))

    def _other_room(self) -> tuple[str, ...]:
        before, after = self._form.appointment.room_id, self.room.given
        if after is None or after == before:
            return ()
        names = [
            room_words.name(n, self._screen) if n else "–" for n in (before, after)
        ]
        return (filled(self.tr("Room: %1 → %2"), *names),)

    def place_banner(self, banner: Banner) -> None:
        """Let the banner stand below the times, above what may be set aside."""
        self._right.insertWidget(1, banner)

    def _build(self) -> None:
        self.provider = QComboBox()
        self.provider.setAccessibleName(self.tr("Provider"))
        self._fill_providers()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(26)
        layout.addLayout(self._left(), 9)
        self._right = QVBoxLayout()
        self._right.setSpacing(10)
        self._right.addWidget(self.times, 1)
        self._right.addWidget(self.aside)
        layout.addLayout(self._right, 11)
        self.times.setMinimumWidth(self._scaled(RIGHT))
        self.times.setMinimumHeight(self._scaled(TALL))

    def _left(self) -> QVBoxLayout:
        appointment = self._form.appointment
        before = move_words.place(
            appointment.start, appointment.end, appointment.provider_id, self._screen
        )
        where = (before, appointment.room_name)
        self._from, self._to = PlainLabel("\n".join(filter(None, where))), PlainLabel()
        self._changes = PlainLabel()
        self._changes.setWordWrap(True)
        set_ink(self._from, Ink.MUTED)
        set_ink(self._changes, Ink.WARNING)
        sized(self._to, 1.1, bold=True)
        arrow = QLabel()
        size = self.fontMetrics().height() + 4
        arrow.setPixmap(icons.icon("chevron-down").pixmap(size, size))
        label = PlainLabel(self.tr("&With"))
        label.setBuddy(self.provider)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._card(self.tr("From"), self._from))
        column.addWidget(arrow, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._card(self.tr("To"), self._to, self._changes))
        column.addSpacing(12)
        column.addWidget(label)
        column.addWidget(self.provider)
        column.addWidget(self.room)
        column.addStretch(1)
        self.provider.setMinimumWidth(self._scaled(LEFT))
        return column

    def _card(self, title: str, *labels: PlainLabel) -> QFrame:
        head = PlainLabel(title)
        set_ink(head, Ink.MUTED)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(4)
        for label in (head, *labels):
            label.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
            )
            inside.addWidget(label)
        return card

    def _fill_providers(self) -> None:
        """List who offers the same service."""
        catalogue = self._screen.catalogue
        name = self._form.appointment.service_name
        for service in offers.named(catalogue, name, None):
            provider = offers.provider_of(catalogue, service.provider_id)
            if provider is not None and provider.is_active:
                name = offers.with_place(catalogue, provider)
                self.provider.addItem(name, provider.provider_id)
        self.provider.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )
        wanted = self._form.provider_id or self._form.appointment.provider_id
        self.provider.setCurrentIndex(self.provider.findData(wanted))

    def _scaled(self, length: int) -> int:
        return length * self.fontMetrics().height() // 16
