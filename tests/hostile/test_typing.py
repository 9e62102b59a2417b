"""Whatever is typed or pasted is kept as it is, or refused at its field in words."""

from __future__ import annotations

import unicodedata
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.contact import BLANK_LETTERS
from desk_app.services.diary import Diary
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.client_field import LONGEST
from desk_app.ui.dialogs.ports import BookingForm, BookingPorts, CancelPorts, Screen
from desk_app.ui.go_to_date import GoToDate
from desk_app.ui.rail.rail import Rail
from tests import factories, postgres
from tests.hostile.freeze import assert_no_freeze
from tests.hostile.hands import complaints, enter, paste
from tests.hostile.stage import openings, port
from tests.hostile.texts import TEXTS, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from sqlalchemy import Connection, Engine

    from desk_app.ui.dialogs.frame import DeskDialog
    from tests.hostile.freeze import Turns

pytestmark = [
    pytest.mark.usefixtures("look"),
    pytest.mark.qt_log_ignore("OpenType support missing", extend=True),
]
every_text = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)


class Desk:
    """The services of one practice, and dialogs that ask them."""

    def __init__(self, connection: Connection, qtbot: QtBot) -> None:
        self.connection = connection
        sessions = postgres.RolledBackSessions(connection)
        self._practice = practice = factories.open_practice(sessions)
        self._qtbot = qtbot
        self.booking = Booking(sessions, factories.clock)
        self.clients = Clients(sessions)
        self.diary = Diary(sessions, factories.clock)
        days = self.diary.days(factories.TOMORROW, 1, [practice.provider_id])
        zone = ZoneInfo(practice.timezone)
        self._screen = Screen(self.diary.catalogue(), zone, factories.NOW, days)
        self._places = count()
        self._dialogs: list[QWidget] = []

    def new_booking(self) -> BookingDialog:
        """Return the dialog that books tomorrow, at a time that is still free."""
        ports = BookingPorts(
            port(self.clients.find),
            port(partial(openings, self.diary)),
            port(self.booking.book),
        )
        provider_id, start = self._practice.provider_id, self._next_start()
        return self._shown(
            BookingDialog(BookingForm(self._screen, provider_id, start), ports)
        )

    def cancelling(self) -> CancelDialog:
        """Return the dialog that cancels an appointment of tomorrow."""
        booked = self.booking.book(self._practice.request_at(self._next_start()))
        ports = CancelPorts(port(self.booking.cancel))
        return self._shown(CancelDialog(booked, self._screen, ports))

    def wait(self, dialog: BookingDialog) -> None:
        """Wait until the search for a client has ended."""
        field = dialog.fields.client
        self._qtbot.waitUntil(lambda: not field._is_waiting())

    def _next_start(self) -> Any:
        place = next(self._places) % 10
        return self._practice.at(9) + place * factories.minutes(40)

    def close(self) -> None:
        """Close every dialog."""
        for dialog in self._dialogs:
            dialog.hide()
            dialog.deleteLater()
        self._dialogs.clear()

    def _shown(self, dialog: Any) -> Any:
        self._dialogs.append(dialog)
        dialog.show()
        return dialog


