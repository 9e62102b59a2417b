"""The waiting room beside the schedule: who is here, who walked in, who is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from desk_app.domain.appointment import Appointment, BookedVia, BookingRequest
from desk_app.domain.deeds import Mark
from desk_app.domain.waiting_room import Room, Waiting, to_ask_about, waits_too_long
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE, BookingForm, Unsettled
from desk_app.ui.empty import EmptyWords
from desk_app.ui.minute_clock import MinuteClock
from desk_app.ui.notice_bar import Action
from desk_app.ui.still_asking import Ending, StillAsking
from desk_app.ui.waiting import words
from desk_app.ui.waiting.fits import Fits
from desk_app.ui.waiting.marking import Marking
from desk_app.ui.waiting.page import Deed, PeoplePage
from desk_app.ui.waiting.ports import WalkInPorts
from desk_app.ui.waiting.rows import rows_of_expected, rows_of_here
from desk_app.ui.waiting.walk_in import WalkInDialog

if TYPE_CHECKING:
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows

ROOM, MISSING = "waiting room", "missing"
# Who rings to say that they are late is asked about again after this.
LATE = timedelta(minutes=15)
Key = Qt.Key


class WaitingFlows(QObject):
    """Two pages that follow every change and the clock, and what is done there."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self._room = Room()
        self._put_off: dict[int, datetime] = {}
        self._given: set[int] = set()
        self.marking = Marking(around)
        self._fits = Fits(around, self)
        self._clock = MinuteClock(self)
        self._still_asking = StillAsking(around.pane.notice)
        self._build()
        self._connect()

    @Slot()
    def switch_room(self) -> None:
        """Show who is here, or close the page."""
        self._around.side.switch_page(ROOM)

    @Slot()
    def switch_missing(self) -> None:
        """Show who should be here, or close the page."""
        self._around.side.switch_page(MISSING)

    @Slot()
    def enter(self) -> None:
        """Ask who walked in, and give them a time or a place."""
        around = self._around
        form = BookingForm(around.screen().mine(), service_id=self._usual_service())
        given = WalkInDialog.ask(around.pane, form, self._ports())
        if isinstance(given, BookingForm):
            self._flows.open_form(given)
        elif given is not None:
            self._tell_given(given)

    @Slot()
    def read(self) -> None:
        """Read who is here anew."""
        self._around.calls.run(
            self._around.desk.waiting_room.look,
            then=self._on_read,
            failed=self._on_not_read,
            replaces=ROOM,
        )

    def _build(self) -> None:
        self.room = PeoplePage(
            self.tr("Who is here"),
            self._nobody_here(),
            (
                Deed("open", Key.Key_Return, self.tr("Open (Enter)")),
                Deed("give", Key.Key_T, self.tr("Give the free time (T)")),
                Deed("seen", Key.Key_S, self.tr("With the provider (S)")),
                Deed("left", Key.Key_O, self.tr("Left (O)")),
            ),
        )
        self.missing = PeoplePage(
            self.tr("Who did not come yet"),
            self._nobody_missing(),
            (
                Deed("arrived", Key.Key_A, self.tr("Arrived (A)")),
                Deed("late", Key.Key_L, self.tr("Comes later (L)")),
                Deed("missed", Key.Key_X, self.tr("Did not come… (X)")),
                Deed("open", Key.Key_Return, self.tr("Open (Enter)")),
            ),
        )
        side = self._around.side
        title = self.tr("Waiting room")
        side.add_page(ROOM, title, self.room, "armchair", "R")
        title = self.tr("Did they come?")
        side.add_page(MISSING, title, self.missing, "user-x", "Q")

    def _nobody_here(self) -> EmptyWords:
        return EmptyWords(
            "armchair",
            self.tr("Nobody is waiting"),
            self.tr(
                "Press A on an appointment when its client arrives, or I for somebody"
                " who walked in without one. They stand here until they leave."
            ),
            Action(self.tr("&Somebody walked in…"), self.enter),
        )

    def _nobody_missing(self) -> EmptyWords:
        return EmptyWords(
            "user-check",
            self.tr("Nobody is missing"),
            self.tr(
                "Everybody who should be here is here. Who is late stands here, to be"
                " rung or marked as not come."
            ),
            Action(self.tr("See &who is here"), self.switch_room),
        )

    def _connect(self) -> None:
        around, news = self._around, self._around.news
        news.connected.connect(self.read)
        news.refresh_due.connect(self.read)
        news.waiting_room_changed.connect(self.read)
        news.appointment_changed.connect(self.read)
        news.appointment_gone.connect(self.read)
        around.done.connect(self.read)
        around.practice_changed.connect(self._show)
        privacy.current().changed.connect(self._show)
        around.person_changed.connect(self._on_person)
        around.view.mark_requested.connect(self.marking.mark)
        self._still_asking.said.connect(around.said)
        self._fits.found.connect(self._show)
        self._clock.ticked.connect(self._on_tick)
        self.room.wanted.connect(self._on_wanted)
        self.missing.wanted.connect(self._on_wanted)
        self._clock.tick()

    def _usual_service(self) -> int | None:
        """Return the service whose free times are shown, or one of this column."""
        column, practice = self._around.view.chosen_column(), self._around.practice
        called = practice.services_called(self._around.service)
        of_column = (
            service
            for service in practice.catalogue.services
            if column and service.provider_id == column.provider_id
        )
        usual = next(iter(called.values()), None) or next(of_column, None)
        return usual.service_id if usual else None

    # -- what is shown

    def _on_read(self, room: Room) -> None:
        self._room = room
        self._fits.look(room)
        self._show()

    def _on_not_read(self, _error: DeskError) -> None:
        """Leave what was known; the status bar says that the desk is offline."""

    @Slot()
    def _on_person(self) -> None:
        self._room = Room()
        self._put_off.clear()
        self._show()
        self.read()

    @Slot(object)
    def _on_tick(self, _now: datetime) -> None:
        if self._around.side.isVisible() or self._room != Room():
            self._show()

    @Slot()
    def _show(self) -> None:
        screen, rules = self._around.screen(), self._around.practice.catalogue.rules
        here = self._room.here
        waiting = [one for one in here if not one.is_with_provider]
        is_late = any(waits_too_long(one, screen.now, rules) for one in waiting)
        missing = to_ask_about(
            self._room.expected, screen.now, rules.no_show, self._put_off
        )
        self.room.show_rows(rows_of_here(here, self._fits.by_walk_in, screen))
        self.missing.show_rows(rows_of_expected(missing, screen))
        self._around.view.header.know(rules)
        self._around.side.set_count(ROOM, len(waiting), is_late=is_late)
        self._around.side.set_count(MISSING, len(missing))

    # -- what is done

    @Slot(str, object)
    def _on_wanted(self, name: str, thing: Waiting | Appointment) -> None:
        visit = thing.appointment if isinstance(thing, Waiting) else thing
        if visit is not None:
            self._on_visit(name, visit)
        elif isinstance(thing, Waiting):
            self._on_walk_in(name, thing)

    def _on_visit(self, name: str, visit: Appointment) -> None:
        marks = {
            "seen": Mark.WITH_PROVIDER,
            "left": Mark.LEFT,
            "arrived": Mark.ARRIVED,
            "missed": Mark.NO_SHOW,
        }
        if name in marks:
            self.marking.mark(visit, marks[name])
        elif name == "late":
            self._put_off[visit.appointment_id] = datetime.now(UTC) + LATE
            self._show()
            self._around.said.emit(
                words.tr("Comes later: %1", privacy.name(visit.client_name))
            )
        else:
            self._around.appointment_wanted.emit(visit)

    def _on_walk_in(self, name: str, one: Waiting) -> None:
        fit = self._fits.by_walk_in.get(one.walk_in_id or 0)
        if name == "left":
            self._leave(one)
        elif fit is None:
            self._around.hint.emit(
                words.tr("No time is free for %1 yet.", privacy.name(one.client_name))
            )
        elif name in {"give", "open", "seen"}:
            self._give(one, fit)

    def _give(self, one: Waiting, fit: Opening) -> None:
        """Book the free time for somebody who waits without one."""
        number = one.walk_in_id or 0
        if number in self._given:
            return
        self._given.add(number)
        asking = Asking(self._around.port(self._around.desk.booking.book), PATIENCE)
        asking.answered.connect(lambda _: self._given.discard(number))
        asking.refused.connect(lambda _: self._given.discard(number))
        name, start, whom = privacy.name(one.client_name), fit.start, fit.provider_id
        visit = visit_words.planned(name, start, whom, self._around.screen())
        ending = Ending(
            self._tell_given,
            words.tr("Not booked: %1."),
            partial(self._around.side.show_page, ROOM),
        )
        self._still_asking.keep(Unsettled(asking, visit), ending)
        request = BookingRequest(
            asking.key,
            fit.provider_id,
            fit.service_id,
            fit.start,
            client_id=one.client_id,
            booked_via=BookedVia.WALK_IN,
            walk_in_id=one.walk_in_id,
        )
        asking.send(request)

    def _leave(self, one: Waiting) -> None:
        self._around.calls.run(
            self._around.desk.waiting_room.leave,
            one.walk_in_id,
            then=partial(self._on_left, one),
            failed=self._on_refused,
        )

    def _on_left(self, one: Waiting, _answer: object) -> None:
        self._around.said.emit(words.tr("Left: %1", privacy.name(one.client_name)))
        self.read()

    def _on_refused(self, error: DeskError) -> None:
        self._around.pane.notice.show_words(notices.words(error), topic=ROOM)
        self.read()

    def _tell_given(self, given: Appointment | Waiting) -> None:
        if isinstance(given, Appointment):
            self._around.booked(words.tr("Booked: %1"), given)
        else:
            self._around.said.emit(
                words.tr("Waits: %1", privacy.name(given.client_name))
            )
        self.read()

    def _ports(self) -> WalkInPorts:
        around, desk = self._around, self._around.desk
        return WalkInPorts(
            find_clients=around.port(desk.clients.find, "clients"),
            openings=self._flows.openings,
            book=around.port(desk.booking.book),
            wait=around.port(desk.waiting_room.walk_in),
            take_over=self._keep,
            alike=around.port(desk.client_files.duplicates, "alike"),
        )

    def _keep(self, wish: Unsettled) -> None:
        refused = words.tr("Not entered: %1.")
        self._still_asking.keep(wish, Ending(self._tell_given, refused, self.enter))
