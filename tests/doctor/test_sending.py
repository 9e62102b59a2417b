"""How messages leave, told without secrets, and tried where the doctor may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app import doctor
from desk_app.db.session import open_sessions
from desk_app.doctor import State, sending
from desk_app.errors import Unavailable
from desk_app.settings import Settings
from tests import factories
from tests.couriers import let_carry
from tests.desks import Desks
from tests.rings import DeskRings
from tests.worker.conftest import House, authority, certificate, house, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.db.session import Sessions
    from desk_app.doctor import Finding

__all__ = ["authority", "certificate", "house", "office"]
SMTP = {"host": "mail.example.org", "sender": "desk@example.org"}


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> DeskRings:
    """The keyring of this computer."""
    rings = DeskRings()
    monkeypatch.setattr(sending, "KeptRings", lambda _: rings)
    return rings


@pytest.fixture
def desks(url: str) -> Iterator[Desks]:
    with Desks(url) as desks:
        yield desks


def said(sessions: Sessions, about: str) -> Finding:
    findings = doctor.examine(Settings(database=sessions.url()))
    return next(finding for finding in findings if finding.about == about)


def test_the_channels_that_are_set_up_are_named(
    url: str, found: Callable[[str], dict[str, Finding]]
) -> None:
    assert found(url)["messages"].words == "not set up: e-mail, push, SMS, Zoom"
    sessions = open_sessions(url)
    factories.setting(sessions, "mail", SMTP)
    factories.setting(sessions, "push", {"service": "NTFY", "server": "ntfy.sh"})
    sessions.close()
    words = found(url)["messages"].words
    assert words == "set up: e-mail, push; not set up: SMS, Zoom"


def test_a_desk_is_told_whether_it_may_carry(desks: Desks, rings: DeskRings) -> None:
    desk, manager, key = desks.receptionist(), desks.manager("Maria"), DeskRings()
    nobody = said(desk, "courier")
    assert (nobody.state, "no login" in nobody.words) == (State.WARNING, True)
    let_carry(manager, key, "courier")
    keyless = said(desk, "courier")
    assert (keyless.state, "key" in keyless.words) == (State.WARNING, True)
    rings.ring = key.ring
    assert said(desk, "courier").words == "this computer may carry"


def test_a_desk_that_shall_not_carry_is_no_fault(desks: Desks) -> None:
    chosen = Settings(database=desks.receptionist().url(), carries=False)
    findings = {finding.about: finding for finding in doctor.examine(chosen)}
    assert findings["courier"].state is State.OK
    assert "carries = false" in findings["courier"].words


def test_a_computer_without_a_keyring_is_told_what_that_means(desks: Desks) -> None:
    finding = said(desks.worker(), "courier")
    assert finding.state is State.OK
    assert "without a keyring" in finding.words


def test_a_locked_keyring_is_said_to_be_locked(
    desks: Desks, rings: DeskRings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise Unavailable

    monkeypatch.setattr(rings, "get", locked)
    assert "keyring" in said(desks.worker(), "courier").words


def test_the_worker_is_let_in_by_the_mail_server(
    house: House, rings: DeskRings
) -> None:
    assert said(house.worker, "mail").state is State.WARNING
    rings.ring = house.rings.ring
    assert said(house.worker, "mail").words == "the server lets us in"
    house.office.login_is_good = False
    refused = said(house.worker, "mail")
    assert refused.state is State.FAULT
    assert "geheim" not in refused.words
    assert house.office.mails() == []


def test_without_a_mail_server_there_is_nothing_to_try(desks: Desks) -> None:
    assert said(desks.worker(), "mail").words == "is not set up"
