"""Setting a practice up: all of it or nothing, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.closures import Closure
from desk_app.domain.offering import ProviderDraft, ServiceDraft
from desk_app.domain.people import Money
from desk_app.domain.schedule import Source
from desk_app.domain.set_up import FirstProvider, SetUp
from desk_app.domain.weekly import WeeklyWindow
from desk_app.errors import Invalid, NotAllowed, Stale
from desk_app.services.diary import Diary
from desk_app.services.set_up import SettingUp
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

CHRISTMAS = date(2026, 12, 25)
WEEK = tuple(WeeklyWindow(day, time(9), time(17)) for day in range(7))
WEBER = FirstProvider(
    ProviderDraft("Dr. Weber", timezone="Europe/Berlin"),
    (ServiceDraft("Check-up", Money(Decimal(60), "EUR"), 20, 10),),
    WEEK,
)
NAMELESS = ServiceDraft("", Money(Decimal(0), "EUR"))
WEEK_TWICE = WeeklyWindow(0, time(10), time(11))
PRACTICE = SetUp(
    "Praxis am Park",
    "Europe/Berlin",
    "DE",
    "EUR",
    (WEBER, replace(WEBER, draft=ProviderDraft("Ben", timezone="UTC"))),
    (Closure(CHRISTMAS, "Christmas", is_holiday=True),),
    "BY",
)


def test_a_practice_is_set_up_in_one_step_and_once(sessions: Sessions):
    for _ in range(2):
        SettingUp(sessions).begin(PRACTICE)
    catalogue = Diary(sessions, factories.clock).catalogue()
    assert catalogue.practice_name == "Praxis am Park"
    assert (catalogue.timezone, catalogue.country) == ("Europe/Berlin", "DE")
    assert [each.name for each in catalogue.providers] == ["Ben", "Dr. Weber"]
    assert [each.buffer_minutes for each in catalogue.services] == [10, 10]
    assert catalogue.has_providers


def test_the_days_of_a_new_practice_have_hours_and_holidays(sessions: Sessions):
    SettingUp(sessions).begin(PRACTICE)
    diary = Diary(sessions, factories.clock)
    number = diary.catalogue().providers[1].provider_id
    before, closed = diary.days(date(2026, 12, 24), 2, [number])
    assert len(before.open_windows) == 1
    assert not closed.open_windows
    assert [(b.source, b.reason) for b in closed.blocks] == [
        (Source.CLOSURE, "Christmas")
    ]


def test_what_somebody_else_has_set_up_is_not_added_to(sessions: Sessions):
    factories.provider(sessions, name="Somebody else")
    with pytest.raises(Stale):
        SettingUp(sessions).begin(PRACTICE)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "practice"),
        ({"timezone": "Europe/Nowhere"}, "timezone"),
        ({"providers": ()}, "name"),
        ({"providers": (replace(WEBER, draft=ProviderDraft(" ")),)}, "name"),
        ({"providers": (replace(WEBER, services=(NAMELESS,)),)}, "service"),
        ({"providers": (replace(WEBER, hours=(*WEEK, WEEK_TWICE)),)}, "hours"),
    ],
)
def test_what_cannot_be_written_leaves_nothing(sessions: Sessions, change, field):
    with pytest.raises(Invalid) as invalid:
        SettingUp(sessions).begin(replace(PRACTICE, **change))
    assert invalid.value.field == field
    assert not Diary(sessions).catalogue().has_providers


def test_only_managers_set_a_practice_up(database_url: str):
    with Desks(database_url) as desks:
        with pytest.raises(NotAllowed):
            SettingUp(desks.receptionist()).begin(PRACTICE)
        SettingUp(desks.manager()).begin(PRACTICE)
        assert len(Diary(desks.receptionist("Ida")).catalogue().providers) == 2
