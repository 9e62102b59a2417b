"""What each role can do, as a real login: the work of a day, and no more."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo
from sqlalchemy import text

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import NotAllowed, NotFound, SlotTaken
from desk_app.services import clients
from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.diary import Diary
from desk_app.services.staff import StaffList
from tests import factories
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

DAY = factories.TOMORROW
MANY = """
    INSERT INTO client (name, phone)
    SELECT initcap(translate(left(md5(number::text), 12), '0123456789', 'aeioumnrst')),
        '+49' || 1510000000 + number FROM generate_series(1, 30000) number"""


class Practice:
    """Two providers, somebody in every role, and doors for all of them."""

    def __init__(self, url: str, closing: ExitStack) -> None:
        self.url, self._closing = url, closing
        self.admin = self._open(url)
        self.weber = factories.open_practice(self.admin)
        other = factories.provider(self.admin, name="Dr Lang")
        factories.hours(self.admin, other)
        service = factories.service(self.admin, other)
        beata = factories.client(self.admin, name="Beata Fremd", phone="+491510000002")
        self.lang = factories.Practice(other, service, beata)
        roles.secure_database(url)
        people = StaffList(self.admin)
        for new in (
            NewStaff("mia", "Mia", Role.MANAGER, PASSWORD),
            NewStaff("ben", "Ben", Role.RECEPTIONIST, PASSWORD),
            NewStaff("weber", "Dr Weber", Role.PROVIDER, PASSWORD, 1),
        ):
            people.add(new)

    def of(self, login: str) -> Sessions:
        """Return Sessions of somebody who works here."""
        given = conninfo.make_conninfo(self.url, user=login, password=PASSWORD)
        return self._open(given)

    def booking(self, login: str) -> Booking:
        """Return the verbs in somebody's name."""
        return Booking(self.of(login), factories.clock)

    def diary(self, login: str) -> Diary:
        """Return the schedule as somebody sees it."""
        return Diary(self.of(login), factories.clock)

    def _open(self, url: str) -> Sessions:
        sessions = open_sessions(url)
        self._closing.callback(sessions.close)
        return sessions


@pytest.fixture
def practice(database_url: str) -> Iterator[Practice]:
    """A practice on a database of its own."""
    with ExitStack() as closing:
        yield Practice(database_url, closing)


@pytest.mark.parametrize("login", ["ben", "mia"])
def test_who_runs_the_desk_books_moves_confirms_and_cancels(
    practice: Practice, login: str
) -> None:
    booking = practice.booking(login)
    new = factories.new_client()
    request = practice.weber.request(9, client_id=None, new_client=new, pending=True)
    booked = booking.book(request)
    assert booked.created_by == login
    confirmed = booking.confirm(factories.confirmation(booked))
    target = practice.lang.at(9, 40)
    moved = booking.move(factories.move(confirmed, target, practice.lang.provider_id))
    assert booking.cancel(factories.cancellation(moved)).cancelled_at is not None
    assert booking.book(request).appointment_id == booked.appointment_id


def test_a_provider_books_and_changes_the_own_diary(practice: Practice) -> None:
    booking = practice.booking("weber")
    new = factories.new_client()
    booked = booking.book(practice.weber.request(9, client_id=None, new_client=new))
    moved = booking.move(factories.move(booked, practice.weber.at(9, 40)))
    booking.cancel(factories.cancellation(moved))
    again = booking.book(practice.weber.request(11, client_id=booked.client_id))
    found = practice.diary("weber").days(DAY, 1, [practice.weber.provider_id])
    assert [a.appointment_id for a in found[0].appointments] == [again.appointment_id]


def test_a_provider_books_nobody_they_do_not_know(practice: Practice) -> None:
    request = practice.weber.request(9, client_id=practice.lang.client_id)
    with pytest.raises(NotFound):
        practice.booking("weber").book(request)


def test_a_provider_does_not_book_for_another(practice: Practice) -> None:
    booking = practice.booking("weber")
    known = booking.book(
        practice.weber.request(9, client_id=None, new_client=factories.new_client())
    )
    with pytest.raises(NotAllowed):
        booking.book(practice.lang.request(9, client_id=known.client_id))
    with pytest.raises(NotAllowed):
        booking.move(
            factories.move(known, practice.lang.at(9), practice.lang.provider_id)
        )


