"""The grid as a screen reader meets it, walked in-process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface

from desk_app.domain.appointment import Status
from tests.ui.grid.conftest import show
from tests.ui.grid.days import at, provider, provider_day, service, visit

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from desk_app.ui.grid.view import DiaryView

TEXT = QAccessible.Text
HOSTILE = ["<img src=x onerror=1>", "محمد الفارسي", "👩‍⚕️ Zoë", "W" * 200, "a & b"]


def grid(view: DiaryView) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(view)


def children(view: DiaryView) -> list[QAccessibleInterface]:
    interface = grid(view)
    return [interface.child(number) for number in range(interface.childCount())]


def names(view: DiaryView) -> list[str]:
    return [child.text(TEXT.Name) for child in children(view)[1:]]


def test_every_appointment_is_a_child_with_name_state_and_place(
    booked: DiaryView,
) -> None:
    assert names(booked) == [
        "Anna Berg, Follow-up, 10:00 to 10:30",
        "Ben Ito, Follow-up, 11:00 to 11:30",
    ]
    described = children(booked)[1].text(TEXT.Description)
    assert described == "Confirmed, Dr. A, Tuesday, 10 March 2026"


def test_a_child_lies_where_it_is_painted(booked: DiaryView) -> None:
    rect = children(booked)[1].rect()
    corner = booked.viewport().mapFromGlobal(rect.topLeft())
    assert booked.visualRect(booked.diary.index(0, 0, booked.diary.index(0, 0))) == (
        rect.translated(corner - rect.topLeft())
    )
    centre: QPoint = rect.center()
    found = grid(booked).childAt(centre.x(), centre.y())
    assert found.text(TEXT.Name).startswith("Anna Berg")


def test_the_selected_child_says_so(booked: DiaryView) -> None:
    booked.focus_appointment(booked.columns[0].cards[1].appointment.appointment_id)
    states = [child.state().selected for child in children(booked)]
    assert [bool(state) for state in states] == [False, False, True]
    assert grid(booked).focusChild().text(TEXT.Name).startswith("Ben Ito")


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("09:30", "09:30, free"),
        ("13:00", "13:00, blocked: Lunch"),
        ("17:30", "17:30, closed"),
    ],
)
def test_the_chosen_time_can_be_read(view: DiaryView, time: str, words: str) -> None:
    show(view, provider_day(blocked=["12:30-13:30"]))
    view.focus_time(1, at(time))
    time_child = children(view)[0]
    assert time_child.text(TEXT.Name) == words
    assert time_child.text(TEXT.Description).startswith("Dr. A, Tuesday")
    assert time_child.state().focused


def test_an_offered_time_is_called_offered(view: DiaryView) -> None:
    view.set_service({1: service(1)})
    view.focus_time(1, at("10:00"))
    assert children(view)[0].text(TEXT.Name) == "10:00, offered"


def test_names_are_read_as_they_were_typed(view: DiaryView) -> None:
    visits = [visit(f"{9 + n}:00", client=name) for n, name in enumerate(HOSTILE)]
    show(view, provider_day(*visits))
    heard = [name.rsplit(", Follow-up", 1)[0] for name in names(view)]
    assert heard == HOSTILE


def test_the_tree_follows_every_change(booked: DiaryView) -> None:
    anna = booked.columns[0].cards[0].appointment
    children(booked)
    booked.diary.put(replace(anna, version=2, status=Status.NO_SHOW))
    assert children(booked)[1].text(TEXT.Description).startswith("No-show")
    booked.diary.remove(anna.appointment_id)
    assert names(booked) == ["Ben Ito, Follow-up, 11:00 to 11:30"]


def test_a_reader_may_walk_while_days_are_turned(view: DiaryView) -> None:
    for turn in range(60):
        show(view, provider_day(*(visit(f"{9 + n}:00") for n in range(turn % 7))))
        assert len(children(view)) == 1 + turn % 7
        held = children(view)[-1]
        show(view, provider_day(who=provider(2)))
        del held


def test_indexes_and_parents_agree(booked: DiaryView) -> None:
    for number, child in enumerate(children(booked)):
        assert grid(booked).indexOfChild(child) == number
        assert child.parent().object() is booked
        assert child.childCount() == 0
        assert child.isValid()


def test_the_grid_itself_has_a_name(view: DiaryView) -> None:
    assert grid(view).text(TEXT.Name) == "Diary"
