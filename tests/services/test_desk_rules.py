"""What managers choose for the practice: defaults, changes, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.desk_rules import DeskRules, NoShowPolicy
from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.domain.practice_choices import PracticeChoices, ServiceDefaults
from desk_app.domain.slots import Alignment, AlignmentKind
from desk_app.errors import Invalid, NotAllowed
from desk_app.services.diary import Diary
from desk_app.services.practice import PracticeSettings
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

USUAL = DeskRules()
NIGHT = QuietHours(time(20), time(7, 30))


@pytest.fixture
def settings(sessions: Sessions) -> PracticeSettings:
    return PracticeSettings(sessions)


def change(settings: PracticeSettings, rules: DeskRules) -> DeskRules:
    """Change the rules of somebody who saw the usual ones; return what counts."""
    known = PracticeChoices()
    return settings.change(known, replace(known, rules=rules)).rules


def test_until_a_manager_chooses_the_usual_counts(settings: PracticeSettings) -> None:
    assert settings.choices().rules == USUAL
    assert (USUAL.grace_seconds, USUAL.waiting_minutes) == (180, 15)


def test_what_is_chosen_counts_at_every_desk(
    settings: PracticeSettings, sessions: Sessions
) -> None:
    policy = NoShowPolicy(20, False, False, 3, False, 7)
    messages = MessageTimes(24, 2, NIGHT)
    wanted = DeskRules(0, 30, policy, ("Ill", "No time"), messages)
    assert change(settings, wanted) == wanted
    assert Diary(sessions).catalogue().rules == wanted


def test_what_somebody_else_changed_meanwhile_stays(
    settings: PracticeSettings,
) -> None:
    change(settings, replace(USUAL, grace_seconds=60))
    now = change(settings, replace(USUAL, waiting_minutes=20))
    assert (now.grace_seconds, now.waiting_minutes) == (60, 20)


def test_so_do_the_other_parts_of_what_follows_a_no_show(
    settings: PracticeSettings,
) -> None:
    change(settings, replace(USUAL, no_show=NoShowPolicy(flags_after=3)))
    now = change(settings, replace(USUAL, no_show=NoShowPolicy(lock_out_days=7)))
    assert now.no_show == NoShowPolicy(flags_after=3, lock_out_days=7)


def test_where_slots_start_and_what_services_begin_with_are_chosen(
    settings: PracticeSettings, sessions: Sessions
) -> None:
    known = PracticeChoices()
    every = Alignment(AlignmentKind.EVERY, 20)
    wanted = replace(known, alignment=every, new_service=ServiceDefaults(5, 30, 48))
    assert settings.change(known, wanted) == settings.choices() == wanted
    catalogue = Diary(sessions).catalogue()
    assert (catalogue.alignment, catalogue.new_service) == (every, wanted.new_service)


def test_quiet_hours_end_when_they_are_no_longer_wanted(
    settings: PracticeSettings,
) -> None:
    night = replace(USUAL, messages=MessageTimes(quiet=NIGHT))
    change(settings, night)
    known = settings.choices()
    assert settings.change(known, replace(known, rules=USUAL)).rules == USUAL


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("grace_seconds", replace(USUAL, grace_seconds=3601)),
        ("waiting_minutes", replace(USUAL, waiting_minutes=-1)),
        ("asks_after_minutes", replace(USUAL, no_show=NoShowPolicy(601))),
        ("flags_after", replace(USUAL, no_show=NoShowPolicy(flags_after=0))),
        ("lock_out_days", replace(USUAL, no_show=NoShowPolicy(lock_out_days=9999))),
        ("long_hours", replace(USUAL, messages=MessageTimes(337, 1))),
        ("short_hours", replace(USUAL, messages=MessageTimes(2, 3))),
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
        change(settings, wanted)
    assert refused.value.field == field
    assert settings.choices().rules == USUAL


def test_empty_and_repeated_reasons_are_left_out(settings: PracticeSettings) -> None:
    wanted = replace(USUAL, cancellation_reasons=("Ill", " ", "Ill ", "No time"))
    assert change(settings, wanted).cancellation_reasons == (
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
        ("long_reminder_hours", 10**9),
        ("quiet_hours", {"start": "25:00", "end": "07:00"}),
        ("quiet_hours", {"start": "07:00", "end": "07:00"}),
        ("quiet_hours", ["20:00"]),
        ("new_service", {"buffer_minutes": "none", "max_advance_days": -1}),
        ("cancellation_reasons", [1, 2]),
        ("cancellation_reasons", "Ill"),
    ],
)
def test_a_setting_that_makes_no_sense_counts_as_not_set(
    settings: PracticeSettings, sessions: Sessions, name: str, value: object
) -> None:
    factories.setting(sessions, name, value)
    assert settings.choices() == PracticeChoices()


def test_the_rules_are_for_managers(database_url: str) -> None:
    with Desks(database_url) as desks:
        desk = PracticeSettings(desks.receptionist())
        with pytest.raises(NotAllowed):
            change(desk, replace(USUAL, grace_seconds=0))
        assert desk.choices().rules == USUAL
