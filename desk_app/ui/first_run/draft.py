"""What has been entered so far, and what is proposed for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.people import ProviderType

if TYPE_CHECKING:
    from decimal import Decimal

    from desk_app.domain.closures import Closure
    from desk_app.domain.schedule import LocalWindow


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the practice is, which decides its clock, its money and its holidays."""

    name: str = ""
    timezone: str = "UTC"
    country: str = ""
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who sees clients."""

    name: str
    type: ProviderType = ProviderType.DOCTOR


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that everybody of one type offers."""

    type: ProviderType
    name: str
    minutes: int
    buffer: int = 0
    price: Decimal | None = None
    is_virtual: bool = False
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of somebody: on which weekdays, and when."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    windows: tuple[LocalWindow, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A practice as far as it is entered; `weeks` go by the place of the person.

    `part` is the part of the country whose holidays are kept.
    """

    facts: Facts = Facts()
    people: tuple[Person, ...] = ()
    offers: tuple[Offer, ...] = ()
    weeks: tuple[Week, ...] = ()
    closures: tuple[Closure, ...] = ()
    part: str = ""

    @property
    def types(self) -> tuple[ProviderType, ...]:
        """The types of the people, each once, in their order."""
        return tuple(dict.fromkeys(person.type for person in self.people))

    def with_offers(self) -> Draft:
        """Return it with proposals for every type that nothing was entered for."""
        kept = tuple(offer for offer in self.offers if offer.type in self.types)
        known = {offer.type for offer in kept}
        new = (
            offer
            for type_ in self.types
            if type_ not in known
            for offer in proposed(type_)
        )
        return replace(self, offers=(*kept, *new))


def type_name(type_: ProviderType) -> str:
    """Return what such a provider is called."""
    return {
        ProviderType.DOCTOR: tr("Doctor"),
        ProviderType.CONSULTANT: tr("Consultant"),
        ProviderType.TRAINER: tr("Trainer"),
        ProviderType.THERAPIST: tr("Therapist"),
    }[type_]


def proposed(type_: ProviderType) -> tuple[Offer, ...]:
    """Return what such providers usually offer; the last one is not ticked."""
    offers = {
        ProviderType.DOCTOR: (
            (tr("First visit"), 30, 5),
            (tr("Check-up"), 15, 5),
            (tr("Video consultation"), 15, 5),
        ),
        ProviderType.CONSULTANT: (
            (tr("First meeting"), 60, 15),
            (tr("Consultation"), 45, 15),
            (tr("Video call"), 30, 0),
        ),
        ProviderType.TRAINER: (
            (tr("Trial session"), 45, 15),
            (tr("Training session"), 60, 15),
            (tr("Video session"), 45, 0),
        ),
        ProviderType.THERAPIST: (
            (tr("First assessment"), 60, 10),
            (tr("Treatment"), 45, 10),
            (tr("Video session"), 45, 10),
        ),
    }[type_]
    last = len(offers) - 1
    return tuple(
        Offer(
            type_,
            name,
            minutes,
            buffer,
            is_virtual=number == last,
            is_wanted=number != last,
        )
        for number, (name, minutes, buffer) in enumerate(offers)
    )


def tr(text: str) -> str:
    """Return a text of the first run in the person's language."""
    return QCoreApplication.translate("FirstRun", text)
