"""Leavers lose access at once; passwords change without the server ever seeing one."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db.embedded import open_server
from desk_app.db.queries import staff as queries
from desk_app.db.queries.pipeline import ask
from desk_app.domain.staff import Role, Staff
from desk_app.errors import DeskError, NotAllowed, Refused
from desk_app.services.staff import StaffList
from tests import postgres
from tests.postgres import PASSWORD
from tests.staff import Crew, at_once, new_staff, signs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

NEW_PASSWORD = "nine purple elephants"
LOOK = "SELECT count(*) FROM client"
OPEN = (
    "SELECT FROM pg_stat_activity WHERE usename = %s AND datname = current_database()"
)
# Everything a server can be told to write down.
TALKATIVE = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_error_statement": "debug5",
    "log_min_messages": "debug2",
    "log_error_verbosity": "verbose",
    "log_connections": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    """A practice with one manager, closed to strangers."""
    crew = Crew(database_url)
    yield crew
    crew.close()


@pytest.fixture
def staff(crew: Crew) -> StaffList:
    """The staff in the hands of a manager, signed in as such."""
    return crew.list_of(crew.manager)


def connected(crew: Crew, person: Staff) -> psycopg.Connection[tuple[int]]:
    """Sign in with a tool of one's own, past the program."""
    return psycopg.connect(crew.address(person), autocommit=True)


def is_connected(crew: Crew, person: Staff) -> bool:
    with psycopg.connect(crew.url) as connection:
        return connection.execute(OPEN, [person.login]).fetchone() is not None


# -- leavers


