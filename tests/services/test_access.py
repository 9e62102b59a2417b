"""Who is at a desk: signed in, away, or somebody else by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.staff import Me, Role, SignIn
from desk_app.doors import ServerDoor
from desk_app.errors import NeedsLogin, Unavailable
from desk_app.services.access import Access
from desk_app.services.staff import StaffList
from tests.postgres import PASSWORD, make_login
from tests.staff import Crew

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.staff import Staff

ANOTHER = "another horse battery"


class KeepingDoor(ServerDoor):
    """A door whose keyring holds the passwords of some."""

    kept: dict[str, str]

    def keep(self, sign_in: SignIn) -> None:
        self.kept[sign_in.login] = sign_in.password

    def keeps(self, login: str) -> bool:
        return login in self.kept


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    crew = Crew(database_url)
    yield crew
    crew.close()


@pytest.fixture
def jonas(crew: Crew) -> Staff:
    return crew.add(name="Jonas Krüger")


@pytest.fixture
def access(crew: Crew, jonas: Staff) -> Access:
    """The desk of Jonas."""
    return Access(crew.sessions(jonas), ServerDoor(crew.url))


def test_a_locked_desk_reads_nothing_until_somebody_enters(
    access: Access, jonas: Staff
) -> None:
    access.lock()
    with pytest.raises(Unavailable, match="locked"):
        access.me()
    me = access.enter(SignIn(jonas.login, PASSWORD))
    assert me == access.me() == Me(jonas.login, "Jonas Krüger", Role.RECEPTIONIST)


def test_whoever_is_refused_changes_nothing(access: Access, crew: Crew) -> None:
    before = access.me()
    with pytest.raises(NeedsLogin) as refusal:
        access.enter(SignIn(crew.manager.login, "not this one"))
    assert refusal.value.was_refused
    assert access.me() == before


def test_a_login_that_is_nobody_here_is_refused(access: Access, crew: Crew) -> None:
    """The server lets it in; the practice does not know it."""
    before = access.me()
    make_login(crew.url, "stranger_at_desk")
    with pytest.raises(NeedsLogin):
        access.enter(SignIn("stranger_at_desk", PASSWORD))
    assert access.me() == before


def test_one_person_takes_over_from_another(access: Access, crew: Crew) -> None:
    assert access.enter(SignIn(crew.manager.login, PASSWORD)).role is Role.MANAGER
    assert access.me().login == crew.manager.login


def test_a_lock_keeps_somebody_out_where_there_are_passwords(crew: Crew) -> None:
    sessions, door = crew.admin, ServerDoor(crew.url)
    on_server = Access(sessions, door)
    alone = Access(sessions, door, "computer")
    demo = Access(sessions, door, "computer", is_open=True)
    asks = [one.asks_password("jonas") for one in (on_server, alone, demo)]
    locks = [one.can_lock(Me("computer")) for one in (on_server, alone, demo)]
    assert asks == [True, True, False]
    assert locks == [True, False, False]
    assert not alone.asks_password("computer")


@pytest.mark.parametrize("is_kept", [True, False])
def test_after_a_new_password_the_desk_goes_on_with_it(
    crew: Crew, jonas: Staff, *, is_kept: bool
) -> None:
    door = KeepingDoor(crew.url)
    object.__setattr__(door, "kept", {jonas.login: PASSWORD} if is_kept else {})
    sessions = crew.sessions(jonas)
    access = Access(sessions, door)
    StaffList(sessions).set_password(jonas, ANOTHER)
    access.renew(jonas.login, ANOTHER)
    assert f"password='{ANOTHER}'" in sessions.url()
    assert access.me().login == jonas.login
    assert door.kept == ({jonas.login: ANOTHER} if is_kept else {})


def test_a_new_password_opens_no_desk_that_was_locked(
    access: Access, jonas: Staff
) -> None:
    access.lock()
    access.renew(jonas.login, PASSWORD)
    with pytest.raises(Unavailable, match="locked"):
        access.me()
