"""The link of a meeting by video: opened, copied, or why there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import Status
from desk_app.domain.deliveries import latest_link
from desk_app.domain.queue import State
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.outgoing import words
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deliveries import Delivery
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Failed, Screen, Then


@dataclass(frozen=True, slots=True)
class MeetingPorts:
    """Ways to open and to copy a link, and to read what is known of its making."""

    open: Callable[[Appointment], object]
    copy: Callable[[Appointment], object]
    read: Callable[[int, Then[tuple[Delivery, ...]], Failed], None]


class MeetingLinks(QObject):
    """Opens and copies links; says why it does not."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around

    def ports(self) -> MeetingPorts:
        """Return what the dialog of an appointment is given."""
        read = self._around.port(self._around.desk.deliveries.of_appointment)
        return MeetingPorts(self.open, self.copy, read)

    @Slot()
    def open_chosen(self) -> None:
        """Open the meeting of the appointment at the cursor."""
        appointment = self._around.view.chosen_appointment()
        if appointment is None:
            self._around.hint.emit(
                self.tr("Choose an appointment to open its meeting.")
            )
        else:
            self.open(appointment)

    @Slot(object)
    def open(self, appointment: Appointment) -> None:
        """Open the link in the browser, if it is a plain https address."""
        url = meeting_url(appointment.meeting_link)
        if not appointment.meeting_link:
            self._around.hint.emit(self.tr("This visit has no meeting link."))
        elif url is None:
            self._around.hint.emit(self.tr("This link is not opened: it is no https."))
        else:
            QDesktopServices.openUrl(url)

    @Slot(object)
    def copy(self, appointment: Appointment) -> None:
        """Put the link into the clipboard."""
        if not appointment.meeting_link:
            self._around.hint.emit(self.tr("This visit has no meeting link."))
            return
        QGuiApplication.clipboard().setText(appointment.meeting_link)
        self._around.said.emit(self.tr("Copied: the link of the meeting"))


class MeetingBar(QWidget):
    """Buttons for the link, or how it stands with it while there is none."""

    def __init__(
        self,
        appointment: Appointment,
        screen: Screen,
        ports: MeetingPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appointment, self._screen, self._ports = appointment, screen, ports
        self._line = Latest(ports.read, self._on_read, self._on_failed, self)
        self._build()
        self.open.clicked.connect(self._on_open)
        self.copy.clicked.connect(self._on_copy)
        if not appointment.meeting_link:
            self._line.ask(appointment.appointment_id)

    @property
    def said(self) -> str:
        """How it stands, "" where there is a link."""
        return self._state.text()

    def _build(self) -> None:
        has_link = bool(self._appointment.meeting_link)
        self._state = PlainLabel(
            "" if has_link else _tr("Video call: looking for the link…")
        )
        self._state.setWordWrap(True)
        self._state.setVisible(not has_link)
        # What is found out later may take two lines; a dialog does not grow by itself.
        self._state.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_ink(self._state, Ink.MUTED)
        self.open = PromptButton(_tr("&Open the meeting"))
        self.copy = PromptButton(_tr("Cop&y link"))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.open, self.copy):
            button.setAutoDefault(False)
            button.setVisible(has_link)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._state)
        column.addLayout(buttons)

    def _on_read(self, rows: tuple[Delivery, ...]) -> None:
        said, ink = link_words(
            self._appointment.status, latest_link(rows), self._screen.now
        )
        self._state.setText(said)
        set_ink(self._state, ink)

    def _on_failed(self, _error: DeskError) -> None:
        self._state.setText(_tr("Video call: there is no link yet."))

    @Slot()
    def _on_open(self) -> None:
        self._ports.open(self._appointment)

    @Slot()
    def _on_copy(self) -> None:
        self._ports.copy(self._appointment)


def has_meeting(appointment: Appointment) -> bool:
    """Say whether there is something to say of its meeting by video."""
    is_open = appointment.status in (Status.PENDING, Status.CONFIRMED)
    return appointment.is_virtual and (is_open or bool(appointment.meeting_link))


def link_words(status: Status, row: Delivery | None, now: datetime) -> tuple[str, Ink]:
    """Return how it stands with a link that is not there, and in which colour."""
    if row is None:
        return _never_wished(status), Ink.MUTED
    ink, parts = Ink.MUTED, [_tr("Video call: the link is being made…")]
    if row.is_trouble:
        said = _tr("Video call: the link could not be made.")
        ink, parts = Ink.DANGER, [said, words.reason(row), words.said(row)]
    elif row.state is State.DONE:
        parts = [_tr("Video call: the link is there; open the visit again.")]
    elif row.state is State.DROPPED:
        parts = [_tr("Video call: there is no link."), words.reason(row)]
    elif row.is_late(now) or row.needs_sign_in:
        said = _tr("Video call: the link is late; it is tried again by itself.")
        ink, parts = Ink.WARNING, [said, words.said(row)]
    return " ".join(part for part in parts if part), ink


def _never_wished(status: Status) -> str:
    if status is Status.PENDING:
        return _tr("Video call: the link is made once the visit is confirmed.")
    text = _tr("Video call: there is no link.")
    how = _tr("How this provider meets clients is chosen in the practice’s pages.")
    return f"{text} {how}"


def meeting_url(link: str) -> QUrl | None:
    """Return a link that may be opened: a plain https address, nothing else."""
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    is_plain = url.isValid() and url.scheme() == "https" and bool(url.host())
    return url if is_plain and not url.userInfo() else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("meeting", text)
