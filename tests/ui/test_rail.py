"""The rail by keyboard: a month to walk through, providers to tick, openings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QListView

from desk_app.domain.people import Provider, ProviderType
from desk_app.domain.slots import Opening
from desk_app.ui import format as written
from desk_app.ui.rail.month_model import DayRole, MonthModel
from desk_app.ui.rail.openings import OpeningsShown
from desk_app.ui.rail.rail import Rail

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 22)
HOSTILE = '<img src="/x.png"> & <b>bold</b>'
PEOPLE = tuple(
    Provider(number, name, ProviderType.DOCTOR, "Europe/Berlin", "#0072b2")
    for number, name in enumerate(("Dr Weber", "Dr Yıldız", HOSTILE), start=1)
)
Fatal = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail(TODAY)
    qtbot.addWidget(rail)
    rail.providers.model.set_providers(PEOPLE, frozenset())
    rail.set_services(["Check-up", "Follow-up"])
    rail.resize(rail.width(), 800)
    rail.show()
    rail.activateWindow()
    return rail


def walk(rail: Rail, *keys: Key) -> date:
    for key in keys:
        QTest.keyClick(rail.month.days, key)
    return rail.month.days.currentIndex().data(DayRole)


@pytest.mark.parametrize(("country", "first"), [("DE", 1), ("US", 7), ("GB", 1)])
def test_a_week_starts_as_in_the_country(country: str, first: int) -> None:
    QLocale.setDefault(written.choose_locale(country))
    model = MonthModel(TODAY)
    assert model.index(0, 0).data(DayRole).isoweekday() == first


def test_every_month_is_whole(qtbot: QtBot) -> None:
    model = MonthModel(TODAY)
    QAbstractItemModelTester(model, Fatal)
    for month in range(1, 13):
        model.set_month(date(2027, month, 1))
        last = date(2027 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        assert model.index_of(date(2027, month, 1)).row() == 0
        assert model.index_of(last).isValid()


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([Key.Key_Right], date(2026, 11, 23)),
        ([Key.Key_Down, Key.Key_Down], date(2026, 12, 6)),
        ([Key.Key_Up] * 4, date(2026, 10, 25)),
        ([Key.Key_PageDown] * 3, date(2027, 2, 22)),
        ([Key.Key_PageUp, Key.Key_Left], date(2026, 10, 21)),
    ],
)
def test_arrows_walk_on_into_other_months(
    rail: Rail, keys: list[Key], day: date
) -> None:
    rail.month.show_days(frozenset({TODAY}))
    assert walk(rail, *keys) == day


def test_enter_chooses_the_day(rail: Rail, qtbot: QtBot) -> None:
    rail.month.show_days(frozenset({TODAY}))
    with qtbot.waitSignal(rail.day_chosen) as chosen:
        walk(rail, Key.Key_Right, Key.Key_Return)
    assert chosen.args == [date(2026, 11, 23)]


def test_a_screen_reader_hears_which_day_is_today_and_shown(rail: Rail) -> None:
    rail.month.show_days(frozenset({TODAY}))
    index = rail.month.days.currentIndex()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Sunday, 22 November 2026, today, shown"


def test_space_unticks_and_enter_shows_one_alone(rail: Rail, qtbot: QtBot) -> None:
    model, view = rail.providers.model, rail.providers.findChild(QListView)
    QAbstractItemModelTester(model, Fatal)
    view.setCurrentIndex(model.index(1))
    QTest.keyClick(view, Key.Key_Space)
    assert model.checked == (1, 3)
    QTest.keyClick(view, Key.Key_Return)
    assert model.checked == (2,)
    QTest.keyClick(view, Key.Key_Return)
    assert model.checked == (1, 2, 3)


def test_new_providers_are_shown_and_hidden_ones_stay_hidden(rail: Rail) -> None:
    model = rail.providers.model
    model.set_providers(PEOPLE[:2], frozenset({2, 77}))
    assert model.checked == (1,)
    model.set_providers(PEOPLE, model.hidden)
    assert model.checked == (1, 3)


def test_names_are_shown_as_they_are(rail: Rail) -> None:
    index = rail.providers.model.index(2)
    assert index.data() == HOSTILE
    assert "<img" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_enter_goes_to_the_opening(rail: Rail, qtbot: QtBot) -> None:
    start = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    opening = Opening(start, start + timedelta(minutes=30), 1, 1)
    shown = OpeningsShown(BERLIN, TODAY, {p.provider_id: p for p in PEOPLE})
    rail.openings.show_openings((opening,), shown)
    view = rail.openings.findChild(QListView)
    index = rail.openings.model.index(0)
    assert index.data() == "Tomorrow, 10:00"
    view.setCurrentIndex(index)
    with qtbot.waitSignal(rail.opening_chosen) as chosen:
        QTest.keyClick(view, Key.Key_Return)
    assert chosen.args == [opening]


def test_an_empty_list_says_why(rail: Rail) -> None:
    rail.openings.show_openings((), OpeningsShown(BERLIN, TODAY, {}))
    assert rail.openings.findChild(QListView).isHidden()
    assert "14 days" in rail.openings.line


def test_the_chosen_service_survives_a_new_catalogue(rail: Rail, qtbot: QtBot) -> None:
    rail.choose_service("Follow-up")
    rail.set_services(["Follow-up", "Massage"])
    assert rail.service == "Follow-up"
    with qtbot.waitSignal(rail.service_chosen) as chosen:
        rail.set_services(["Massage"])
    assert chosen.args == [""]


def test_letters_choose_a_service(rail: Rail, qtbot: QtBot) -> None:
    box = rail.findChild(QComboBox)
    with qtbot.waitSignal(rail.service_chosen):
        QTest.keyClick(box, Key.Key_F)
    assert rail.service == "Follow-up"
