"""The settings of access: read by everybody, chosen by managers, sane in any case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import settings_rows
from desk_app.domain.access import AccessSettings
from desk_app.domain.practice_choices import PracticeChoices
from desk_app.domain.staff import Role
from desk_app.errors import Invalid, NotAllowed
from desk_app.services.clients import Clients
from desk_app.services.practice import PracticeSettings
from tests import factories
from tests.factories import new_client, rows
from tests.staff import Crew

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

DEFAULT = AccessSettings()
ANOTHER = AccessSettings(True, 0, 10, hide_names_minutes=5)


def change(
    settings: PracticeSettings, known: AccessSettings, wanted: AccessSettings
) -> AccessSettings:
    """Change the settings of access and nothing else; return what counts."""
    seen = PracticeChoices(access=known)
    return settings.change(seen, replace(seen, access=wanted)).access


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    """A practice with one manager, closed to strangers."""
    crew = Crew(database_url)
    yield crew
    crew.close()


def test_nothing_is_open_and_nothing_is_erased_until_a_manager_says_so() -> None:
    assert AccessSettings(False, 10, 0, 0) == DEFAULT


def test_what_is_not_set_has_its_default(sessions: Sessions) -> None:
    assert PracticeSettings(sessions).choices().access == DEFAULT


def test_a_manager_chooses_and_everybody_reads(crew: Crew) -> None:
    settings = PracticeSettings(crew.sessions(crew.manager))
    assert change(settings, DEFAULT, ANOTHER) == ANOTHER
    for role in Role:
        other = PracticeSettings(crew.sessions(crew.add(role=role)))
        assert other.choices().access == ANOTHER


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.PROVIDER])
def test_nobody_but_a_manager_chooses(crew: Crew, role: Role) -> None:
    settings = PracticeSettings(crew.sessions(crew.add(role=role)))
    with pytest.raises(NotAllowed):
        change(settings, DEFAULT, ANOTHER)
    assert settings.choices().access == DEFAULT


def test_what_another_manager_changed_meanwhile_stays(sessions: Sessions) -> None:
    settings = PracticeSettings(sessions)
    change(settings, DEFAULT, replace(DEFAULT, lock_minutes=3))
    change(settings, DEFAULT, replace(DEFAULT, retention_years=4))
    assert settings.choices().access == AccessSettings(False, 3, 4)


def test_what_nobody_changed_is_not_written(sessions: Sessions) -> None:
    change(PracticeSettings(sessions), DEFAULT, DEFAULT)
    known = rows(sessions, "SELECT name FROM practice_setting")
    assert known == [("practice_id",)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lock_minutes", -1),
        ("lock_minutes", 241),
        ("retention_years", -1),
        ("retention_years", 31),
        ("hide_names_minutes", 241),
    ],
)
def test_what_makes_no_sense_is_not_written(
    sessions: Sessions, field: str, value: int
) -> None:
    settings = PracticeSettings(sessions)
    with pytest.raises(Invalid, match="from 0 to") as refusal:
        change(settings, DEFAULT, replace(DEFAULT, **{field: value}))
    assert refusal.value.field == field
    assert settings.choices().access == DEFAULT


@pytest.mark.parametrize(
    "value", ["true", 1, None, [], {"a": 1}, -1, 241, 31.5, "5", 10**20]
)
@pytest.mark.parametrize(
    "name",
    [
        settings_rows.PROVIDERS_READ_ALL,
        settings_rows.LOCK_MINUTES,
        settings_rows.RETENTION_YEARS,
        settings_rows.HIDE_NAMES_MINUTES,
    ],
)
def test_what_makes_no_sense_counts_as_not_set(
    sessions: Sessions, name: str, value: object
) -> None:
    if value == 1 and name != settings_rows.PROVIDERS_READ_ALL:
        value = True
    factories.setting(sessions, name, value)
    assert PracticeSettings(sessions).choices().access == DEFAULT
    found = rows(sessions, "SELECT desk_providers_read_all()")
    assert found == [(False,)]


def test_providers_read_everybodys_clients_only_while_it_is_open(crew: Crew) -> None:
    factories.client(crew.admin, name=new_client().name)
    clients = Clients(crew.sessions(crew.add(role=Role.PROVIDER)))
    settings = PracticeSettings(crew.sessions(crew.manager))
    assert clients.find("Berta") == ()
    change(settings, DEFAULT, ANOTHER)
    assert len(clients.find("Berta")) == 1
    change(settings, ANOTHER, DEFAULT)
    assert clients.find("Berta") == ()


def test_a_change_is_written_down(crew: Crew) -> None:
    settings = PracticeSettings(crew.sessions(crew.manager))
    change(settings, DEFAULT, ANOTHER)
    found = rows(
        crew.admin,
        "SELECT who, row_id FROM audit_log WHERE table_name = 'practice_setting'",
    )
    names = (settings_rows.PROVIDERS_READ_ALL, settings_rows.LOCK_MINUTES)
    assert set(found) >= {(crew.manager.login, name) for name in names}
    last = {change.path: change.who for change in settings.last_changes()}
    assert last["access.lock_minutes"] == crew.manager.name
    assert "rules.grace_seconds" not in last
