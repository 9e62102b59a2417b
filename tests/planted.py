"""What must stand in nothing that is written: passwords, tokens, people.

The tests work with these values everywhere. Whatever the whole run writes beside its
databases is gathered in one folder, and looked through at the end.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "correct horse battery"
TOKEN = "planted-token-4711"

PLANTED = {
    "a password": (PASSWORD,),
    "a token": (TOKEN, TOKEN.encode().hex()),
    "a client's name": ("Anna Weiß", "Berta Maß", "Beata Fremd", "Anna Eigen"),
    "a client's phone": ("+491701234567", "0170 1234567", "+491707654321"),
    "a client's e-mail": ("anna@example.org", "beata@example.org"),
    "a note": ("planted-note",),
}
FOLDER = "DESK_APP_TESTS_WROTE"
# What a desk or a server leaves behind beside the data themselves.
LEFT = ("*.log", "log", "settings.toml", "window.ini")


def begin() -> None:
    """Gather in a folder from now on, the one of the whole run if there is one."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="desk_app-wrote-")
    handler = logging.FileHandler(_folder() / f"log-{os.getpid()}.txt", "a", "utf-8")
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    # As the program does it (cli), and more of what is its own.
    logging.getLogger().addHandler(handler)
    logging.getLogger("desk_app").setLevel(logging.DEBUG)


def gather(name: str, text: str) -> None:
    """Add what a test wrote on its standard output, or said in a log."""
    with (_folder() / f"said-{os.getpid()}.txt").open("a", encoding="utf-8") as file:
        file.write(f"{name}\n{text}\n".encode("utf-8", "replace").decode("utf-8"))


def gather_files(folder: Path) -> None:
    """Add the logs and settings that lie in a folder, before it goes."""
    if FOLDER not in os.environ:
        return
    for number, file in enumerate(_left_in(folder)):
        target = _folder() / f"{folder.name}-{os.getpid()}-{number}-{file.name}"
        shutil.copyfile(file, target)


def found_in(folder: Path) -> list[str]:
    """Return which kinds of planted values stand in which files, not the values."""
    hits = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8", errors="replace")
        hits += [
            f"{kind} in {file.name}"
            for kind, values in PLANTED.items()
            if any(value in text for value in values)
        ]
    return hits


def end(*folders: Path) -> list[str]:
    """Return what was found in all that was written, and forget the rest."""
    folder = _folder()
    for other in folders:
        gather_files(other)
    hits = found_in(folder)
    if not hits:
        shutil.rmtree(folder, ignore_errors=True)
    return hits


def _folder() -> Path:
    return Path(os.environ[FOLDER])


def _left_in(folder: Path) -> Iterator[Path]:
    for pattern in LEFT:
        yield from (path for path in folder.rglob(pattern) if path.is_file())
