"""Gives a free time to somebody who waits: holds it while they are rung, then books.

Who keeps a later booking is moved there, and leaves that one to others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.domain.appointment import (
    BookedVia,
    BookingRequest,
    MoveRequest,
    Override,
)
from desk_app.domain.policies import Policy
from desk_app.errors import Refused
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.waitlist import words

if TYPE_CHECKING:
    from uuid import UUID

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waitlist import FreedSlot, Ranked
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.holding import HoldingFlows


@dataclass(frozen=True, slots=True)
class Given:
    """A time for somebody, how their later booking stood, and what is set aside."""

    one: Ranked
    slot: FreedSlot
    before: Appointment | None = None
    override: Override | None = None

    def request(self, key: UUID) -> BookingRequest | MoveRequest:
        """Return what books or moves."""
        slot, entry = self.slot, self.one.entry
        if self.before is not None:
            return MoveRequest(
                key,
                self.before.appointment_id,
                self.before.version,
                slot.provider_id,
                slot.start,
                override=self.override,
                waitlist_entry_id=entry.entry_id,
            )
        return BookingRequest(
            key,
            slot.provider_id,
            self.one.service.service_id,
            slot.start,
            client_id=entry.client.client_id,
            booked_via=BookedVia.PHONE,
            override=self.override,
            waitlist_entry_id=entry.entry_id,
        )


class Giving(QObject):
    """Signals: `given` (Given, the appointment), `refused` (why not)."""

    given = Signal(object, object)
    refused = Signal(object)

    def __init__(self, around: Around, holding: HoldingFlows) -> None:
        super().__init__(around)
        self._around = around
        self._holder = holding.holder()

    def hold(self, one: Ranked, slot: FreedSlot) -> None:
        """Let no other desk book the time while somebody is rung about it."""
        service = one.service
        end = slot.start + service.duration + service.buffer
        self._holder.hold(slot.provider_id, slot.start, end)

    def release(self) -> None:
        """Leave the time to whoever wants it."""
        self._holder.release()

    def give(self, one: Ranked, slot: FreedSlot) -> None:
        """Book or move at once."""
        kept = one.entry.kept
        if kept is None:
            self._send(Given(one, slot))
            return
        get = self._around.port(self._around.desk.diary.get)
        get(kept.appointment_id, partial(self._move, one, slot), self.refused.emit)

    def _move(self, one: Ranked, slot: FreedSlot, before: Appointment | None) -> None:
        self._send(Given(one, slot, before))

    def _send(self, given: Given) -> None:
        booking = self._around.desk.booking
        verb = booking.book if given.before is None else booking.move
        port = self._holder.used_by(self._around.port(verb))
        asking = Asking(port, PATIENCE, self)
        asking.answered.connect(partial(self._on_given, given))
        asking.refused.connect(partial(self._on_refused, given))
        asking.send(given.request(asking.key))

    def _on_given(self, given: Given, now: Appointment) -> None:
        self.release()
        self.given.emit(given, now)

    def _on_refused(self, given: Given, error: DeskError) -> None:
        """Set the alignment of starts aside: what got free begins where it began."""
        is_between = isinstance(error, Refused) and error.policy == Policy.NOT_ALIGNED
        if is_between and given.override is None:
            reason = words.tr("A freed time, given to somebody on the waiting list")
            aside = Override((Policy.NOT_ALIGNED,), reason)
            self._send(replace(given, override=aside))
        else:
            self.refused.emit(error)
