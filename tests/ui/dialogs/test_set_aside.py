"""Rules set aside by whoever may, with a reason; and a race that was lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.appointment import Override
from desk_app.domain.holds import Hold
from desk_app.domain.interval import Interval
from desk_app.domain.people import Money
from desk_app.domain.policies import Policy
from desk_app.domain.schedule import Block, Source
from desk_app.domain.slots import Opening
from desk_app.domain.staff import Me, Role
from desk_app.errors import Refused, SlotTaken
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import MoveForm
from tests.ui.dialogs.practice import NOW, THURSDAY, Practice, at

if TYPE_CHECKING:
    from typing import Any

    from tests.ui.dialogs.conftest import Hands

ALT = Qt.KeyboardModifier.AltModifier
DESK = Me("jonas", "Jonas Krüger", Role.RECEPTIONIST)


def opened(practice: Practice, hands: Hands, **given: Any) -> BookingDialog:
    """Return a shown booking dialog for Anna with Dr. Brandt at 8:00, before hours."""
    usual = {
        "provider_id": 1,
        "service_id": 1,
        "start": at(8, 45),
        "client": practice.clients[0],
    }
    dialog = BookingDialog(practice.form(**usual | given), practice.ports())
    hands.open(dialog)
    return dialog


def held(practice: Practice, hour: int, minute: int = 0) -> Hold:
    start = at(hour, minute)
    end = start + timedelta(minutes=40)
    until = NOW + timedelta(seconds=30)
    return Hold(uuid4(), 1, start, end, "mia", "Mia Vogt", "Desk 2", NOW, until)


def test_a_time_outside_hours_is_booked_with_a_reason(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    aside = dialog.fields.aside
    assert aside.said.splitlines()[0] == "Set aside: outside hours"
    assert dialog.buttons[0].text() == "&Book anyway"
    hands.enter()
    assert practice.requests == []
    assert dialog.focusWidget() is aside.reason
    hands.type("Pain since the night")
    hands.enter()
    (request,) = practice.requests
    assert request.override == Override(("closed",), "Pain since the night")
    assert (request.start, request.service_id) == (at(8, 45), 1)


def test_a_time_that_is_offered_sets_nothing_aside(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, start=at(10, 20))
    assert dialog.fields.aside.isHidden()
    assert dialog.buttons[0].text() == "&Book"
    hands.enter()
    assert practice.requests[0].override is None


def test_another_time_takes_the_rules_back_and_keeps_the_reason(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.press(Qt.Key.Key_R, ALT)
    hands.type("Pain")
    hands.press(Qt.Key.Key_1, ALT)
    assert dialog.fields.aside.isHidden()
    assert dialog.buttons[0].text() == "&Book"
    assert dialog.fields.aside.reason.toPlainText() == "Pain"
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_who_may_not_is_told_who_may(practice: Practice, hands: Hands) -> None:
    practice.me = DESK
    dialog = opened(practice, hands)
    assert dialog.fields.aside.said.splitlines() == [
        "In the way: outside hours",
        "Managers and Dr. Ada Brandt may set this aside, with a reason.",
    ]
    assert not dialog.fields.aside.reason.isVisible()
    hands.enter()
    assert practice.requests == []
    assert dialog.banner.words.title == "This is outside working hours"


def test_a_wall_offers_nothing_to_set_aside(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, start=at(9, 50))
    assert dialog.fields.aside.isHidden()
    assert dialog.buttons[0].text() == "&Book"
    hands.enter()
    assert practice.requests == []


def test_several_rules_are_set_aside_by_one_reason(
    practice: Practice, hands: Hands
) -> None:
    span = Interval(at(17), at(17, 30))
    practice.blocks = (Block(1, span, "Staff meeting", Source.MANUAL),)
    opened(practice, hands, start=at(17, 10), service_id=2)
    hands.press(Qt.Key.Key_R, ALT)
    hands.type("Asked for")
    hands.enter()
    assert practice.requests[0].override.policies == ("blocked", "closed")


def test_a_client_who_is_locked_out_is_told_of_when_they_are_chosen(
    practice: Practice, hands: Hands
) -> None:
    bernd = replace(
        practice.clients[1], locked_out_since=at(9, 5, THURSDAY), locked_out_by="jonas"
    )
    practice.clients[1] = bernd
    dialog = opened(practice, hands, start=at(10, 20), client=None)
    assert dialog.fields.aside.isHidden()
    hands.type("bernd")
    hands.until(lambda: dialog.fields.client.found.rowCount() > 0)
    hands.enter()
    said = dialog.fields.aside.said
    assert "no same-day booking" in said
    assert "until 23:59" in said
    assert "09:05" in said
    assert "Jonas Krüger" in said
    hands.enter()
    assert practice.requests == []
    hands.type("Emergency")
    hands.enter()
    assert practice.requests[0].override == Override(("locked_out",), "Emergency")


def test_a_locked_out_client_may_have_a_later_day(
    practice: Practice, hands: Hands
) -> None:
    later = at(9, day=THURSDAY + timedelta(days=1))
    dialog = opened(practice, hands, start=later, client=practice.clients[1])
    assert dialog.fields.aside.isHidden()


def test_another_desk_s_hold_needs_no_reason(practice: Practice, hands: Hands) -> None:
    practice.holds = (held(practice, 10, 20),)
    dialog = opened(practice, hands, start=at(10, 20))
    assert "Mia Vogt is booking this time now." in dialog.fields.aside.said
    assert not dialog.fields.aside.reason.isVisible()
    assert dialog.buttons[0].text() == "&Book anyway"
    hands.enter()
    assert practice.requests[0].override == Override(("held",))


def test_a_rule_that_only_the_practice_knew_can_be_set_aside_too(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, start=at(10, 20))
    practice.failures = [Refused(Policy.HELD, "Mia Vogt is booking this time now.")]
    hands.enter()
    assert [b.accessibleName() for b in dialog.banner.buttons] == [
        "09:00",
        "11:00",
        "11:40",
    ]
    hands.enter()
    assert practice.requests[1].override == Override(("held",))
    assert dialog.answer is not None


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3])
def test_who_lost_the_race_books_one_of_the_nearest_by_one_key(
    practice: Practice, hands: Hands, key: Qt.Key
) -> None:
    dialog = opened(practice, hands, start=at(10, 20))
    dialog.fields.note.setPlainText("brings papers")
    near = practice.free(1, THURSDAY)[:3]
    practice.failures = [SlotTaken(alternatives=near)]
    hands.enter()
    assert dialog.isVisible()
    assert dialog.fields.note.toPlainText() == "brings papers"
    hands.press(key, ALT)
    lost, taken = practice.requests
    assert dialog.answer.start == near[key - Qt.Key.Key_1].start
    assert taken.notes == lost.notes == "brings papers"
    assert taken.client_id == lost.client_id
    assert taken.idempotency_key != lost.idempotency_key


def test_a_race_can_be_lost_twice(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, start=at(10, 20))
    first, *others = practice.free(1, THURSDAY)[:4]
    practice.failures = [
        SlotTaken(alternatives=(first,)),
        SlotTaken(alternatives=others),
    ]
    hands.enter()
    hands.press(Qt.Key.Key_1, ALT)
    assert dialog.isVisible()
    hands.press(Qt.Key.Key_2, ALT)
    assert dialog.answer.start == others[1].start


def moving(practice: Practice, hands: Hands, **to: Any) -> MoveDialog:
    visit = practice.put(1, 1, at(14), practice.clients[0])
    dialog = MoveDialog(MoveForm(practice.screen(), visit, **to), practice.move_ports())
    hands.open(dialog)
    return dialog


def test_a_move_outside_hours_asks_for_a_reason_too(
    practice: Practice, hands: Hands
) -> None:
    dialog = moving(practice, hands, provider_id=1, start=at(18, 30))
    assert dialog.buttons[0].text() == "&Move anyway"
    hands.enter()
    assert practice.requests == []
    hands.type("Works late")
    hands.enter()
    assert practice.requests[0].override == Override(("closed",), "Works late")
    assert dialog.answer.start == at(18, 30)


def test_a_move_that_lost_the_race_goes_elsewhere_by_one_key(
    practice: Practice, hands: Hands
) -> None:
    dialog = moving(practice, hands, provider_id=2, start=at(11))
    near = [Opening(at(11, 40), at(12, 10), 2, 3)]
    practice.failures = [SlotTaken(alternatives=near)]
    hands.enter()
    hands.press(Qt.Key.Key_1, ALT)
    assert dialog.answer.start == at(11, 40)


def test_an_own_length_is_aligned_to_nothing(practice: Practice, hands: Hands) -> None:
    visit = practice.put(1, 1, at(14), practice.clients[0])
    longer = replace(visit, end=at(14, 35), price=Money(visit.price.amount, "EUR"))
    practice.appointments[visit.appointment_id] = longer
    form = MoveForm(practice.screen(), longer, 1, at(16, 5))
    dialog = MoveDialog(form, practice.move_ports())
    hands.open(dialog)
    assert dialog.banner.isHidden()
    hands.enter()
    assert practice.requests[0].override is None
