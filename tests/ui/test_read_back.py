"""The line to read to the caller: its words, when it stands there, how it is copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from desk_app.domain.people import Money
from desk_app.domain.read_back import ReadBack
from desk_app.ui.command.bar import Press
from desk_app.ui.read_back import words
from tests import factories
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.ui.read_back.bar import ReadBackBar
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
SAID = ReadBack(
    start=datetime(2026, 12, 1, 14, 30, tzinfo=BERLIN),
    service="Follow-up",
    provider="Dr Weber",
    price=Money(Decimal(60), "EUR"),
    cancel_by=datetime(2026, 11, 30, 14, 30, tzinfo=BERLIN),
    this_year=2026,
)


def test_the_line_is_english_unless_the_client_is_known_to_speak_german() -> None:
    english = (
        "Your appointment: Tuesday, 1 December, 14:30 – Follow-up with Dr Weber,"
        " 60,00 €. You can cancel free of charge until Monday, 30 November, 14:30."
    )
    for language in ("", "en", "en-GB", "fr"):
        assert words.line(SAID, language).replace("\xa0", " ") == english


@pytest.mark.parametrize("language", ["de", "de-AT", "DE"])
def test_the_line_is_german_for_who_speaks_german(language: str) -> None:
    assert words.line(SAID, language).replace("\xa0", " ") == (
        "Ihr Termin: Dienstag, 1. Dezember, 14:30 Uhr – Follow-up bei Dr Weber,"
        " 60,00 €. Kostenfrei absagen können Sie bis Montag, 30. November, 14:30 Uhr."
    )


def test_what_is_too_late_to_cancel_is_said() -> None:
    said = replace(SAID, cancel_by=None)
    assert "no longer be cancelled free of charge" in words.line(said, "en")
    assert "nicht mehr möglich" in words.line(said, "de")


def test_what_costs_nothing_has_no_price() -> None:
    said = replace(SAID, price=Money(Decimal(0), "EUR"))
    assert "with Dr Weber. You can" in words.line(said, "en")


def test_another_zone_is_named_with_the_clock_of_the_practice() -> None:
    start = datetime(2026, 12, 1, 13, 30, tzinfo=LONDON)
    said = replace(SAID, start=start, here=SAID.start)
    assert "13:30 London time (14:30 in Berlin)" in words.line(said, "en")
    assert "13:30 Uhr Ortszeit London (14:30 Uhr in Berlin)" in words.line(said, "de")


def test_a_change_of_the_clock_is_minded() -> None:
    said = replace(SAID, clock_change=date(2026, 10, 25))
    assert words.line(said, "en").endswith("clocks change on Sunday, 25 October.")
    assert words.line(said, "de").endswith("Zeitumstellung am Sonntag, 25. Oktober.")


def test_another_year_is_named() -> None:
    assert "1 December 2026" in words.line(replace(SAID, this_year=2025), "en")


def test_america_hears_its_own_order() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert "Tuesday, December 1, 2:30" in words.line(SAID, "en")


@pytest.fixture
def bar(front: Front, practice: Practice) -> ReadBackBar:
    """Book tomorrow at 11:00 by the line; return what is read to the caller."""
    front.show(tomorrow())
    front.view.focus_time(practice.provider_id, practice.at(11, day=tomorrow()))
    front.desk.features.command.open("anna")
    front.until(lambda: not front.desk.features.command.is_waiting)
    front.desk.features.command.bar.pressed.emit(Press.BOOK)
    bar = front.desk.features.read_back.bar
    front.until(lambda: bool(bar.text))
    return bar


def test_the_line_stands_there_after_a_booking_and_is_copied(
    front: Front, bar: ReadBackBar
) -> None:
    assert "Check-up with Dr Weber" in bar.text
    front.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == bar.text


def test_the_line_stays_while_somebody_looks_around(
    front: Front, bar: ReadBackBar
) -> None:
    front.press(Key.Key_Down)
    front.press(Key.Key_Right, CTRL)
    assert bar.text


def test_the_next_action_takes_the_line_away(front: Front, bar: ReadBackBar) -> None:
    front.press(Key.Key_Slash)
    assert not bar.text


def test_every_booking_is_read_back_in_the_clients_language_and_zone(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    factories.rows(
        sessions, "UPDATE client SET language = 'de', timezone = 'Asia/Tokyo'"
    )
    start = practice.at(11, day=tomorrow() + timedelta(days=1))
    booked = database.booking.book(practice.request_at(start))
    front.desk.around.booked("Booked: %1", booked)
    bar = front.desk.features.read_back.bar
    front.until(lambda: bar.text.startswith("Ihr Termin: "))
    assert "Ortszeit Tokyo" in bar.text


def test_what_another_desk_books_is_not_read_here(
    front: Front, database: Desk, practice: Practice
) -> None:
    with front.qtbot.waitSignal(front.desk.news.appointment_changed):
        start = practice.at(11, day=tomorrow())
        database.booking.book(practice.request_at(start))
    front.settle()
    assert not front.desk.features.read_back.bar.text
