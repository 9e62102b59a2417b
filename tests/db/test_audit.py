"""The audit log: every change of what counts, by whom, and nothing that is secret."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from desk_app.domain.people import NewClient
from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import NotAllowed
from desk_app.services.booking import Booking
from desk_app.services.staff import StaffList
from tests import factories
from tests.desks import Desks, login_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

SECRET = "not-for-the-log"
# By table: who writes it, and what is inserted, updated and deleted there.
WRITES: dict[str, tuple[str, str, str, str]] = {
    "appointment": (
        "receptionist",
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) SELECT provider_id, (SELECT client_id FROM client),"
        " service_id, '2026-03-03 09:00+00', '2026-03-03 09:30+00', 'CONFIRMED'"
        " FROM service",
        "UPDATE appointment SET status = 'NO_SHOW', version = version + 1",
        "",
    ),
    "client": (
        "receptionist",
        "INSERT INTO client (name, phone) VALUES ('Berta', '+4930123456')",
        "UPDATE client SET phone = '+4930999999' WHERE name = 'Berta'",
        "",
    ),
    "waitlist_entry": (
        "receptionist",
        "INSERT INTO waitlist_entry (client_id) SELECT client_id FROM client",
        "UPDATE waitlist_entry SET is_urgent = true",
        "DELETE FROM waitlist_entry",
    ),
    "availability_override": (
        "receptionist",
        "INSERT INTO availability_override (provider_id, date, start_time, end_time,"
        " is_blocked) SELECT provider_id, '2026-03-03', '09:00', '10:00', true"
        " FROM provider",
        "UPDATE availability_override SET reason = 'training'",
        "DELETE FROM availability_override",
    ),
    "availability": (
        "manager",
        "INSERT INTO availability (provider_id, day_of_week, start_time, end_time)"
        " SELECT provider_id, 0, '18:00', '20:00' FROM provider",
        "UPDATE availability SET end_time = '21:00' WHERE start_time = '18:00'",
        "DELETE FROM availability WHERE start_time = '18:00'",
    ),
    "service": (
        "manager",
        "INSERT INTO service (provider_id, name, duration_minutes, price, currency)"
        " SELECT provider_id, 'Massage', 45, 70, 'EUR' FROM provider",
        "UPDATE service SET price = 75 WHERE name = 'Massage'",
        "",
    ),
    "provider": (
        "manager",
        "INSERT INTO provider (name, type, timezone)"
        " VALUES ('Dr Berg', 'DOCTOR', 'Europe/Berlin')",
        "UPDATE provider SET bio = 'Back pain' WHERE name = 'Dr Berg'",
        "",
    ),
    "practice_setting": (
        "manager",
        "INSERT INTO practice_setting (name, value) VALUES ('colour', '\"red\"')",
        "UPDATE practice_setting SET value = '\"blue\"' WHERE name = 'colour'",
        "DELETE FROM practice_setting WHERE name = 'colour'",
    ),
}


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    """Desks of people who work in the practice."""
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def practice(desks: Desks) -> Practice:
    """Dr Weber and Anna; how they came to be is none of the tests' matter."""
    made = factories.open_practice(desks.owner)
    forget_so_far(desks)
    return made


def forget_so_far(desks: Desks) -> None:
    """Empty the log, as its owner alone can."""
    with desks.owner.begin() as session:
        session.execute(text("SET LOCAL ROLE desk_audit"))
        session.execute(text("DELETE FROM audit_log"))


def logged(desks: Desks, table: str) -> list[tuple[str, str, Any, Any]]:
    """Return who did what to a table, with old and new."""
    return factories.rows(  # type: ignore[return-value]
        desks.owner,
        "SELECT who, action, old, new FROM audit_log WHERE table_name = :name"
        " ORDER BY audit_id",
        name=table,
    )


def everything(desks: Desks) -> str:
    """Return the whole log as one text."""
    return str(factories.rows(desks.owner, "SELECT to_jsonb(a) FROM audit_log a"))


