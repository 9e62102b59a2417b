"""What the dialogs of the waiting room are given; see `ui/dialogs/ports.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.dialogs.ports import PATIENCE, Failed, TakeOver, Then

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.appointment import Appointment, BookingRequest
    from desk_app.domain.client_file import Likely
    from desk_app.domain.deeds import MarkRequest
    from desk_app.domain.people import Client, NewClient
    from desk_app.domain.slots import Opening
    from desk_app.domain.waiting_room import NewWalkIn, Waiting
    from desk_app.ui.dialogs.ports import OpeningsWanted


@dataclass(frozen=True, slots=True)
class MarkPorts:
    """The way to mark how far a client has come."""

    mark: Callable[[MarkRequest, Then[Appointment], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None


@dataclass(frozen=True, slots=True)
class WalkInPorts:
    """Ways to look for clients and free times, to book, and to let somebody wait."""

    find_clients: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    openings: Callable[[OpeningsWanted, Then[tuple[Opening, ...]], Failed], None]
    book: Callable[[BookingRequest, Then[Appointment], Failed], None]
    wait: Callable[[NewWalkIn, Then[Waiting], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
    alike: Callable[[NewClient, Then[tuple[Likely, ...]], Failed], None] | None = None
