"""`worker` as a real process: it carries, ends when told, and tells no secrets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk_app.sealing import KeyRing
from desk_app.services.vault import Vault
from tests.desks import Desks, login_of
from tests.postgres import PASSWORD, wait_until
from tests.worker.conftest import House, authority, certificate, house, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.commands.conftest import Said

__all__ = ["authority", "certificate", "house", "office"]
ROOT = Path(__file__).parents[2]
_NO_QT = (
    "import sys; from desk_app.cli import main; code = main(sys.argv[1:]);"
    " assert not [name for name in sys.modules if name.startswith('PySide6')];"
    " sys.exit(code)"
)


class Process:
    """`desk-app worker` with the key of a house, as systemd would start it."""

    def __init__(self, house: House, folder: Path, *words: str) -> None:
        (folder / "practice-key").write_text(house.rings.held.to_text())
        self.process = subprocess.Popen(
            [sys.executable, "-c", _NO_QT, "worker", *words],
            cwd=ROOT,
            env={
                **os.environ,
                "XDG_CONFIG_HOME": str(folder),
                "CREDENTIALS_DIRECTORY": str(folder),
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
                "PGPASSWORD": PASSWORD,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ended(self) -> tuple[int, str]:
        """Wait until it has ended; return its code and what it said."""
        out, said = self.process.communicate(timeout=30)
        return self.process.returncode, out + said


@pytest.fixture
def start(house: House, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Return the function that starts one."""
    started: list[Process] = []

    def start(*words: str) -> Process:
        address = ("--database", house.url, "--login", login_of(house.worker))
        started.append(Process(house, tmp_path, *address, *words))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_carries_until_it_is_told_to_end(
    house: House, start: Callable[..., Process], number: signal.Signals
) -> None:
    worker = start()
    house.book()
    wait_until(lambda: len(house.office.mails()) == 1)
    worker.process.send_signal(number)
    code, said = worker.ended()
    assert code == 0, said
    assert "The worker has ended." in said
    for secret in (PASSWORD, "anna", "Anna", "geheim", house.rings.held.to_text()):
        assert secret not in said


@pytest.mark.slow
def test_once_it_ends_when_nothing_is_due(
    house: House, start: Callable[..., Process]
) -> None:
    house.book()
    code, said = start("--once").ended()
    assert code == 0, said
    assert len(house.office.mails()) == 1
    ((due,),) = house.rows("SELECT count(*) FROM outbox WHERE run_at < now() AND"
                           " state IN ('WAITING', 'SENDING')")  # fmt: skip
    assert due == 0


def test_who_is_no_worker_is_told_how_to_become_one(
    desk_app: Callable[..., Said], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with Desks(database_url) as desks:
        login = login_of(desks.manager())
        done = desk_app("worker", "--database", database_url, "--login", login)
        assert (done.code, done.out) == (1, "")
        assert "init-server --worker" in done.err
        done = desk_app("worker", "--database", database_url, "--login", "postgres")
        assert (done.code, done.out) == (1, "")


@pytest.mark.parametrize("words", [("--demo",), ("--show-key",)])
def test_what_makes_no_sense_is_misuse(
    desk_app: Callable[..., Said], words: tuple[str, ...]
) -> None:
    assert desk_app("worker", *words).code == 2


def test_the_key_comes_by_a_code_and_goes_to_what_seals_it(
    desk_app: Callable[..., Said], house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = Vault(house.admin, house.rings).offer_enrolment()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    login = login_of(house.worker)
    words = ("--database", house.url, "--login", login, "--enrol", "--show-key")
    done = desk_app("worker", *words, typed=f"{code}\n")
    assert done.code == 0, done.err
    assert KeyRing.from_text(done.out.strip()) == house.rings.held
    assert desk_app("worker", *words, typed=f"{code}\n").code == 1
