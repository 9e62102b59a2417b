"""By what name an appointment is known outside."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.event_ids import event_id, event_id_of, marker

PRACTICE = "5d0c1a52-9a55-4f3c-8e5d-0a3b6f1f9f10"
numbers = st.integers(1, 2**31 - 1)


@given(st.uuids(), numbers)
def test_calendars_take_it_and_it_fits_an_agenda(practice: object, number: int) -> None:
    named = event_id(str(practice), number)
    assert re.fullmatch(r"[0-9a-v]{5,64}", named)
    assert re.fullmatch(r"desk-app-[0-9a-v]+", marker(str(practice), number))
    assert event_id_of(marker(str(practice), number)) == named


def test_it_is_the_same_for_all_time() -> None:
    # Whoever changes this loses every event and meeting that was made before.
    assert event_id(PRACTICE, 7) == "d0b00cbd462fb07b456e8ef50e397735f07996c9"
    assert event_id(PRACTICE.upper(), 7) == event_id(PRACTICE, 7)


@given(numbers, numbers)
def test_no_two_appointments_share_one(first: int, second: int) -> None:
    same = event_id(PRACTICE, first) == event_id(PRACTICE, second)
    assert same == (first == second)


def test_no_two_practices_share_one() -> None:
    other = PRACTICE.replace("5d", "6d")
    assert event_id(PRACTICE, 7) != event_id(other, 7)
