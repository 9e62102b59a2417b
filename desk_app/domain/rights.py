"""What a practice asks and is told about the data of its clients: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is kept about one client.

    `to_come` are the appointments that keep the client from being erased.
    """

    appointments: int
    to_come: int
    waiting: int
    entered_at: datetime
    last_visit: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A client who has been kept long enough; `last_seen` is what counts."""

    client_id: int
    name: str
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many years clients are kept, 0 for ever, and who is past that."""

    years: int
    due: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """The two files of an export: for people, and for programs."""

    page: Path
    data: Path
