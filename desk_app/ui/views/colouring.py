"""What the colour of a card says: its status, its service, or its provider.

The colour never says it alone: status has its marks, the service stands on the card,
the provider above the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Provider
    from desk_app.ui.practice import Practice

# Hues far apart from each other; how light they are drawn decides the theme.
HUES = (
    "#2f6fde",
    "#c2571a",
    "#2e8b57",
    "#a03fb5",
    "#b8860b",
    "#1b8a9e",
    "#c0395b",
    "#6a7b2f",
)


class ColourBy(StrEnum):
    """What cards are coloured by."""

    STATUS = "status"
    SERVICE = "service"
    PROVIDER = "provider"

    @property
    def next(self) -> ColourBy:
        """What the key leads to."""
        every = tuple(ColourBy)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True)
class Swatch:
    """One colour of the legend and what it means."""

    colour: str
    words: str


def tint(by: ColourBy, practice: Practice) -> Callable[[Appointment], str] | None:
    """Return what gives an appointment its "#rrggbb", None for that of its status."""
    if by is ColourBy.SERVICE:
        hues = of_services(practice.service_names)
        return lambda appointment: hues.get(appointment.service_name, HUES[0])
    if by is ColourBy.PROVIDER:
        providers = practice.providers
        return lambda appointment: _of_provider(providers.get(appointment.provider_id))
    return None


def of_services(names: Sequence[str]) -> dict[str, str]:
    """Give each service a colour; neighbours in the alphabet have different ones."""
    return {name: HUES[place % len(HUES)] for place, name in enumerate(names)}


def legend(
    by: ColourBy, appointments: Iterable[Appointment], practice: Practice
) -> tuple[Swatch, ...]:
    """Return what the colours mean that are shown now, sorted by their words."""
    found: dict[str, str] = {}
    hues, providers = of_services(practice.service_names), practice.providers
    for each in appointments:
        if by is ColourBy.SERVICE:
            found[each.service_name] = hues.get(each.service_name, HUES[0])
        elif by is ColourBy.PROVIDER and each.provider_id in providers:
            provider = providers[each.provider_id]
            found[provider.name] = _of_provider(provider)
    return tuple(Swatch(found[words], words) for words in sorted(found))


def words(by: ColourBy) -> str:
    """Return "Colours: service"."""
    translate = QCoreApplication.translate
    return {
        ColourBy.STATUS: translate("colouring", "Colours: status"),
        ColourBy.SERVICE: translate("colouring", "Colours: service"),
        ColourBy.PROVIDER: translate("colouring", "Colours: provider"),
    }[by]


def _of_provider(provider: Provider | None) -> str:
    return provider.colour if provider else HUES[0]
