"""Series by keys: how often, all dates looked at, each clash decided, then Enter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.appointment import Override
from desk_app.domain.recurrence import Repetition
from desk_app.errors import Unavailable
from desk_app.ui.series.dialog import SeriesDialog
from tests.ui.dialogs.practice import Lost, at

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from desk_app.domain.deeds import SeriesRequest
    from tests.ui.dialogs.conftest import Hands
    from tests.ui.series.practice import SeriesPractice

ALT = Qt.KeyboardModifier.AltModifier
FRIDAY = date(2026, 11, 27)
WEEK = timedelta(weeks=1)


def ten(weeks: int = 0) -> datetime:
    """Return Friday at 10:20, or that time so many weeks later."""
    return at(10, 20, FRIDAY + weeks * WEEK)


def opened(practice: SeriesPractice, hands: Hands, **given: Any) -> SeriesDialog:
    """Return a shown dialog for Anna Meier, or whom `given` says."""
    form = practice.series_form(ten(), **({"client": practice.clients[0]} | given))
    dialog = SeriesDialog(form, practice.series_ports())
    hands.open(dialog)
    return dialog


def booked(practice: SeriesPractice) -> SeriesRequest:
    """Return the last request."""
    request: SeriesRequest = practice.requests[-1]
    return request


def rows(dialog: SeriesDialog) -> list[str]:
    """Return how each date stands."""
    return [dialog.dates.state(row) for row in dialog.dates.rows]


def test_a_number_and_enter_book_so_many_weeks(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("4")
    hands.enter()
    hands.until(lambda: bool(dialog.answer))
    assert booked(practice).starts == (ten(), ten(1), ten(2), ten(3))
    assert booked(practice).client_id == 1
    assert hands.keys == 2


def test_weeks_times_and_last_day_have_keys(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.press(Qt.Key.Key_E, ALT)
    hands.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("2")
    hands.press(Qt.Key.Key_T, ALT)
    hands.type("3")
    assert dialog.repetition.repetition == Repetition(2, times=3)
    hands.press(Qt.Key.Key_U, ALT)
    assert dialog.repetition.until.hasFocus()
    assert dialog.repetition.repetition == Repetition(2, until=FRIDAY + 6 * WEEK)


def test_all_dates_are_shown_with_what_speaks_against_them(
    practice: SeriesPractice, hands: Hands
) -> None:
    practice.put(1, 1, ten(2), practice.clients[2])
    practice.closed_days.add(FRIDAY + 4 * WEEK)
    dialog = opened(practice, hands)
    assert rows(dialog) == ["free", "free", "not free", "free", "not free", "free"]
    assert "overlaps the 10:20 appointment" in dialog.dates.rows[2].against
    assert "does not work at that time" in dialog.dates.rows[4].against
    assert dialog.said == "4 dates · 2 to decide"


def test_enter_leads_to_what_is_not_free_and_digits_decide(
    practice: SeriesPractice, hands: Hands
) -> None:
    practice.put(1, 1, ten(1), practice.clients[2])
    practice.put(1, 1, ten(3), practice.clients[3])
    dialog = opened(practice, hands)
    hands.enter()
    assert practice.requests == []
    assert dialog.list.hasFocus()
    hands.type("2")
    assert dialog.list.currentIndex().row() == 3
    hands.type("0")
    hands.enter()
    chosen = dialog.dates.rows[1].planned.alternatives[1].start
    assert set(booked(practice).starts) == {ten(), chosen, ten(2), ten(4), ten(5)}


def test_a_free_date_can_be_left_out_and_taken_in_again(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.press(Qt.Key.Key_D, ALT)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    assert dialog.said == "5 dates · 1 left out"
    hands.press(Qt.Key.Key_Space)
    assert dialog.said == "6 dates"


def test_dates_that_were_taken_meanwhile_are_named_and_looked_at_again(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    practice.put(1, 1, ten(3), practice.clients[2])
    hands.enter()
    assert dialog.isVisible()
    assert dialog.banner.words is not None
    assert "18 Dec" in dialog.banner.words.title
    assert rows(dialog)[3] == "not free"
    hands.enter()
    hands.type("1")
    hands.enter()
    assert len(dialog.answer) == 6


def test_what_was_decided_stays_when_the_series_grows(
    practice: SeriesPractice, hands: Hands
) -> None:
    practice.put(1, 1, ten(1), practice.clients[2])
    dialog = opened(practice, hands)
    hands.enter()
    hands.type("1")
    hands.press(Qt.Key.Key_T, ALT)
    hands.type("8")
    hands.until(lambda: len(dialog.dates.rows) == 8)
    assert rows(dialog)[1] == "09:00 instead"


def test_enter_waits_for_the_dates_of_what_was_typed_last(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    practice.hold()
    hands.type("3")
    hands.enter()
    assert practice.requests == []
    practice.release()
    assert len(booked(practice).starts) == 3
    assert dialog.isHidden()


def test_a_repeated_appointment_stands_and_is_not_booked_again(
    practice: SeriesPractice, hands: Hands
) -> None:
    first = practice.put(1, 1, ten(), practice.clients[1])
    opened(practice, hands, client=None, after=first)
    hands.type("2")
    hands.enter()
    assert booked(practice).starts == (ten(1), ten(2))
    assert booked(practice).client_id == 2


def test_without_a_client_one_is_asked_for(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands, client=None)
    hands.enter()
    assert practice.requests == []
    hands.type("bern")
    hands.enter()
    assert dialog.client is not None
    hands.until(lambda: dialog.client.client is not None)
    hands.enter()
    assert booked(practice).client_id == 2


@pytest.mark.parametrize("failure", [Lost(), Unavailable()])
def test_a_wish_that_failed_is_asked_again_with_the_same_key(
    practice: SeriesPractice, hands: Hands, failure: Unavailable
) -> None:
    dialog = opened(practice, hands)
    practice.failures = [failure]
    hands.enter()
    if not failure.undecided:
        hands.enter()
    hands.until(lambda: bool(dialog.answer))
    first, again = practice.requests
    assert first == again
    assert len(practice.appointments) == 6


def test_a_takes_a_date_anyway_and_asks_for_the_reason(
    practice: SeriesPractice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.press(Qt.Key.Key_T, ALT)
    hands.type("11")
    hands.enter()
    assert rows(dialog)[9:] == ["not free", "not free"]
    assert "60 days ahead" in dialog.dates.rows[9].against
    hands.type("aa")
    assert rows(dialog)[9:] == ["anyway", "anyway"]
    hands.enter()
    assert practice.requests == []
    dialog.aside.reason.setFocus()
    hands.type("a course of eleven")
    hands.enter()
    override = booked(practice).override
    assert override == Override(("day_limit",), "a course of eleven")
    assert len(booked(practice).starts) == 11


def test_nobody_takes_a_time_anyway_that_somebody_else_has(
    practice: SeriesPractice, hands: Hands
) -> None:
    practice.put(1, 1, ten(1), practice.clients[2])
    dialog = opened(practice, hands)
    hands.enter()
    hands.type("a")
    assert rows(dialog)[1] == "not free"
