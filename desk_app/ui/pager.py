"""Which days are shown: one day of everybody, or the week of one provider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from desk_app.ui.day_book import DayBook, Pages
from desk_app.ui.top_bar import View

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls
    from desk_app.ui.day_book import ReadDays, Reading
    from desk_app.ui.memory import Remembered
    from desk_app.ui.practice import Practice

WEEK = 7
EARLIEST, LATEST = date(2000, 1, 8), date(2199, 12, 24)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the schedule one is: `week_of` is whose week a week view shows."""

    view: View
    day: date
    week_of: int | None


class Pager(QObject):
    """Turns wishes into pages of the day book.

    Signals:
        turned: other days were asked for, or the old ones again.
        shown: they are here (`Reading`), new or changed.
        failed: they could not be read (`DeskError`); the old ones stay.
        waiting_changed: reading takes long enough to be noticed, or has ended.
    """

    turned = Signal()
    shown = Signal(object)
    failed = Signal(object)
    waiting_changed = Signal(bool)

    def __init__(
        self, read: ReadDays, calls: Calls, practice: Practice, left: Remembered
    ) -> None:
        super().__init__()
        self._practice = practice
        self._book = DayBook(read, calls, self)
        self._place = Place(left.view, practice.today(), left.week_of)
        self._shown_place = self._failed_place = self._place
        self._reading: Reading | None = None
        self._book.opened.connect(self._on_opened)
        self._book.failed.connect(self._on_failed)
        self._book.waiting_changed.connect(self.waiting_changed)

    @property
    def place(self) -> Place:
        """Where in the schedule one is."""
        return self._place

    @property
    def view(self) -> View:
        """Whether a day or a week is shown, or the day by rooms if there are any."""
        if self._place.view is View.ROOMS and not self._practice.rooms:
            return View.DAY
        return self._place.view

    @property
    def day(self) -> date:
        """The shown day, or the one of the week that a day view would show."""
        return self._place.day

    @property
    def week_of(self) -> int | None:
        """Whose week is, or would be, shown."""
        providers = self._practice.providers
        if self._place.week_of in providers:
            return self._place.week_of
        return next(iter(providers), None)

    @property
    def pages(self) -> Pages:
        """The days that were asked for last."""
        if self.view is not View.WEEK:
            return Pages(self.day, 1, tuple(self._practice.providers))
        whose = () if self.week_of is None else (self.week_of,)
        return Pages(first_of_week(self.day), WEEK, whose)

    @property
    def reading(self) -> Reading | None:
        """What is shown, with all that was heard since; None before anything is."""
        current = self._book.current
        if current is not None and self._reading is not None:
            is_shown = current.pages == self._reading.pages
            return current if is_shown else self._reading
        return self._reading

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue, whose days must be read anew."""
        self._practice = practice
        self._book.forget()
        self._go(self._place)

    @Slot()
    def show_today(self) -> None:
        """Show today, or this week."""
        self.show_day(self._practice.today())

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show `day`, or its week."""
        self._go(replace(self._place, day=max(EARLIEST, min(day, LATEST))))

    @Slot(object)
    def show_day_alone(self, day: date) -> None:
        """Show `day` with everybody, whatever was shown before."""
        self._go(replace(self._place, view=View.DAY, day=day))

    @Slot(int)
    def turn(self, step: int) -> None:
        """Show the next (1) or previous (-1) day or week."""
        self.turn_days(step * self.pages.count)

    def turn_days(self, days: int) -> None:
        """Show what is `days` further."""
        self.show_day(self.day + timedelta(days=days))

    @Slot(object)
    def show_view(self, view: View) -> None:
        """Show the day as a week, or the week as a day."""
        self._go(replace(self._place, view=view))

    @Slot(int)
    def show_week_of(self, provider_id: int) -> None:
        """Show the week of a provider."""
        self._go(replace(self._place, view=View.WEEK, week_of=provider_id))

    @Slot()
    def try_again(self) -> None:
        """Ask again for what could not be read."""
        self._go(self._failed_place)
        self._book.reload()

    @Slot()
    def reload(self) -> None:
        """Read what is shown again."""
        self._book.reload()

    @Slot()
    def forget(self) -> None:
        """Read what is shown again soon; what was read ahead no longer holds."""
        self._book.forget()

    def clear(self) -> None:
        """Forget everything that was read: somebody else may see other days."""
        self._reading = None
        self._book.clear()

    def put(self, appointment: Appointment) -> None:
        """Work a change into what is shown and what was read ahead."""
        self._book.put(appointment)

    def remove(self, appointment_id: int) -> None:
        """Take what is gone out of both."""
        self._book.remove(appointment_id)

    def _go(self, place: Place) -> None:
        self._place = place
        self.turned.emit()
        self._book.open(self.pages)

    @Slot(object)
    def _on_opened(self, reading: Reading) -> None:
        self._shown_place = self._place
        self._reading = reading
        self.shown.emit(reading)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        """Go back to what is still shown, so that its name is true."""
        self._failed_place = self._place
        if self._reading is not None and self._place != self._shown_place:
            self._place = self._shown_place
            self._book.stay(self.pages)
            self.turned.emit()
        self.failed.emit(error)


def first_of_week(day: date) -> date:
    """Return the day with which the week of `day` begins here."""
    first = QLocale().firstDayOfWeek().value
    return day - timedelta(days=(day.isoweekday() - first) % WEEK)
