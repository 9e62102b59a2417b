"""What the dialogs of series are given; see `desk_app/ui/dialogs/ports.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.dialogs.ports import PATIENCE, Failed, TakeOver, Then

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from desk_app.domain.appointment import Appointment, BookedVia
    from desk_app.domain.client_file import Likely
    from desk_app.domain.deeds import MoveAllRequest, SeriesRequest
    from desk_app.domain.people import Client, NewClient, Service
    from desk_app.domain.series import Planned, SeriesWish, ShiftWish
    from desk_app.ui.dialogs.ports import Screen


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """How the dialog opens: what shall come again from `first` on, with whom.

    Without a client it asks for one. `after` is an appointment that stands already:
    then only those that come after it are booked.
    """

    screen: Screen
    service: Service
    first: datetime
    client: Client | None = None
    new_client: NewClient | None = None
    after: Appointment | None = None
    notes: str = ""
    booked_via: BookedVia | None = None
    hold_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SeriesPorts:
    """Ways to look for clients, to look at a series, and to book it."""

    find_clients: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    plan: Callable[[SeriesWish, Then[tuple[Planned, ...]], Failed], None]
    book: Callable[[SeriesRequest, Then[tuple[Appointment, ...]], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
    alike: Callable[[NewClient, Then[tuple[Likely, ...]], Failed], None] | None = None


@dataclass(frozen=True, slots=True)
class ShiftPorts:
    """Ways to look at moving all that follow, and to move them."""

    plan: Callable[[ShiftWish, Then[tuple[Planned, ...]], Failed], None]
    move_all: Callable[[MoveAllRequest, Then[tuple[Appointment, ...]], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None
