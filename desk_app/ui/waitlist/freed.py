"""A time that got free: a quiet bar says who waits for it, a key shows whom to ring."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import (
    BookedVia,
    BookingRequest,
    MoveRequest,
    Override,
    Status,
)
from desk_app.domain.policies import Policy
from desk_app.domain.waitlist import FreedSlot, Outcome
from desk_app.errors import Refused
from desk_app.ui import notices
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.notice_bar import Action
from desk_app.ui.notices import Tone, Words
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.call_page import CallPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waitlist import Ranked
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done
    from desk_app.ui.waitlist.calling import Calling

PAGE = "calls"
TOPIC = "freed"


class Freed(QObject):
    """Looks who fits the time that got free last, or was asked about."""

    def __init__(self, around: Around, calling: Calling) -> None:
        super().__init__(around)
        self._around, self._calling = around, calling
        self._slot: FreedSlot | None = None
        self._found: tuple[Ranked, ...] | None = None
        self._is_new = False
        self.page = CallPage()
        around.side.add_page(PAGE, words.tr("Whom to ring"), self.page)
        self._connect()

    def open(self) -> bool:
        """Show whom to ring, if the bar says that somebody fits."""
        if self._slot is None or not self._around.pane.notice.has(TOPIC):
            return False
        self._open_page()
        return True

    def show(self, provider_id: int, start: datetime) -> None:
        """Show who waits for this time, whether it got free or was always."""
        self._slot, self._found = FreedSlot(provider_id, start), None
        self._open_page()
        self.look()

    @Slot()
    def look(self) -> None:
        """Look again who fits."""
        if self._slot is None:
            return
        self._around.calls.run(
            self._around.desk.waitlist.for_slot,
            self._slot,
            then=partial(self._on_found, self._slot),
            failed=self._on_failed,
            owner=self,
            replaces=TOPIC,
        )

    def _connect(self) -> None:
        around, page = self._around, self.page
        around.done.connect(self._on_done)
        around.news.appointment_changed.connect(self._on_appointment_changed)
        around.news.schedule_changed.connect(self.look)
        around.person_changed.connect(self.forget)
        page.call_wanted.connect(self._on_call_wanted)
        page.no_answer_said.connect(partial(self._say, Outcome.NO_ANSWER))
        page.declined_said.connect(partial(self._say, Outcome.DECLINED))
        page.took_said.connect(self._on_took)

    @Slot()
    def forget(self) -> None:
        """Say and show nothing any more."""
        self._slot, self._found = None, None
        self._around.pane.notice.clear(TOPIC)
        if self._around.side.current == PAGE:
            self._around.side.close_page()

    def _open_page(self) -> None:
        self._around.pane.notice.clear(TOPIC)
        self.page.say("")
        self._show_page()
        self._around.side.show_page(PAGE)

    def _show_page(self) -> None:
        if self._slot is not None:
            self.page.show_slot(self._slot, self._found, self._around.screen())

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        """See whether this desk has freed a time, one alone."""
        if len(done.appointments) != 1:
            return
        slot = _freed(done)
        if slot is not None and slot.start > datetime.now(UTC):
            self._slot, self._found, self._is_new = slot, None, True
            self.look()

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        slot = self._slot
        if slot is not None and appointment.provider_id == slot.provider_id:
            self.look()

    def _on_found(self, slot: FreedSlot, found: tuple[Ranked, ...]) -> None:
        if slot != self._slot:
            return
        is_new, self._is_new = self._is_new, False
        is_other = self._found is None or len(found) != len(self._found)
        self._found = found
        if self._around.side.current == PAGE and not is_new:
            self._show_page()
        elif not found:
            self._around.pane.notice.clear(TOPIC)
        elif is_new or (is_other and self._around.pane.notice.has(TOPIC)):
            self._say_freed(slot, len(found))

    def _say_freed(self, slot: FreedSlot, count: int) -> None:
        text = words.freed(slot, count, self._around.screen())
        action = Action(words.tr("Whom to ring (L)"), self._open_page)
        bar = self._around.pane.notice
        bar.show_words(Words(text, tone=Tone.INFO), [action], topic=TOPIC)

    def _on_failed(self, error: DeskError) -> None:
        """Say it only to who has asked."""
        if self._around.side.current == PAGE:
            self.page.say(notices.words(error).title)

    @Slot(object)
    def _on_call_wanted(self, one: Ranked) -> None:
        self._calling.begin(one.entry)

    def _say(self, outcome: Outcome, one: Ranked) -> None:
        if self._slot is not None:
            self._calling.say(one.entry, outcome, self._slot)

    # -- somebody takes the time

    @Slot(object)
    def _on_took(self, one: Ranked) -> None:
        """Book or move at once, unless another desk rings this person."""
        if self._slot is not None:
            self._calling.begin(one.entry, partial(self._give, one, self._slot))

    def _give(self, one: Ranked, slot: FreedSlot) -> None:
        self.page.set_busy(is_busy=True)
        kept = one.entry.kept
        if kept is None:
            self._send(_Giving(one, slot))
            return
        get = self._around.port(self._around.desk.diary.get)
        get(kept.appointment_id, partial(self._move, one, slot), self._on_refused)

    def _move(self, one: Ranked, slot: FreedSlot, before: Appointment | None) -> None:
        self._send(_Giving(one, slot, before))

    def _send(self, giving: _Giving, override: Override | None = None) -> None:
        booking = self._around.desk.booking
        is_move = giving.before is not None
        verb = self._around.port(booking.move if is_move else booking.book)
        asking = Asking(verb, PATIENCE, self)
        asking.answered.connect(partial(self._on_given, giving))
        asking.refused.connect(partial(self._on_not_given, giving))
        asking.send(giving.request(asking, override))

    def _on_given(self, giving: _Giving, now: Appointment) -> None:
        self.page.set_busy(is_busy=False)
        self._calling.forget()
        self._slot, self._found = None, None
        self._around.side.close_page()
        if giving.before is None:
            self._around.booked(self.tr("Booked: %1"), now)
        else:
            self._around.changed(self.tr("Moved: %1"), (giving.before,), (now,))

    def _on_not_given(self, giving: _Giving, error: DeskError) -> None:
        is_between = isinstance(error, Refused) and error.policy == Policy.NOT_ALIGNED
        if is_between and not giving.is_aside:
            giving.is_aside = True
            reason = words.tr("A freed time, given to somebody on the waiting list")
            self._send(giving, Override((Policy.NOT_ALIGNED,), reason))
        else:
            self._on_refused(error)

    def _on_refused(self, error: DeskError) -> None:
        self.page.set_busy(is_busy=False)
        self._calling.fail(error)
        self.look()


class _Giving:
    """A time that is given to somebody, and how their later booking stood before."""

    def __init__(
        self, one: Ranked, slot: FreedSlot, before: Appointment | None = None
    ) -> None:
        self.one, self.slot, self.before = one, slot, before
        self.is_aside = False

    def request(
        self, asking: Asking, override: Override | None
    ) -> BookingRequest | MoveRequest:
        """Return what books or moves."""
        slot, entry = self.slot, self.one.entry
        if self.before is not None:
            return MoveRequest(
                asking.key,
                self.before.appointment_id,
                self.before.version,
                slot.provider_id,
                slot.start,
                override=override,
                waitlist_entry_id=entry.entry_id,
            )
        return BookingRequest(
            asking.key,
            slot.provider_id,
            self.one.service.service_id,
            slot.start,
            client_id=entry.client.client_id,
            booked_via=BookedVia.PHONE,
            override=override,
            waitlist_entry_id=entry.entry_id,
        )


def _freed(done: Done) -> FreedSlot | None:
    """Return the time that an appointment has left."""
    now = done.appointments[0]
    if now.status is Status.CANCELLED:
        return FreedSlot(now.provider_id, now.start)
    before = done.undone[0].before if done.undone else None
    if before is None or before.status is Status.CANCELLED:
        return None
    if (before.provider_id, before.start) == (now.provider_id, now.start):
        return None
    return FreedSlot(before.provider_id, before.start)
