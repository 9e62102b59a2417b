"""One of a series, or all that follow: what will happen is shown before it does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.series import ShiftWish
from desk_app.ui.series.scope import Scope, ScopeDialog
from desk_app.ui.series.shift import ShiftDialog
from tests.ui.dialogs.practice import at

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.ui.dialogs.conftest import Hands
    from tests.ui.series.practice import SeriesPractice

FRIDAY = date(2026, 11, 27)
SERIES = UUID(int=1)


@pytest.fixture
def all_(practice: SeriesPractice) -> list[Appointment]:
    """Return a series of four Fridays at 10:20."""
    days = [FRIDAY + timedelta(weeks=number) for number in range(4)]
    booked = [practice.put(1, 1, at(10, 20, day), practice.clients[0]) for day in days]
    return [practice._changed(each.appointment_id, series_id=SERIES) for each in booked]


def shift(practice: SeriesPractice, hands: Hands, hour: int, minute: int):
    """Return a dialog that moves all of them to another clock on Fridays."""
    start = at(hour, minute, FRIDAY)
    dialog = ShiftDialog(
        practice.appointments[1],
        ShiftWish(1, 1, start),
        practice.screen(),
        practice.shift_ports(),
    )
    hands.open(dialog)
    return dialog


@pytest.mark.parametrize(
    ("key", "scope"),
    [
        (Qt.Key.Key_1, Scope.ONE),
        (Qt.Key.Key_2, Scope.FOLLOWING),
        (Qt.Key.Key_Return, Scope.ONE),
        (Qt.Key.Key_Escape, Scope.NOTHING),
    ],
)
def test_one_key_says_what_is_meant(
    practice: SeriesPractice,
    hands: Hands,
    all_: list[Appointment],
    key: Qt.Key,
    scope: Scope,
) -> None:
    dialog = ScopeDialog("Cancel", all_, practice.screen())
    hands.open(dialog)
    hands.press(key)
    assert dialog.isHidden()
    assert dialog.scope is scope


def test_enter_moves_all_of_them(
    practice: SeriesPractice, hands: Hands, all_: list[Appointment]
) -> None:
    dialog = shift(practice, hands, 11, 0)
    assert dialog.dates.rows[0].before.endswith("10:20")
    hands.enter()
    before, after = dialog.moved()
    assert list(before) == all_
    assert {each.start.minute for each in after} == {0}


def test_a_clash_is_decided_before_anything_moves(
    practice: SeriesPractice, hands: Hands, all_: list[Appointment]
) -> None:
    third = all_[2].start
    practice.put(1, 1, third + timedelta(minutes=40), practice.clients[3])
    dialog = shift(practice, hands, 11, 0)
    hands.enter()
    assert practice.requests == []
    hands.type("0")
    hands.enter()
    moved = {move.appointment_id for move in practice.requests[0].moves}
    assert moved == {1, 2, 4}
    assert dialog.dates.state(dialog.dates.rows[2]) == "stays where it is"