@pytest.fixture(scope="module")
def _opened(_shared_engine: Engine, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with _shared_engine.connect() as connection, connection.begin() as transaction:
        yield Desk(connection, QtBot(request))
        transaction.rollback()


@pytest.fixture
def desk(_opened: Desk) -> Iterator[Desk]:
    """A practice in which nothing of the last test is left."""
    with _opened.connection.begin_nested() as savepoint:
        yield _opened
        _opened.close()
        savepoint.rollback()


def seen(text: str) -> str:
    """Return what is seen of a text: without spaces, controls and half characters."""
    unseen = ("Cf", "Cc", "Cs", "Zs", "Zl", "Zp")
    kept = (
        char
        for char in text
        if unicodedata.category(char) not in unseen and char not in BLANK_LETTERS
    )
    return unicodedata.normalize("NFC", "".join(kept))


def mend(dialog: DeskDialog, turns: Turns, mended: dict[QWidget, str]) -> set[QWidget]:
    """Send a dialog until it goes through; return the fields that were refused.

    Each refusal is a sentence under its field, in which what was typed still stands.
    """
    refused: set[QWidget] = set()
    while dialog.answer is None:
        before = {field: content(field) for field in mended}
        with turns.turn():
            dialog.submit()
        if dialog.answer is not None:
            break
        told = complaints(dialog)
        assert told.keys() - refused, "nothing new is said to be wrong"
        for field, sentence in told.items():
            assert sentence.endswith(".")
            assert content(field) == before[field]
            enter(field, mended[field])
        refused |= told.keys()
    return refused


def content(field: Any) -> str:
    """Return what stands in a field."""
    is_note = isinstance(field, QPlainTextEdit)
    return str(field.toPlainText() if is_note else field.text())


@every_text
def test_a_new_client_is_booked_as_typed_or_refused_by_the_field(
    desk: Desk, text: Text
) -> None:
    def act(turns: Turns) -> None:
        dialog = desk.new_booking()
        search, typed = dialog.fields.client.search, text.text
        with turns.turn():
            enter(search, typed)
        assert seen(typed[:LONGEST]).startswith(seen(search.text()))
        desk.wait(dialog)
        with turns.turn():
            dialog.fields.client._open_new()
        name, phone, email = dialog.fields.client.new_fields
        note = dialog.fields.note
        mended = {name: "Ann", phone: "030 23125001", email: "", note: ""}
        for field in mended:
            with turns.turn():
                enter(field, typed)
        refused = mend(dialog, turns, mended)
        booked = dialog.answer
        client = desk.clients.get(booked.client_id)
        kept = {name: client.name, email: client.email, note: booked.notes}
        for field in kept.keys() - refused:
            assert seen(kept[field]).casefold() == seen(typed).casefold()

    assert_no_freeze(act)


@every_text
def test_a_reason_is_kept_as_typed_or_refused_by_its_field(
    desk: Desk, text: Text
) -> None:
    def act(turns: Turns) -> None:
        dialog = desk.cancelling()
        with turns.turn():
            enter(dialog._text, text.text)
        refused = mend(dialog, turns, {dialog._text: "ill"})
        if not refused:
            kept = dialog.answer.cancellation_reason
            assert seen(kept) == seen(text.text)

    assert_no_freeze(act)


def test_a_search_finds_only_who_fits(desk: Desk) -> None:
    """Above all, "%" and "_" find nobody by themselves."""
    anna = "annaweissanna weiß+493023125000"
    for text in TEXTS:
        assert_no_freeze(partial(find, desk, text.text))
        fits = seen(text.text).casefold() in anna
        assert fits or not desk.clients.find(text.text), text.name


def find(desk: Desk, text: str, turns: Turns) -> None:
    with turns.turn():
        desk.clients.find(text)


def test_a_date_that_is_none_leads_to_one(qtbot: QtBot) -> None:
    dialog = GoToDate(factories.TOMORROW)
    qtbot.addWidget(dialog)
    dialog.show()
    (edit,) = dialog.findChildren(QDateEdit)
    for text in TEXTS:
        assert_no_freeze(partial(date_from, edit, text.text))
        assert 2000 <= dialog.day.year <= 2199, text.name


def date_from(edit: QDateEdit, text: str, turns: Turns) -> None:
    for put in (paste, enter):
        with turns.turn():
            put(edit.lineEdit(), text[:LONGEST])
        with turns.turn():
            QTest.keyClick(edit, Qt.Key.Key_Return)


def test_typing_in_a_list_looks_for_a_row(qtbot: QtBot) -> None:
    rail = Rail(factories.TODAY)
    qtbot.addWidget(rail)
    rail.show()
    rail.set_services([text.text[:200] for text in TEXTS])
    for text in TEXTS:
        assert_no_freeze(partial(look_for, rail, text.text))


def look_for(rail: Rail, text: str, turns: Turns) -> None:
    letters = "".join(filter(str.isascii, seen(text[:LONGEST])))[:20]
    for view in (rail._service, rail.providers._list, rail.month.days):
        with turns.turn():
            QTest.keyClicks(view, letters)
