"""From the schedule: opens a closed time, or changes the hours of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from desk_app.domain.overrides import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.people import Provider
    from desk_app.ui.around import Around
    from desk_app.ui.grid.wishes import SlotChoice

AN_HOUR = timedelta(hours=1)


class DayHoursFlows(QObject):
    """Opens the dialog of days over the window, for the place of the cursor."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        around.view.hours_requested.connect(self.open)

    def open_here(self) -> None:
        """Change the hours of the day the cursor is on."""
        slot = self._around.view.chosen_slot()
        if slot is None:
            self._around.hint.emit(self.tr("Choose a time of a provider first."))
        else:
            self.open(slot)

    @Slot(object)
    def open(self, slot: SlotChoice) -> None:
        """Offer extra hours where it is closed, else the choices of the day."""
        provider = self._around.practice.providers.get(slot.provider_id or 0)
        if provider is None:
            self._around.hint.emit(self.tr("Choose a time of a provider first."))
            return
        if not self._around.may_change(provider.provider_id):
            return
        # Imported when they are needed: a desk starts without them.
        from desk_app.ui.office.stranded.settling import Settling
        from desk_app.ui.office.year.days_dialog import DaysDialog

        around = self._around
        send = Settling(around.port(around.desk.overrides.change), around, around.pane)
        dialog = DaysDialog(provider, (slot.day, slot.day), send, around.pane)
        if self._is_open(slot):
            dialog.choose(Kind.AWAY)
        else:
            dialog.choose(Kind.EXTRA, _hour_from(slot.start, provider))
        if dialog.exec():
            around.said.emit(self.tr("The hours of the day are changed."))
            around.news.schedule_changed.emit()
        dialog.deleteLater()

    def _is_open(self, slot: SlotChoice) -> bool:
        return any(
            window.start <= slot.start < window.end
            for column in self._around.days
            if column.provider.provider_id == slot.provider_id
            for window in column.open_windows
        )


def _hour_from(start: datetime, provider: Provider) -> str:
    """Return the hour that begins then, by the provider's clock."""
    zone = ZoneInfo(provider.timezone)
    local, end = start.astimezone(zone), (start + AN_HOUR).astimezone(zone)
    last = "24:00" if end.date() != local.date() else f"{end:%H:%M}"
    return f"{local:%H:%M}-{last}"
