"""What the page of imports is given: who and what there is, and ways to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.importing.plan import Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

    from desk_app.domain.importing.columns import Subject
    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.outcome import (
        Checked,
        Imported,
        ImportLine,
        SourceFile,
        TakenBack,
    )
    from desk_app.domain.importing.plan import Reading
    from desk_app.domain.progress import Work
    from desk_app.domain.schedule import Catalogue
    from desk_app.ui.around import Around
    from desk_app.ui.dialogs.ports import Failed, Then


@dataclass(frozen=True, slots=True)
class Wish:
    """A file, what its rows are, and what was decided about it so far."""

    file: SourceFile
    subject: Subject
    options: Options = Options()  # noqa: RUF009 (it is frozen)


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A file to look through, and what that tells of itself."""

    wish: Wish
    work: Work


@dataclass(frozen=True, slots=True)
class WriteRun:
    """What is to be written, and what that tells of itself."""

    checked: Checked
    subject: Subject
    work: Work


@dataclass(frozen=True, slots=True)
class UndoRun:
    """An import to take back, and what that tells of itself."""

    transfer_id: int
    work: Work


@dataclass(frozen=True, slots=True)
class FaultList:
    """Faults to save, and where."""

    path: Path
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """Whom and what there is to match with, and the ways to do it."""

    catalogue: Callable[[], Catalogue]
    zone: tzinfo
    open: Callable[[Path, Then[SourceFile], Failed], None]
    read: Callable[[Wish, Then[Reading], Failed], None]
    check: Callable[[CheckRun, Then[Checked], Failed], None]
    write: Callable[[WriteRun, Then[Imported], Failed], None]
    imports: Callable[[None, Then[tuple[ImportLine, ...]], Failed], None]
    undo: Callable[[UndoRun, Then[TakenBack], Failed], None]
    save: Callable[[FaultList, Then[Path], Failed], None]


def import_ports(around: Around) -> ImportPorts:
    """Return what the page is given in the window."""
    service = around.desk.importing
    return ImportPorts(
        lambda: around.practice.catalogue,
        around.practice.zone,
        around.port(service.open),
        around.port(lambda w: service.read(w.file, w.subject, w.options), "import"),
        around.port(
            lambda run: service.check(
                run.wish.file, run.wish.subject, run.wish.options, run.work
            )
        ),
        around.port(lambda run: service.write(run.checked, run.subject, run.work)),
        around.port(lambda _nothing: service.imports()),
        around.port(lambda run: service.undo(run.transfer_id, run.work)),
        around.port(lambda wish: service.save_faults(wish.path, wish.faults)),
    )
