"""What the page of exports is given: who and what there is, and ways to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.folder_field import open_outside

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from desk_app.domain.exports import Exported, ExportWish
    from desk_app.domain.progress import Work
    from desk_app.domain.schedule import Catalogue
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Failed, Then


@dataclass(frozen=True, slots=True)
class ExportRun:
    """An export and what it tells of itself."""

    wish: ExportWish
    work: Work


@dataclass(frozen=True, slots=True)
class ExportPorts:
    """Whom and what there is to export, on which day, and the ways to do it."""

    catalogue: Catalogue
    today: date
    count: Callable[[ExportWish, Then[int], Failed], None]
    export: Callable[[ExportRun, Then[Exported], Failed], None]
    show_file: Callable[[Path], None] = open_outside


def export_ports(around: Around) -> ExportPorts:
    """Return what the page is given in the window."""
    exports = around.desk.exports
    return ExportPorts(
        around.practice.catalogue,
        around.practice.today(),
        around.port(exports.count, replaces="export"),
        around.port(lambda run: exports.export(run.wish, run.work)),
    )
