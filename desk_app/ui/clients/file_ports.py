"""What a client's file is given: ways to ask that return at once, and wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk_app.ui.dialogs.ports import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.client_file import (
        ClientDetails,
        ClientFile,
        Merger,
        MergeWish,
    )
    from desk_app.domain.people import Client
    from desk_app.ui.clients.ports import ClientPorts
    from desk_app.ui.dialogs.ports import Failed, Screen, Then

# How many past visits are read at first, and each time more are wanted.
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class FileWish:
    """Read a client's file with so many past visits."""

    client_id: int
    past: int = A_PAGE


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """Write what differs between what a person saw and what they want."""

    known: ClientDetails
    wanted: ClientDetails


@dataclass(frozen=True, slots=True)
class FilePorts:
    """Everything that can be asked about one client."""

    screen: Callable[[], Screen]
    read: Callable[[FileWish, Then[ClientFile], Failed], None]
    change: Callable[[ChangeWish, Then[ClientDetails], Failed], None]
    find: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    compare: Callable[[MergeWish, Then[Merger], Failed], None]
    merge: Callable[[MergeWish, Then[int], Failed], None]
    unmerge: Callable[[int, Then[Any], Failed], None]
    data: Callable[[], ClientPorts]
    patience: tuple[int, ...] = PATIENCE
