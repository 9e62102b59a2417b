"""A client's file: what it shows, what a change writes, and who may be the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.duplicates import Likeness
from desk_app.domain.people import NewClient
from desk_app.errors import Invalid, NotAllowed, NotFound, Stale
from desk_app.services.booking import Booking
from desk_app.services.client_file import ClientFiles
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks
from tests.services.twins import visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.client_file import ClientDetails
    from tests.factories import Practice


@pytest.fixture
def files(sessions: Sessions) -> ClientFiles:
    return ClientFiles(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def details(files: ClientFiles, client_id: int) -> ClientDetails:
    return files.read(client_id).details


# -- reading


def test_visits_to_come_stand_apart_from_all_others(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    later = visit(sessions, practice, "3 days")
    soon = visit(sessions, practice, "1 day", status="PENDING")
    called_off = visit(sessions, practice, "2 days", status="CANCELLED")
    missed = visit(sessions, practice, "-9 days", status="NO_SHOW")
    last = visit(sessions, practice, "-2 days")
    file = files.read(practice.client_id)
    assert [one.appointment_id for one in file.to_come] == [soon, later]
    assert [one.appointment_id for one in file.past] == [called_off, last, missed]
    assert not file.has_more


def test_past_visits_are_read_a_page_at_a_time(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    made = [visit(sessions, practice, f"-{day} days") for day in range(1, 4)]
    first = files.read(practice.client_id, past=2)
    assert [one.appointment_id for one in first.past] == made[:2]
    assert first.has_more
    assert not files.read(practice.client_id, past=3).has_more


def test_a_file_tells_what_the_client_waits_for(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    factories.rows(
        sessions,
        "INSERT INTO waitlist_entry (client_id, service_id, is_urgent, notes)"
        " SELECT :id, service_id, true, 'mornings' FROM service",
        id=practice.client_id,
    )
    factories.rows(
        sessions,
        "INSERT INTO waitlist_entry (client_id, state) VALUES (:id, 'GONE')",
        id=practice.client_id,
    )
    (entry,) = files.read(practice.client_id).waiting
    assert (entry.service_name, entry.is_urgent, entry.notes) == (
        "Check-up",
        True,
        "mornings",
    )


def test_nobody_is_read_who_is_not_there(files: ClientFiles) -> None:
    with pytest.raises(NotFound):
        files.read(12345)


def test_an_erased_client_can_be_read_and_not_changed(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    Rights(sessions).erase(practice.client_id)
    file = files.read(practice.client_id)
    assert (file.is_erased, file.is_active, file.may_change) == (
        True,
        False,
        frozenset(),
    )
    with pytest.raises(NotFound):
        files.change(known, replace(known, notes="back again"))


# -- changing


def test_what_was_typed_is_stored_as_everywhere(
    practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    wanted = replace(
        known,
        name="  Anna   Weiß ",
        phone="030 / 12 34 56",
        email="Anna@Example.ORG",
        language="pt_br",
        timezone="europe/berlin",
        notes="late\r\n\r\nin the morning\n",
        consent_sms=True,
    )
    stands = files.change(known, wanted)
    assert stands == details(files, practice.client_id)
    assert (stands.name, stands.phone, stands.email) == (
        "Anna Weiß",
        "030 123456",
        "Anna@example.org",
    )
    assert (stands.language, stands.timezone) == ("pt-BR", "Europe/Berlin")
    assert (stands.notes, stands.consent_sms) == ("late\n\nin the morning", True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "  "),
        ("phone", "call me"),
        ("email", "anna"),
        ("language", "?"),
        ("timezone", "Europe/Atlantis"),
        ("timezone", "GMT+1"),
        ("notes", "x" * 10_001),
        ("push_address", "x" * 501),
    ],
)
def test_what_cannot_be_stored_is_said_by_its_field(
    practice: Practice, files: ClientFiles, field: str, typed: str
) -> None:
    known = details(files, practice.client_id)
    with pytest.raises(Invalid) as refused:
        files.change(known, replace(known, **{field: typed}))
    assert refused.value.field == field
    assert details(files, practice.client_id) == known


def test_a_phone_number_may_be_taken_away(
    practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    assert files.change(known, replace(known, phone=" ")).phone == ""


def test_what_somebody_else_changed_meanwhile_stays(
    practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    files.change(known, replace(known, email="new@example.org"))
    stands = files.change(known, replace(known, notes="by the second desk"))
    assert (stands.email, stands.notes) == ("new@example.org", "by the second desk")


def test_the_same_field_is_not_written_over(
    practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    files.change(known, replace(known, notes="the first desk"))
    with pytest.raises(Stale) as refused:
        files.change(known, replace(known, notes="the second desk"))
    assert refused.value.field == "notes"
    assert details(files, practice.client_id).notes == "the first desk"


def test_a_change_may_be_sent_twice(practice: Practice, files: ClientFiles) -> None:
    known = details(files, practice.client_id)
    wanted = replace(known, phone="0170 7654321", notes="rings back")
    assert files.change(known, wanted) == files.change(known, wanted)


def test_nothing_is_written_where_nothing_differs(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    known = details(files, practice.client_id)
    before = factories.rows(sessions, "SELECT count(*) FROM audit_log")
    assert files.change(known, known) == known
    assert factories.rows(sessions, "SELECT count(*) FROM audit_log") == before


# -- who may be the same


def test_a_number_of_the_family_is_said_and_nobody_is_proposed(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    paul = factories.client(sessions, name="Paul Weiß")
    twice = factories.client(sessions, name="Weis, Anna")
    likely = files.read(practice.client_id).likely
    assert [(one.client.client_id, one.likeness) for one in likely] == [
        (twice, Likeness.SAME_PERSON),
        (paul, Likeness.FAMILY),
    ]


def test_a_new_client_is_compared_while_being_typed(
    practice: Practice, files: ClientFiles
) -> None:
    found = [
        files.duplicates(NewClient(name, phone))
        for name, phone in (
            ("anna weiss", "0170 1234567"),
            ("Anna Weiß", "0170 12"),
            ("Anna Weiß", "0170 1234576"),
            ("Anna Weiß", ""),
            ("%", "not yet"),
            ("", ""),
        )
    ]
    assert [len(likely) for likely in found] == [1, 0, 1, 0, 0, 0]
    assert found[0][0].client.client_id == practice.client_id


@pytest.mark.parametrize(
    "slip",
    [
        "0170 1234568",
        "0170 1234657",
        "0170 1243567",
        "0170 2134567",
        "0170 123456",
        "0170 12345670",
        "0170 123567",
        "0171 1234567",
        "0710 1234567",
    ],
)
def test_any_slip_in_the_number_is_found_among_many_of_the_name(
    sessions: Sessions, practice: Practice, files: ClientFiles, slip: str
) -> None:
    for number in range(60):
        factories.client(sessions, phone=f"+4930555{number:03}")
    found = files.duplicates(NewClient("Anna Weiß", slip))
    assert [one.client.client_id for one in found] == [practice.client_id]


def test_who_is_not_active_is_nobodys_duplicate(
    sessions: Sessions, practice: Practice, files: ClientFiles
) -> None:
    factories.client(sessions, is_active=False)
    assert files.read(practice.client_id).likely == ()


# -- providers


def test_a_provider_writes_notes_of_their_own_clients_only(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    factories.setting(desks.owner, "providers_read_all", True)
    other = factories.provider(desks.owner, name="Dr Berg")
    Booking(desks.owner, factories.clock).book(practice.request())
    files = ClientFiles(desks.provider(practice.provider_id))
    file = files.read(practice.client_id)
    assert file.may_change == {"notes"}
    known = file.details
    assert files.change(known, replace(known, notes="knee")).notes == "knee"
    with pytest.raises(NotAllowed):
        files.change(known, replace(known, name="Somebody"))
    stranger = ClientFiles(desks.provider(other, "Dr Berg"))
    file = stranger.read(practice.client_id)
    assert file.may_change == frozenset()
    with pytest.raises(NotAllowed):
        stranger.change(file.details, replace(file.details, notes="mine"))


def test_a_provider_sees_nobody_elses_client(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    files = ClientFiles(desks.provider(practice.provider_id))
    with pytest.raises(NotFound):
        files.read(practice.client_id)
    assert files.duplicates(NewClient("Anna Weiß", "0170 1234567")) == ()
