"""Keeps the list of refunds as it stands, and settles them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.deeds import RefundRequest
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.phrases import filled
from desk_app.ui.refunds import words
from desk_app.ui.refunds.page import RefundsPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done

PAGE = "refunds"
KEY = "Ctrl+Shift+R"


class RefundFlows(QObject):
    """Reads the list when the desk is connected, and follows every change then."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self._refunds: dict[int, Appointment] = {}
        self._asked: dict[int, Asking] = {}
        self._is_known = False
        self.page = RefundsPage(around.side.way_back)
        title = self.tr("Refunds to give")
        around.side.add_page(PAGE, title, self.page, "wallet", KEY)
        self._connect()

    def switch(self) -> None:
        """Show the page, or close it where it has the keyboard."""
        if not self._is_known:
            self.read()
        self._show()
        self._around.side.switch_page(PAGE)

    @Slot()
    def read(self) -> None:
        """Read the list anew."""
        refunds = self._around.desk.diary.refunds
        self._around.calls.run(
            refunds, then=self._on_read, failed=self._on_not_read, replaces=PAGE
        )

    def _connect(self) -> None:
        around = self._around
        around.news.connected.connect(self.read)
        around.news.appointment_changed.connect(self._follow)
        around.news.appointment_gone.connect(self._forget)
        around.done.connect(self._on_done)
        around.person_changed.connect(self._on_person)
        privacy.current().changed.connect(self._show)
        self.page.given.connect(self._on_given)
        self.page.nothing_paid.connect(self._on_nothing_paid)

    # -- the list

    @Slot(object)
    def _on_read(self, refunds: tuple[Appointment, ...]) -> None:
        self._is_known = True
        self._refunds = {one.appointment_id: one for one in refunds}
        self._show()

    @Slot(object)
    def _on_not_read(self, error: DeskError) -> None:
        if not self._refunds:
            said = notices.cannot_show(error)
            self.page.say(f"{said.title}. {said.body}".strip())

    @Slot()
    def _on_person(self) -> None:
        """Show nothing of what the person before has seen."""
        self._refunds, self._is_known = {}, False
        self._show()
        self.read()

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        for appointment in done.appointments:
            self._follow(appointment)

    @Slot(object)
    def _follow(self, appointment: Appointment) -> None:
        number = appointment.appointment_id
        if words.is_to_give(appointment):
            self._refunds[number] = appointment
        elif self._refunds.pop(number, None) is None:
            return
        self._show()

    @Slot(int)
    def _forget(self, appointment_id: int) -> None:
        if self._refunds.pop(appointment_id, None) is not None:
            self._show()

    @Slot()
    def _show(self) -> None:
        self._around.side.set_count(PAGE, len(self._refunds))
        waiting = sorted(self._refunds.values(), key=_oldest_first)
        self.page.show_refunds(waiting, self._around.screen())

    # -- settling

    @Slot(object)
    def _on_given(self, refund: Appointment) -> None:
        self._settle(refund, was_paid=True)

    @Slot(object)
    def _on_nothing_paid(self, refund: Appointment) -> None:
        self._settle(refund, was_paid=False)

    def _settle(self, refund: Appointment, *, was_paid: bool) -> None:
        number = refund.appointment_id
        if number in self._asked or not self._around.may_change(refund.provider_id):
            return
        port = self._around.port(self._around.desk.booking.settle_refund)
        asking = self._asked[number] = Asking(port, PATIENCE, self)
        asking.answered.connect(partial(self._on_settled, refund, was_paid))
        asking.refused.connect(partial(self._on_refused, refund))
        asking.send(RefundRequest(asking.key, number, refund.version, was_paid))

    def _on_settled(
        self, refund: Appointment, was_paid: bool, now: Appointment
    ) -> None:
        self._end(refund)
        text = self.tr("Refund given: %1, %2")
        if not was_paid:
            text = self.tr("No refund due: %1, %2")
        said = filled(text, words.amount(refund), privacy.name(refund.client_name))
        self._around.said.emit(said)
        self._around.put(now)

    def _on_refused(self, refund: Appointment, error: DeskError) -> None:
        self._end(refund)
        self.page.complain(notices.words(error))
        self.read()

    def _end(self, refund: Appointment) -> None:
        asking = self._asked.pop(refund.appointment_id, None)
        if asking is not None:
            asking.deleteLater()


def _oldest_first(refund: Appointment) -> tuple[float, int]:
    at = words.since(refund)
    return (at.timestamp() if at else 0.0, refund.appointment_id)
