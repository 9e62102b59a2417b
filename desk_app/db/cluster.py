"""The files and the process of one bundled PostgreSQL server."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from desk_app.db import programs
from desk_app.db.connect import address_of, open_connection
from desk_app.db.line import OwnServer
from desk_app.db.programs import WINDOWS
from desk_app.errors import Unavailable, WrongSchema

MAJOR = "18"
PORT = 5432

# A desktop shares its memory with other programs. Nobody reads a server's log there:
# it holds neither statements nor rows. What is committed survives a power cut.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "io_method": "sync",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "idle_in_transaction_session_timeout": "10s",
}
# Whoever owns this computer's data folder owns the server. The practice's own people
# have passwords; the one login of a practice of one person, that by which this
# computer carries messages, and the demo, have none.
ACCESS = """\
local all      postgres        trust
local practice computer        trust
local practice courier         trust
local demo     all             trust
local all      all             scram-sha-256
"""
ACCESS_BY_PORT = """\
host  demo     all 127.0.0.1/32 trust
host  all      all 127.0.0.1/32 scram-sha-256
"""
# A killed server's children end by themselves; then they are helped.
ORPHANS_PATIENCE = 8.0
# More tries do not help a server of which nothing is left running.
FAILURES = 3
LONGEST_LOG = 1_000_000


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server's files under `folder`: made, started, found running, stopped."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder; only the server's user may enter it."""
        return self.folder / "cluster"

    @property
    def is_made(self) -> bool:
        """Whether there are files of a server yet."""
        return (self.data / "PG_VERSION").exists()

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.data / "server.log"

    def url_of(self, database: str) -> OwnServer:
        """Return the libpq URL of a database of the running server."""
        name = quote(database, safe="")
        if WINDOWS:
            password = self._password_file.read_text(encoding="ascii").strip()
            port = self._postmaster_lines()[3]
            return OwnServer(
                f"postgresql://postgres:{password}@127.0.0.1:{port}/{name}"
            )
        host = quote(str(self._socket_folder), safe="")
        return OwnServer(f"postgresql://postgres@/{name}?host={host}&port={PORT}")

    def ensure_running(self, patience: float) -> None:
        """Make the cluster if it is missing, start it unless it runs.

        Raises Unavailable when it does not run after `patience` seconds, and
        WrongSchema when another version of PostgreSQL made the files.
        """
        began = time.monotonic()
        programs.require_reachable(self.folder)
        if not self.is_made:
            self._make()
        version = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if version != MAJOR:
            raise WrongSchema(f"These data are of PostgreSQL {version}, not {MAJOR}.")
        failures = 0
        while not self._answers():
            if self._start():
                continue
            failures += 1
            waited = time.monotonic() - began
            if waited > patience or (failures >= FAILURES and not self._is_alive()):
                raise Unavailable(f"The database does not start; see {self.log}.")
            if waited > ORPHANS_PATIENCE:
                self._end_orphans()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server; what was committed is safe."""
        for mode in ("fast", "immediate"):
            if self.postmaster() is None:
                return
            with suppress(subprocess.SubprocessError):
                self._control("stop", "-w", "-t", "20", "-m", mode)

    def postmaster(self) -> psutil.Process | None:
        """Return the server's main process if it runs."""
        lines = self._postmaster_lines()
        if not lines or not lines[0].isdigit():
            return None
        with suppress(psutil.Error):
            process = psutil.Process(int(lines[0]))
            # After a restart of the machine the number may be somebody else's.
            if str(self.data) in process.cmdline():
                return process
        return None

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    @property
    def _socket_folder(self) -> Path:
        """The data folder, where no other user of the machine comes.

        The name of a socket may have about a hundred characters; a longer one moves
        to a private folder of its own.
        """
        if len(os.fsencode(self.data)) < 85:
            return self.data
        short = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"desk_app-{short}"

    def _postmaster_lines(self) -> list[str]:
        """Return the file the server keeps while it runs, [] without one."""
        try:
            return (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except OSError:
            return []

    def _make(self) -> None:
        """Make the files aside and put them in place in one step."""
        fresh = self.folder / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        programs.make_private(fresh)
        access = ["--auth=trust"]
        if WINDOWS:
            # There it listens on a port, which every user of the machine may try.
            self._password_file.write_text(secrets.token_hex(24), encoding="ascii")
            access = ["--auth=scram-sha-256", f"--pwfile={self._password_file}"]
        try:
            programs.run(
                "initdb",
                f"--pgdata={fresh}",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *access,
                folder=self.folder,
            )
        except subprocess.SubprocessError:
            raise Unavailable(f"No database can be made in {self.folder}.") from None
        fresh.rename(self.data)

    def _answers(self) -> bool:
        if self.postmaster() is None:
            return False
        with (
            suppress(psycopg.OperationalError),
            open_connection(address_of(self.url_of("postgres"), connect_timeout="2")),
        ):
            return True
        return False

    def _start(self) -> bool:
        """Try to start the server once."""
        self._configure()
        self._forget_stranger()
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.unlink()
        try:
            self._control("start", "-w", "-t", "30", "-l", str(self.log))
        except subprocess.SubprocessError:
            return False
        return True

    def _configure(self) -> None:
        """Write the settings that PostgreSQL reads last."""
        if WINDOWS:
            place = {"listen_addresses": "127.0.0.1", "port": str(_free_port())}
        else:
            programs.make_private(self._socket_folder)
            place = {
                "listen_addresses": "",
                "unix_socket_directories": str(self._socket_folder),
                "port": str(PORT),
            }
        lines = [
            "{} = '{}'\n".format(name, value.replace("\\", r"\\").replace("'", "''"))
            for name, value in (SETTINGS | place | self.settings).items()
        ]
        (self.data / "postgresql.auto.conf").write_text("".join(lines), "utf-8")
        access = ACCESS_BY_PORT if WINDOWS else ACCESS
        (self.data / "pg_hba.conf").write_text(access, "ascii")

    def _forget_stranger(self) -> None:
        """Remove the server's file if it names a process that is another program.

        PostgreSQL itself sees when there is no such process any more. Without the
        file it would not see children of a killed server, so these must be gone.
        """
        file = self.data / "postmaster.pid"
        if file.exists() and not self._is_alive():
            file.unlink()

    def _is_alive(self) -> bool:
        return self.postmaster() is not None or bool(self._orphans())

    def _orphans(self) -> list[psutil.Process]:
        """Return what still runs in the data folder of a server that is gone."""
        found = []
        for process in psutil.process_iter(["name"]):
            if (process.info["name"] or "").startswith("postgres"):
                with suppress(psutil.Error):
                    if process.cwd() == str(self.data):
                        found.append(process)
        return found

    def _end_orphans(self) -> None:
        if self.postmaster() is None:
            for process in self._orphans():
                with suppress(psutil.Error):
                    process.kill()

    def _control(self, action: str, *options: str) -> None:
        programs.run(
            "pg_ctl", action, "-D", str(self.data), *options, folder=self.folder
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
