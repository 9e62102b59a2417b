"""The booking of a line on its way: kept until its outcome is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desk_app.domain.appointment import BookedVia, BookingRequest
from desk_app.domain.proposals import Proposal
from desk_app.domain.slots import Opening
from desk_app.errors import SlotTaken
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.frame import PATIENT_MS
from desk_app.ui.dialogs.ports import PATIENCE, Unsettled

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import BookingForm
    from desk_app.ui.flows import Flows


class Sending(QObject):
    """Sends one proposal at a time, under an idempotency key of its own.

    Signals:
        booked: it was booked (`Appointment`).
        refused: it was not (`DeskError`), with proposals near to it, if any.
        slow: there is no answer yet.
        handed_over: nobody knows yet; the window keeps asking and will say.
    """

    booked = Signal(object)
    refused = Signal(object, object)
    slow = Signal()
    handed_over = Signal()

    def __init__(self, around: Around, flows: Flows, parent: QObject) -> None:
        super().__init__(parent)
        self._around, self._flows = around, flows
        self._asking: Asking | None = None
        self._proposal: Proposal | None = None
        self._form: BookingForm | None = None
        self._slow = QTimer(self, singleShot=True, interval=PATIENT_MS)
        self._slow.timeout.connect(self.slow)

    @property
    def is_open(self) -> bool:
        """Whether a booking is on its way."""
        return self._asking is not None

    def send(self, proposal: Proposal, form: BookingForm) -> None:
        """Book `proposal`; `form` is what to open should that need a form."""
        port = self._around.port(self._around.desk.booking.book)
        asking = Asking(port, PATIENCE, self)
        asking.answered.connect(self._on_answered)
        asking.refused.connect(self._on_refused)
        asking.doubted.connect(self._on_doubted)
        self._asking, self._proposal, self._form = asking, proposal, form
        self._slow.start()
        asking.send(_request(asking, proposal))

    def hand_over(self) -> None:
        """Let the window go on asking by itself."""
        asking, proposal = self._asking, self._proposal
        if asking is None or proposal is None:
            return
        asking.disconnect(self)
        self._asking = None
        self._slow.stop()
        who = proposal.client or proposal.new_client
        opening = proposal.opening
        what = visit_words.planned(
            who.name if who else "",
            opening.start,
            opening.provider_id,
            self._around.screen(),
        )
        self._flows.keep_booking(Unsettled(asking, what, self._form))
        self.handed_over.emit()

    @Slot(object)
    def _on_answered(self, appointment: Appointment) -> None:
        self._end()
        self.booked.emit(appointment)
        self._flows.tell_booked(appointment)

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        proposal = self._proposal
        self._end()
        near: tuple[Proposal, ...] = ()
        if isinstance(error, SlotTaken) and proposal is not None:
            near = tuple(
                Proposal(o, proposal.client, proposal.new_client)
                for o in error.alternatives
                if isinstance(o, Opening)
            )
        self.refused.emit(error, near[:3])

    @Slot(object)
    def _on_doubted(self, _error: DeskError) -> None:
        self.hand_over()

    def _end(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
        self._asking = None
        self._slow.stop()


def _request(asking: Asking, proposal: Proposal) -> BookingRequest:
    opening, client = proposal.opening, proposal.client
    return BookingRequest(
        idempotency_key=asking.key,
        provider_id=opening.provider_id,
        service_id=opening.service_id,
        start=opening.start,
        client_id=client.client_id if client else None,
        new_client=None if client else proposal.new_client,
        booked_via=BookedVia.PHONE,
    )
