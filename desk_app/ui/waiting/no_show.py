"""Asks once before a client is marked as missed, and says what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk_app.domain.deeds import Mark, MarkRequest
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.waiting import words

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waiting_room import Consequences
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.waiting.ports import MarkPorts

WIDE = 500


class NoShowDialog(DeskDialog):
    """Says what follows; Enter marks, Esc leaves everything as it is."""

    def __init__(
        self,
        appointment: Appointment,
        follows: Consequences,
        screen: Screen,
        ports: MarkPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._appointment, self._screen = appointment, screen
        self._desk = self.wire(ports.mark, ports.patience, ports.take_over)
        self._build(follows)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        appointment: Appointment,
        follows: Consequences,
        screen: Screen,
        ports: MarkPorts,
    ) -> Appointment | None:
        """Return the appointment that was marked, or None if it was not."""
        dialog = cls(appointment, follows, screen, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    @property
    def said(self) -> str:
        """What is said to follow."""
        return self._follows.text()

    def submit(self) -> None:
        """Mark the client as missed."""
        number, version = self._appointment.appointment_id, self._appointment.version
        self.send(MarkRequest(self._desk.key, number, version, Mark.NO_SHOW))

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the visit."""
        return Unsettled(asking, visit_words.visit(self._appointment, self._screen))

    def _build(self, follows: Consequences) -> None:
        name = self._appointment.client_name
        self.setWindowTitle(self.tr("Did not come"))
        heading = Heading(self._screen)
        heading.show_appointment(self._appointment)
        self.header.addWidget(heading)
        title = PlainLabel(words.tr("%1 did not come. What follows:", name))
        title.setWordWrap(True)
        today = self._screen.now.astimezone(self._screen.zone).date()
        lines = words.consequences(follows, self._screen.zone, today)
        self._follows = PlainLabel("\n".join(f"•  {line}" for line in lines))
        self._follows.setWordWrap(True)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self._follows)
        back = PlainLabel(
            words.tr("Ctrl+Z, or E on the appointment, takes all of it back.")
        )
        back.setWordWrap(True)
        set_ink(back, Ink.MUTED)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(10)
        for widget in (title, card, back):
            column.addWidget(widget)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        go, _ = self.buttons
        go.setFocus()
        self.setAccessibleDescription(f"{title.text()} {self._follows.text()}")


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("NoShowDialog", "Did &not come"),
        busy=translate("NoShowDialog", "Marking…"),
        leave=translate("NoShowDialog", "&Leave as it is"),
    )
