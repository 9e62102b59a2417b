"""Real servers for the tests: the bundled one, or one installed on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psutil
import psycopg
import pytest
from psycopg import conninfo, sql
from sqlalchemy.orm import Session

from desk_app.db import programs, schema
from desk_app.db.connect import OLDEST_SERVER
from desk_app.db.embedded import open_server
from desk_app.db.session import Sessions
from desk_app.db.watchdog import Watchdog
from tests import planted
from tests.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

INSTALLED = Path("/usr/lib/postgresql")
OLDEST = str(OLDEST_SERVER)
TEMPLATE = "desk_template"
PASSWORD = planted.PASSWORD
# The name that a server of the tests has in its certificate.
HOST = "localhost"

# Where Linux keeps files in memory, and what all the servers of a run fit into.
MEMORY = Path("/dev/shm")  # noqa: S108 (each folder in it has a name of its own)
ROOM = 2 * 1024**3
FOLDER = "desk_app-test-"

# As the bundled server: passwords for all but its administrator.
ACCESS = "local all postgres trust\nlocal all all scram-sha-256\n"
# Nothing of a test has to survive a power cut.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


@contextmanager
def reachable_folder(
    *, is_gathered: bool = True, on_disk: bool = False
) -> Iterator[Path]:
    """Give a folder that the server's own user can enter, when root runs the tests.

    It lies in memory where there is room, unless it must be `on_disk`: programs cannot
    always be started from memory, and a benchmark measures disks too. The
    logs in it are looked through at the end, unless they are meant to tell all.
    """
    place = None if on_disk else memory()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-", dir=place))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if is_gathered:
            planted.gather_files(folder)
        shutil.rmtree(folder, ignore_errors=True)


@cache
def memory() -> Path | None:
    """Return where files are kept in memory, without those of runs that were killed.

    A database is hundreds of small files: a disk takes thrice as long to copy one.
    """
    if not MEMORY.is_dir():
        return None
    for left in MEMORY.glob(f"{FOLDER}*-*"):
        run = left.name.removeprefix(FOLDER).partition("-")[0]
        if run.isdigit() and not psutil.pid_exists(int(run)):
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None


@contextmanager
def bundled_server() -> Iterator[Callable[[str], str]]:
    """Run the bundled server; gives the function from database to URL."""
    with reachable_folder() as folder, open_server(folder, FAST) as server:
        yield server.url_of


def require_installed(version: str) -> None:
    """Skip the test where this machine has no such server."""
    if not (INSTALLED / version / "bin" / "postgres").exists():
        pytest.skip(f"PostgreSQL {version} is not installed")


@contextmanager
def installed_server(version: str) -> Iterator[Callable[[str], str]]:
    """Run a server of Debian's packages on a socket in a folder of its own."""
    with reachable_folder() as folder, _running(version, folder, {}, ACCESS):
        yield lambda name: f"postgresql://postgres@/{name}?host={folder / 'cluster'}"


@dataclass(frozen=True, slots=True)
class TlsServer:
    """A practice's own server on the network: TLS, and SCRAM for every login."""

    authority: Authority
    port: int
    folder: Path

    def url(self, database: str, user: str, password: str = "") -> str:
        """Return the address that a person types at a desk."""
        login = f"{quote(user, safe='')}:{quote(password, safe='')}".removesuffix(":")
        return (
            f"postgresql://{login}@{HOST}:{self.port}/{quote(database, safe='')}"
            f"?sslrootcert={quote(str(self.authority.file), safe='')}"
        )

    def superuser_url(self, database: str) -> str:
        """Return the administrator's way in, who sits at the server itself."""
        folder = quote(str(self.folder / "cluster"), safe="")
        return f"postgresql://postgres@/{database}?host={folder}&port={self.port}"


@contextmanager
def tls_server(
    version: str = OLDEST, access: str = "hostssl all all samehost scram-sha-256"
) -> Iterator[TlsServer]:
    """Run a server of Debian's packages as README tells practices to.

    `access` are the lines of its pg_hba.conf after that of the administrator.
    """
    with reachable_folder() as folder:
        authority = Authority.made(folder, "practice")
        shown = authority.issue(HOST)
        port = free_port()
        settings = {
            "listen_addresses": "localhost",
            "port": str(port),
            "ssl": "on",
            "ssl_cert_file": str(shown.file),
            "ssl_key_file": str(shown.key),
            "log_error_verbosity": "terse",
        }
        for file in (shown.file, shown.key):
            _give(file)
        hba = f"local all postgres trust\n{access}\n"
        with _running(version, folder, settings, hba):
            yield TlsServer(authority, port, folder)


