"""Everything about one appointment, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import ConfirmRequest, Status
from desk_app.domain.policies import may_become
from desk_app.domain.staff import Role
from desk_app.domain.waiting_room import next_steps
from desk_app.ui.clients import menu as client_menu
from desk_app.ui.clients.ports import Named
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.facts import AppointmentFacts
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.history import HistoryDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import MoveForm, Unsettled
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.dialogs.steps import Steps
from desk_app.ui.outgoing.meeting import MeetingBar, has_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Mark
    from desk_app.ui.clients.ports import ClientPorts
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import AppointmentPorts, Screen, TakeOver
    from desk_app.ui.outgoing.meeting import MeetingPorts


class AppointmentDialog(DeskDialog):
    """Shows one appointment; confirms, moves or cancels it."""

    def __init__(
        self,
        appointment: Appointment,
        screen: Screen,
        ports: AppointmentPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._appointment, self._screen, self._ports = appointment, screen, ports
        self._desk = self.wire(ports.confirm, ports.patience, ports.take_over)
        self._build()
        self._connect()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        appointment: Appointment,
        screen: Screen,
        ports: AppointmentPorts,
    ) -> Appointment | None:
        """Return the appointment as it was changed, or None if it was not."""
        dialog = cls(appointment, screen, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    def submit(self) -> None:
        """Confirm."""
        self.send(
            ConfirmRequest(
                idempotency_key=self._desk.key,
                appointment_id=self._appointment.appointment_id,
                version=self._appointment.version,
            )
        )

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the visit."""
        return Unsettled(asking, visit_words.visit(self._appointment, self._screen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters that mark a step in the schedule too."""
        if not self._steps.press(event):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Appointment"))
        heading = Heading(self._screen)
        heading.show_appointment(self._appointment)
        self.header.addWidget(heading)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(14)
        inside.addWidget(AppointmentFacts(self._appointment, self._screen))
        if self._ports.meeting is not None and has_meeting(self._appointment):
            inside.addWidget(self._build_meeting(self._ports.meeting))
        inside.addWidget(self._build_steps())
        inside.addLayout(self._build_more())
        self._build_actions()

    def _build_steps(self) -> Steps:
        """Offer the steps of the client's way, as the schedule does."""
        visit, screen = self._appointment, self._screen
        may_mark = screen.catalogue.me.may_change(visit.provider_id)
        is_offered = may_mark and self._ports.mark is not None
        self._steps = Steps(next_steps(visit, screen.now) if is_offered else ())
        self._steps.setVisible(is_offered)
        return self._steps

    def _build_meeting(self, ports: MeetingPorts) -> MeetingBar:
        self.meeting = MeetingBar(self._appointment, self._screen, ports)
        return self.meeting

    def _build_more(self) -> QHBoxLayout:
        """Offer what can be read here, and what concerns the client alone."""
        self._history = PromptButton(self.tr("&History"))
        self._client = PromptButton(client_menu.button_text())
        self._messages = PromptButton(self.tr("M&essages"))
        self._sooner = PromptButton(self.tr("Would come &sooner…"))
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self._history, self._messages, self._client, self._sooner):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._history.setVisible(self._ports.history is not None)
        self._messages.setVisible(self._ports.messages is not None)
        self._client.setVisible(self._ports.client is not None)
        if self._ports.client is not None:
            self._build_client_menu(self._ports.client)
        return row

    def _build_client_menu(self, ports: ClientPorts) -> None:
        client = Named(self._appointment.client_id, self._appointment.client_name)
        requests = client_menu.ClientRequests(client, ports, self)
        requests.erased.connect(self._on_erased)
        self._menu = client_menu.ClientMenu(requests, client, ports)
        self._client.setMenu(self._menu)

    def _build_actions(self) -> None:
        """Offer what this status still allows."""
        self._move = PromptButton(self.tr("&Move…"))
        self._cancel = PromptButton(self.tr("Cancel &appointment…"))
        status = self._appointment.status
        me = self._screen.catalogue.me
        is_mine = me.may_change(self._appointment.provider_id)
        is_open = is_mine and may_become(status, Status.CANCELLED)
        for place, button in enumerate((self._move, self._cancel)):
            button.setAutoDefault(False)
            button.setVisible(is_open)
            self.footer.insertWidget(place, button)
        go, leave = self.buttons
        may_confirm = is_mine and status is Status.PENDING
        go.setVisible(may_confirm)
        self.make_default(go if may_confirm else leave)
        keeps_list = me.role is not Role.PROVIDER and self._ports.sooner is not None
        self._sooner.setVisible(is_open and keeps_list)
        (go if may_confirm else leave).setFocus()

    def _connect(self) -> None:
        self._steps.wanted.connect(self._on_step)
        self._move.clicked.connect(self._on_move)
        self._cancel.clicked.connect(self._on_cancel)
        self._history.clicked.connect(self._on_history)
        self._messages.clicked.connect(self._on_messages)
        self._sooner.clicked.connect(self._on_sooner)

    @Slot(object)
    def _on_step(self, step: Mark) -> None:
        """Close, and let the window mark it, which tells and can be undone there."""
        if self._ports.mark is not None and not self._desk.is_open:
            self.done(0)
            self._ports.mark(self._appointment, step)

    @Slot()
    def _on_move(self) -> None:
        if self._leaves_to(self._ports.move_series):
            return
        form = MoveForm(self._screen.mine(), self._appointment)
        ports = self._ports.moving
        ports = replace(ports, take_over=self._handing_on(ports.take_over))
        self._finish(MoveDialog.ask(self, form, ports))

    @Slot()
    def _on_cancel(self) -> None:
        if self._leaves_to(self._ports.cancel_series):
            return
        ports = self._ports.cancelling
        ports = replace(ports, take_over=self._handing_on(ports.take_over))
        gone = CancelDialog.ask(self, self._appointment, self._screen, ports)
        self._finish(gone)

    def _leaves_to(self, ask: Callable[[Appointment], object] | None) -> bool:
        """Go on in the window with one of a series: there it is asked what is meant."""
        if ask is None or self._appointment.series_id is None:
            return False
        self.done(0)
        ask(self._appointment)
        return True

    @Slot()
    def _on_history(self) -> None:
        if self._ports.history is not None:
            words = visit_words.visit(self._appointment, self._screen)
            HistoryDialog.show_for(self, words, self._ports.history)

    @Slot()
    def _on_messages(self) -> None:
        """Close, and let the window show them beside the schedule."""
        if self._ports.messages is not None and not self._desk.is_open:
            self.done(0)
            self._ports.messages(self._appointment)

    @Slot()
    def _on_sooner(self) -> None:
        if self._ports.sooner is not None:
            self._ports.sooner(self, self._appointment)

    @Slot()
    def _on_erased(self) -> None:
        """Close: what stands here is no longer kept."""
        self.done(0)

    def _handing_on(self, take_over: TakeOver | None) -> TakeOver | None:
        """Close too when the window goes on asking: nothing here is sure any more."""
        if take_over is None:
            return None

        def hand_on(wish: Unsettled) -> None:
            take_over(wish)
            self.done(0)

        return hand_on

    def _finish(self, changed: Appointment | None) -> None:
        if changed is not None:
            self.answer = changed
            self.accept()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("AppointmentDialog", "&Confirm"),
        busy=translate("AppointmentDialog", "Confirming…"),
        leave=translate("AppointmentDialog", "Close"),
    )
