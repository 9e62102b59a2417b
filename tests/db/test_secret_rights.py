"""Who may set, read and pass on secrets: the database itself says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo

from desk_app.db.session import open_sessions
from desk_app.domain.secrets import SecretName, Tokens
from desk_app.errors import NotAllowed, NotFound
from desk_app.sealing import new_code, new_ring, rotated
from desk_app.services.vault import Vault
from tests import factories, postgres
from tests.postgres import PASSWORD
from tests.rings import DeskRings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

SMTP = SecretName.SMTP_PASSWORD
PLANTED = b"pl4nted-secret"

# The login, its group and its role; the worker is no person.
PEOPLE = (
    ("vault_manager", "desk_manager", "MANAGER"),
    ("vault_reception", "desk_receptionist", "RECEPTIONIST"),
    ("vault_provider", "desk_provider", "PROVIDER"),
    ("vault_worker", "desk_worker", ""),
)
EVERYBODY = [login for login, _, _ in PEOPLE]

OF_THE_WORKER = (
    "TABLE calendar_sync",
    "TABLE practice_secret",
    "SELECT access_token FROM calendar_sync",
    "SELECT FROM calendar_sync WHERE refresh_token IS NULL",
    "SELECT sealed FROM practice_secret FOR UPDATE",
    "UPDATE calendar_sync SET access_token = NULL RETURNING refresh_token",
    "UPDATE practice_secret SET sealed = sealed",
)
OF_NOBODY = (
    "TABLE desk_enrolment",
    "DELETE FROM desk_enrolment",
    "UPDATE desk_enrolment SET expires_at = now()",
    "INSERT INTO practice_secret (name, sealed) VALUES ('smtp_password', '')"
    " ON CONFLICT (name) DO UPDATE SET sealed = EXCLUDED.sealed",
    "TRUNCATE practice_secret",
    "ALTER TABLE practice_secret DISABLE ROW LEVEL SECURITY",
    "SET ROLE desk_owner",
)


@dataclass
class House:
    """A practice with a calendar of its provider and one of somebody else.

    Every login works at the same desk, so that only the database can say no.
    """

    url: str
    owner: Sessions
    rings: DeskRings
    own_calendar: int
    other_calendar: int
    opened: list[Sessions]

    def url_of(self, login: str) -> str:
        """Return the address for `login`."""
        return conninfo.make_conninfo(self.url, user=login, password=PASSWORD)

    def vault(self, login: str) -> Vault:
        """Return the vault as `login` has it."""
        sessions = open_sessions(self.url_of(login))
        self.opened.append(sessions)
        return Vault(sessions, self.rings)

    def say(self, login: str, statement: str) -> list[tuple[object, ...]]:
        """Run SQL as `login`, as psql would."""
        with psycopg.connect(self.url_of(login), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    owner = open_sessions(database_url)
    provider_id, other_id = factories.provider(owner), factories.provider(owner)
    house = House(
        database_url,
        owner,
        DeskRings(rotated(new_ring())),
        factories.calendar(owner, provider_id),
        factories.calendar(owner, other_id),
        [owner],
    )
    for login, group, role in PEOPLE:
        make_login(owner, login, group, role)
    factories.rows(
        owner,
        "UPDATE provider SET user_id = u.user_id FROM staff_user u"
        " WHERE u.login = 'vault_provider' AND provider_id = :id",
        id=provider_id,
    )
    Vault(owner, house.rings).begin_key()
    yield house
    for sessions in house.opened:
        sessions.close()


def make_login(owner: Sessions, login: str, group: str, role: str) -> None:
    groups = f"desk_staff, {group}" if role else group
    factories.rows(
        owner,
        f"DROP ROLE IF EXISTS {login};"
        f" CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}' IN ROLE {groups}",
    )
    if role:
        factories.rows(
            owner,
            "INSERT INTO staff_user (login, name, role) VALUES (:login, 'X', :role)",
            login=login,
            role=role,
        )


def let_go(house: House, login: str) -> None:
    """Somebody has left, whose login and group are not withdrawn yet."""
    factories.rows(
        house.owner,
        "UPDATE staff_user SET is_active = false WHERE login = :login",
        login=login,
    )


def test_a_manager_sets_secrets_and_cannot_read_them(house: House) -> None:
    manager = house.vault("vault_manager")
    manager.store(SMTP, b"first")
    manager.store(SMTP, PLANTED)
    ((entry,),) = (manager.names(),)
    assert (entry.name, entry.changed_by) == (SMTP, "vault_manager")
    with pytest.raises(NotAllowed):
        manager.read(SMTP)
    manager.remove(SMTP)
    assert manager.names() == ()


def test_the_worker_reads_secrets_and_cannot_set_them(house: House) -> None:
    house.vault("vault_manager").store(SMTP, PLANTED)
    worker = house.vault("vault_worker")
    assert worker.read(SMTP) == PLANTED
    for change in (lambda: worker.store(SMTP, b"x"), lambda: worker.remove(SMTP)):
        with pytest.raises(NotAllowed):
            change()


@pytest.mark.parametrize("login", ["vault_reception", "vault_provider"])
def test_others_neither_set_nor_read_nor_list_secrets(house: House, login: str) -> None:
    house.vault("vault_manager").store(SMTP, PLANTED)
    vault = house.vault(login)
    for call in (
        vault.names,
        vault.reseal,
        vault.begin_key,
        vault.start_over,
        vault.offer_enrolment,
        lambda: vault.read(SMTP),
        lambda: vault.store(SMTP, b"x"),
        lambda: vault.remove(SMTP),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert house.vault("vault_worker").read(SMTP) == PLANTED


def test_nobody_signs_with_another_name(house: House) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        house.say(
            "vault_manager",
            "INSERT INTO practice_secret (name, sealed, changed_by)"
            " VALUES ('x', sha256('x'), 'somebody else')",
        )


def test_sealing_again_keeps_who_set_a_secret(house: House) -> None:
    manager = house.vault("vault_manager")
    manager.store(SMTP, PLANTED)
    before = manager.names()
    house.vault("vault_worker").rotate()
    assert house.vault("vault_worker").reseal() == 2
    assert manager.names() == before


def test_a_provider_signs_in_to_his_own_calendar_only(house: House) -> None:
    provider = house.vault("vault_provider")
    provider.store_tokens(house.own_calendar, PLANTED, b"refresh")
    with pytest.raises(NotFound):
        provider.store_tokens(house.other_calendar, PLANTED, None)
    with pytest.raises(NotAllowed):
        provider.read_tokens(house.own_calendar)
    worker = house.vault("vault_worker")
    assert worker.read_tokens(house.own_calendar) == Tokens(PLANTED, b"refresh")


def test_a_manager_signs_in_to_every_calendar_and_reads_no_token(house: House) -> None:
    manager = house.vault("vault_manager")
    for calendar in (house.own_calendar, house.other_calendar):
        manager.store_tokens(calendar, PLANTED, None)
        with pytest.raises(NotAllowed):
            manager.read_tokens(calendar)


def test_a_provider_sees_and_disconnects_his_own_calendar_only(house: House) -> None:
    seen = house.say("vault_provider", "SELECT sync_id, state FROM calendar_sync")
    assert seen == [(house.own_calendar, "CONNECTED")]
    house.say("vault_provider", "DELETE FROM calendar_sync")
    left = house.say("vault_manager", "SELECT sync_id FROM calendar_sync")
    assert left == [(house.other_calendar,)]


def test_a_provider_connects_no_calendar_of_another(house: House) -> None:
    connect = (
        "INSERT INTO calendar_sync (provider_id, calendar_type)"
        " SELECT {}, 'APPLE' RETURNING sync_id"
    )
    assert house.say("vault_provider", connect.format("desk_provider_id()"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        house.say("vault_provider", connect.format("desk_provider_id() + 1"))


@pytest.mark.parametrize("login", EVERYBODY[:3])
def test_no_person_gets_at_what_is_sealed(house: House, login: str) -> None:
    house.vault("vault_manager").store(SMTP, PLANTED)
    for statement in OF_THE_WORKER + OF_NOBODY:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            house.say(login, statement)


def test_the_worker_gets_at_what_is_sealed_but_not_at_codes(house: House) -> None:
    for statement in OF_THE_WORKER:
        house.say("vault_worker", statement)
    for statement in OF_NOBODY:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            house.say("vault_worker", statement)


@pytest.mark.parametrize("login", EVERYBODY)
def test_everybody_who_works_here_enrols_with_a_code(house: House, login: str) -> None:
    code = house.vault("vault_manager").offer_enrolment()
    given = house.rings.held
    house.rings.ring = new_ring()
    house.vault(login).enrol(code)
    assert house.rings.held.newest == given.newest


def test_somebody_who_has_left_is_let_in_no_more(house: House) -> None:
    manager, reception = house.vault("vault_manager"), house.vault("vault_reception")
    manager.store(SMTP, PLANTED)
    code = manager.offer_enrolment()
    let_go(house, "vault_manager")
    let_go(house, "vault_reception")
    assert manager.names() == ()
    for call in (
        manager.start_over,
        manager.offer_enrolment,
        lambda: manager.store(SMTP, b"x"),
        lambda: reception.enrol(code),
        lambda: reception.enrol(new_code()),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert house.vault("vault_worker").read(SMTP) == PLANTED


def test_a_login_of_something_else_calls_neither_function(house: House) -> None:
    postgres.make_login(house.url, "vault_stranger")
    executable = (
        "SELECT proname FROM pg_proc WHERE proname LIKE '%_enrolment'"
        " AND has_function_privilege(oid, 'EXECUTE')"
    )
    assert house.say("vault_stranger", executable) == []
    assert len(house.say("vault_manager", executable)) == 2
    stranger = house.vault("vault_stranger")
    with pytest.raises(NotAllowed):
        stranger.offer_enrolment()
    with pytest.raises(NotAllowed):
        stranger.enrol(new_code())
