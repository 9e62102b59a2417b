"""How messages leave and what they say, set up by keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.domain.mail_hosts import Security
from desk_app.domain.message_settings import Fate, KeyState, MailSettings, SetUp
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.push_urls import Relay, ServiceName
from desk_app.domain.queue import State
from desk_app.domain.secrets import SecretName
from desk_app.ui.office.messages.couriers_page import CouriersPage
from desk_app.ui.office.messages.mail_page import MailPage
from desk_app.ui.office.messages.plan_page import PlanPage
from desk_app.ui.office.messages.relay_page import RelayPage
from desk_app.ui.office.messages.test_box import fate_words
from desk_app.ui.office.messages.video_page import VideoPage
from desk_app.ui.office.texts.page import TextsPage
from tests.factories import rows
from tests.ui.conftest import press_in_focus, type_into

if TYPE_CHECKING:
    from desk_app.desk import Desk as Services
    from tests.ui.office.conftest import Desk

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ALT, CTRL = Modifier.AltModifier, Modifier.ControlModifier
PLANTED = "pl4nted-Secret"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def sql(database: Services, statement: str) -> None:
    """Change something as the courier would."""
    sessions = database.booking._sessions
    with sessions.begin() as session:
        session.connection().exec_driver_sql(statement)


def test_e_mail_is_set_up_and_tried_out_by_keys(pages: Desk, database: Services):
    page, front = pages.show(MailPage), pages.front
    assert "No e-mail leaves yet" in page.empty.said
    press_in_focus(Key.Key_Return)
    type_into("Gm")
    assert page.host.text() == "smtp.gmail.com"
    assert "app password" in page._note.text() or not page.login.text()
    press_in_focus(Key.Key_L, ALT)
    type_into("praxis@gmail.com")
    assert "app password" in page._note.text()
    press_in_focus(Key.Key_Tab)
    type_into(PLANTED)
    press_in_focus(Key.Key_D, ALT)
    type_into("nobody")
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: "one e-mail address" in page.complaints["sender"].text())
    assert page.secret.secret == PLANTED
    press_in_focus(Key.Key_End)
    type_into("@gmail.com")
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: page.known.settings.is_set_up)
    assert page.known.settings.security is Security.STARTTLS
    assert page.secret.secret == ""
    assert "Set today at" in page.secret._state.text()
    assert database.vault.names()[0].name is SecretName.SMTP_PASSWORD
    page.test.address.setFocus()
    type_into("me@example.org")
    press_in_focus(Key.Key_Return)
    front.until(lambda: "No computer is sending" in said(page))
    sql(database, "UPDATE outbox SET state = 'DONE', outcome = 'sent'")
    front.until(lambda: "Arrived at the mail server" in said(page))


def test_what_went_wrong_with_a_test_is_said_in_words(pages: Desk, database: Services):
    page, front = pages.show(MailPage), pages.front
    mail = MailSettings("smtp.example.org", sender="a@example.org")
    page._on_saved(SetUp(mail))
    page.test.address.setText("me@example.org")
    page.test.button.click()
    front.until(lambda: bool(rows(database.booking._sessions, "SELECT 1 FROM outbox")))
    sql(
        database,
        "UPDATE outbox SET state = 'DROPPED', outcome = 'sign_in',"
        " last_error = '535 <b>no</b>'",
    )
    front.until(lambda: "It was not sent" in said(page))
    assert "535 <b>no</b>" in page.test.outcome.words.spoken
    assert "login and password" in page.test.outcome.words.spoken


@pytest.mark.parametrize(
    ("fate", "title"),
    [
        (Fate(1, State.WAITING), "No computer is sending at the moment"),
        (Fate(1, State.WAITING, couriers=1), "Sending…"),
        (Fate(1, State.SENDING, couriers=1), "Sending…"),
        (Fate(1, State.DONE), "The push service has taken it"),
        (Fate(1, State.DROPPED, "not_set_up"), "It was not sent"),
        (Fate(1, State.DROPPED, "answer_lost"), "It may have arrived"),
    ],
)
def test_each_fate_of_a_test_has_its_words(fate: Fate, title: str):
    assert fate_words(fate, Channel.PUSH).title == title


def said(page: MailPage) -> str:
    """Return what the test of a page says."""
    words = page.test.outcome.words
    return words.spoken if words else ""


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        (KeyState.NO_KEYRING, "This computer has no keyring"),
        (KeyState.ELSEWHERE, "This desk does not have"),
        (KeyState.LOCKED, "The keyring of this computer is locked"),
    ],
)
def test_a_desk_that_cannot_seal_says_what_to_do(
    pages: Desk, state: KeyState, begins: str
):
    page = pages.show(MailPage)
    page.begin_form()
    page._on_read(SetUp(MailSettings("smtp.example.org", login="me"), key=state))
    assert page.secret._state.text().startswith(begins)
    assert not page.secret.edit.isEnabled()
    assert page.secret._enter.isVisible() is (state is KeyState.ELSEWHERE)


def test_a_push_service_is_chosen_and_its_key_removed_with_it(
    pages: Desk, database: Services
):
    page = pages.show(lambda around: RelayPage(around, Channel.PUSH))
    front = pages.front
    press_in_focus(Key.Key_Return)
    type_into("Pu")
    press_in_focus(Key.Key_K, ALT)
    type_into("short")
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: "30 letters" in page.secret.complaint.text())
    press_in_focus(Key.Key_End)
    type_into("x" * 25)
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: page.known.settings == Relay(ServiceName.PUSHOVER))
    assert [each.name for each in database.vault.names()] == [SecretName.PUSH_KEYS]
    page.service.setFocus()
    press_in_focus(Key.Key_Home)
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: not page.known.settings.is_set_up)
    assert database.vault.names() == ()


def test_the_account_at_zoom_and_who_uses_what(pages: Desk, database: Services):
    page = pages.show(lambda around: VideoPage(around, lambda _: None))
    assert "Nobody sees clients by video yet" in page._said.text()
    sql(
        database,
        "UPDATE provider SET meeting_kind = 'ROOM',"
        " meeting_room = 'https://meet.example.org/weber'",
    )
    page.account.setFocus()
    type_into("acc-1")
    press_in_focus(Key.Key_I, ALT)
    type_into("client-1")
    press_in_focus(Key.Key_Tab)
    type_into(PLANTED)
    press_in_focus(Key.Key_S, CTRL)
    pages.front.until(lambda: page.known.settings.is_set_up)
    page.begin()
    pages.settle()
    shown = page._people.itemAtPosition(0, 1).widget().text()
    assert shown.endswith("https://meet.example.org/weber")


def test_ticks_are_walked_by_arrows_and_what_is_usual_comes_back(
    pages: Desk, database: Services
):
    went: list[str] = []
    page = pages.show(lambda around: PlanPage(around, went.append))
    grid, front = page.grid, pages.front
    assert QApplication.focusWidget() is grid.tick(
        "confirmation", Recipient.CLIENT, Channel.EMAIL
    )
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Space):
        press_in_focus(key)
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: not page.is_touched())
    plan = database.practice_settings.choices().message_plan
    assert plan.change_notice.client == (Channel.EMAIL, Channel.SMS)
    page.usual.click()
    assert page.is_touched()
    page.times.click()
    page.missing.buttons[0].click()
    assert went == ["settings", "mail"]


def test_a_text_becomes_the_practices_own_and_goes_back(
    pages: Desk, database: Services
):
    page, front = pages.show(TextsPage), pages.front
    front.until(lambda: page.known is not None and bool(page.preview.toPlainText()))
    shipped = page.known.counts
    page.editor.body.setFocus()
    press_in_focus(Key.Key_End, CTRL)
    press_in_focus(Key.Key_Return)
    type_into("{clint}")
    front.until(lambda: "{client}" in page.complaints["body"].text())
    for _ in range(7):
        press_in_focus(Key.Key_Backspace)
    press_in_focus(Key.Key_I, ALT)
    press_in_focus(Key.Key_Return)
    assert page.editor.body.toPlainText().endswith("\n{client}")
    type_into(" <img src=x>")
    front.until(lambda: "Example <img src=x>" in page.preview.toPlainText())
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: page.known.own is not None)
    key = page.known.key
    assert (key.kind, key.channel) == (MessageKind.CONFIRMATION, Channel.EMAIL)
    front.answer_dialog(lambda box: box.buttons()[0].click())
    page.shipped.click()
    front.until(lambda: page.known.own is None)
    assert page.editor.text == shipped


def test_the_login_for_carrying_is_kept_for_all_desks(pages: Desk, database: Services):
    page, front = pages.show(CouriersPage), pages.front
    front.until(lambda: page.now.words is not None)
    assert page.now.words.title == "No computer is sending at the moment"
    page._desks.show()
    page.login.setFocus()
    type_into("courier")
    press_in_focus(Key.Key_Tab)
    type_into(PLANTED)
    press_in_focus(Key.Key_S, CTRL)
    front.until(lambda: page.known.secret is not None)
    assert page.login.text() == page.secret.secret == ""
    assert database.vault.names()[0].name is SecretName.COURIER_LOGIN


def test_nothing_typed_as_a_secret_is_kept_in_the_settings(
    pages: Desk, database: Services
):
    page = pages.show(lambda around: RelayPage(around, Channel.SMS))
    press_in_focus(Key.Key_Return)
    type_into("sev")
    page.secret.edit.setFocus()
    type_into("k3yk3y")
    press_in_focus(Key.Key_S, CTRL)
    pages.front.until(lambda: page.known.settings.is_set_up)
    sessions = database.booking._sessions
    kept = rows(sessions, "SELECT name, value::text FROM practice_setting")
    log = rows(sessions, "SELECT * FROM audit_log")
    assert "k3yk3y" not in json.dumps([kept, log], default=str)
