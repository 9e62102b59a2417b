"""The practice's key: begun once, passed on by a code, and not missed when lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from desk_app import sealing
from desk_app.db.session import open_sessions
from desk_app.domain.secrets import SecretName
from desk_app.errors import Invalid, KeyMissing, Refused, Unavailable
from desk_app.sealing import KeyRing, new_ring
from desk_app.services.vault import Vault
from tests import factories, postgres
from tests.factories import rows
from tests.rings import DeskRings, said_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

SMTP = SecretName.SMTP_PASSWORD
PLANTED = b"pl4nted-secret"
WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def shared(database_url: str) -> Iterator[Sessions]:
    """Sessions that several desks work on at once."""
    sessions = open_sessions(database_url)
    yield sessions
    sessions.close()


def test_a_practice_has_one_first_key(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    first = rings.ring
    vault.begin_key()
    assert rings.ring == first
    other = DeskRings()
    with pytest.raises(KeyMissing):
        Vault(sessions, other).begin_key()
    assert other.ring is None


def test_a_key_that_no_keyring_keeps_is_not_begun(sessions: Sessions) -> None:
    rings = DeskRings()
    rings.is_locked = True
    with pytest.raises(Unavailable):
        Vault(sessions, rings).begin_key()
    rings.is_locked = False
    Vault(sessions, rings).begin_key()


def test_a_lost_key_means_signing_in_again_and_costs_no_appointment(
    vault: Vault, sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    calendar = factories.calendar(sessions, practice.provider_id)
    booking.book(practice.request())
    vault.store(SMTP, PLANTED)
    vault.store_tokens(calendar, PLANTED, b"refresh")
    before = rows(sessions, "SELECT * FROM appointment")
    at_new_computer = Vault(sessions, DeskRings())
    at_new_computer.start_over()
    assert rows(sessions, "SELECT * FROM appointment") == before
    assert rows(sessions, "SELECT state FROM calendar_sync") == [("SIGN_IN_AGAIN",)]
    assert at_new_computer.names() == ()
    at_new_computer.store(SMTP, b"typed again")
    at_new_computer.store_tokens(calendar, b"signed in again", None)
    assert at_new_computer.read(SMTP) == b"typed again"
    assert at_new_computer.read_tokens(calendar).access == b"signed in again"


def test_of_two_desks_that_start_over_at_once_one_is_told(shared: Sessions) -> None:
    second = DeskRings()
    with ThreadPoolExecutor(1) as pool:

        class FirstRings(DeskRings):
            def keep(self, ring: KeyRing) -> None:
                self.other = pool.submit(Vault(shared, second).start_over)
                postgres.wait_until(lambda: bool(rows(shared, WAITING)[0][0]))
                super().keep(ring)

        Vault(shared, DeskRings()).begin_key()
        first = FirstRings()
        Vault(shared, first).start_over()
        with pytest.raises(KeyMissing):
            first.other.result()
    assert second.ring is None
    Vault(shared, first).store(SMTP, PLANTED)
    assert Vault(shared, first).read(SMTP) == PLANTED


def test_starting_over_keeps_old_keys_for_what_a_backup_brings_back(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    vault.store(SMTP, PLANTED)
    ((sealed,),) = rows(
        sessions, "SELECT sealed FROM practice_secret WHERE name = 'smtp_password'"
    )
    vault.start_over()
    assert rings.held.newest.id != bytes(sealed)[1:5]
    vault.store(SMTP, b"typed again")
    rows(
        sessions,
        "UPDATE practice_secret SET sealed = :old WHERE name = 'smtp_password'",
        old=sealed,
    )
    assert vault.read(SMTP) == PLANTED


def test_starting_over_without_a_keyring_loses_nothing(
    vault: Vault, rings: DeskRings
) -> None:
    vault.store(SMTP, PLANTED)
    rings.is_locked = True
    with pytest.raises(Unavailable):
        vault.start_over()
    assert vault.read(SMTP) == PLANTED


def test_a_code_gives_another_desk_the_keys_once(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    vault.store(SMTP, PLANTED)
    vault.rotate()
    code = vault.offer_enrolment()
    second, third = DeskRings(), DeskRings()
    Vault(sessions, second).enrol(f" {code.lower()} ")
    assert second.ring == rings.ring
    assert Vault(sessions, second).read(SMTP) == PLANTED
    with pytest.raises(Refused, match="used already"):
        Vault(sessions, third).enrol(code)
    assert third.ring is None


def test_a_taken_code_leaves_no_keys_in_the_database(
    vault: Vault, sessions: Sessions
) -> None:
    Vault(sessions, DeskRings()).enrol(vault.offer_enrolment())
    left = rows(sessions, "SELECT wrapped, taken_by = session_user FROM desk_enrolment")
    assert left == [(None, True)]


def test_the_database_sees_neither_the_code_nor_the_keys(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    code = vault.offer_enrolment()
    ((lookup, wrapped),) = rows(sessions, "SELECT lookup, wrapped FROM desk_enrolment")
    for seen in (bytes(lookup), bytes(wrapped)):
        assert code.encode() not in seen
        assert rings.held.newest.secret not in seen
        assert rings.held.newest.secret.hex().encode() not in seen


def test_wrong_expired_and_used_codes_get_one_answer(
    vault: Vault, sessions: Sessions
) -> None:
    used, expired = vault.offer_enrolment(), vault.offer_enrolment()
    Vault(sessions, DeskRings()).enrol(used)
    # The transaction of this test began before; its time must not count.
    rows(sessions, "UPDATE desk_enrolment SET expires_at = clock_timestamp()")
    answers = {
        said_by(lambda code=code: Vault(sessions, DeskRings()).enrol(code))[-200:]
        for code in (sealing.new_code(), used, expired)
    }
    assert len(answers) == 1


def test_a_mistyped_code_is_told_before_anything_is_asked(
    database_url: str,
) -> None:
    sessions = open_sessions(database_url)
    sessions.close()
    code = sealing.new_code()
    said = said_by(lambda: Vault(sessions, DeskRings()).enrol(code[::-1]))
    assert "A letter of this code is wrong" in said
    assert code[::-1] not in said


def test_a_keyring_that_refuses_does_not_cost_the_code(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    code = vault.offer_enrolment()
    locked = DeskRings()
    locked.is_locked = True
    with pytest.raises(Unavailable):
        Vault(sessions, locked).enrol(code)
    locked.is_locked = False
    Vault(sessions, locked).enrol(code)
    assert locked.ring == rings.ring


def test_a_desk_that_joins_again_keeps_its_own_keys_behind_the_new_ones(
    vault: Vault, sessions: Sessions, rings: DeskRings
) -> None:
    own = new_ring()
    joining = DeskRings(own)
    Vault(sessions, joining).enrol(vault.offer_enrolment())
    assert joining.ring == KeyRing(rings.held.keys + own.keys)


@pytest.mark.parametrize("valid", [timedelta(0), timedelta(-1), timedelta(hours=25)])
def test_a_code_is_valid_for_a_day_at_most(vault: Vault, valid: timedelta) -> None:
    with pytest.raises(Invalid):
        vault.offer_enrolment(valid)


def test_an_offer_clears_codes_that_nobody_took(
    vault: Vault, sessions: Sessions
) -> None:
    vault.offer_enrolment()
    rows(sessions, "UPDATE desk_enrolment SET expires_at = clock_timestamp()")
    vault.offer_enrolment()
    assert rows(sessions, "SELECT count(*) FROM desk_enrolment") == [(1,)]


def winners(work: Callable[[DeskRings], None]) -> list[DeskRings]:
    """Let two desks do the same at once; return those that have keys then."""
    starts = Barrier(2)

    def at_a_desk(rings: DeskRings) -> None:
        starts.wait()
        with suppress(KeyMissing, Refused):
            work(rings)

    desks = [DeskRings(), DeskRings()]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(at_a_desk, desks))
    return [desk for desk in desks if desk.ring]


def test_of_two_desks_at_once_one_begins_the_key_and_one_takes_the_code(
    shared: Sessions,
) -> None:
    (first,) = winners(lambda rings: Vault(shared, rings).begin_key())
    code = Vault(shared, first).offer_enrolment()
    (second,) = winners(lambda rings: Vault(shared, rings).enrol(code))
    assert second.ring == first.ring