@pytest.mark.parametrize("table", WRITES)
def test_every_change_is_logged_under_the_login_that_made_it(
    desks: Desks, practice: Practice, table: str
) -> None:
    role, insert, update, delete = WRITES[table]
    desk = getattr(desks, role)()
    forget_so_far(desks)
    for statement in (insert, update, delete):
        factories.rows(desk, statement or "SELECT")
    told = logged(desks, table)
    actions = ["INSERT", "UPDATE", "DELETE"] if delete else ["INSERT", "UPDATE"]
    assert [action for _, action, _, _ in told] == actions
    assert {who for who, _, _, _ in told} == {login_of(desk)}
    for _, action, old, new in told:
        assert (old is None) == (action == "INSERT")
        assert (new is None) == (action == "DELETE")


@pytest.mark.parametrize("table", ["appointment", "client", "service", "provider"])
def test_what_only_the_administrator_can_delete_is_logged(
    desks: Desks, practice: Practice, table: str
) -> None:
    factories.rows(desks.owner, "DELETE FROM availability")
    factories.rows(desks.owner, WRITES["appointment"][1])
    for name in ("appointment", "client", "service", "provider"):
        factories.rows(desks.owner, f"DELETE FROM {name}")
    _, action, old, new = logged(desks, table)[-1]
    assert (action, new) == ("DELETE", None)
    assert old[f"{table}_id"] is not None


def test_an_update_says_only_what_changed_and_whose_it_is(
    desks: Desks, practice: Practice
) -> None:
    desk = desks.receptionist()
    factories.rows(desk, WRITES["appointment"][1])
    factories.rows(desk, WRITES["appointment"][2])
    _, _, old, new = logged(desks, "appointment")[-1]
    whose = {"client_id": practice.client_id, "provider_id": practice.provider_id}
    nothing = {"no_show_at": None, "no_show_by": None}
    assert old == {"status": "CONFIRMED", "version": 1, **nothing, **whose}
    marks = {"no_show_at": new["no_show_at"], "no_show_by": login_of(desk)}
    assert new == {"status": "NO_SHOW", "version": 2, **marks, **whose}
    assert new["no_show_at"] is not None


@pytest.mark.parametrize("table", ["client", "service", "provider", "availability"])
def test_an_update_that_changes_nothing_is_not_logged(
    desks: Desks, practice: Practice, table: str
) -> None:
    column = "end_time" if table == "availability" else "name"
    factories.rows(desks.owner, f"UPDATE {table} SET {column} = {column}")
    assert logged(desks, table) == []


def test_staff_is_logged_and_their_passwords_are_not(
    desks: Desks, practice: Practice
) -> None:
    manager = desks.manager()
    people = StaffList(manager)
    forget_so_far(desks)
    added = people.add(NewStaff("log.me", "Ada", Role.RECEPTIONIST, SECRET))
    people.change(replace(added, name="Ada Berg", role=Role.PROVIDER))
    people.set_password(added, f"{SECRET}-2")
    people.let_go(added)
    told = logged(desks, "staff_user")
    assert {who for who, *_ in told} == {login_of(manager)}
    assert [new for *_, new in told][1] == {"name": "Ada Berg", "role": "PROVIDER"}
    assert told[-1][3] == {"is_active": False}
    assert SECRET not in everything(desks)
    assert "SCRAM" not in everything(desks)


def test_who_signed_in_is_told_whatever_role_is_put_on(
    desks: Desks, practice: Practice
) -> None:
    manager = desks.manager()
    forget_so_far(desks)
    with manager.begin() as session:
        session.execute(text("SET LOCAL ROLE desk_receptionist"))
        session.execute(text("SET LOCAL application_name = 'somebody else'"))
        session.execute(text(WRITES["client"][1]))
    factories.rows(manager, f"SELECT client_erase({practice.client_id})")
    assert {who for who, *_ in logged(desks, "client")} == {login_of(manager)}


