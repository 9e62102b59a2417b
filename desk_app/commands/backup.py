"""`desk-app backup` writes the practice into one file, `restore` puts it back."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk_app.commands import asking, server
from desk_app.commands.misuse import DONE, FAILED, Misuse, complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from desk_app.db.backup.manifest import Manifest
    from desk_app.db.backup.restoring import Restored
    from desk_app.settings import Settings

_COUNTED = {
    "provider": "providers",
    "client": "clients",
    "appointment": "appointments",
    "staff_user": "people with a login",
}
_ON_A_SERVER = (
    "this practice is on a server, which has PostgreSQL's own programs for a backup;"
    " the README says which"
)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands and their options."""
    backup = commands.add_parser(
        "backup", parents=[common], help="write this computer's practice into a file"
    )
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.add_argument(
        "--force", action="store_true", help="overwrite the file if it is there"
    )
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser(
        "restore", parents=[common], help="put the practice of a backup in place"
    )
    restore.add_argument("file", metavar="FILE", type=Path, nargs="?")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.add_argument(
        "--undo", action="store_true", help="take the last restore back"
    )
    restore.set_defaults(run=_restore)


def _back_up(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap
    from desk_app.db.backup import making

    if chosen.database and not chosen.demo:
        raise Misuse(_ON_A_SERVER)
    file = arguments.file.absolute()
    with bootstrap.open_database(chosen) as database:
        made = making.back_up(
            database.url,
            file,
            chosen.data_folder,
            overwrite=arguments.force,
            told=lambda size: _show(f"{size / 1e6:.1f} MB"),
        )
    _show("")
    print(f"{file} holds: {_counted(made.rows)}.")
    return DONE


def _restore(arguments: argparse.Namespace, chosen: Settings) -> int:
    if arguments.undo == bool(arguments.file):
        raise Misuse("name the file of a backup, or say --undo")
    with _place(chosen) as url:
        if arguments.undo:
            return _undo(arguments, chosen, url)
        return _put_back(arguments, chosen, url)


@contextmanager
def _place(chosen: Settings) -> Iterator[str]:
    """Give the address of the database that is replaced, as its administrator."""
    from desk_app import bootstrap
    from desk_app.db import programs

    if chosen.database and not chosen.demo:
        # Where the bundled programs run.
        programs.make_folder(chosen.data_folder)
        yield server.administrator(chosen)
    else:
        with bootstrap.open_database(chosen) as database:
            yield database.url


def _put_back(arguments: argparse.Namespace, chosen: Settings, url: str) -> int:
    from desk_app.db.backup import archive, restoring

    file = arguments.file.absolute()
    with archive.opened(file, chosen.data_folder) as backup:
        _require_same_kind(backup.manifest, chosen)
        there = restoring.what_is_there(url)
        print(_what_happens(backup.manifest, there), file=sys.stderr)
        if not arguments.yes and not asking.is_meant("Restore it?"):
            return complain("nothing was changed", FAILED)
        now = datetime.now().astimezone()
        folder = chosen.data_folder
        restored = restoring.restore(backup, url, folder, now, _show)
    _show("")
    print(_what_was_done(restored))
    return DONE


def _undo(arguments: argparse.Namespace, chosen: Settings, url: str) -> int:
    from desk_app.db.backup import restoring

    if not arguments.yes and not asking.is_meant(
        "What was restored, and all that was entered since, will be gone. Take it back?"
    ):
        return complain("nothing was changed", FAILED)
    restoring.undo(url, chosen.data_folder)
    print("The practice is again what it was before the last restore.")
    return DONE


def _require_same_kind(said: Manifest, chosen: Settings) -> None:
    """Keep the demo, which lets everybody in, and a practice from each other."""
    is_demo = said.database == "demo"
    if is_demo and not chosen.demo:
        raise Misuse("this is a backup of the demo; say --demo")
    if chosen.demo and not is_demo:
        raise Misuse("this is a backup of a practice, which is no demo")


def _what_happens(said: Manifest, there: Mapping[str, int]) -> str:
    made = f"{said.made_at.astimezone():%Y-%m-%d %H:%M}"
    words = f"The backup of {made} holds: {_counted(said.rows)}."
    if there:
        words += f"\nIt takes the place of what is there: {_counted(there)}."
    return words


def _what_was_done(restored: Restored) -> str:
    words = ["The practice is what it was when the backup was made."]
    if restored.kept_as:
        words.append(
            f"What was there is kept as {restored.kept_as} until the next restore;"
            " it comes back with: desk-app restore --undo"
        )
    if restored.has_its_rights is False:
        words.append(
            "The backup's database had other rights than this program gives; it has"
            " those of this program now."
        )
    if restored.not_erased:
        words.append(
            f"{restored.not_erased} clients who were erased since have visits to come"
            " again; cancel these and erase them once more."
        )
    return "\n".join(words)


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {rows.get(table, 0)}" for table, word in _COUNTED.items())


def _show(words: str) -> None:
    """Show what is being done, on a terminal; "" takes that away again."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
