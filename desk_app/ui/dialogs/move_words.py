"""What changes for whom when an appointment is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.interval import Interval
from desk_app.domain.moving import Difference, differences
from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.ui.dialogs.ports import Screen


def place(start: datetime, end: datetime, provider_id: int, screen: Screen) -> str:
    """Return a time and a provider, each on a line; another clock on a third."""
    day = shown.short_date(start.astimezone(screen.zone).date())
    provider = offers.provider_of(screen.catalogue, provider_id)
    here, *there = visit_words.clocks(Interval(start, end), provider, screen).split(
        " · "
    )
    return "\n".join((f"{day}, {here}", *there, provider.name if provider else ""))


def changes(
    appointment: Appointment, service: Service, screen: Screen
) -> tuple[str, ...]:
    """Return what else changes: the provider, the length, where it takes place."""
    said = []
    different = differences(appointment, service)
    if service.provider_id != appointment.provider_id:
        said.append(_provider(appointment, service, screen))
    before = int((appointment.end - appointment.start).total_seconds() // 60)
    if service.duration_minutes != before:
        lengths = shown.duration(before), shown.duration(service.duration_minutes)
        said.append(filled(_tr("Length: %1 → %2"), *lengths))
    if Difference.PLACE in different:
        said.append(_tr("Video call") if service.is_virtual else _tr("In person"))
    if Difference.PRICE in different:
        prices = shown.money(appointment.price), shown.money(service.price)
        said.append(filled(_tr("Price stays %1, though usual is %2"), *prices))
    return tuple(said)


def _provider(appointment: Appointment, service: Service, screen: Screen) -> str:
    names = []
    for provider_id in (appointment.provider_id, service.provider_id):
        provider = offers.provider_of(screen.catalogue, provider_id)
        names.append(provider.name if provider else "?")
    return filled(_tr("Provider: %1 → %2"), *names)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MoveDialog", text)