def test_a_provider_sees_no_other_diary_until_the_practice_opens_it(
    practice: Practice,
) -> None:
    booked = practice.booking("ben").book(practice.lang.request(9))
    number, diary = practice.lang.provider_id, practice.diary("weber")
    clients = Clients(practice.of("weber"))
    assert diary.days(DAY, 1, [number])[0].appointments == ()
    assert diary.get(booked.appointment_id) is None
    assert clients.find("Beata") == ()
    factories.setting(practice.admin, "providers_read_all", True)
    assert diary.days(DAY, 1, [number])[0].appointments == (booked,)
    assert diary.get(booked.appointment_id) == booked
    assert [one.name for one in clients.find("Beata")] == ["Beata Fremd"]
    with pytest.raises(NotAllowed):
        practice.booking("weber").cancel(factories.cancellation(booked))


def test_nobody_looks_free_only_because_they_cannot_be_seen(practice: Practice) -> None:
    names = [one.name for one in practice.diary("weber").catalogue().providers]
    assert names == ["Dr Weber"]
    names = [one.name for one in practice.diary("ben").catalogue().providers]
    assert names == ["Dr Lang", "Dr Weber"]


def test_two_roles_never_get_the_same_time(practice: Practice) -> None:
    known = practice.booking("weber").book(
        practice.weber.request(9, client_id=None, new_client=factories.new_client())
    )
    with pytest.raises(SlotTaken) as taken:
        practice.booking("ben").book(practice.weber.request(9))
    assert taken.value.alternatives
    with pytest.raises(SlotTaken):
        practice.booking("weber").book(
            practice.weber.request(9, client_id=known.client_id)
        )


@pytest.mark.parametrize(
    "typed", ["b", "be", "beata", "eata", "fremd beata", "151 0000002"]
)
def test_a_provider_finds_nobody_of_another(practice: Practice, typed: str) -> None:
    assert Clients(practice.of("weber")).find(typed) == ()
    assert Clients(practice.of("ben")).find(typed) != ()


@pytest.mark.parametrize("typed", ["a", "an", "anna we", "nna", "0170 123"])
def test_a_provider_finds_who_comes_to_them(practice: Practice, typed: str) -> None:
    booked = practice.booking("ben").book(practice.weber.request())
    found = Clients(practice.of("weber")).find(typed)
    assert [client.client_id for client in found] == [booked.client_id]


def test_a_provider_who_may_read_all_diaries_finds_everybody(
    practice: Practice,
) -> None:
    factories.setting(practice.admin, "providers_read_all", True)
    found = Clients(practice.of("weber")).find("beata")
    assert [client.name for client in found] == ["Beata Fremd"]


def test_the_search_by_index_tells_a_provider_of_nobody_else(
    practice: Practice,
) -> None:
    """It reads with the rights of the tables' owner, so it must choose by itself."""
    practice.booking("ben").book(practice.weber.request())
    ask = "SELECT desk_clients_found(ARRAY[:pattern], 50)"
    for pattern in ("%", "%beata%", "%' OR true OR '%", "% %"):
        found = factories.rows(practice.of("weber"), ask, pattern=pattern)
        assert {number for (number,) in found} <= {practice.weber.client_id}


def test_the_search_by_index_is_for_providers_alone(practice: Practice) -> None:
    with pytest.raises(NotAllowed):
        factories.rows(practice.of("ben"), "SELECT desk_clients_found('{%}', 5)")


def test_a_search_of_a_provider_reads_few_rows(practice: Practice) -> None:
    """Under the policies alone it would read them all."""
    factories.rows(practice.admin, MANY)
    factories.rows(practice.admin, "ANALYZE client")
    read = "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables"
    with practice.of("weber").begin() as session:
        for typed in ("x", "anna we", "eio", "0170 12"):
            clients._found(session, clients._read(typed), 20)
        rows = session.execute(text(f"{read} WHERE relname = 'client'")).scalar()
    assert rows is not None
    assert rows < 10_000
