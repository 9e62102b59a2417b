"""The rules of the desk: defaults, what a manager changes, what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.desk_rules import DeskRules, NoShowPolicy
from desk_app.errors import Invalid, NotAllowed
from desk_app.services.diary import Diary
from desk_app.services.practice import PracticeSettings
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

USUAL = DeskRules()


@pytest.fixture
def settings(sessions: Sessions) -> PracticeSettings:
    return PracticeSettings(sessions)


def test_until_a_manager_chooses_the_usual_counts(settings: PracticeSettings) -> None:
    assert settings.rules() == USUAL
    assert (USUAL.grace_seconds, USUAL.waiting_minutes) == (180, 15)


def test_what_is_chosen_counts_at_every_desk(
    settings: PracticeSettings, sessions: Sessions
) -> None:
    policy = NoShowPolicy(20, False, False, 3, False, 7)
    wanted = DeskRules(0, 30, policy, ("Ill", "No time"))
    assert settings.change_rules(USUAL, wanted) == wanted
    assert Diary(sessions).catalogue().rules == wanted


def test_what_somebody_else_changed_meanwhile_stays(
    settings: PracticeSettings,
) -> None:
    settings.change_rules(USUAL, replace(USUAL, grace_seconds=60))
    now = settings.change_rules(USUAL, replace(USUAL, waiting_minutes=20))
    assert (now.grace_seconds, now.waiting_minutes) == (60, 20)


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("grace_seconds", replace(USUAL, grace_seconds=3601)),
        ("waiting_minutes", replace(USUAL, waiting_minutes=-1)),
        ("asks_after_minutes", replace(USUAL, no_show=NoShowPolicy(601))),
        ("flags_after", replace(USUAL, no_show=NoShowPolicy(flags_after=0))),
        ("lock_out_days", replace(USUAL, no_show=NoShowPolicy(lock_out_days=9999))),
        ("cancellation_reasons", replace(USUAL, cancellation_reasons=("x" * 101,))),
        (
            "cancellation_reasons",
            replace(USUAL, cancellation_reasons=tuple(map(str, range(31)))),
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(
    settings: PracticeSettings, field: str, wanted: DeskRules
) -> None:
    with pytest.raises(Invalid) as refused:
        settings.change_rules(USUAL, wanted)
    assert refused.value.field == field
    assert settings.rules() == USUAL


def test_empty_and_repeated_reasons_are_left_out(settings: PracticeSettings) -> None:
    wanted = replace(USUAL, cancellation_reasons=("Ill", " ", "Ill ", "No time"))
    assert settings.change_rules(USUAL, wanted).cancellation_reasons == (
        "Ill",
        "No time",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grace_seconds", "soon"),
        ("waiting_minutes", True),
        ("no_show_policy", {"flags": "yes", "lock_out_days": -1}),
        ("no_show_policy", [1]),
        ("cancellation_reasons", [1, 2]),
        ("cancellation_reasons", "Ill"),
    ],
)
def test_a_setting_that_makes_no_sense_counts_as_not_set(
    settings: PracticeSettings, sessions: Sessions, name: str, value: object
) -> None:
    factories.setting(sessions, name, value)
    assert settings.rules() == USUAL


def test_the_rules_are_for_managers(database_url: str) -> None:
    with Desks(database_url) as desks:
        desk = PracticeSettings(desks.receptionist())
        with pytest.raises(NotAllowed):
            desk.change_rules(USUAL, replace(USUAL, grace_seconds=0))
        assert desk.rules() == USUAL
