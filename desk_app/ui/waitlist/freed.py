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
from desk_app.ui.notices import Tone, Words
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.call_page import CallPage

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waitlist import Ranked
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done
    from desk_app.ui.waitlist.calling import Calling
    from desk_app.ui.waitlist.giving import Given, Giving

PAGE = "calls"
TOPIC = "freed"


class Freed(QObject):
    """Looks who fits the time that got free last, or was asked about."""

    def __init__(self, around: Around, calling: Calling, giving: Giving) -> None:
        super().__init__(around)
        self._around, self._calling, self._giving = around, calling, giving
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
        """Look again who fits, as long as somebody is told."""
        if self._slot is None or not self._is_told():
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
        self._giving.given.connect(self._on_given)
        self._giving.refused.connect(self._on_not_given)
        around.side.page_shown.connect(self._on_page_shown)

    @Slot()
    def forget(self) -> None:
        """Say and show nothing any more."""
        self._slot, self._found = None, None
        self._giving.release()
        self._around.pane.notice.clear(TOPIC)
        if self._around.side.current == PAGE:
            self._around.side.close_page()

    def _is_told(self) -> bool:
        is_shown = self._around.side.current == PAGE
        return self._is_new or is_shown or self._around.pane.notice.has(TOPIC)

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
        self._slot, self._found = None, None
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