def test_no_token_of_a_calendar_and_no_push_address_of_a_provider_is_logged(
    desks: Desks, practice: Practice
) -> None:
    factories.rows(desks.owner, f"UPDATE provider SET push_address = '{SECRET}'")
    factories.rows(
        desks.owner,
        "INSERT INTO calendar_sync (provider_id, calendar_type, access_token,"
        " refresh_token, cursor, push_channel, last_error, external_calendar_id)"
        f" SELECT provider_id, 'GOOGLE', '{SECRET}', '{SECRET}', '{SECRET}',"
        f" '{SECRET}', '{SECRET}', 'a calendar' FROM provider",
    )
    factories.rows(desks.owner, f"UPDATE calendar_sync SET access_token = '{SECRET}2'")
    factories.rows(desks.owner, "DELETE FROM calendar_sync")
    told = logged(desks, "calendar_sync")
    assert [action for _, action, _, _ in told] == ["INSERT", "DELETE"]
    assert told[0][3]["external_calendar_id"] == "a calendar"
    assert SECRET not in everything(desks)
    # As bytes are written in JSON.
    assert SECRET.encode().hex() not in everything(desks)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET who = 'nobody'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "TRUNCATE audit_log CASCADE",
    ],
)
def test_not_even_the_administrator_changes_the_log(
    desks: Desks, practice: Practice, statement: str
) -> None:
    factories.rows(desks.owner, WRITES["client"][1])
    before = everything(desks)
    with pytest.raises(NotAllowed):
        factories.rows(desks.owner, statement)
    assert everything(desks) == before


@pytest.mark.parametrize("role", ["receptionist", "manager"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_log (table_name, row_id, action) VALUES ('a', 1, 'DELETE')",
        "UPDATE audit_log SET who = 'nobody'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "SELECT audit_forget_client(1)",
        "SET ROLE desk_audit",
        "ALTER TABLE client DISABLE TRIGGER client_is_audited",
        "SET session_replication_role = replica",
    ],
)
def test_staff_only_read_the_log(
    desks: Desks, practice: Practice, role: str, statement: str
) -> None:
    with pytest.raises(NotAllowed):
        factories.rows(getattr(desks, role)(), statement)


def test_each_reads_what_concerns_their_work(desks: Desks, practice: Practice) -> None:
    seen = "SELECT DISTINCT table_name FROM audit_log ORDER BY 1"
    other = factories.provider(desks.owner, name="Dr Berg")
    for table in ("appointment", "client", "service", "practice_setting"):
        factories.rows(desks.owner, WRITES[table][1])

    def tables(desk: Sessions) -> list[str]:
        return [name for (name,) in factories.rows(desk, seen)]

    assert tables(desks.receptionist()) == ["appointment", "client"]
    assert tables(desks.provider(practice.provider_id)) == ["appointment"]
    assert tables(desks.provider(other, "Dr Berg")) == []
    assert {"practice_setting", "service", "staff_user"} <= set(tables(desks.manager()))


def test_there_are_as_many_rows_as_changes(desks: Desks, practice: Practice) -> None:
    desk = desks.receptionist()
    forget_so_far(desks)
    booking = Booking(desk, factories.clock)
    request = practice.request(new_client=NewClient("Bo", "030 123456"), client_id=None)
    first = booking.book(replace(request, pending=True))
    assert booking.book(replace(request, pending=True)) == first
    confirmed = booking.confirm(factories.confirmation(first))
    moved = booking.move(factories.move(confirmed, practice.at(11)))
    wish = factories.cancellation(moved)
    assert booking.cancel(wish) == booking.cancel(wish)
    told = logged(desks, "appointment")
    assert [new["version"] for *_, new in told] == [1, 2, 3, 4]
    assert [new.get("status") for *_, new in told] == [
        "PENDING",
        "CONFIRMED",
        None,
        "CANCELLED",
    ]
    assert len(logged(desks, "client")) == 1
    assert {who for who, *_ in told} == {login_of(desk)}


def test_a_row_knows_whose_data_it_holds(desks: Desks, practice: Practice) -> None:
    for table in ("appointment", "waitlist_entry", "service"):
        factories.rows(desks.owner, WRITES[table][1])
    found = factories.rows(desks.owner, "SELECT table_name, client_id FROM audit_log")
    assert dict(found) == {  # type: ignore[arg-type]
        "appointment": practice.client_id,
        "waitlist_entry": practice.client_id,
        "service": None,
    }
