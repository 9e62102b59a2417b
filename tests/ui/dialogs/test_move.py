"""Moving: a drag is confirmed by Enter, another time is found by keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.errors import SlotTaken, Stale
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import MoveForm
from tests.ui.dialogs.practice import THURSDAY, Practice, at

if TYPE_CHECKING:
    from typing import Any

    from desk_app.domain.appointment import Appointment
    from tests.ui.dialogs.conftest import Hands


@pytest.fixture
def visit(practice: Practice) -> Appointment:
    """Return an appointment of today at 14:00."""
    return practice.put(1, 1, at(14), practice.clients[0])


def opened(
    practice: Practice, hands: Hands, visit: Appointment, **to: Any
) -> MoveDialog:
    """Return a shown move dialog."""
    form = MoveForm(practice.screen(), visit, **to)
    dialog = MoveDialog(form, practice.move_ports())
    hands.open(dialog)
    return dialog


def test_enter_confirms_a_drag(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=2, start=at(11))
    hands.enter()
    assert dialog.answer.start == at(11)
    assert dialog.answer.provider_id == 2
    assert hands.keys == 1


def test_esc_leaves_everything_as_it_is(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=2, start=at(11))
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert practice.requests == []


def test_another_provider_is_named_as_a_change(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=2, start=at(11))
    assert dialog.changes == "Provider: Dr. Ada Brandt → Dr. Kofi Mensah"


def test_another_length_is_named_as_a_change(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    visit = practice.put(2, 3, at(16), practice.clients[0])
    practice.lengthen(1, 45)
    dialog = opened(practice, hands, visit, provider_id=1, start=at(9))
    assert "Length: 30 min → 45 min" in dialog.changes


def test_a_time_is_found_by_arrows(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.enter()
    assert dialog.answer.start == at(10, 20)


def test_page_down_goes_to_the_next_day_with_free_times(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.press(Qt.Key.Key_PageDown)
    hands.press(Qt.Key.Key_Right)
    hands.enter()
    assert dialog.answer.start == at(9, 0, THURSDAY + timedelta(days=1))


def test_a_visit_may_overlap_the_place_it_leaves(
    practice: Practice, hands: Hands
) -> None:
    visit = practice.put(1, 2, at(16, 30), practice.clients[0])
    dialog = opened(practice, hands, visit, provider_id=1, start=at(15, 15))
    assert dialog.banner.isHidden()
    hands.enter()
    assert dialog.answer.start == at(15, 15)


def test_a_drop_on_a_busy_time_is_said_with_the_nearest(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=1, start=at(9, 40))
    assert dialog.banner.words.title == "The provider has another appointment then"
    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert dialog.answer.start == at(10, 20)


def test_a_drop_where_it_was_is_no_move(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=1, start=at(14))
    hands.enter()
    assert practice.requests == []
    assert "already is" in dialog.banner.words.title


def test_a_taken_time_offers_others(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=2, start=at(11))
    near = practice.free(3, THURSDAY)[:3]
    practice.failures = [SlotTaken(alternatives=near)]
    hands.enter()
    hands.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert dialog.answer.start == near[2].start


def test_a_change_by_another_desk_is_said(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit, provider_id=2, start=at(11))
    practice.failures = [Stale()]
    hands.enter()
    assert dialog.isVisible()
    assert dialog.banner.words.title.startswith("Somebody changed this appointment")


def test_without_a_time_enter_asks_for_one(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.enter()
    assert practice.requests == []
    assert dialog.banner.words.title == "Choose a free time"
