"""Two entries of one person: made one, made two again, and nothing lost between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from desk_app.db.queries.practice import RETENTION_YEARS
from desk_app.domain.client_file import MergeWish
from desk_app.errors import Invalid, NotAllowed, NotFound, Refused
from desk_app.services.booking import Booking
from desk_app.services.client_file import ClientFiles
from desk_app.services.clients import Clients
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks
from tests.postgres import wait_until
from tests.services.planted import MARK, found_in, plant
from tests.services.test_client_file import visit
from tests.services.test_erasing import waits_for_a_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

ROUNDS = 12


@pytest.fixture
def files(sessions: Sessions) -> ClientFiles:
    return ClientFiles(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def twin(sessions: Sessions, **values: Any) -> int:
    """Make another entry of Anna."""
    return factories.client(sessions, **({"name": "Ana Weiss"} | values))


def everything(sessions: Sessions) -> dict[str, list[Any]]:
    """Return every row; versions only rise, and that there was a merge stays."""
    tables = factories.rows(
        sessions,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relname NOT IN ('audit_log', 'client_merge')"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname",
    )
    return {
        name: factories.rows(
            sessions, f"SELECT to_jsonb(t) - 'version' AS r FROM {name} t ORDER BY r"
        )
        for (name,) in tables
    }


def column(sessions: Sessions, name: str, client_id: int) -> Any:
    """Return one value of a client."""
    query = f"SELECT {name} FROM client WHERE client_id = :id"
    ((value,),) = factories.rows(sessions, query, id=client_id)
    return value


def busy(
    sessions: Sessions, practice: Practice, client_id: int, hours: int = 0
) -> None:
    """Give a client something in every table that names clients."""
    own = replace(practice, client_id=client_id)
    visit(sessions, own, f"-{30 + hours} hours", status="NO_SHOW")
    visit(sessions, own, f"{30 + hours} hours")
    for table in ("waitlist_entry", "walk_in"):
        factories.rows(
            sessions, f"INSERT INTO {table} (client_id) VALUES ({client_id})"
        )


# -- what a merge does


def test_what_the_kept_one_has_stays_and_blanks_are_filled(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions, phone="+493012345", email="a@example.org", language="de")
    files.merge(MergeWish(practice.client_id, gone))
    stands = files.read(practice.client_id).details
    assert (stands.name, stands.phone) == ("Anna Weiß", "0170 1234567")
    assert (stands.email, stands.language) == ("a@example.org", "de")
    assert stands.notes == "— Merged: Ana Weiss, +493012345 —"


def test_both_notes_are_kept_under_a_heading(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    kept = factories.client(sessions, notes="allergic")
    gone = factories.client(sessions, notes="rings at noon")
    files.merge(MergeWish(kept, gone))
    assert files.read(kept).details.notes == (
        "allergic\n\n— Merged: Anna Weiß —\nrings at noon"
    )


@pytest.mark.parametrize("swap", [False, True])
def test_the_stricter_of_both_counts(
    sessions: Sessions, files: ClientFiles, swap: bool
) -> None:
    until = factories.NOW
    strict = factories.client(
        sessions,
        no_show_count=2,
        no_show_flag=True,
        same_day_locked_until=until,
        consent_email=False,
        consent_push=False,
    )
    easy = factories.client(sessions, no_show_count=1, consent_sms=True)
    keep, gone = (easy, strict) if swap else (strict, easy)
    files.merge(MergeWish(keep, gone))
    file = files.read(keep)
    assert (file.client.no_show_count, file.client.no_show_flag) == (3, True)
    assert file.client.locked_out_until == until
    shown = file.details
    consents = {shown.consent_email, shown.consent_push, shown.consent_sms}
    assert consents == {False}


def test_everything_of_the_other_goes_to_the_kept_one(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    busy(sessions, practice, gone)
    files.merge(MergeWish(practice.client_id, gone))
    for table in ("appointment", "waitlist_entry", "walk_in"):
        owners = factories.rows(sessions, f"SELECT DISTINCT client_id FROM {table}")
        assert owners == [(practice.client_id,)], table
    versions = factories.rows(sessions, "SELECT DISTINCT version FROM appointment")
    assert versions == [(2,)]


def test_who_was_merged_is_found_as_the_kept_one(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    files.merge(MergeWish(practice.client_id, gone))
    assert files.read(gone).client.client_id == practice.client_id
    assert Clients(sessions).find("ana weiss") == ()
    (merge,) = files.read(practice.client_id).merges
    assert merge.name == "Ana Weiss"
    assert column(sessions, "merged_into", gone) == practice.client_id


def test_the_comparison_shows_what_the_merge_then_does(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions, email="a@example.org", notes="prefers Dr Weber")
    busy(sessions, practice, gone)
    wish = MergeWish(practice.client_id, gone)
    shown = files.compare(wish)
    moving = shown.moving
    assert (moving.appointments, moving.to_come) == (2, 1)
    assert (moving.waiting, moving.walk_ins) == (1, 1)
    files.merge(wish)
    stands = files.read(practice.client_id)
    assert stands.details == shown.merged_details
    assert stands.client == shown.merged


# -- what it refuses


def test_only_two_entries_that_stand_alone_are_merged(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    first, second = twin(sessions), twin(sessions)
    files.merge(MergeWish(practice.client_id, first))
    for wish in (
        MergeWish(second, second),
        MergeWish(second, first),
        MergeWish(first, second),
        MergeWish(first, practice.client_id),
    ):
        with pytest.raises(Refused):
            files.merge(wish)
    with pytest.raises(NotFound):
        files.merge(MergeWish(second, 12345))


def test_who_was_erased_is_not_merged(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    Rights(sessions).erase(gone)
    for wish in (
        MergeWish(practice.client_id, gone),
        MergeWish(gone, practice.client_id),
    ):
        with pytest.raises(NotFound):
            files.merge(wish)


def test_notes_too_long_for_one_are_not_cut(
    sessions: Sessions, files: ClientFiles
) -> None:
    keep, gone = (factories.client(sessions, notes=c * 6_000) for c in "ab")
    before = everything(sessions)
    with pytest.raises(Invalid) as refused, sessions.begin() as session:
        session.execute(text(f"SELECT client_merge({keep}, {gone})"))
    assert refused.value.field == "notes"
    assert everything(sessions) == before


def test_a_provider_merges_nobody(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    gone = twin(desks.owner)
    wish = MergeWish(practice.client_id, gone)
    provider = ClientFiles(desks.provider(practice.provider_id))
    with pytest.raises(NotAllowed):
        provider.merge(wish)
    made = ClientFiles(desks.receptionist()).merge(wish)
    with pytest.raises(NotAllowed):
        provider.unmerge(made)
    assert column(desks.owner, "merged_into", gone) == practice.client_id


# -- taking it back


def test_a_merge_is_taken_back_to_the_last_value(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(
        sessions,
        email="a@example.org",
        notes="rings at noon",
        no_show_count=2,
        no_show_flag=True,
        same_day_locked_until=factories.NOW,
        consent_email=False,
    )
    busy(sessions, practice, practice.client_id)
    busy(sessions, practice, gone, hours=2)
    before = everything(sessions)
    made = files.merge(MergeWish(practice.client_id, gone))
    assert everything(sessions) != before
    files.unmerge(made)
    assert everything(sessions) == before


def test_both_may_be_asked_for_twice(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    wish = MergeWish(practice.client_id, twin(sessions))
    before = everything(sessions)
    made = files.merge(wish)
    assert files.merge(wish) == made
    files.unmerge(made)
    files.unmerge(made)
    assert everything(sessions) == before


def test_what_was_written_since_stays_when_it_is_taken_back(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions, email="a@example.org", no_show_count=2, language="de")
    made = files.merge(MergeWish(practice.client_id, gone))
    known = files.read(practice.client_id).details
    files.change(known, replace(known, email="new@example.org"))
    factories.rows(sessions, "UPDATE client SET no_show_count = no_show_count + 1")
    new = visit(sessions, practice, "2 days")
    files.unmerge(made)
    stands = files.read(practice.client_id)
    assert (stands.details.email, stands.details.language) == ("new@example.org", "")
    assert stands.client.no_show_count == 1
    assert [one.appointment_id for one in stands.to_come] == [new]


def test_merges_of_merges_come_apart_from_the_last_one(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    middle, last = twin(sessions, email="m@example.org"), twin(sessions, language="de")
    busy(sessions, practice, last)
    before = everything(sessions)
    first = files.merge(MergeWish(middle, last))
    second = files.merge(MergeWish(practice.client_id, middle))
    with pytest.raises(Refused):
        files.unmerge(first)
    files.unmerge(second)
    files.unmerge(first)
    assert everything(sessions) == before


# -- booking meanwhile


def test_a_booking_for_the_merged_one_is_the_kept_ones(
    sessions: Sessions, practice: Practice, files: ClientFiles, booking: Booking
) -> None:
    gone = twin(sessions)
    files.merge(MergeWish(practice.client_id, gone))
    booked = booking.book(practice.request(client_id=gone))
    assert (booked.client_id, booked.client_name) == (practice.client_id, "Anna Weiß")


def test_a_lock_out_of_the_kept_one_counts_for_the_merged_one(
    sessions: Sessions, files: ClientFiles, practice: Practice, booking: Booking
) -> None:
    locked = twin(sessions, same_day_locked_until=factories.NOW + factories.minutes(9))
    files.merge(MergeWish(practice.client_id, locked))
    today = practice.at(15, day=factories.TODAY)
    for client_id in (locked, practice.client_id):
        with pytest.raises(Refused):
            booking.book(practice.request(client_id=client_id, start=today))


@pytest.fixture
def shared(desks: Desks) -> Practice:
    return factories.open_practice(desks.owner)


def test_a_booking_that_waited_for_the_merge_is_the_kept_ones(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    booking = Booking(desks.receptionist(), factories.clock)
    with ThreadPoolExecutor(1) as pool:
        with desks.receptionist("Second Desk").begin() as session:
            session.execute(text(f"SELECT client_merge({shared.client_id}, {gone})"))
            asked = pool.submit(booking.book, shared.request(client_id=gone))
            wait_until(lambda: waits_for_a_lock(desks))
        booked = asked.result()
    assert booked.client_id == shared.client_id
    assert factories.rows(desks.owner, "SELECT client_id FROM appointment") == [
        (shared.client_id,)
    ]


def test_a_merge_waits_for_a_booking_and_takes_it_along(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    files = ClientFiles(desks.receptionist())
    statement = (
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        f" end_time, status) SELECT provider_id, {gone}, service_id,"
        " '2026-03-03 09:00+00', '2026-03-03 09:30+00', 'CONFIRMED' FROM service"
    )
    with ThreadPoolExecutor(1) as pool:
        with desks.receptionist("Second Desk").begin() as session:
            session.execute(text(statement))
            asked = pool.submit(files.merge, MergeWish(shared.client_id, gone))
            wait_until(lambda: waits_for_a_lock(desks))
        asked.result()
    assert factories.rows(desks.owner, "SELECT client_id FROM appointment") == [
        (shared.client_id,)
    ]


@pytest.mark.slow
def test_no_booking_is_lost_to_a_merge_at_the_same_moment(
    desks: Desks, shared: Practice
) -> None:
    factories.rows(desks.owner, "UPDATE service SET max_advance_days = 3650")
    booking = Booking(desks.receptionist(), factories.clock)
    files = ClientFiles(desks.receptionist("Second Desk"))
    for number in range(ROUNDS):
        gone = twin(desks.owner)
        day = factories.TOMORROW.replace(day=4 + number)
        wish = shared.request(client_id=gone, start=shared.at(9, day=day))
        with ThreadPoolExecutor(2) as pool:
            asked = pool.submit(partial(booking.book, wish))
            made = pool.submit(files.merge, MergeWish(shared.client_id, gone))
            booked = asked.result()
            made.result()
        owner = "SELECT client_id FROM appointment WHERE appointment_id = :id"
        found = factories.rows(desks.owner, owner, id=booked.appointment_id)
        assert found == [(shared.client_id,)]


def test_two_desks_merge_in_both_directions_and_one_is_refused(
    desks: Desks, shared: Practice
) -> None:
    gone = twin(desks.owner)
    wishes = [MergeWish(shared.client_id, gone), MergeWish(gone, shared.client_id)]
    desks_of = [ClientFiles(desks.receptionist(f"Desk {n}")) for n in "ab"]
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(files.merge, wish)
            for files, wish in zip(desks_of, wishes, strict=True)
        ]
        failed = [type(one.exception()) for one in asked if one.exception()]
    assert failed == [Refused]


# -- clients' rights


def test_erasing_the_kept_one_erases_all_that_was_merged_into_it(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    middle = twin(sessions)
    gone, _ = plant(sessions, practice)
    files.merge(MergeWish(middle, gone))
    files.merge(MergeWish(practice.client_id, middle))
    assert "client_merge" in found_in(sessions, MARK)
    with pytest.raises(Refused), sessions.begin() as session:
        session.execute(text(f"SELECT client_erase({gone})"))
    Rights(sessions).erase(practice.client_id)
    assert found_in(sessions, MARK) == set()
    names = factories.rows(sessions, "SELECT DISTINCT name FROM client")
    assert names == [("Erased client",)]


def test_erasing_after_a_merge_was_taken_back_leaves_no_trace(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone, visited = plant(sessions, practice)
    made = files.merge(MergeWish(practice.client_id, gone))
    for statement in (
        f"UPDATE waitlist_entry SET notes = '{MARK} again'",
        f"UPDATE appointment SET notes = '{MARK} again', version = version + 1"
        f" WHERE appointment_id = {visited.appointment_id}",
    ):
        factories.rows(sessions, statement)
    files.unmerge(made)
    Rights(sessions).erase(gone)
    assert found_in(sessions, MARK) == set()


def test_an_export_holds_all_entries_and_their_history(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone, _ = plant(sessions, practice)
    files.merge(MergeWish(practice.client_id, gone))
    data = Rights(sessions).export(practice.client_id)
    assert [entry.client_id for entry in data.merged_entries] == [gone]
    assert [(merge.kept_id, merge.gone_id) for merge in data.merges] == [
        (practice.client_id, gone)
    ]
    entered = [c.row_id for c in data.changes if c.action == "INSERT"]
    assert {str(practice.client_id), str(gone)} <= set(entered)
    assert MARK in data.to_page()


def test_who_was_merged_is_not_due_by_themselves(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    gone = twin(sessions)
    factories.rows(sessions, "UPDATE client SET created_at = now() - interval '9 y'")
    factories.setting(sessions, RETENTION_YEARS, 3)
    rights = Rights(sessions)
    assert len(rights.due_for_erasure()) == 2
    files.merge(MergeWish(practice.client_id, gone))
    assert [one.client_id for one in rights.due_for_erasure()] == [practice.client_id]
    assert rights.erase_due() == 1
    assert column(sessions, "name", gone) == "Erased client"
