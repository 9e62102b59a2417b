"""Couriers at work in a practice that sends by real servers on this machine."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from desk_app import carrying
from desk_app.db.session import open_sessions
from desk_app.domain.mail_hosts import Security
from desk_app.domain.secrets import SecretName
from desk_app.services.vault import Vault
from tests.carrying import Carrying
from tests.certificates import Authority, Certificate
from tests.messages import post_office
from tests.postgres import wait_until
from tests.rings import DeskRings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.desk import Loop
    from desk_app.worker.reports import Report
    from tests.messages.post_office import PostOffice


class Running:
    """A loop on a thread; `reports` are what it said."""

    def __init__(self, loop: Loop) -> None:
        self.reports: list[Report] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=loop.run, args=(self._stop, self.reports.append), daemon=True
        )
        self._thread.start()

    def wait_for(self, report: Report) -> None:
        """Wait until it has said this."""
        wait_until(lambda: report in self.reports)

    def stop(self) -> bool:
        """Let it end; say whether it did in the time that a window waits."""
        self._stop.set()
        self._thread.join(5)
        return not self._thread.is_alive()


class House(Carrying):
    """A practice whose mail goes to `office`; nothing has to wait for a while."""

    def __init__(self, url: str, office: PostOffice) -> None:
        super().__init__(url)
        self.office, self.rings = office, DeskRings()
        self._running = ExitStack()
        self.rows("DELETE FROM practice_secret")
        vault = Vault(self.admin, self.rings)
        vault.begin_key()
        vault.store(SecretName.SMTP_PASSWORD, post_office.PASSWORD.encode())
        self.set("grace_seconds", 0)
        self.set(
            "mail",
            {
                "host": post_office.HOST,
                "port": office.port,
                "security": office.security.value,
                "login": post_office.LOGIN,
                "sender": "praxis@praxis.example",
            },
        )

    def set(self, name: str, value: object) -> None:
        """Choose something for the practice."""
        self.rows(
            "INSERT INTO practice_setting (name, value)"
            " VALUES (:name, CAST(:value AS jsonb))"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name=name,
            value=json.dumps(value),
        )

    def seal(self, name: SecretName, secret: object) -> None:
        """Give the practice a secret of a service."""
        Vault(self.admin, self.rings).store(name, json.dumps(secret).encode())

    def start(self, rings: DeskRings | None = None) -> Running:
        """Let one more courier carry."""
        sessions = open_sessions(self.worker.url(), deadline=10)
        self._running.callback(sessions.close)
        loop = carrying.courier(sessions, rings or self.rings)
        running = Running(loop)
        self._running.callback(running.stop)
        return running

    def close(self) -> None:
        """Stop everything."""
        self._running.close()
        super().close()

    def states(self, kind: str, channel: str) -> list[tuple[str, str]]:
        """Return how messages of a kind stand, and why."""
        return [
            (state, outcome)
            for state, outcome in self.rows(
                "SELECT state, outcome FROM outbox WHERE kind = :kind"
                " AND channel = :channel ORDER BY outbox_id",
                kind=kind,
                channel=channel,
            )
        ]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whom the couriers of these tests trust."""
    return Authority.made(tmp_path_factory.mktemp("authority"), "practice")


@pytest.fixture(scope="session")
def certificate(authority: Authority) -> Certificate:
    """What the mail server shows."""
    return authority.issue(post_office.HOST)


@pytest.fixture
def office(
    authority: Authority, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PostOffice]:
    """A mail server with STARTTLS and a login, whom this system trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with post_office.opened(Security.STARTTLS, certificate, authority.file) as office:
        yield office


@pytest.fixture
def house(database_url: str, office: PostOffice) -> Iterator[House]:
    """A practice that sends."""
    house = House(database_url, office)
    yield house
    house.close()
