"""What is said about rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.places import Places, RoomFile, changes_at
from desk_app.ui import format as written
from desk_app.ui.admin.step import Step
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.office.lists.page import ListWords
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.ui.around import Port
    from desk_app.ui.practice import Practice


# How many services are listed one by one.
MOST = 6


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("rooms", text)


def page() -> ListWords:
    """Return what the page says."""
    return ListWords(
        icon="door-open",
        about=tr(
            "A room is for one visit at a time. You need rooms only if providers share"
            " them."
        ),
        name=tr("Rooms"),
        find=tr("Find by name, service or location"),
        shows_ended=tr("Show u&nused"),
        keys=tr("Insert or N adds, Enter changes, Del ends, F5 reads again."),
        empty=tr(
            "No rooms, and nothing is missing\nYou need rooms only if two "
            "providers share one. Then say which services need it; no visit "
            "gets a room in which somebody else is."
        ),
        first=tr("&Add the first room…"),
    )


@dataclass(frozen=True)
class RoomWords:
    """Words for the rooms as they were read."""

    practice: Practice
    places: Places

    def below(self, room: RoomFile) -> str:
        """Return the second line of a row: where it is, and for what."""
        services = self.services(room)
        what = ", ".join(services) if services else tr("No service needs it yet")
        return " · ".join(filter(None, (self.location(room), what)))

    def location(self, room: RoomFile) -> str:
        """Return where a room is, "" where nobody says."""
        for location in self.places.locations:
            if location.location_id == room.location_id:
                return location.name
        return ""

    def services(self, room: RoomFile) -> list[str]:
        """Return what a room will do for, each name once."""
        services = self.practice.catalogue.services
        names = {s.name for s in services if s.service_id in room.service_ids}
        return sorted(names, key=str.casefold)

    def now(self, room: RoomFile) -> str:
        """Return whether somebody is there now, and until when."""
        if not room.is_active:
            return tr("no longer used")
        now = self.places.now
        if now is None:
            return ""
        is_busy, until = changes_at(self.places.busy.get(room.room_id, ()), now)
        if until is None:
            return tr("free")
        clock = written.time(until, self.practice.zone)
        return filled(tr("busy until %1") if is_busy else tr("free until %1"), clock)

    def facts(self, room: RoomFile) -> str:
        """Return what is worth knowing about a room, line by line."""
        catalogue = self.practice.catalogue
        lines = [self.location(room), self.now(room)]
        services = self.services(room)
        for name in services[:MOST]:
            users = {
                s.provider_id
                for s in catalogue.services
                if s.name == name and s.service_id in room.service_ids
            }
            who = [p.name for p in catalogue.providers if p.provider_id in users]
            lines.append(f"{name}: {', '.join(who)}")
        if len(services) > MOST:
            lines.append(filled(tr("and %1 more"), str(len(services) - MOST)))
        return "\n".join(filter(None, lines))


def ending(send: Port) -> Step:
    """Return what is asked before a room is used no more."""
    return Step(
        tr("Use %1 no longer?"),
        tr(
            "Nothing is booked in it any more. What was before stays. Appointments to"
            " come get another room of their service where one is free at that time;"
            " the others are listed next, and you decide about each. It can be used"
            " again later."
        ),
        tr("%1 is no longer used."),
        Verbs(tr("&End"), tr("Ending…"), tr("&Keep")),
        send,
        window=tr("Rooms"),
    )


def reviving(send: Port) -> Step:
    """Return what is asked before a room is used again."""
    return Step(
        tr("Use %1 again?"),
        tr("For the services that it was used for before."),
        tr("%1 is used again."),
        Verbs(tr("&Use again"), tr("Saving…"), tr("Close")),
        send,
        is_safe=True,
        window=tr("Rooms"),
    )
