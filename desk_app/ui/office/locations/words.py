"""What is said about locations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui.admin.step import Step
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.office.lists.page import ListWords
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.rooms import Location
    from desk_app.domain.schedule import Catalogue
    from desk_app.ui.around import Port


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("locations", text)


def page() -> ListWords:
    """Return what the page says."""
    return ListWords(
        icon="map-pin",
        about=tr("Where the practice works. You need this only with several places."),
        name=tr("Locations"),
        find=tr("Find by name or address"),
        shows_ended=tr("Show u&nused"),
        keys=tr("Insert or N adds, Enter changes, Del ends, F5 reads again."),
        empty=tr(
            "No locations, and nothing is missing\nEverybody works at one "
            "place. With several, providers and rooms belong to one of "
            "them, and each desk shows its own."
        ),
        first=tr("&Add the first location…"),
    )


def providers_at(location: Location, catalogue: Catalogue) -> list[str]:
    """Return who works there, those without a location of their own included."""
    here = frozenset({location.location_id})
    return [p.name for p in catalogue.providers if p.works_at(here)]


def below(location: Location, catalogue: Catalogue) -> str:
    """Return the second line of a row: the address and how many work there."""
    count = len(providers_at(location, catalogue))
    few = {0: tr("nobody works there"), 1: tr("one provider")}
    who = few.get(count) or filled(tr("%1 providers"), str(count))
    address = ", ".join(location.address.split("\n"))
    return " · ".join(filter(None, (address, who)))


def state(location: Location) -> str:
    """Return what stands at the right end of a row."""
    return "" if location.is_active else tr("no longer used")


def facts(location: Location, catalogue: Catalogue) -> str:
    """Return what is worth knowing, line by line."""
    rooms = [r.name for r in catalogue.rooms if r.location_id == location.location_id]
    lines = [location.address, ", ".join(providers_at(location, catalogue))]
    if rooms:
        lines.append(filled(tr("Rooms: %1"), ", ".join(rooms)))
    return "\n".join(filter(None, lines))


def ending(send: Port) -> Step:
    """Return what is asked before a location is used no more."""
    return Step(
        tr("Use %1 no longer?"),
        tr(
            "Desks and providers can no longer be put there. Appointments, providers"
            " and rooms stay as they are. It can be used again later."
        ),
        tr("%1 is no longer used."),
        Verbs(tr("&End"), tr("Ending…"), tr("&Keep")),
        send,
        window=tr("Locations"),
    )


def reviving(send: Port) -> Step:
    """Return what is asked before a location is used again."""
    return Step(
        tr("Use %1 again?"),
        tr("With the providers and rooms that belong to it."),
        tr("%1 is used again."),
        Verbs(tr("&Use again"), tr("Saving…"), tr("Close")),
        send,
        is_safe=True,
        window=tr("Locations"),
    )
