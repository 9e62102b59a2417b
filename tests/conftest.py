"""What all tests share: no screen, and a real PostgreSQL with the real schema."""

from __future__ import annotations

import gc
import os
from itertools import count
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desk_app.db.connect import engine_for
from desk_app.ui import garbage
from tests import planted, postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from desk_app.db.session import Sessions
    from tests.postgres import TlsServer

_numbers = count(1)
_HITS = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all tests run on another server than the bundled one."""
    parser.addoption(
        "--postgres",
        metavar="VERSION",
        help=f"run on the PostgreSQL in {postgres.INSTALLED}/VERSION",
    )
    parser.addoption(
        "--stress-seconds",
        metavar="SECONDS",
        type=float,
        default=6.0,
        help="let the stress of tests/stress last so long (default: 6)",
    )
    parser.addoption(
        "--faults-full",
        action="store_true",
        help="let the faults of tests/faults go on as on a bad day (takes minutes)",
    )
    parser.addoption(
        "--hostile-all",
        action="store_true",
        help="open every screen with every hostile text (takes minutes)",
    )


def pytest_configure() -> None:
    """Gather all that is written from now on, by each process of the run."""
    planted.begin()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Free widgets on the thread that made them, as the program does."""
    gc.disable()
    garbage.collect_due()


def pytest_collection_finish() -> None:
    """Let garbage be looked for in what tests make, not in the tests themselves."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Gather what a test said on its way, also where nobody looked."""
    for name, text in report.sections:
        planted.gather(f"{report.nodeid}: {name}", text)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if anything that was written holds what must stand nowhere."""
    if hasattr(session.config, "workerinput"):
        return
    made = getattr(session.config, "_tmp_path_factory", None)
    hits = planted.end(*([made.getbasetemp()] if made else []))
    if hits:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.stash[_HITS] = hits


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was found, and in which file of the folder."""
    for hit in config.stash.get(_HITS, []):
        where = os.environ[planted.FOLDER]
        terminalreporter.write_line(f"WRITTEN: {hit} (of {where})", red=True)


@pytest.fixture(scope="session")
def url_of(request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """A server for this run: the function from a database's name to its URL."""
    version = request.config.getoption("--postgres")
    running = (
        postgres.installed_server(version) if version else postgres.bundled_server()
    )
    with running as url_of:
        postgres.make_template(url_of)
        yield url_of


@pytest.fixture
def database_url(url_of: Callable[[str], str]) -> Iterator[str]:
    """A database of the test's own with the whole schema and no rows, for races."""
    name = f"own_{next(_numbers)}"
    postgres.make_database(url_of, name, postgres.TEMPLATE)
    yield url_of(name)
    postgres.drop_database(url_of, name)
    postgres.drop_people(url_of)


@pytest.fixture(scope="session")
def _shared_engine(url_of: Callable[[str], str]) -> Iterator[Engine]:
    postgres.make_database(url_of, "shared", postgres.TEMPLATE)
    engine = engine_for(url_of("shared"), "-c timezone=UTC -c jit=off")
    yield engine
    engine.dispose()
    postgres.drop_database(url_of, "shared")


@pytest.fixture
def sessions(_shared_engine: Engine) -> Iterator[Sessions]:
    """Sessions on an empty schema; what the test writes is rolled back after it."""
    with _shared_engine.connect() as connection, connection.begin() as transaction:
        sessions = postgres.RolledBackSessions(connection)
        yield sessions
        transaction.rollback()


@pytest.fixture(scope="session")
def tls_server() -> Iterator[TlsServer]:
    """A practice's own server of the oldest version, reached by TLS as desks do.

    Whoever makes databases or logins there gives them names of their own.
    """
    postgres.require_installed(postgres.OLDEST)
    with postgres.tls_server() as server:
        yield server
