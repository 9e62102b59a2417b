"""Who is told by which channel: chosen by a manager, sane in any case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries.settings_rows import MESSAGE_PLAN
from desk_app.domain.message_plan import MessagePlan, Ways
from desk_app.domain.messages import Channel
from desk_app.domain.practice_choices import PracticeChoices, put
from desk_app.errors import Invalid
from desk_app.services.practice import PracticeSettings
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

USUAL = PracticeChoices()
EMAIL, PUSH, SMS, DESKTOP = Channel


@pytest.fixture
def settings(sessions: Sessions) -> PracticeSettings:
    return PracticeSettings(sessions)


def with_plan(**changes: Ways) -> PracticeChoices:
    """Return the usual choices with another plan."""
    return replace(USUAL, message_plan=replace(MessagePlan(), **changes))


def test_what_is_chosen_counts(settings: PracticeSettings) -> None:
    wanted = with_plan(reminder_1h=Ways((PUSH, SMS), ()), confirmation=Ways())
    wanted = put(wanted, "rules.messages.useful_hours", 6)
    wanted = put(wanted, "rules.messages.brought_forward", True)
    assert settings.change(USUAL, wanted) == wanted
    assert settings.choices() == wanted


def test_what_another_changed_of_it_meanwhile_stays(settings: PracticeSettings) -> None:
    one = with_plan(confirmation=Ways((SMS,)))
    other = with_plan(no_show_notice=Ways())
    settings.change(USUAL, one)
    plan = settings.change(USUAL, other).message_plan
    assert (plan.confirmation, plan.no_show_notice) == (Ways((SMS,)), Ways())


def test_no_desk_tells_a_client(settings: PracticeSettings) -> None:
    with pytest.raises(Invalid) as refusal:
        settings.change(USUAL, with_plan(confirmation=Ways((DESKTOP,))))
    assert refusal.value.field == "confirmation"
    assert settings.choices() == USUAL


@pytest.mark.parametrize("hours", [-1, 25])
def test_a_number_of_hours_has_bounds(settings: PracticeSettings, hours: int) -> None:
    with pytest.raises(Invalid) as refusal:
        settings.change(USUAL, put(USUAL, "rules.messages.useful_hours", hours))
    assert refusal.value.field == "useful_hours"


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        ([], None),
        ("EMAIL", None),
        ({"confirmation": None}, None),
        ({"confirmation": {"client": ["EMAIL"]}}, None),
        ({"confirmation": {"client": "EMAIL", "provider": []}}, None),
        ({"confirmation": {"client": [], "provider": []}}, Ways()),
        (
            {"confirmation": {"client": ["SMS", "PIGEON", "EMAIL"], "provider": [3]}},
            Ways((EMAIL, SMS)),
        ),
        # A desk tells nobody but those who work there.
        (
            {"confirmation": {"client": ["DESKTOP"], "provider": ["DESKTOP"]}},
            Ways((), (DESKTOP,)),
        ),
    ],
)
def test_what_makes_no_sense_counts_as_not_set(
    settings: PracticeSettings, sessions: Sessions, value: object, ways: Ways | None
) -> None:
    factories.setting(sessions, MESSAGE_PLAN, value)
    usual = MessagePlan()
    wanted = replace(usual, confirmation=usual.confirmation if ways is None else ways)
    assert settings.choices().message_plan == wanted
