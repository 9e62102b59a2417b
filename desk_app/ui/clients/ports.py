"""What the dialogs about clients' data are given; see `desk_app.ui.dialogs.ports`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk_app.ui.folder_field import open_outside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk_app.domain.people import Client
    from desk_app.domain.progress import Work
    from desk_app.domain.rights import Counts, Retention, Saved
    from desk_app.ui.dialogs.ports import Failed, HistoryPorts, Screen, Then


@dataclass(frozen=True, slots=True)
class Named:
    """A client as the dialogs call them."""

    client_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Write everything about a client into a folder."""

    client_id: int
    folder: Path


@dataclass(frozen=True, slots=True)
class ClientPorts:
    """Everything that can be asked about a client's data, and who may ask what."""

    screen: Screen
    history: Callable[[int], HistoryPorts]
    counts: Callable[[int, Then[Counts], Failed], None]
    save: Callable[[ExportWish, Then[Saved], Failed], None]
    erase: Callable[[int, Then[Any], Failed], None]
    may_export: bool = True
    may_erase: bool = True
    show_file: Callable[[Path], None] = open_outside


@dataclass(frozen=True, slots=True)
class DataPorts:
    """What the dialog for all clients needs beside those of one."""

    of_client: ClientPorts
    find: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    retention: Callable[[None, Then[Retention], Failed], None]
    erase_due: Callable[[Work, Then[int], Failed], None]
