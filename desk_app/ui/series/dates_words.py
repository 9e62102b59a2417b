"""A date of a series in words: when, how it stands, what can be had instead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.domain.policies import may_override
from desk_app.errors import Refused
from desk_app.ui import format as shown
from desk_app.ui import notices
from desk_app.ui.dialogs import offers
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.series import Planned
    from desk_app.domain.staff import Role
    from desk_app.ui.dialogs.ports import Screen


class DatesWords:
    """Writes dates as the clock of the practice shows them.

    `moves` says that appointments move there, rather than being booked.
    """

    def __init__(self, screen: Screen, *, moves: bool = False) -> None:
        self._screen = screen
        self.moves = moves

    @property
    def role(self) -> Role | None:
        """What whoever is here may do."""
        return self._screen.catalogue.me.role

    def when(self, start: datetime) -> str:
        """Return "Tue 3 Mar, 09:40"."""
        zone = self._screen.zone
        day = shown.short_date(start.astimezone(zone).date())
        return f"{day}, {shown.time(start, zone)}"

    def place(self, planned: Planned) -> str:
        """Return when a date is, or on which day its time does not exist."""
        if planned.start is None:
            return shown.short_date(planned.day)
        return self.when(planned.start)

    def before(self, planned: Planned) -> str:
        """Return where the appointment that moves stands now, "" for a new one."""
        return self.when(planned.appointment.start) if planned.appointment else ""

    def against(self, planned: Planned) -> str:
        """Return in one line what speaks against a date."""
        if planned.start is None:
            return _tr("This time does not exist on this day (clocks change)")
        if not planned.against:
            return ""
        gravest = planned.against[0]
        return gravest.text or notices.words(Refused(gravest.policy)).title

    def choices(self, planned: Planned) -> tuple[str, ...]:
        """Return the other times, shortly where the day is the same."""
        return tuple(
            self._choice(opening.start, planned.day) for opening in planned.alternatives
        )

    def may_take_anyway(self, planned: Planned) -> bool:
        """Say whether whoever is here may set aside all that speaks against a date."""
        policies = [objection.policy for objection in planned.against]
        if planned.start is None or not policies:
            return False
        return all(may_override(self.role, policy) for policy in policies)

    def leaving_out(self) -> str:
        """Return what becomes of a date that is left out."""
        return _tr("stays where it is") if self.moves else _tr("left out")

    def anyway(self) -> str:
        """Return the choice to take a date against the rules."""
        return _tr("anyway")

    def leave_out(self) -> str:
        """Return the choice to leave a date out."""
        return _tr("leave it there") if self.moves else _tr("leave out")

    def provider_zone(self, provider_id: int) -> ZoneInfo:
        """Return the zone in which a series goes on."""
        provider = offers.provider_of(self._screen.catalogue, provider_id)
        return ZoneInfo(provider.timezone) if provider else self._screen.zone

    def _choice(self, start: datetime, day: date) -> str:
        zone = self._screen.zone
        if start.astimezone(zone).date() == day:
            return shown.time(start, zone)
        return self.when(start)


def counted(chosen: int, open_: int, left_out: int) -> str:
    """Return "6 dates · 1 to decide · 2 left out"."""
    parts = [_one_or_more(chosen, _tr("1 date"), _tr("%1 dates"))]
    if open_:
        parts.append(_one_or_more(open_, _tr("1 to decide"), _tr("%1 to decide")))
    if left_out:
        parts.append(filled(_tr("%1 left out"), str(left_out)))
    return " · ".join(parts)


def _one_or_more(count: int, one: str, more: str) -> str:
    return one if count == 1 else filled(more, str(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SeriesDialog", text)
