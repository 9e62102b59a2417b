"""Staff: let in, changed, let out, by people signed in with rights of their own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from desk_app.db.connect import engine_for
from desk_app.db.failures import TryAgain
from desk_app.db.roles import let_in_without_password
from desk_app.db.session import Sessions
from desk_app.db.watchdog import Watchdog
from desk_app.domain.staff import NewStaff, Role, Staff
from desk_app.errors import Invalid, NotAllowed, NotFound, Unavailable
from desk_app.services.clients import Clients
from desk_app.services.staff import StaffList
from tests import factories, postgres
from tests.factories import rows
from tests.staff import Crew, at_once, new_staff, signs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

NOBODY = Staff(999_999, "nobody", "Nobody", Role.RECEPTIONIST)
NEW_PASSWORD = "nine purple elephants"


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


def groups(crew: Crew, person: Staff) -> list[str]:
    """Return the groups of a login, as PostgreSQL itself knows them."""
    found = rows(
        crew.admin,
        "SELECT DISTINCT g.rolname FROM pg_auth_members m"
        " JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member"
        " WHERE r.rolname = :login",
        login=person.login,
    )
    return [name for (name,) in found]


# -- let in


@pytest.mark.parametrize("role", Role)
def test_who_is_let_in_signs_in_at_once(
    crew: Crew, staff: StaffList, role: Role
) -> None:
    person = staff.add(new_staff(name=" Dr.  Ada\u200b Brandt ", role=role))
    assert (person.name, person.role, person.is_active) == (
        "Dr. Ada Brandt",
        role,
        True,
    )
    assert groups(crew, person) == [f"desk_{role.value.lower()}"]
    assert person in crew.list_of(person).everybody()


def test_everybody_is_listed_by_name(crew: Crew, staff: StaffList) -> None:
    zoe, ben = crew.add(name="Zoe"), crew.add(name="Ben")
    staff.let_go(zoe)
    gone = replace(zoe, is_active=False)
    assert staff.everybody() == (ben, crew.manager, gone)


@pytest.mark.parametrize("password", ["half \ud800 a letter", "a zero \0 in it"])
def test_a_password_nobody_can_type_is_refused(staff: StaffList, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        staff.add(new_staff(password=password))
    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    "password",
    ["correct horse", " blanks around it ", "pässwörter ½ ﬁ 雪", "q\"'\\%s:$1;--€uro"],
)
def test_any_long_password_works(crew: Crew, staff: StaffList, password: str) -> None:
    person = staff.add(new_staff(password=password))
    assert signs_in(crew, person, password)
    assert not signs_in(crew, person, password + "x")


def test_a_login_is_given_once(crew: Crew, staff: StaffList) -> None:
    first = crew.add()
    for login in (first.login, first.login.upper()):
        with pytest.raises(Invalid, match="has this login already") as refusal:
            staff.add(new_staff(login=login))
        assert refusal.value.field == "login"
    staff.let_go(first)
    with pytest.raises(Invalid, match="perhaps one who left"):
        staff.add(new_staff(login=first.login))


def test_a_login_of_the_server_is_not_taken_over(crew: Crew, staff: StaffList) -> None:
    known = new_staff()
    postgres.make_login(crew.url, known.login, NEW_PASSWORD)
    with pytest.raises(Invalid, match="The server has another login") as refusal:
        staff.add(known)
    assert refusal.value.field == "login"
    assert [person.login for person in staff.everybody()] == [crew.manager.login]
    assert groups(crew, replace(NOBODY, login=known.login)) == []


def test_the_database_itself_keeps_the_servers_logins(crew: Crew) -> None:
    for login in ("postgres", "pg_x", "desk_owner", "Anna", "public"):
        with (
            pytest.raises(Invalid) as refusal,
            crew.sessions(crew.manager).begin() as session,
        ):
            add_past_the_program(session, login)
        assert refusal.value.field == "login"


def add_past_the_program(session: Session, login: str) -> None:
    driver = session.connection().connection.driver_connection
    assert driver is not None
    driver.execute("SELECT staff_add(%s, 'Eve', 'MANAGER', NULL, NULL)", [login])


def test_who_could_not_be_let_in_leaves_no_login_behind(
    crew: Crew, staff: StaffList
) -> None:
    person = new_staff(provider_id=4711)
    with pytest.raises(Invalid) as refusal:
        staff.add(person)
    assert refusal.value.field == "provider_id"
    assert staff.add(replace(person, provider_id=None)).login == person.login


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a\0b", "x" * 201])
def test_a_name_is_needed(staff: StaffList, name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        staff.add(new_staff(name=name))
    assert refusal.value.field == "name"


def test_a_lost_answer_lets_somebody_in_once(crew: Crew) -> None:
    with losing_one_answer(crew.address(crew.manager)) as sessions:
        person = StaffList(sessions).add(new_staff())
    assert signs_in(crew, person)


def test_a_request_that_was_given_up_is_known_when_it_is_made_again(
    crew: Crew,
) -> None:
    person = new_staff()
    with losing_one_answer(crew.address(crew.manager)) as sessions:
        staff = StaffList(sessions)
        sessions.losses = 1_000_000
        with pytest.raises(Unavailable):
            staff.add(person)
        sessions.losses = 0
        assert staff.add(person).login == person.login
        with pytest.raises(Invalid):
            staff.add(person)


def test_who_is_there_already_is_not_taken_for_a_lost_answer(crew: Crew) -> None:
    known = new_staff()
    StaffList(crew.admin).add(known)
    with (
        losing_one_answer(crew.address(crew.manager)) as sessions,
        pytest.raises(Invalid, match="has this login already"),
    ):
        StaffList(sessions).add(known)


@contextmanager
def losing_one_answer(url: str) -> Iterator[_Forgetful]:
    sessions = _Forgetful(engine_for(url), 1.0, Watchdog(), url)
    yield sessions
    sessions.close()


class _Forgetful(Sessions):
    """Carries the first transaction out and loses the answer."""

    losses = 1

    @contextmanager
    def begin(self, *, deadline: float | None = None) -> Iterator[Session]:
        with super().begin(deadline=deadline) as session:
            yield session
        if self.losses:
            self.losses -= 1
            raise TryAgain(undecided=True)


def test_managers_may_let_people_in_at_the_same_moment(crew: Crew) -> None:
    managers = [crew.add(role=Role.MANAGER) for _ in range(4)]
    lists = [crew.list_of(manager) for manager in managers]
    people = [new_staff() for _ in managers]
    works = [partial_add(*pair) for pair in zip(lists, people, strict=True)]
    made = at_once(*works)
    assert [one.login for one in made if isinstance(one, Staff)] == [
        person.login for person in people
    ]


def partial_add(staff: StaffList, new: NewStaff) -> Callable[[], Staff]:
    return lambda: staff.add(new)


# -- who may


ACTIONS: dict[str, Callable[[StaffList, Staff], object]] = {
    "add": lambda staff, _: staff.add(new_staff()),
    "change": lambda staff, other: staff.change(replace(other, name="Eve")),
    "set_password": lambda staff, other: staff.set_password(other, NEW_PASSWORD),
    "let_go": lambda staff, other: staff.let_go(other),
    "take_back": lambda staff, other: staff.take_back(other),
    "end_sessions": lambda staff, other: staff.end_sessions(other),
}


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.PROVIDER])
@pytest.mark.parametrize("action", ACTIONS)
def test_only_managers_change_the_staff(crew: Crew, action: str, role: Role) -> None:
    person, other = crew.add(role=role), crew.add(name="Jonas")
    with pytest.raises(NotAllowed):
        ACTIONS[action](crew.list_of(person), other)
    assert other in StaffList(crew.admin).everybody()
    assert signs_in(crew, other)


@pytest.mark.parametrize("action", [name for name in ACTIONS if name != "add"])
def test_who_is_not_there_is_not_found(staff: StaffList, action: str) -> None:
    with pytest.raises(NotFound):
        ACTIONS[action](staff, NOBODY)


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_who_works_here(crew: Crew, role: Role) -> None:
    person = crew.add(role=role, name="Ada")
    assert crew.list_of(person).everybody() == (person, crew.manager)


@pytest.mark.parametrize("role", Role)
def test_everybody_changes_their_own_password(crew: Crew, role: Role) -> None:
    person = crew.add(role=role)
    crew.list_of(person).set_password(person, NEW_PASSWORD)
    assert signs_in(crew, person, NEW_PASSWORD)
    assert not signs_in(crew, person)


# -- changed


def test_a_new_role_counts_at_once_for_what_is_open(
    crew: Crew, staff: StaffList
) -> None:
    factories.client(crew.admin)
    person = crew.add()
    clients = Clients(crew.sessions(person))
    assert clients.find("Anna")
    staff.change(replace(person, role=Role.PROVIDER))
    assert clients.find("Anna") == ()
    assert groups(crew, person) == ["desk_provider"]


def test_a_login_stays_what_it_is(crew: Crew, staff: StaffList) -> None:
    person = crew.add()
    changed = staff.change(replace(person, login="other", name=" Anna  Weiß "))
    assert changed == replace(person, name="Anna Weiß")


def test_the_role_of_who_was_let_in_by_name_alone_can_be_changed(
    crew: Crew, staff: StaffList
) -> None:
    login = new_staff().login
    with psycopg.connect(crew.url) as connection:
        let_in_without_password(connection, login, "Jonas", Role.RECEPTIONIST)
    person = next(one for one in staff.everybody() if one.login == login)
    staff.change(replace(person, role=Role.PROVIDER))
    assert groups(crew, person) == ["desk_provider"]


def test_a_role_that_cannot_be_taken_away_is_said(crew: Crew, staff: StaffList) -> None:
    person = crew.add(role=Role.PROVIDER)
    who = sql.Identifier(person.login)
    with psycopg.connect(crew.url, autocommit=True) as connection:
        if connection.info.server_version < 160000:
            pytest.skip("there it can be taken away")
        connection.execute(sql.SQL("GRANT desk_manager TO {}").format(who))
    with pytest.raises(NotAllowed):
        staff.change(replace(person, role=Role.RECEPTIONIST))
    assert person in staff.everybody()


# -- a provider's login


def test_a_provider_is_linked_and_unlinked(crew: Crew, staff: StaffList) -> None:
    weber = factories.provider(crew.admin)
    person = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    assert person.provider_id == weber
    assert staff.change(replace(person, provider_id=None)).provider_id is None
    assert staff.change(person).provider_id == weber


def test_a_person_is_one_provider_at_a_time(crew: Crew, staff: StaffList) -> None:
    weber, brandt = (factories.provider(crew.admin, name=name) for name in "WB")
    person = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    assert staff.change(replace(person, provider_id=brandt)).provider_id == brandt
    other = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    assert other.provider_id == weber


def test_a_provider_has_one_login(crew: Crew, staff: StaffList) -> None:
    weber = factories.provider(crew.admin)
    known = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    other = crew.add(role=Role.PROVIDER)
    for add in (
        lambda: staff.change(replace(other, provider_id=weber)),
        lambda: staff.add(new_staff(provider_id=weber)),
    ):
        with pytest.raises(Invalid, match="another login already") as refusal:
            add()
        assert refusal.value.field == "provider_id"
    assert known in staff.everybody()


def test_who_left_makes_room_for_another_login_of_the_provider(
    crew: Crew, staff: StaffList
) -> None:
    weber = factories.provider(crew.admin)
    misspelt = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    staff.let_go(misspelt)
    person = staff.add(new_staff(role=Role.PROVIDER, provider_id=weber))
    assert person.provider_id == weber
    assert staff.take_back(misspelt).provider_id is None
