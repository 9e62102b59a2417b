"""What the dialogs of a provider's day are given, as in `dialogs/ports.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.dialogs.ports import PATIENCE, Failed, TakeOver, Then

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.blocking import BlockRequest
    from desk_app.domain.deeds import MoveAllRequest, NoteRequest
    from desk_app.domain.schedule import Block, ProviderDay


@dataclass(frozen=True, slots=True)
class DayWanted:
    """One local day of one provider."""

    provider_id: int
    day: date


@dataclass(frozen=True, slots=True)
class LatePorts:
    """Ways to read the day again, and to move everybody who has to wait."""

    read: Callable[[DayWanted, Then[ProviderDay], Failed], None]
    move_all: Callable[[MoveAllRequest, Then[tuple[Appointment, ...]], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    take_over: TakeOver | None = None


@dataclass(frozen=True, slots=True)
class BlockPorts:
    """Ways to see what lies in a time, and to block it."""

    lying_in: Callable[[BlockRequest, Then[tuple[Appointment, ...]], Failed], None]
    block: Callable[[BlockRequest, Then[Block], Failed], None]
    patience: tuple[int, ...] = PATIENCE


@dataclass(frozen=True, slots=True)
class NotePorts:
    """The way to write other notes."""

    note: Callable[[NoteRequest, Then[Appointment], Failed], None]
    patience: tuple[int, ...] = PATIENCE
