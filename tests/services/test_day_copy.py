"""What a desk keeps of today and tomorrow: sealed, for one login, and not for long."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.kept import Noted
from desk_app.doors import ServerDoor
from desk_app.errors import KeyMissing, SealBroken, Stale
from desk_app.services.access import Access
from desk_app.services.day_copy import DayCopy
from desk_app.services.diary import Diary
from desk_app.services.kept import Kept
from tests import factories
from tests.rings import DayRings, said_by

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment

ANNA = Noted(uuid4(), factories.NOW, "Anna Weiß", "0170 1234567", "Check-up", "Friday")


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = factories.NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> DayRings:
    return DayRings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def kept(folder: Path, keys: DayRings, clock: Clock) -> Kept:
    return Kept(folder, keys, clock)


@pytest.fixture
def copy(sessions: Sessions, kept: Kept, clock: Clock) -> DayCopy:
    access = Access(sessions, ServerDoor(sessions.url()))
    return DayCopy(Diary(sessions), access, kept, clock)


@pytest.fixture
def login(sessions: Sessions) -> str:
    return Diary(sessions).catalogue().me.login


def test_the_kept_days_are_those_of_the_schedule(
    copy: DayCopy, kept: Kept, booked: Appointment, login: str
) -> None:
    assert copy.refresh(login)
    days = kept.days(login)
    assert days is not None
    assert days.as_of == factories.NOW
    assert [day.day for day in days.days] == [factories.TODAY, factories.TOMORROW]
    [visit] = days.days[1].appointments
    assert (visit.client_name, visit.client_phone) == (
        booked.client_name,
        booked.client_phone,
    )
    assert (visit.start, visit.end, visit.status, visit.service_name) == (
        booked.start,
        booked.end,
        booked.status,
        booked.service_name,
    )
    assert days.days[1].open_windows


def test_no_file_holds_a_name_or_a_number_in_plain(
    copy: DayCopy, kept: Kept, folder: Path, booked: Appointment, login: str
) -> None:
    copy.refresh(login)
    kept.note(login, ANNA)
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) == 2
    for file in files:
        text = file.name.encode() + file.read_bytes()
        for secret in (booked.client_name, "Anna", "1234567", login, "Check-up"):
            assert secret.encode() not in text
    assert "Anna" not in repr(kept.days(login)) + repr(kept.noted(login))


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_of_the_account_may_open_the_files(
    copy: DayCopy, kept: Kept, folder: Path, booked: Appointment, login: str
) -> None:
    copy.refresh(login)
    kept.note(login, ANNA)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == {0o600}


def test_another_login_opens_nothing(
    copy: DayCopy, kept: Kept, keys: DayRings, booked: Appointment, login: str
) -> None:
    copy.refresh(login)
    kept.note(login, ANNA)
    assert kept.days("other") is None
    # Not even with the same key: what is sealed for one login is not another's.
    keys.rings["other"] = keys.rings[login]
    with pytest.raises(SealBroken):
        kept.days("other")


def test_with_another_key_nothing_is_found(
    copy: DayCopy, kept: Kept, keys: DayRings, booked: Appointment, login: str
) -> None:
    copy.refresh(login)
    keys.forget(login)
    assert kept.can_keep(login)
    assert kept.days(login) is None


def test_another_database_has_other_files(
    copy: DayCopy, folder: Path, booked: Appointment, login: str, keys: DayRings
) -> None:
    copy.refresh(login)
    assert Kept(folder, DayRings("elsewhere:5432/practice")).days(login) is None
    moved = DayRings("elsewhere:5432/practice")
    moved.rings = keys.rings
    with pytest.raises(SealBroken):
        Kept(folder, moved).days(login)


def test_a_damaged_file_is_said_and_thrown_away(
    copy: DayCopy, kept: Kept, folder: Path, booked: Appointment, login: str
) -> None:
    copy.refresh(login)
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-8])
    assert booked.client_name not in said_by(lambda: kept.days(login))
    assert not file.exists()
    assert kept.days(login) is None


def test_without_a_keyring_nothing_is_written(
    copy: DayCopy, kept: Kept, keys: DayRings, folder: Path, login: str
) -> None:
    keys.is_missing = True
    assert not copy.refresh(login)
    with pytest.raises(KeyMissing):
        kept.note(login, ANNA)
    assert not folder.exists()


def test_a_desk_without_a_server_keeps_nothing(folder: Path) -> None:
    kept = Kept(folder, None)
    assert not kept.is_wanted
    assert kept.days("anybody") is None
    assert kept.noted("anybody") == ()


def test_days_of_somebody_else_are_not_kept_for_this_login(
    copy: DayCopy, folder: Path, practice: factories.Practice
) -> None:
    with pytest.raises(Stale):
        copy.refresh("somebody_else")
    assert not folder.exists()


def test_days_older_than_two_days_are_gone(
    copy: DayCopy, kept: Kept, folder: Path, clock: Clock, login: str
) -> None:
    copy.refresh(login)
    clock.now += timedelta(days=2)
    assert kept.days(login) is not None
    clock.now += timedelta(seconds=1)
    assert kept.days(login) is None
    assert list(folder.iterdir()) == []


def test_old_days_of_anybody_are_swept_away(
    kept: Kept, folder: Path, clock: Clock, login: str
) -> None:
    folder.mkdir()
    left = folder / "days-0a0b0c0d.sealed"
    left.write_text("of a key that is lost")
    written = left.stat().st_mtime
    clock.now = datetime.fromtimestamp(written, factories.NOW.tzinfo)
    kept.sweep()
    assert left.exists()
    clock.now += timedelta(days=2, seconds=1)
    kept.sweep()
    assert not left.exists()


def test_a_note_stays_until_it_is_ticked_off(kept: Kept, clock: Clock) -> None:
    later = replace(ANNA, note_id=uuid4(), noted_at=ANNA.noted_at + timedelta(hours=1))
    for noted in (later, ANNA):
        kept.note("anna", noted)
    clock.now += timedelta(days=30)
    kept.sweep()
    assert kept.noted("anna") == (ANNA, later)
    kept.tick_off("anna", ANNA.note_id)
    assert kept.noted("anna") == (later,)


def test_a_damaged_note_is_said_and_the_others_are_read(
    kept: Kept, folder: Path
) -> None:
    kept.note("anna", ANNA)
    [file] = folder.iterdir()
    kept.note("anna", replace(ANNA, note_id=uuid4()))
    file.write_text("damaged")
    with pytest.raises(SealBroken):
        kept.noted("anna")
    assert len(kept.noted("anna")) == 1


def test_nothing_is_kept_for_somebody_who_was_let_go(
    copy: DayCopy, kept: Kept, keys: DayRings, folder: Path, login: str
) -> None:
    copy.refresh(login)
    kept.note(login, ANNA)
    kept.note("other", ANNA)
    kept.forget(login)
    assert login not in keys.rings
    assert len(list(folder.iterdir())) == 1


def test_starting_over_drops_the_days_and_no_note(
    copy: DayCopy, kept: Kept, folder: Path, login: str
) -> None:
    copy.refresh(login)
    kept.note(login, ANNA)
    kept.drop_all_days()
    assert kept.days(login) is None
    assert kept.noted(login) == (ANNA,)
