"""Two entries of one person: made one, made two again, and nothing lost between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.client_file import MergeWish
from desk_app.errors import Invalid, NotAllowed, NotFound, Refused
from desk_app.services.client_file import ClientFiles
from desk_app.services.clients import Clients
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks
from tests.services.twins import busy, column, everything, twin, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice


@pytest.fixture
def files(sessions: Sessions) -> ClientFiles:
    return ClientFiles(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


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
