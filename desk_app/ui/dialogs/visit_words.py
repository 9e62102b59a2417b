"""A visit in one line: whose, when and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.interval import Interval
    from desk_app.domain.people import Provider
    from desk_app.ui.dialogs.ports import Screen


def visit(appointment: Appointment, screen: Screen) -> str:
    """Return "Anna Meier · Tomorrow, 10:00 · Dr. Brandt"."""
    who = privacy.name(appointment.client_name)
    return planned(who, appointment.start, appointment.provider_id, screen)


def planned(who: str, start: datetime, provider_id: int, screen: Screen) -> str:
    """Return the same of a visit that is only wished for."""
    provider = offers.provider_of(screen.catalogue, provider_id)
    when = moment(start, provider, screen)
    parts = (who, when, provider.name if provider else "")
    return " · ".join(part for part in parts if part)


def moment(start: datetime, provider: Provider | None, screen: Screen) -> str:
    """Return "Tomorrow, 10:00", with both clocks for a provider elsewhere."""
    today = screen.now.astimezone(screen.zone).date()
    here = shown.moment(start, screen.zone, today)
    return shown.both(here, there(start, provider, screen), screen.zone)


def there(start: datetime, provider: Provider | None, screen: Screen) -> str:
    """Return "09:00 London" for a provider elsewhere, else ""."""
    zone = zone_of(provider, screen)
    return shown.elsewhere(shown.time(start, zone), start, zone, screen.zone)


def clocks(visit: Interval, provider: Provider | None, screen: Screen) -> str:
    """Return "10:00–10:30", with both clocks for a provider elsewhere."""
    return shown.clocks(visit, zone_of(provider, screen), screen.zone)


def zone_of(provider: Provider | None, screen: Screen) -> ZoneInfo:
    """Return the zone a provider works in."""
    return ZoneInfo(provider.timezone) if provider else screen.zone
