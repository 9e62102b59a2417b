"""The demo's rooms: shared by those of one profession, who each have a usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.people import ProviderType, Service
    from desk_app.services.demo.practice import Practice


def numbered(practice: Practice, type_: ProviderType) -> list[int]:
    """Return the numbers of the rooms that a profession shares."""
    rooms = enumerate(practice.words.rooms, 1)
    return [number for number, room in rooms if room.type is type_]


def usual(practice: Practice) -> dict[int, int]:
    """Return the room in which each service usually takes place, by service."""
    return {
        service.service_id: rooms[place % len(rooms)]
        for place, rooms, service in _needing(practice)
    }


def that_do(practice: Practice) -> list[tuple[int, int]]:
    """Return which services may take place in which rooms."""
    return [
        (service.service_id, room)
        for _, rooms, service in _needing(practice)
        for room in rooms
    ]


def _needing(practice: Practice) -> Iterator[tuple[int, list[int], Service]]:
    """Yield the services that need a room, with it and the place of who offers them."""
    seen: dict[ProviderType, int] = {}
    for staff in practice.staff:
        type_ = staff.provider.type
        place = seen[type_] = seen.get(type_, -1) + 1
        rooms = numbered(practice, type_)
        for offered in staff.offered:
            if rooms and not offered.service.is_virtual:
                yield place, rooms, offered.service
