"""The diary's model: what it shows after each piece of news, and how it says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from desk_app.domain.appointment import Status
from desk_app.ui.grid.model import DiaryModel, Role
from tests.ui.grid.days import at, drawn, provider, provider_day, visit

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def model() -> Iterator[DiaryModel]:
    model = DiaryModel()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    yield model
    tester.deleteLater()


def shown(model: DiaryModel, column: int = 0) -> list[str]:
    return [card.appointment.client_name for card in model.columns[column].cards]


def test_columns_are_rows_and_appointments_their_children(model: DiaryModel) -> None:
    model.set_days([provider_day(visit("10:00")), provider_day(who=provider(2))])
    column = model.index(0, 0)
    assert (model.rowCount(), model.rowCount(column)) == (2, 1)
    assert model.rowCount(model.index(0, 0, column)) == 0
    assert model.data(model.index(1, 0)).startswith("Dr. B, ")


def test_an_appointment_is_given_as_a_whole_and_as_words(model: DiaryModel) -> None:
    booked = visit("10:00", is_virtual=True)
    model.set_days([provider_day(booked)])
    index = model.index_of(booked.appointment_id)
    assert model.data(index, Role.APPOINTMENT) is booked
    assert model.data(index) == "Anna Berg, Follow-up, 10:00 to 10:30"
    described = model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Confirmed, video call, Dr. A"


def test_a_day_is_laid_out_by_the_clock(model: DiaryModel) -> None:
    model.set_days([provider_day(visit("09:15", 30, "Zoe"), blocked=["10:00-10:30"])])
    assert drawn(model.columns[0], 525, 660) == [
        "08:45  ",
        "09:00 .",
        "09:15 Z",
        "09:30 Z",
        "09:45 .",
        "10:00 #",
        "10:15 #",
        "10:30 .",
        "10:45 .",
    ]


def test_overlapping_appointments_stand_side_by_side(model: DiaryModel) -> None:
    model.set_days([provider_day(visit("09:00", 45, "Ann"), visit("09:15", 30, "Bob"))])
    assert drawn(model.columns[0], 540, 600) == [
        "09:00 A-",
        "09:15 AB",
        "09:30 AB",
        "09:45 .",
    ]


def test_news_appears_in_the_order_of_time(model: DiaryModel) -> None:
    model.set_days([provider_day(visit("09:00", client="Ann"))])
    model.put(visit("11:00", client="Cem"))
    model.put(visit("10:00", client="Bob"))
    assert shown(model) == ["Ann", "Bob", "Cem"]


def test_what_is_there_already_is_ignored(model: DiaryModel) -> None:
    booked = visit("10:00", version=3)
    model.set_days([provider_day(booked)])
    changes = QSignalSpy(model.area_changed)
    model.put(booked)
    model.put(replace(booked, version=2, client_name="Old"))
    assert changes.count() == 0
    assert shown(model) == ["Anna Berg"]


def test_a_change_tells_of_its_appointment_only(model: DiaryModel) -> None:
    booked = visit("10:00")
    model.set_days([provider_day(visit("09:00"), booked, visit("11:00"))])
    changes, areas = QSignalSpy(model.dataChanged), QSignalSpy(model.area_changed)
    model.put(replace(booked, version=2, status=Status.COMPLETED))
    assert [change[0].row() for change in spied(changes)] == [1]
    assert spied(areas) == [[0, 600, 630]]


def test_a_neighbour_that_must_make_room_changes_too(model: DiaryModel) -> None:
    model.set_days([provider_day(visit("10:00", 60, "Ann"))])
    changes = QSignalSpy(model.dataChanged)
    model.put(visit("10:30", 30, "Bob"))
    assert sorted(change[0].row() for change in spied(changes)) == [0, 1]


def test_a_moved_appointment_leaves_its_old_column(model: DiaryModel) -> None:
    booked = visit("10:00")
    model.set_days([provider_day(booked), provider_day(who=provider(2))])
    model.put(replace(booked, version=2, provider_id=2))
    assert (shown(model, 0), shown(model, 1)) == ([], ["Anna Berg"])


def test_a_later_time_moves_an_appointment_down(model: DiaryModel) -> None:
    booked = visit("09:00", client="Ann")
    model.set_days([provider_day(booked, visit("10:00", client="Bob"))])
    areas = QSignalSpy(model.area_changed)
    later = replace(booked, version=2, start=at("11:00"), end=at("11:30"))
    model.put(replace(later, busy_until=at("11:40")))
    assert shown(model) == ["Bob", "Ann"]
    assert spied(areas) == [[0, 540, 570], [0, 660, 700]]


def test_a_cancelled_appointment_vanishes_and_stays_away(model: DiaryModel) -> None:
    booked = visit("10:00")
    model.set_days([provider_day(booked)])
    model.put(replace(booked, version=2, status=Status.CANCELLED))
    model.put(booked)
    assert shown(model) == []


def test_a_removed_appointment_vanishes(model: DiaryModel) -> None:
    booked = visit("10:00")
    model.set_days([provider_day(booked)])
    model.remove(booked.appointment_id)
    model.remove(booked.appointment_id)
    assert shown(model) == []


def test_what_belongs_to_no_column_is_not_shown(model: DiaryModel) -> None:
    model.set_days([provider_day()])
    model.put(visit("10:00", provider_id=9))
    assert shown(model) == []
    assert not model.index_of(1).isValid()


def test_an_appointment_over_midnight_stands_in_both_days(model: DiaryModel) -> None:
    night = visit("23:30", 60)
    first, second = provider_day(), provider_day(day=at("12:00").date().replace(day=11))
    model.set_days([first, second])
    model.put(night)
    spans = [(c.top, c.bottom) for col in model.columns for c in col.cards]
    assert spans == [(1410, 1440), (0, 30)]


def test_a_slow_reload_does_not_undo_what_was_heard_since(model: DiaryModel) -> None:
    booked = visit("10:00")
    model.set_days([provider_day(booked)])
    model.put(replace(booked, version=2, client_name="New"))
    model.set_days([provider_day(booked, visit("12:00", client="Bob"))])
    assert shown(model) == ["New", "Bob"]


def test_the_same_days_again_change_nothing(model: DiaryModel) -> None:
    day = provider_day(visit("10:00"))
    model.set_days([day])
    resets = QSignalSpy(model.modelReset)
    model.set_days([replace(day, version=7)])
    assert resets.count() == 0


def test_columns_say_their_day_as_it_is_now(model: DiaryModel) -> None:
    model.set_days([provider_day()])
    added = visit("10:00")
    model.put(added)
    day = model.data(model.index(0, 0), Role.PROVIDER_DAY)
    assert day.appointments == (added,)


def test_nothing_is_known_outside(model: DiaryModel) -> None:
    assert model.data(QModelIndex()) is None
    assert model.appointment(7) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def spied(spy: QSignalSpy) -> list[list[object]]:
    return [spy.at(number) for number in range(spy.count())]
