"""Cut here, put down there: carries appointments to another day or week."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.errors import NotFound
from desk_app.ui import privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.phrases import filled
from desk_app.ui.pinboard.board import Board, Fate
from desk_app.ui.pinboard.page import PinboardPage
from desk_app.ui.pinboard.strip import PinStrip

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Done
    from desk_app.ui.memory import Memory
    from desk_app.ui.moving import MovingFlows

PAGE, KEY = "pinboard", "B"


class PinboardFlows(QObject):
    """Pins what is cut, puts it down at the cursor, and comes back after a restart."""

    def __init__(self, around: Around, moving: MovingFlows, memory: Memory) -> None:
        super().__init__(around)
        self._around, self._moving, self._memory = around, moving, memory
        self._board = Board()
        self._agreed: tuple[int, int] | None = None
        self._kept = memory.load_pins(around.desk.settings)
        self.page = PinboardPage(around.side.way_back)
        self.strip = PinStrip()
        around.side.add_page(PAGE, self.tr("Pinboard"), self.page, "pin", KEY)
        around.pane.add_below(self.strip)
        self._connect()

    @property
    def board(self) -> Board:
        """What is pinned."""
        return self._board

    @Slot()
    def switch_page(self) -> None:
        """Open the pinboard, or close it."""
        self._around.side.switch_page(PAGE)

    @Slot(object)
    def pin(self, appointment: Appointment) -> None:
        """Put an appointment on the board; it keeps its time."""
        self._board.pin(appointment)
        self._show()
        words = self._around.words_of(appointment)
        self._around.said.emit(filled(self.tr("On the pinboard: %1"), words))
        self._around.view.nodes.announce(
            filled(self.tr("On the pinboard: %1. Ctrl+V puts it down."), words)
        )

    @Slot()
    def put_down(self) -> None:
        """Put the next one where the cursor is; on another one, swap the two."""
        view, moved = self._around.view, self._board.next
        if moved is None:
            self._say(self.tr("Nothing is pinned. Ctrl+X pins an appointment."))
            return
        there = view.chosen_appointment()
        if there is not None and there.appointment_id != moved.appointment_id:
            self._swap(moved, there)
            return
        wish = None if there else view.pins.wish(moved)
        if wish is None:
            self._say(self.tr("Choose a time first: Ctrl+V puts it there."))
        elif (wish.provider_id, wish.start) == (moved.provider_id, moved.start):
            self._take_off(moved.appointment_id)
        else:
            self._moving.move(wish)

    def _swap(self, moved: Appointment, there: Appointment) -> None:
        """Swap two that are in view; of one on another day only when asked again.

        There the cursor stands on somebody because the day was turned, not because
        they were chosen.
        """
        pair = (moved.appointment_id, there.appointment_id)
        is_seen = self._around.view.place_of(moved.appointment_id) is not None
        if not is_seen and self._agreed != pair:
            self._agreed = pair
            said = self.tr(
                "%1 has this time. Ctrl+V once more lets the two change places;"
                " the arrow keys choose another time."
            )
            self._say(filled(said, privacy.name(there.client_name)))
            return
        self._agreed = None
        self._moving.swap(moved, there)

    def _connect(self) -> None:
        around, page = self._around, self.page
        around.view.pins.pin_requested.connect(self.pin)
        around.view.pins.paste_requested.connect(self.put_down)
        around.done.connect(self._on_done)
        around.news.appointment_changed.connect(self._on_changed)
        around.news.appointment_gone.connect(self._take_off)
        around.news.connected.connect(self._read_again)
        around.person_changed.connect(self._read_again)
        around.practice_changed.connect(self._show)
        privacy.current().changed.connect(self._show)
        page.chosen.connect(self._on_chosen)
        page.off_wanted.connect(self._take_off)
        page.shown_wanted.connect(self._on_shown_wanted)
        self.strip.opened.connect(self.switch_page)

    # -- what becomes of them

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        """Take off what was put down here; there is nothing more to say of it."""
        heard = [self._board.hear(now) for now in done.appointments]
        if any(heard):
            self._show()

    @Slot(object)
    def _on_changed(self, now: Appointment) -> None:
        fate = self._board.hear(now)
        if fate is None:
            return
        self._show()
        words = self._around.words_of(now)
        if fate is Fate.OVER:
            said = self.tr("No longer on the pinboard, it was closed: %1")
            self._say(filled(said, words))
        elif fate is Fate.ELSEWHERE:
            said = self.tr("No longer on the pinboard, it was moved: %1")
            self._around.said.emit(filled(said, words))

    @Slot(int)
    def _take_off(self, appointment_id: int) -> None:
        if self._board.take_off(appointment_id) is not None:
            self._show()

    @Slot(int)
    def _on_chosen(self, appointment_id: int) -> None:
        found = self._board.find(appointment_id)
        if found is not None:
            self._board.pin(found)
            self._show()
            self._around.pane.setFocus()

    @Slot(int)
    def _on_shown_wanted(self, appointment_id: int) -> None:
        found = self._board.find(appointment_id)
        if found is not None:
            self._around.appointment_wanted.emit(found)

    # -- after a restart, and after a time without a connection

    @Slot()
    def _read_again(self) -> None:
        ids = self._board.ids or self._kept
        if ids:
            self._around.port(self._read, "pinboard")(ids, self._fill, self._leave)

    def _read(self, ids: tuple[int, ...]) -> list[Appointment | None]:
        """Return each as it stands; None for one that is gone or not to be seen."""
        found: list[Appointment | None] = []
        for number in ids:
            appointment = None
            with suppress(NotFound):
                appointment = self._around.desk.diary.get(number)
            found.append(appointment)
        return found

    def _fill(self, found: list[Appointment | None]) -> None:
        me = self._around.me
        mine = [a if a and me.may_change(a.provider_id) else None for a in found]
        gone = self._board.fill(mine)
        self._show()
        if gone:
            said = self.tr(
                "%n pinned appointment(s) cannot be moved any more.", "", gone
            )
            self._say(said)

    def _leave(self, _error: DeskError) -> None:
        """The next connection reads them."""

    @Slot()
    def _show(self) -> None:
        board = self._board
        self._kept = board.ids
        self._memory.save_pins(self._around.desk.settings, board.ids)
        self._around.view.pins.show(board.ids)
        self.page.model.show(board.pinned, self._when)
        self._around.side.set_count(PAGE, len(board.ids))
        moved = board.next
        words = self._around.words_of(moved) if moved else ""
        self.strip.show_next(words, len(board.ids) - 1)

    def _when(self, of: Appointment) -> str:
        provider = self._around.practice.providers.get(of.provider_id)
        when = visit_words.moment(of.start, provider, self._around.screen())
        return f"{when} · {provider.name}" if provider else when

    def _say(self, text: str) -> None:
        self._around.hint.emit(text)
