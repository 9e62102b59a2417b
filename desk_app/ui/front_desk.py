"""The front desk: bars, rail and grid, and what happens between them.

Calls go down (a dialog's request to a service), news comes up (a report of another
desk's change); both end in the same `_put`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import format as written
from desk_app.ui import notices, shortcuts
from desk_app.ui.access.at_desk import AtDesk
from desk_app.ui.admin.menu import Managing
from desk_app.ui.around import Around, Parts
from desk_app.ui.catalogue_watch import CatalogueWatch
from desk_app.ui.features import Features
from desk_app.ui.flows import Flows
from desk_app.ui.go_to_date import ask_date
from desk_app.ui.looks import Looks
from desk_app.ui.memory import Remembered
from desk_app.ui.minute_clock import MinuteClock
from desk_app.ui.month.flows import MonthFlows
from desk_app.ui.news import News
from desk_app.ui.notice_bar import Action
from desk_app.ui.openings_watch import OpeningsWatch
from desk_app.ui.pager import Pager
from desk_app.ui.practice import Practice
from desk_app.ui.rail.rail import Rail
from desk_app.ui.schedule_pane import SchedulePane
from desk_app.ui.shortcuts import Wish
from desk_app.ui.shown_days import ShownDays
from desk_app.ui.side.pane import SidePane
from desk_app.ui.status_bar import Link, StatusBar
from desk_app.ui.top_bar import TopBar, View
from desk_app.ui.views.saved_flows import SavedViews
from desk_app.ui.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.schedule import Catalogue
    from desk_app.domain.slots import Opening
    from desk_app.domain.staff import Me
    from desk_app.errors import DeskError
    from desk_app.ui.around import Done
    from desk_app.ui.calls import Calls
    from desk_app.ui.day_book import Reading
    from desk_app.ui.memory import Memory

LOADING = "loading"


class FrontDesk(QWidget):
    """One practice on the screen."""

    def __init__(
        self, desk: Desk, catalogue: Catalogue, calls: Calls, memory: Memory
    ) -> None:
        super().__init__()
        self._desk, self._calls = desk, calls
        here = Practice(catalogue, frozenset(desk.settings.locations))
        self._source = CatalogueWatch(desk.diary.catalogue, calls, here)
        self._today = self.practice.today()
        left = memory.load()
        self._build(left, memory)
        self._connect()
        self._learn_practice(left.hidden)
        self._clock.tick()
        self._pager.show_today()

    @property
    def title(self) -> str:
        """What the window is called."""
        return self.practice.catalogue.practice_name

    @property
    def practice(self) -> Practice:
        """The practice that is shown."""
        return self._source.practice

    @property
    def pager(self) -> Pager:
        """Which days are shown."""
        return self._pager

    @property
    def is_settled(self) -> bool:
        """Whether the schedule shows and nothing is about to be looked up."""
        return self._pager.reading is not None and not self._watch.is_waiting

    @Slot()
    def focus_schedule(self) -> None:
        """Put the keyboard on the grid."""
        self.pane.uncover()
        self.pane.setFocus()

    def remember(self, memory: Memory, geometry: bytes) -> None:
        """Write down how the desk is left."""
        remembered = Remembered(
            geometry,
            self._pager.view,
            self._pager.week_of,
            self.rail.providers.model.hidden,
            not self.rail.isHidden(),
        )
        memory.save(remembered)
        self._looks.save(memory)

    def stop(self) -> None:
        """Begin nothing more."""
        self.at_desk.guard.stop()
        self._clock.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.pane.view.hasFocus():
            # An empty page beside it takes no keyboard of its own.
            self.side.close_page()
        else:
            self.focus_schedule()

    def _build(self, left: Remembered, memory: Memory) -> None:
        self.news, self._clock = News(self), MinuteClock(self)
        self.top, self.status = TopBar(), StatusBar()
        self.status.show_place(self._desk.settings)
        self.rail, self.pane = Rail(self._today), SchedulePane()
        self.side = SidePane()
        # At once: a part that is shown while it stands nowhere is a window of its own.
        self._lay_out()
        self.notice = self.pane.notice
        self._pager = Pager(self._desk.diary.days, self._calls, self.practice, left)
        parts = (self._desk, self._calls, self.pane, self.side, self.news, self._pager)
        self.around = Around(Parts(*parts), self.practice)
        self._flows = Flows(self.around)
        self.features = Features(self.around, self._flows, memory)
        looks, ticked = self.features.looks, self.rail.providers.model
        self._shown = ShownDays(self.around, self.rail)
        self.month = MonthFlows(self.around, ticked)
        self._saved = SavedViews(self.around, memory, looks, ticked)
        self.voice = Voice(self.around, self.status)
        find = self._desk.diary.openings
        self._watch = OpeningsWatch(find, self._calls, self.rail, self.practice)
        self.at_desk = AtDesk(self._desk, self._calls, self.top.person, self)
        self._looks = Looks(self.top, self.rail, self.pane)
        desk_file = self.features.desk_file(self._looks)
        self.managing = Managing(self.around, desk_file, self)
        self._looks.begin(self._desk.settings.zoom, rail_is_open=left.rail_is_open)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.pane, 1)
        row.addWidget(self.side)
        row.addWidget(self.side.strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        view, pager, news = self.pane.view, self._pager, self.news
        self.top.today_wanted.connect(self.month.show_today)
        self.top.step_wanted.connect(self.month.turn)
        self.top.view_wanted.connect(self.month.show_view)
        self.top.provider_wanted.connect(pager.show_week_of)
        self.top.booking_wanted.connect(self._on_booking_wanted)
        self.rail.day_chosen.connect(self._on_day_chosen)
        self.rail.providers_changed.connect(self._on_providers_changed)
        self.rail.service_chosen.connect(self._on_service_chosen)
        self.rail.opening_chosen.connect(self._go_to)
        self.rail.everywhere_wanted.connect(self._on_everywhere_wanted)
        pager.turned.connect(self._on_turned)
        pager.shown.connect(self._on_shown)
        pager.failed.connect(self._on_reading_failed)
        pager.waiting_changed.connect(self.pane.show_waiting)
        view.booking_requested.connect(self._flows.book)
        view.appointment_activated.connect(self._flows.show)
        view.cancel_requested.connect(self._flows.cancel)
        view.another_time_requested.connect(self._flows.find_time)
        view.confirm_requested.connect(self._flows.confirm)
        view.history_requested.connect(self._flows.show_history)
        view.column_chosen.connect(self._on_column_chosen)
        news.appointment_changed.connect(self._put)
        news.appointment_gone.connect(self._on_appointment_gone)
        news.schedule_changed.connect(pager.forget)
        news.catalogue_changed.connect(self._source.look)
        news.connected.connect(self._on_connected)
        news.connection_lost.connect(self._on_connection_lost)
        news.refresh_due.connect(pager.reload)
        self._source.changed.connect(self._on_practice_changed)
        self._source.failed.connect(self._on_reading_failed)
        self._looks.rail_closed.connect(self.focus_schedule)
        around = self.around
        around.done.connect(self._on_done)
        around.day_wanted.connect(self._on_day_chosen)
        around.appointment_wanted.connect(self._go_to)
        around.place_chosen.connect(self._on_place_chosen)
        self.side.left.connect(self.pane.setFocus)
        self.at_desk.hint.connect(self.voice.hint)
        self.at_desk.guard.entered.connect(self._on_entered)
        self._clock.ticked.connect(self._on_tick)
        self.notice.left.connect(self.focus_schedule)
        shortcuts.wire(self, view, self._keys())
        self.features.begin()
        self.features.light(self.status.light)

    def _keys(self) -> dict[Wish, Callable[[], object]]:
        pager = self._pager
        parts = (
            (self.pane, self.pane),
            (self.top, self.top.first_stop),
            (self.rail, self.rail.first_stop),
            (self.side, self.side),
        )
        return {
            Wish.BOOK: self._on_booking_wanted,
            Wish.PREVIOUS_WEEK: partial(pager.turn_days, -7),
            Wish.NEXT_WEEK: partial(pager.turn_days, 7),
            Wish.GO_TO_DATE: self._on_date_wanted,
            Wish.CLOSER: partial(self._looks.zoom, 1),
            Wish.FARTHER: partial(self._looks.zoom, -1),
            Wish.RAIL: self._looks.switch_rail,
            Wish.RELOAD: pager.reload,
            Wish.NEXT_PANE: partial(shortcuts.go_to_next_part, *parts),
            **self.features.keys(),
            **self._saved.keys(),
            **self.month.keys(),
            **self.managing.keys(),
        }

    # -- the practice

    def _learn_practice(self, hidden: frozenset[int]) -> None:
        catalogue, view = self.practice.catalogue, self.pane.view
        providers = tuple(self.practice.providers.values())
        self.top.show_practice(catalogue.practice_name)
        self.top.offer_rooms(is_offered=bool(self.practice.rooms))
        self.rail.offer_everywhere(is_offered=bool(self.around.at))
        self.at_desk.know(catalogue, self.managing.offered_to(catalogue.me))
        self.rail.providers.model.set_providers(providers, hidden)
        self.rail.set_services(self.practice.service_names)
        self.top.set_providers(providers, self._pager.week_of)
        view.set_zone(self.practice.zone)
        view.set_me(catalogue.me)
        view.set_services(catalogue.services, catalogue.alignment)
        self._on_service_chosen(self.rail.service)

    @Slot(object)
    def _on_practice_changed(self, practice: Practice) -> None:
        for part in (self.around, self._watch, self._pager, self.managing):
            part.set_practice(practice)
        self._learn_practice(self.rail.providers.model.hidden)

    @Slot(object)
    def _on_place_chosen(self, at: frozenset[int]) -> None:
        """Show the locations at which this desk is from now on."""
        self.around.at = at
        self.rail.offer_everywhere(is_offered=bool(at))
        self._source.stand_at(at)

    @Slot(bool)
    def _on_everywhere_wanted(self, is_wanted: bool) -> None:
        self._source.stand_at(frozenset() if is_wanted else self.around.at)

    # -- who is here

    @Slot(object)
    def _on_entered(self, me: Me) -> None:
        """Go on; for another person with nothing of what the one before has seen."""
        catalogue = self.practice.catalogue
        if me.login != catalogue.me.login:
            self._pager.clear()
            self.pane.view.diary.set_days(())
            self._source.know(replace(catalogue, me=me))
        self._source.look()
        self._watch.look_soon()

    # -- days

    @Slot()
    def _on_turned(self) -> None:
        """Name the new days at once; their picture follows."""
        pager = self._pager
        self.top.show_days(pager.pages.first, pager.view, self._today)
        providers = tuple(self.practice.providers.values())
        self.top.set_providers(providers, pager.week_of)
        self.rail.month.show_days(pager.pages.days)

    @Slot(object)
    def _on_shown(self, _reading: Reading) -> None:
        self.notice.clear(LOADING)
        self._shown.show()

    @Slot(object)
    def _on_reading_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self._pager.try_again)
        self.notice.show_words(notices.cannot_read(error), [again], topic=LOADING)

    @Slot(object)
    def _on_day_chosen(self, day: date) -> None:
        self._pager.show_day(day)
        self.focus_schedule()

    @Slot(int, object)
    def _on_column_chosen(self, provider_id: int, day: date) -> None:
        if self._pager.view is not View.WEEK:
            self._pager.show_week_of(provider_id)
        else:
            self._pager.show_day_alone(day)

    @Slot()
    def _on_date_wanted(self) -> None:
        day = ask_date(self, self._pager.day)
        if day is not None:
            self._on_day_chosen(day)

    # -- the rail

    @Slot()
    def _on_providers_changed(self) -> None:
        self._shown.show()
        self._watch.look_soon()

    @Slot(str)
    def _on_service_chosen(self, name: str) -> None:
        self.pane.view.set_service(self.practice.services_called(name))
        self.around.service = name
        self._watch.look()

    @Slot(object)
    def _go_to(self, goal: Opening | Appointment) -> None:
        """Show the day of a time or an appointment; Enter there books or opens it."""
        self._shown.go_to(goal)
        self.focus_schedule()

    # -- appointments

    @Slot()
    def _on_booking_wanted(self) -> None:
        self._flows.book_here(self._pager.day)

    @Slot(object)
    def _on_done(self, done: Done) -> None:
        for appointment in done.appointments:
            self._put(appointment)
        if done.appointments:
            self.pane.view.focus_appointment(done.appointments[0].appointment_id)

    @Slot(object)
    def _put(self, appointment: Appointment) -> None:
        self._shown.put(appointment)
        self._watch.look_soon()

    @Slot(int)
    def _on_appointment_gone(self, appointment_id: int) -> None:
        self._shown.remove(appointment_id)
        if self.practice.rooms:
            # It may be in a room though nobody here may see it.
            self._pager.forget()
        self._watch.look_soon()

    # -- the link to the database, the clock, the looks

    @Slot()
    def _on_connected(self) -> None:
        self.status.show_link(Link.CONNECTED)
        self.notice.clear(LOADING)
        self._pager.reload()
        self._source.look()

    @Slot()
    def _on_connection_lost(self) -> None:
        if self.status.link is not Link.OFFLINE:
            as_of = written.time(datetime.now(UTC), self.practice.zone)
            self.status.show_link(Link.OFFLINE, as_of)

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        self.pane.view.set_now(now)
        today = self.practice.today()
        if today != self._today:
            self._today = today
            self.rail.month.set_today(today)
            self._on_turned()
