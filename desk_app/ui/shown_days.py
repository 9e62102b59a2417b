"""Which columns the schedule shows, and how they follow what is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import Appointment
from desk_app.domain.room_days import room_days
from desk_app.ui.top_bar import View

if TYPE_CHECKING:
    from desk_app.domain.schedule import ProviderDay
    from desk_app.domain.slots import Opening
    from desk_app.ui.around import Around
    from desk_app.ui.day_book import Reading
    from desk_app.ui.grid.columns import AnyDay
    from desk_app.ui.rail.rail import Rail


class ShownDays(QObject):
    """Shows what the pager has read: providers, or the rooms they are in."""

    def __init__(self, around: Around, rail: Rail) -> None:
        super().__init__(around)
        self._around, self._rail = around, rail
        self._goal: Opening | Appointment | None = None
        around.pane.everybody_wanted.connect(self._show_everybody)

    @Slot()
    def show(self) -> None:
        """Show the columns, and go where somebody wanted to."""
        reading = self._around.pager.reading
        if reading is None:
            return
        self._around.days = days = self._ticked_of(reading)
        self._around.pane.show_days(self._columns(days), is_staffed=bool(reading.days))
        goal, self._goal = self._goal, None
        if isinstance(goal, Appointment):
            self._around.view.focus_appointment(goal.appointment_id)
        elif goal is not None:
            self._around.view.focus_time(goal.provider_id, goal.start)

    def go_to(self, goal: Opening | Appointment) -> None:
        """Show the day of a time or an appointment, with the cursor there.

        What is at another location shows all of them.
        """
        if goal.provider_id not in self._around.practice.providers:
            self._rail.choose_everywhere()
        practice = self._around.practice
        provider = practice.providers.get(goal.provider_id)
        zone = ZoneInfo(provider.timezone) if provider else practice.zone
        self._goal = goal
        self._around.pager.show_day_alone(goal.start.astimezone(zone).date())

    def put(self, appointment: Appointment) -> None:
        """Show a change, whoever made it; what is known already changes nothing."""
        self._around.pager.put(appointment)
        self._around.view.diary.put(appointment)
        self._follow()

    def remove(self, appointment_id: int) -> None:
        """Take away what no longer exists, or may not be seen."""
        self._around.pager.remove(appointment_id)
        self._around.view.diary.remove(appointment_id)
        self._follow()

    @Slot()
    def _show_everybody(self) -> None:
        self._rail.providers.model.check_all(checked=True)
        self._around.pane.setFocus()

    def _follow(self) -> None:
        """Let rooms, dialogs and free times know what was heard."""
        reading = self._around.pager.reading
        if reading is None or not reading.days:
            return
        self._around.days = days = self._ticked_of(reading)
        diary = self._around.view.diary
        if self._around.pager.view is View.ROOMS:
            diary.set_days(self._columns(days))
        else:
            diary.set_rooms(reading.days[0].rooms)

    def _ticked_of(self, reading: Reading) -> tuple[ProviderDay, ...]:
        """Return of a day those who are ticked, of a week all of it."""
        if reading.pages.count > 1:
            return reading.days
        checked = set(self._rail.providers.model.checked)
        return tuple(d for d in reading.days if d.provider.provider_id in checked)

    def _columns(self, days: tuple[ProviderDay, ...]) -> tuple[AnyDay, ...]:
        practice = self._around.practice
        if self._around.pager.view is View.ROOMS:
            catalogue = practice.catalogue
            needing = frozenset(
                service.service_id
                for service in catalogue.services
                if service.rooms is not None
            )
            return room_days(days, practice.rooms, catalogue.timezone, needing)
        return days
