"""A time that got free: a quiet bar says who waits for it, a key shows whom to ring."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import Status
from desk_app.domain.waitlist import FreedSlot, Outcome
from desk_app.ui import notices
from desk_app.ui.notice_bar import Action
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.call_page import CallPage
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waitlist import Ranked
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done
    from desk_app.ui.waitlist.calling import Calling
    from desk_app.ui.waitlist.giving import Given, Giving

PAGE = "calls"
TOPIC = "freed"


class Freed(QObject):
    """Looks who fits: the time on the page, and the one that got free last.

    They are two, so that nothing changes under the hands of who is ringing.
    """

    def __init__(self, around: Around, calling: Calling, giving: Giving) -> None:
        super().__init__(around)
        self._around, self._calling, self._giving = around, calling, giving
        self._slot: FreedSlot | None = None
        self._told: FreedSlot | None = None
        self._fit: tuple[Ranked, ...] = ()
        self.page = CallPage()
        around.side.add_page(PAGE, words.tr("Whom to ring"), self.page)
        self._connect()

    def open(self) -> bool:
        """Show whom to ring, if the bar says that somebody fits."""
        is_told = self._told is not None and self._around.pane.notice.has(TOPIC)
        if is_told:
            self._open_told()
        return is_told

    def show(self, provider_id: int, start: datetime) -> None:
        """Show who waits for this time, whether it got free or was always."""
        self._show(FreedSlot(provider_id, start), None)

    def _show(self, slot: FreedSlot, known: tuple[Ranked, ...] | None) -> None:
        self._slot = slot
        self.page.say("")
        self.page.show_slot(slot, known, self._around.screen())
        self._around.side.show_page(PAGE)
        self.look()

    @Slot()
    def look(self) -> None:
        """Look again who fits, as long as somebody is told."""
        if self._slot is not None and self._around.side.current == PAGE:
            self._ask(self._slot, self._on_found, PAGE)
        if self._told is not None:
            self._ask(self._told, self._on_counted, TOPIC)

    def _ask(
        self,
        slot: FreedSlot,
        then: Callable[[FreedSlot, tuple[Ranked, ...]], None],
        replaces: str,
    ) -> None:
        self._around.calls.run(
            self._around.desk.waitlist.for_slot,
            slot,
            then=partial(then, slot),
            failed=self._on_failed,
            owner=self,
            replaces=replaces,
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
        self._giving.given.connect(self._on_given)
        self._giving.refused.connect(self._on_not_given)
        around.side.page_shown.connect(self._on_page_shown)

    @Slot()
    def forget(self) -> None:
        """Say and show nothing any more."""
        self._slot = self._told = None
        self._giving.release()
        self._around.pane.notice.clear(TOPIC)
        if self._around.side.current == PAGE:
            self._around.side.close_page()

    def _open_told(self) -> None:
        told, self._told = self._told, None
        self._around.pane.notice.clear(TOPIC)
        if told is not None:
            self._show(told, self._fit)

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        """See whether this desk has freed a time, one alone."""
        if len(done.appointments) != 1:
            return
        slot = _freed(done)
        if slot is not None and slot.start > datetime.now(UTC):
            self._told, self._fit = slot, ()
            self.look()

    @Slot(object)
    def _on_appointment_changed(self, appointment: Appointment) -> None:
        slots = [slot for slot in (self._slot, self._told) if slot is not None]
        if appointment.provider_id in {slot.provider_id for slot in slots}:
            self.look()

    def _on_found(self, slot: FreedSlot, found: tuple[Ranked, ...]) -> None:
        if slot == self._slot:
            self.page.show_slot(slot, found, self._around.screen())

    def _on_counted(self, slot: FreedSlot, found: tuple[Ranked, ...]) -> None:
        """Say how many fit; a bar that was closed stays closed."""
        bar, is_first = self._around.pane.notice, not self._fit
        if slot != self._told:
            return
        if not found or not (is_first or bar.has(TOPIC)):
            self._told = None
            bar.clear(TOPIC)
            return
        before, self._fit = len(self._fit), found
        if len(found) != before:
            text = words.freed(slot, len(found), self._around.screen())
            action = Action(words.tr("Whom to ring (L)"), self._open_told)
            bar.show_words(Words(text, tone=Tone.INFO), [action], topic=TOPIC)

    def _on_failed(self, error: DeskError) -> None:
        """Say it only to who has asked."""
        if self._around.side.current == PAGE:
            self.page.say(notices.words(error).title)

    @Slot(object)
    def _on_call_wanted(self, one: Ranked) -> None:
        """Ring somebody, and hold the time meanwhile."""
        if self._slot is not None:
            hold = partial(self._giving.hold, one, self._slot)
            self._calling.begin(one.entry, hold)

    def _say(self, outcome: Outcome, one: Ranked) -> None:
        if self._slot is not None:
            self._giving.release()
            self._calling.say(one.entry, outcome, self._slot)

    # -- somebody takes the time

    @Slot(object)
    def _on_took(self, one: Ranked) -> None:
        """Book or move at once, unless another desk rings this person."""
        if self._slot is not None:
            self._calling.begin(one.entry, partial(self._give, one, self._slot))

    def _give(self, one: Ranked, slot: FreedSlot) -> None:
        self.page.set_busy(is_busy=True)
        self._giving.give(one, slot)

    @Slot(object, object)
    def _on_given(self, given: Given, now: Appointment) -> None:
        self.page.set_busy(is_busy=False)
        self._calling.forget()
        self._slot = None
        self._around.side.close_page()
        if given.before is None:
            self._around.booked(self.tr("Booked: %1"), now)
        else:
            self._around.changed(self.tr("Moved: %1"), (given.before,), (now,))

    @Slot(object)
    def _on_not_given(self, error: DeskError) -> None:
        self.page.set_busy(is_busy=False)
        self._calling.fail(error)
        self.look()

    @Slot(str)
    def _on_page_shown(self, name: str) -> None:
        """Leave the time to others when nobody looks at it any more."""
        if not name:
            self._giving.release()


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