def test_the_next_statement_of_a_leaver_fails(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        assert open_one.execute(LOOK).fetchone() == (0,)
        assert staff.let_go(person) == 1
        with pytest.raises(psycopg.OperationalError, match="terminating connection"):
            open_one.execute(LOOK)
    assert not is_connected(crew, person)


def test_an_open_transaction_of_a_leaver_is_ended(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        open_one.execute("BEGIN")
        open_one.execute("INSERT INTO client (name) VALUES ('Anna')")
        staff.let_go(person)
        with pytest.raises(psycopg.OperationalError):
            open_one.execute("COMMIT")
    with psycopg.connect(crew.url) as connection:
        assert connection.execute(LOOK).fetchone() == (0,)


def test_a_leaver_cannot_hold_up_that_they_leave(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        open_one.execute("BEGIN")
        secret = open_one.pgconn.encrypt_password(
            NEW_PASSWORD.encode(), person.login.encode(), b"scram-sha-256"
        )
        open_one.execute(
            "SELECT staff_set_password(%s, %s)", [person.user_id, secret.decode()]
        )
        staff.let_go(person)
        with pytest.raises(psycopg.OperationalError):
            open_one.execute("COMMIT")
    assert not is_connected(crew, person)


@pytest.mark.parametrize("role", Role)
def test_a_leaver_does_not_come_back(crew: Crew, staff: StaffList, role: Role) -> None:
    person = crew.add(role=role)
    desk = StaffList(crew.sessions(person))
    assert desk.everybody()
    staff.let_go(person)
    for _ in range(2):
        with pytest.raises(NotAllowed):
            desk.everybody()
    assert not signs_in(crew, person)


def test_the_rights_of_a_leaver_go_before_the_connection(
    crew: Crew, staff: StaffList
) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        with crew.admin.begin() as session:
            ask(session, queries.set_active(person.user_id, is_active=False))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            open_one.execute(LOOK)
        assert staff.end_sessions(person) == 1


def test_what_a_leaver_did_stays_under_their_name(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        open_one.execute("INSERT INTO client (name) VALUES ('Anna')")
    staff.let_go(person)
    assert replace(person, is_active=False) in staff.everybody()
    with psycopg.connect(crew.url) as connection:
        found = connection.execute("SELECT created_by FROM client").fetchall()
    assert found == [(person.login,)]


def test_who_is_let_go_twice_has_gone(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    assert [staff.let_go(person), staff.let_go(person)] == [0, 0]
    assert not signs_in(crew, person)


def test_who_is_taken_back_works_as_before(crew: Crew, staff: StaffList) -> None:
    person = crew.add(role=Role.MANAGER)
    staff.let_go(person)
    assert staff.take_back(person) == person
    assert staff.take_back(person) == person
    assert crew.list_of(person).add(new_staff()).is_active


def test_a_change_to_a_leaver_gives_them_nothing(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    staff.let_go(person)
    staff.change(replace(person, role=Role.MANAGER))
    staff.set_password(person, NEW_PASSWORD)
    assert not signs_in(crew, person, NEW_PASSWORD)
    assert staff.take_back(person).role is Role.MANAGER
    assert signs_in(crew, person, NEW_PASSWORD)


def test_others_stay_connected(crew: Crew, staff: StaffList) -> None:
    person, other = crew.add(), crew.add()
    with connected(crew, other) as open_one:
        staff.let_go(person)
        assert open_one.execute(LOOK).fetchone() == (0,)


def test_ending_sessions_ends_all_of_one_person(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    with connected(crew, person), connected(crew, person):
        assert staff.end_sessions(person) == 2
    postgres.wait_until(lambda: not is_connected(crew, person))
    assert signs_in(crew, person)
    assert staff.end_sessions(crew.manager) == 0


# -- passwords


def test_a_new_password_counts_at_the_next_sign_in(
    crew: Crew, staff: StaffList
) -> None:
    person = crew.add()
    with connected(crew, person) as open_one:
        staff.set_password(person, NEW_PASSWORD)
        assert open_one.execute(LOOK).fetchone() == (0,)
    assert signs_in(crew, person, NEW_PASSWORD)
    assert not signs_in(crew, person, PASSWORD)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa"])
def test_an_easy_password_changes_nothing(
    crew: Crew, staff: StaffList, password: str
) -> None:
    person = crew.add()
    with pytest.raises(DeskError):
        staff.set_password(person, password)
    assert signs_in(crew, person)


def test_the_database_takes_no_password_in_plain_words(crew: Crew) -> None:
    with (
        connected(crew, crew.manager) as open_one,
        pytest.raises(psycopg.errors.CheckViolation, match="no SCRAM verifier"),
    ):
        open_one.execute(
            "SELECT staff_set_password(%s, %s)", [crew.manager.user_id, NEW_PASSWORD]
        )


def test_no_secret_stands_in_what_an_error_or_a_log_says(
    crew: Crew, staff: StaffList, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = new_staff(login=crew.manager.login, password=NEW_PASSWORD)
    with pytest.raises(DeskError) as refusal:
        staff.add(person)
    said = [repr(person), repr(refusal.value)]
    said += [record.getMessage() for record in caplog.records]
    assert not [words for words in said if NEW_PASSWORD in words or "SCRAM" in words]


@pytest.fixture(scope="module")
def talkative() -> Iterator[tuple[Crew, Path]]:
    """A practice on a server that writes down all it hears, and its log."""
    with (
        postgres.reachable_folder(is_gathered=False) as folder,
        open_server(folder, postgres.FAST | TALKATIVE) as server,
    ):
        postgres.make_template(server.url_of)
        crew = Crew(server.url_of(postgres.TEMPLATE))
        yield crew, folder / "cluster" / "server.log"
        crew.close()


@pytest.mark.slow
def test_no_password_reaches_the_log_of_a_server_that_writes_down_all(
    talkative: tuple[Crew, Path],
) -> None:
    crew, log = talkative
    words = [f"secret number {number} of nine" for number in range(4)]
    staff = crew.list_of(crew.manager)
    person = staff.add(new_staff(password=words[0]))
    staff.set_password(person, words[1])
    StaffList(crew.sessions(person, words[1])).set_password(person, words[2])
    assert signs_in(crew, person, words[2])
    assert not signs_in(crew, person, words[3])
    with pytest.raises(DeskError):
        staff.add(new_staff(login=person.login, password=words[3]))
    staff.let_go(person)
    text = log.read_text("utf-8", errors="replace")
    assert "staff_set_password" in text
    assert f"user={person.login}" in text
    assert not [word for word in [*words, PASSWORD] if word in text]


@pytest.mark.slow
def test_a_password_that_is_sent_in_plain_words_would_be_found(
    talkative: tuple[Crew, Path],
) -> None:
    crew, log = talkative
    with psycopg.connect(crew.url) as connection:
        connection.execute(f"ALTER ROLE {crew.manager.login} PASSWORD 'x marks it'")
        connection.rollback()
    assert "x marks it" in log.read_text("utf-8", errors="replace")


# -- the last manager


def test_the_last_manager_stays_one(crew: Crew, staff: StaffList) -> None:
    for role in (Role.RECEPTIONIST, Role.PROVIDER):
        with pytest.raises(Refused) as refusal:
            staff.change(replace(crew.manager, role=role))
        assert refusal.value.policy == "last_manager"
    assert staff.change(replace(crew.manager, name="Miriam")).role is Role.MANAGER


def test_not_even_the_administrator_lets_the_last_manager_go(crew: Crew) -> None:
    with pytest.raises(Refused) as refusal:
        StaffList(crew.admin).let_go(crew.manager)
    assert refusal.value.policy == "last_manager"
    assert signs_in(crew, crew.manager)


def test_nobody_lets_themselves_go(crew: Crew, staff: StaffList) -> None:
    crew.add(role=Role.MANAGER)
    with pytest.raises(Refused) as refusal:
        staff.let_go(crew.manager)
    assert refusal.value.policy == "oneself"


def test_a_manager_who_left_does_not_count(crew: Crew, staff: StaffList) -> None:
    staff.let_go(crew.add(role=Role.MANAGER))
    with pytest.raises(Refused):
        staff.change(replace(crew.manager, role=Role.RECEPTIONIST))


def managers(crew: Crew) -> list[Staff]:
    people = StaffList(crew.admin).everybody()
    return [one for one in people if one.is_active and one.role is Role.MANAGER]


@pytest.mark.parametrize("turn", range(5))
def test_of_two_managers_who_step_down_at_once_one_stays(crew: Crew, turn: int) -> None:
    both = (crew.manager, crew.add(role=Role.MANAGER))
    results = at_once(*(stepping_down(crew, one) for one in both))
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert len(managers(crew)) == 1


def stepping_down(crew: Crew, person: Staff) -> Callable[[], Staff]:
    staff = crew.list_of(person)
    staff.everybody()
    return lambda: staff.change(replace(person, role=Role.RECEPTIONIST))


@pytest.mark.parametrize("turn", range(5))
def test_of_two_managers_who_let_each_other_go_one_stays(crew: Crew, turn: int) -> None:
    both: Sequence[Staff] = (crew.manager, crew.add(role=Role.MANAGER))
    pairs = zip(both, reversed(both), strict=True)
    results = at_once(*(letting_go(crew, *pair) for pair in pairs))
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    (left,) = managers(crew)
    assert signs_in(crew, left)


def letting_go(crew: Crew, person: Staff, other: Staff) -> Callable[[], int]:
    staff = crew.list_of(person)
    staff.everybody()
    return lambda: staff.let_go(other)