@contextmanager
def _running(
    version: str, folder: Path, settings: Mapping[str, str], hba: str
) -> Iterator[None]:
    data = folder / "cluster"
    programs.make_private(data)
    _run(version, "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync", "-D", str(data))  # fmt: skip
    # As the README tells whoever keeps a server: no rows and no statements in the log.
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(data),
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    lines = [
        f"{name} = '{value}'\n" for name, value in (FAST | chosen | settings).items()
    ]
    (data / "postgresql.auto.conf").write_text("".join(lines))
    (data / "pg_hba.conf").write_text(hba)
    _run(version, "pg_ctl", "start", "-w", "-D", str(data),
         "-l", str(data / "log"))  # fmt: skip
    try:
        yield
    finally:
        _run(version, "pg_ctl", "stop", "-m", "immediate", "-D", str(data))


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _give(file: Path) -> None:
    """Give a file to the user that servers run as."""
    account = programs.server_account()
    if account is not None:
        os.chown(file, account.uid, account.gid)


def _run(version: str, program: str, *arguments: str) -> None:
    account = programs.server_account()
    subprocess.run(
        [INSTALLED / version / "bin" / program, *arguments],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def make_template(url_of: Callable[[str], str]) -> None:
    """Make the database that others are copied from, by the migrations."""
    make_database(url_of, TEMPLATE, "template0")
    schema.upgrade(url_of(TEMPLATE))


def make_database(url_of: Callable[[str], str], name: str, template: str) -> None:
    """Copy a database; copying files is fastest where nothing is synced."""
    _say(
        url_of,
        "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY",
        name,
        template,
    )


def drop_database(url_of: Callable[[str], str], name: str) -> None:
    """Drop a database, whoever is still connected."""
    _say(url_of, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def drop_people(url_of: Callable[[str], str]) -> None:
    """Drop the logins of practices whose databases are gone; roles outlive these."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT r.rolname FROM pg_roles r"
            " LEFT JOIN pg_auth_members m ON m.member = r.oid"
            " LEFT JOIN pg_roles g ON g.oid = m.roleid"
            " WHERE r.rolname !~ '^(pg_|desk_)'"
            " AND (g.rolname ~ '^desk_' OR NOT r.rolcanlogin)"
        ).fetchall()
        for (login,) in found:
            # Somebody may work in another database still.
            with suppress(psycopg.errors.DependentObjectsStillExist):
                connection.execute(
                    sql.SQL("DROP ROLE {}").format(sql.Identifier(login))
                )


def _say(url_of: Callable[[str], str], statement: str, *names: str) -> None:
    identifiers = [sql.Identifier(name) for name in names]
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*identifiers))


def make_login(url: str, login: str, password: str = PASSWORD) -> str:
    """Make a login that the practice does not know; return its URL."""
    who = sql.Identifier(login)
    with psycopg.connect(url, autocommit=True) as connection:
        known = "SELECT FROM pg_roles WHERE rolname = %s"
        if connection.execute(known, [login]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {}").format(who))
        change = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
        connection.execute(change.format(who, sql.Literal(password)))
    return conninfo.make_conninfo(url, user=login, password=password)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again; a server takes a moment to do what it was told."""
    deadline = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def backends(url: str, application_name: str) -> list[int]:
    """Return the server's processes that serve this database to a program."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
            " AND datname = current_database()",
            (application_name,),
        )
        return [pid for (pid,) in found]


def terminate(url: str, application_name: str) -> None:
    """End the connections of a program to this database, as a restart would."""
    pids = backends(url, application_name)
    with psycopg.connect(url, autocommit=True) as connection:
        for pid in pids:
            connection.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


@contextmanager
def away(url: str) -> Iterator[None]:
    """Let nobody into this database, as while its server is down."""
    name = conninfo.conninfo_to_dict(url)["dbname"]
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    elsewhere = conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s",
            (name,),
        )
        try:
            yield
        finally:
            connection.execute(allow.format(sql.Identifier(name), sql.Literal(True)))


@contextmanager
def frozen(*pids: int) -> Iterator[None]:
    """Stop processes as a hanging disk or a sleeping virtual machine would."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


class RolledBackSessions(Sessions):
    """Sessions whose every commit is a savepoint of one transaction of the test."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.engine, 15.0, Watchdog())
        self._connection = connection

    @contextmanager
    def _open(self, deadline: float) -> Iterator[Session]:
        del deadline
        with Session(
            self._connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        ) as session:
            yield session
