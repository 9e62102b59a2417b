"""What is said about rooms: which one is free, and who is in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.places import RoomState
    from desk_app.ui.dialogs.ports import Screen


def name(room_id: int, screen: Screen) -> str:
    """Return what a room is called; one no longer used has a number."""
    for room in screen.catalogue.rooms:
        if room.room_id == room_id:
            return room.name
    return filled(_tr("Room no. %1"), str(room_id))


def proposed(states: Sequence[RoomState], kept: int | None, screen: Screen) -> str:
    """Return which room it gets if nobody chooses; `kept` is where it is now."""
    free = [state.room_id for state in states if state.busy is None]
    if not free:
        return _tr("No room is free then")
    if kept in free and kept is not None:
        return filled(_tr("%1, as before"), name(kept, screen))
    if kept is not None:
        names = name(free[0], screen), name(kept, screen)
        return filled(_tr("%1 (%2 is taken then)"), *names)
    return filled(_tr("%1, the first that is free"), name(free[0], screen))


def of_state(state: RoomState, screen: Screen) -> str:
    """Return "Room 2", or "Room 2: Anna Berg with Dr. Weber until 10:40"."""
    room = name(state.room_id, screen)
    if state.busy is None:
        return room
    until = shown.time(state.busy.end, screen.zone)
    who = state.who
    if who is None:
        return filled(_tr("%1: taken until %2"), room, until)
    provider = offers.provider_of(screen.catalogue, who.provider_id)
    whose = provider.name if provider else ""
    if not whose:
        return filled(
            _tr("%1: %2 until %3"), room, privacy.name(who.client_name), until
        )
    words = (room, privacy.name(who.client_name), whose, until)
    return filled(_tr("%1: %2 with %3 until %4"), *words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomChoice", text)
