"""The month in place of the schedule: opened by a key, kept up by the news."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.ui import notices
from desk_app.ui.month.page import MonthPage
from desk_app.ui.pager import EARLIEST, LATEST
from desk_app.ui.shortcuts import Wish
from desk_app.ui.top_bar import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desk_app.domain.month import DayCount
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.rail.provider_filter import ProviderFilterModel

# Several notices come of one change.
SOON_MS = 60


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which days are to be counted, and whose."""

    first: date
    count: int
    provider_ids: tuple[int, ...]


class MonthFlows(QObject):
    """Shows the month of the ticked providers over the schedule, and leaves it again.

    While it is shown, the keys that turn days turn months.
    """

    def __init__(self, around: Around, ticked: ProviderFilterModel) -> None:
        super().__init__(around)
        self._around, self._ticked = around, ticked
        self._place = self._around.pager.place
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self.page = MonthPage(around.practice.today())
        around.pane.add_cover(self.page)
        self._connect()

    @property
    def is_shown(self) -> bool:
        """Whether the month stands where the schedule was."""
        return self._around.pane.cover is self.page

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key does, those of days included."""
        return {
            Wish.MONTH: self.switch,
            Wish.TODAY: self.show_today,
            Wish.DAY: partial(self.show_view, View.DAY),
            Wish.WEEK: partial(self.show_view, View.WEEK),
            Wish.ROOMS: self.show_rooms,
            Wish.PREVIOUS: partial(self.turn, -1),
            Wish.NEXT: partial(self.turn, 1),
        }

    @Slot()
    def switch(self) -> None:
        """Show the month of the shown day, or the schedule again."""
        if self.is_shown:
            self.leave()
            return
        self._place = self._around.pager.place
        self.page.model.set_today(self._around.practice.today())
        self.page.model.set_shown(self._around.pager.pages.days)
        self.page.go_to(self._around.pager.day)
        self._around.pane.show_cover(self.page)
        self.page.setFocus()
        self.look()

    @Slot()
    def leave(self) -> None:
        """Show the schedule as it was, with the keyboard in it."""
        self._around.pane.uncover()
        self._around.view.setFocus()

    @Slot()
    def show_today(self) -> None:
        """Go to today, in the month or in the schedule."""
        if self.is_shown:
            self.page.go_to(self._around.practice.today())
        else:
            self._around.pager.show_today()

    @Slot(int)
    def turn(self, step: int) -> None:
        """Turn the month that is shown, or else the schedule."""
        if self.is_shown:
            self.page.turn(step)
        else:
            self._around.pager.turn(step)

    @Slot(object)
    def show_view(self, view: View) -> None:
        """Show the day or the week, of the day chosen in the month."""
        if self.is_shown:
            self._around.pager.show_day(self.page.day)
            self.leave()
        self._around.pager.show_view(view)

    def show_rooms(self) -> None:
        """Show the day by rooms, or say what they are good for."""
        if self._around.practice.rooms:
            self.show_view(View.ROOMS)
        else:
            self._around.hint.emit(
                self.tr("There are no rooms here; managers add them (Ctrl+,).")
            )

    @Slot()
    def look(self) -> None:
        """Count the days that are shown again."""
        if not self.is_shown:
            return
        wanted = _Wanted(*self.page.asked, self._ticked.checked)
        read = self._around.port(self._read, "month")
        read(wanted, partial(self._on_read, wanted), self._on_failed)

    def _connect(self) -> None:
        around, news, page = self._around, self._around.news, self.page
        page.month_changed.connect(self.look)
        page.day_chosen.connect(self._on_day_chosen)
        page.left.connect(self.leave)
        for changed in (
            news.appointment_changed,
            news.appointment_gone,
            news.schedule_changed,
            news.connected,
            news.refresh_due,
            around.done,
            around.practice_changed,
            self._ticked.checked_changed,
        ):
            changed.connect(self._soon.start)
        around.person_changed.connect(self._on_person_changed)
        around.pager.turned.connect(self._on_turned)
        self._soon.timeout.connect(self.look)

    def _read(self, wanted: _Wanted) -> tuple[DayCount, ...]:
        return self._around.desk.diary.month_counts(
            wanted.first, wanted.count, wanted.provider_ids
        )

    def _on_read(self, wanted: _Wanted, counts: tuple[DayCount, ...]) -> None:
        if (wanted.first, wanted.count) == self.page.asked:
            self.page.show_counts(counts)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.page.complain(notices.cannot_read(error).title)

    @Slot(object)
    def _on_day_chosen(self, day: date) -> None:
        if EARLIEST <= day <= LATEST:
            self._around.day_wanted.emit(day)

    @Slot()
    def _on_turned(self) -> None:
        """Give way when other days are wanted of the schedule itself."""
        if self.is_shown and self._around.pager.place != self._place:
            self._around.pane.uncover()

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nobody what the one before has seen."""
        self.page.show_counts(())
        self._around.pane.uncover()
