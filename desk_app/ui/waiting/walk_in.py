"""Somebody stands at the desk: the first time that is free today, or a seat."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia, BookingRequest
from desk_app.domain.policies import Policy
from desk_app.domain.waiting_room import NewWalkIn
from desk_app.errors import Invalid, Refused
from desk_app.ui import format as written
from desk_app.ui import notices
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.choice import ServiceChoice
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import OpeningsWanted, Unsettled
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import PlainLabel
from desk_app.ui.waiting import words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.slots import Opening
    from desk_app.domain.waiting_room import Waiting
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import BookingForm, Failed, Then
    from desk_app.ui.waiting.ports import WalkInPorts

SHOWN = 3
LEFT, RIGHT, TALL = 370, 310, 300


class WalkInDialog(DeskDialog):
    """Enter gives the first free time, Alt+R a place in the waiting room.

    `instead` is the form to go on in, where a rule has to be set aside for a reason.
    """

    def __init__(
        self, form: BookingForm, ports: WalkInPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._form, self._screen, self._ports = form, form.screen, ports
        self._fits: tuple[Opening, ...] = ()
        self.instead: BookingForm | None = None
        self._desk = self.wire(self._send_either, ports.patience, ports.take_over)
        self._line = Latest(ports.openings, self._on_fits, self._on_no_fits, self)
        self._build()
        self._connect()
        self._look()

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: BookingForm, ports: WalkInPorts
    ) -> Appointment | Waiting | BookingForm | None:
        """Return the time or the place that was given, the form instead, or None."""
        dialog = cls(form, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | Waiting | None = dialog.answer
        return answer or dialog.instead

    @property
    def said(self) -> str:
        """What stands above the free times, or in their place."""
        return self._heading.text()

    @property
    def fits(self) -> tuple[Opening, ...]:
        """The free times that are offered."""
        return self._fits

    def is_touched(self) -> bool:
        """Say whether a client was typed or chosen."""
        return self.client.is_touched()

    def submit(self) -> None:
        """Book the chosen time; without one, let them wait."""
        if not self._fits:
            self._on_wait()
            return
        if self.client.complain_of_gaps():
            return
        fit, client = self._chosen(), self.client.client
        self.send(
            BookingRequest(
                idempotency_key=self._desk.key,
                provider_id=fit.provider_id,
                service_id=fit.service_id,
                start=fit.start,
                client_id=client.client_id if client else None,
                new_client=None if client else self.client.new_client,
                booked_via=BookedVia.WALK_IN,
            )
        )

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client."""
        client, new = self.client.client, self.client.new_client
        name = client.name if client else new.name if new else ""
        return Unsettled(asking, words.tr("Walk-in: %1", name), self._form)

    def show_refusal(self, error: DeskError) -> None:
        """Say what is wrong where it is, and look for other times."""
        if isinstance(error, Invalid) and self.client.complain(error.field, str(error)):
            return
        actions = []
        if isinstance(error, Refused) and error.policy == Policy.LOCKED_OUT:
            text = self.tr("Book with a reason…")
            actions.append(Action(text, self._on_reason_wanted))
        self.banner.say(notices.words(error), actions, numbered=bool(actions))
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let 1, 2, 3 with Alt choose among the times."""
        alt = Qt.KeyboardModifier.AltModifier
        number = event.key() - Qt.Key.Key_1
        if event.modifiers() == alt and 0 <= number < len(self._fits):
            self._chips.choose(number)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Walk-in"))
        title = PlainLabel(self.tr("Somebody is here without an appointment"))
        sized(title, 1.2, bold=True)
        self.header.addWidget(title)
        self.client = ClientField(
            self._screen, self._ports.find_clients, alike=self._ports.alike
        )
        self.choice = ServiceChoice(self._screen.catalogue)
        usual = offers.usual_service(self._form)
        self.choice.choose(usual, self._form.provider_id)
        self._heading, self._chips = PlainLabel(), RovingButtons(1)
        self._heading.setWordWrap(True)
        set_ink(self._heading, Ink.MUTED)
        self._wait = PromptButton(self.tr("Waiting &room"))
        self._wait.setToolTip(self.tr("A place without a time (Alt+R)"))
        self._wait.setAutoDefault(False)
        self.footer.insertWidget(1, self._wait)
        self._lay_out()
        self.client.setFocus()

    def _lay_out(self) -> None:
        scale = self.fontMetrics().height() / 16
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.client, 1)
        left.addWidget(self.choice)
        right.setSpacing(8)
        right.addWidget(PlainLabel(self.tr("First free today")))
        right.addWidget(self._heading)
        right.addWidget(self._chips)
        right.addStretch(1)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(20)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self.body.setMinimumWidth(round((LEFT + RIGHT) * scale))
        self.client.setMinimumHeight(round(TALL * scale))

    def _connect(self) -> None:
        self.client.changed.connect(self.stay)
        self.choice.changed.connect(self._look)
        self._wait.clicked.connect(self._on_wait)

    @Slot()
    def _look(self) -> None:
        """Look for the first times that are free today."""
        services = tuple(service.service_id for service in self.choice.services)
        today = self._screen.now.astimezone(self._screen.zone).date()
        self._line.ask(OpeningsWanted(services, today, 1, SHOWN))

    def _on_fits(self, fits: tuple[Opening, ...]) -> None:
        self._fits = fits
        choices = tuple(
            Choice(text, text, f"Alt+{number}")
            for number, text in enumerate(map(self._words_of, fits), start=1)
        )
        self._chips.show_sections((Section("", choices),) if choices else (), 0)
        self._heading.setVisible(not fits)
        self._heading.setText(
            self.tr("Nothing is free any more today. There is a place to wait.")
        )
        go, _ = self.buttons
        self.make_default(go if fits else self._wait)
        go.setEnabled(bool(fits))

    def _on_no_fits(self, error: DeskError) -> None:
        self._on_fits(())
        self._heading.setText(notices.cannot_read(error).title)

    def _words_of(self, fit: Opening) -> str:
        provider = offers.provider_of(self._screen.catalogue, fit.provider_id)
        clock = written.time(fit.start, self._screen.zone)
        wait = words.minutes(fit.start - self._screen.now)
        name = provider.name if provider else ""
        return words.tr("%1  in %2 · %3", clock, wait, name)

    @Slot()
    def _on_wait(self) -> None:
        """Let them wait without a time."""
        if self.client.complain_of_gaps():
            return
        client = self.client.client
        name = next((one.name for one in self.choice.services), "")
        self.send(
            NewWalkIn(
                client_id=client.client_id if client else None,
                new_client=None if client else self.client.new_client,
                provider_id=self.choice.provider_id,
                service_name=name,
            )
        )

    def _chosen(self) -> Opening:
        return self._fits[max(self._chips.current, 0)]

    @Slot()
    def _on_reason_wanted(self) -> None:
        """Go on in the form of bookings, which asks for the reason."""
        fit = self._chosen()
        self.instead = replace(
            self._form,
            provider_id=fit.provider_id,
            start=fit.start,
            service_id=fit.service_id,
            client=self.client.client,
            booked_via=BookedVia.WALK_IN,
        )
        self.done(0)

    def _send_either(
        self, request: BookingRequest | NewWalkIn, then: Then[Any], failed: Failed
    ) -> None:
        """Send a booking or a place to wait, each by its own way."""
        if isinstance(request, NewWalkIn):
            self._ports.wait(request, then, failed)
        else:
            self._ports.book(request, then, failed)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("WalkInDialog", "&Book this time"),
        busy=translate("WalkInDialog", "Booking…"),
        leave=translate("WalkInDialog", "Cancel"),
    )
