"""Cancels an appointment: whose wish, the reason, and what refund is due."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.appointment import CancelledBy, CancelRequest
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs import cancel_words, visit_words
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, shortened

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import CancelPorts, Screen

WIDE = 530
# So many reasons stand in two columns, so many have a key, so long is one's button.
FEW, MOST_KEYS, LONGEST = 8, 9, 40


class CancelDialog(DeskDialog):
    """Asks for the reason; the safe button keeps the appointment."""

    def __init__(
        self,
        appointment: Appointment,
        screen: Screen,
        ports: CancelPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._appointment, self._screen = appointment, screen
        self._common = screen.catalogue.rules.cancellation_reasons
        self._desk = self.wire(ports.cancel, ports.patience, ports.take_over)
        self._build()
        self._connect()
        self._show_reasons()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        appointment: Appointment,
        screen: Screen,
        ports: CancelPorts,
    ) -> Appointment | None:
        """Return the cancelled appointment, or None if it was kept."""
        dialog = cls(appointment, screen, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    @property
    def reason(self) -> str:
        """The chosen reason and what was typed."""
        chosen = self._reasons.current
        parts = [self._common[chosen]] if chosen >= 0 else []
        parts.append(self._text.toPlainText().strip())
        return ": ".join(part for part in parts if part)

    @property
    def refund(self) -> str:
        """The refund as it is shown."""
        return self._amount.text()

    @property
    def consequences(self) -> str:
        """Everything that is said to follow."""
        labels = (self._amount, self._why, self._late, self._told)
        return "\n".join(label.text() for label in labels if label.text())

    @property
    def complaint(self) -> str:
        """What is said to be wrong with the reason."""
        return self._complaint.text()

    def choose_reason(self, index: int) -> None:
        """Choose one of the common reasons."""
        self._reasons.choose(index)
        self._on_changed()

    def is_touched(self) -> bool:
        """Say whether a reason was typed; a chosen one is quickly chosen again."""
        return bool(self._text.toPlainText().strip())

    def submit(self) -> None:
        """Cancel, or ask for the reason."""
        if not self.reason:
            self._complaint.say(self.tr("Choose a reason, or type one."))
            self._reasons.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.send(
            CancelRequest(
                idempotency_key=self._desk.key,
                appointment_id=self._appointment.appointment_id,
                version=self._appointment.version,
                reason=self.reason,
                cancelled_by=self._cancelled_by(),
            )
        )

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the visit."""
        return Unsettled(asking, visit_words.visit(self._appointment, self._screen))

    def show_refusal(self, error: DeskError) -> None:
        """Say it below the reason, or above the buttons."""
        said = notices.words(error)
        if isinstance(error, Invalid):
            self._complaint.say(said.text)
        else:
            self.banner.say(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a reason by its number."""
        number = event.text()
        most = min(self._reasons.count, MOST_KEYS)
        if number.isdecimal() and 1 <= int(number) <= most:
            self.choose_reason(int(number) - 1)
            self._reasons.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Cancel the appointment"))
        self._heading = Heading(self._screen)
        self._heading.show_appointment(self._appointment)
        self.header.addWidget(self._heading)
        self._text = NoteEdit(2)
        self._text.setAccessibleName(self.tr("Reason in words"))
        self._text.setPlaceholderText(self.tr("Another reason, or more about it"))
        self._reasons = RovingButtons(2 if len(self._common) <= FEW else 3)
        self._complaint = Complaint(self._text)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(self.tr("Who wishes it?")))
        column.addLayout(self._build_who())
        column.addSpacing(10)
        label = PlainLabel(self.tr("&Reason"))
        label.setBuddy(self._reasons)
        for widget in (label, self._reasons, self._text, self._complaint):
            column.addWidget(widget)
        column.addSpacing(10)
        column.addWidget(self._build_refund())
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self._order_tabs()
        self._reasons.setFocus()

    def _order_tabs(self) -> None:
        go, keep = self.buttons
        order = (self._client, self._practice, self._reasons, self._text, go, keep)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _build_who(self) -> QHBoxLayout:
        self._client = PromptRadio(self.tr("The &client"))
        self._practice = PromptRadio(self.tr("The &practice"))
        self._client.setAccessibleName(self.tr("The client wishes it"))
        self._practice.setAccessibleName(self.tr("The practice wishes it"))
        self._who = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(18)
        for button in (self._client, self._practice):
            self._who.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._client.setChecked(True)
        return row

    def _build_refund(self) -> QFrame:
        self._amount, self._why = PlainLabel(), PlainLabel()
        self._late = PlainLabel()
        screen = self._screen
        start = self._appointment.start
        self._told = PlainLabel(cancel_words.told(screen.telling, start, screen.now))
        sized(self._amount, 1.15, bold=True)
        set_ink(self._why, Ink.MUTED)
        set_ink(self._late, Ink.WARNING)
        set_ink(self._told, Ink.MUTED)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(2)
        for label in (self._amount, self._why, self._late, self._told):
            label.setWordWrap(True)
            inside.addWidget(label)
        return card

    def _connect(self) -> None:
        self._who.buttonToggled.connect(self._on_changed)
        self._reasons.picked.connect(self._on_changed)
        self._text.textChanged.connect(self._on_changed)
        self._text.refused.connect(self._complaint.say)

    def _cancelled_by(self) -> CancelledBy:
        is_client = self._client.isChecked()
        return CancelledBy.CLIENT if is_client else CancelledBy.PRACTICE

    def _show_reasons(self) -> None:
        choices = tuple(map(self._choice, range(1, len(self._common) + 1)))
        self._reasons.show_sections((Section("", choices),))
        self._on_changed()

    def _choice(self, number: int) -> Choice:
        text = shortened(self._common[number - 1], LONGEST)
        if number > MOST_KEYS:
            return Choice(text, text)
        key = filled(self.tr("Key %1"), str(number))
        return Choice(f"{number}   {text}", text, key)

    @Slot()
    def _on_changed(self) -> None:
        """Show the refund; once there is a reason, Enter cancels, else it keeps."""
        self.stay()
        self._complaint.clear_words()
        said = cancel_words.refund(
            self._appointment, self._cancelled_by(), self._screen.now
        )
        self._amount.setText(said.amount)
        self._why.setText(said.why)
        late = cancel_words.late(
            self._appointment, self._cancelled_by(), self._screen.now
        )
        self._late.setText(late)
        self._late.setVisible(bool(late))
        go, keep = self.buttons
        self.make_default(go if self.reason else keep)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("CancelDialog", "Cancel &appointment"),
        busy=translate("CancelDialog", "Cancelling…"),
        leave=translate("CancelDialog", "&Keep"),
    )
