"""Every failure has words, and they stand where a person finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desk_app import errors
from desk_app.domain.policies import Policy
from desk_app.errors import (
    Check,
    DeskError,
    Invalid,
    Refused,
    SlotTaken,
    Unavailable,
    Untrusted,
)
from desk_app.ui import notices
from desk_app.ui.calls import InternalProblem
from desk_app.ui.notice_bar import Action, NoticeBar, Toast
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

HOSTILE = '<img src="/x.png"> & <b>bold</b>'


def every_error() -> list[DeskError]:
    plain: list[DeskError] = [
        kind()
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, DeskError)
        and kind not in (Refused, Invalid)
    ]
    refusals = [Refused(policy) for policy in Policy]
    return [
        *plain,
        *refusals,
        Refused("unheard_of"),
        Invalid("phone"),
        InternalProblem(),
    ]


@pytest.mark.parametrize("error", every_error(), ids=repr)
def test_every_error_says_what_to_do_next(error: DeskError) -> None:
    for words in (notices.words(error), notices.cannot_open(error)):
        assert words.title
        assert type(error).__name__ not in words.spoken
        assert "_" not in words.spoken
    assert notices.words(error).body


def test_every_policy_has_its_own_words() -> None:
    assert len({notices.words(Refused(policy)).title for policy in Policy}) == len(
        Policy
    )


def test_every_check_that_a_server_fails_has_its_own_words() -> None:
    found = [notices.cannot_open(Untrusted(check)) for check in Check]
    assert len({words.text for words in found}) == len(Check)
    for words in found:
        assert words.title == "The schedule cannot be opened"
        assert "password was not sent" in words.text
        assert "administrator" in words.next_step


def test_a_rogue_server_is_not_called_an_outage() -> None:
    error = Untrusted(Check.NAME)
    assert notices.cannot_read(error) == notices.words(error)
    assert notices.cannot_read(error) != notices.cannot_read(Unavailable())
    error.undecided = True
    assert notices.words(error) == notices.checking()


def test_a_refusal_tells_what_the_rule_knows() -> None:
    words = notices.words(Refused(Policy.DAY_LIMIT, "Check-up: 30 days at most."))
    assert words.text == "Check-up: 30 days at most."


def test_an_unknown_outcome_is_never_called_a_failure() -> None:
    words = notices.words(Unavailable(undecided=True))
    assert words == notices.checking()
    assert "fail" not in words.spoken.lower()


def test_a_taken_time_offers_others_only_when_there_are_some() -> None:
    assert "free and near" in notices.words(SlotTaken(alternatives=[object()])).body
    assert "free and near" not in notices.words(SlotTaken()).body


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[NoticeBar]:
    window = QWidget()
    window.resize(900, 300)
    bar = NoticeBar(window)
    qtbot.addWidget(window)
    window.show()
    yield bar
    window.close()


def test_a_notice_is_answered_by_keyboard(bar: NoticeBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_words(Words("Gone"), [Action("Try again", lambda: done.append("again"))])
    button = next(b for b in bar.findChildren(QPushButton) if b.text() == "Try again")
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert done == ["again"]
    assert bar.isHidden()


def test_esc_closes_a_notice(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_words(Words("Gone"), [Action("Try again", lambda: None)])
    button = bar.findChildren(QPushButton)[0]
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(button, Qt.Key.Key_Escape)


def test_a_notice_of_another_topic_stays(bar: NoticeBar) -> None:
    bar.show_words(Words("Gone"), topic="loading")
    bar.clear("something else")
    assert not bar.isHidden()
    bar.clear("loading")
    assert bar.isHidden()


def test_when_a_notice_goes_the_one_before_comes_back(bar: NoticeBar) -> None:
    bar.show_words(Words("Not booked"), topic="booking")
    bar.show_words(Words("Away"), topic="loading")
    bar.clear("loading")
    assert bar.accessibleName() == "Not booked"
    bar.close_notice()
    assert bar.isHidden()


def test_a_notice_that_goes_leaves_the_keyboard_where_it_is(
    bar: NoticeBar, qtbot: QtBot
) -> None:
    bar.show_words(Words("Away"), topic="loading")
    with qtbot.assertNotEmitted(bar.left):
        bar.clear("loading")


def test_notices_show_markup_as_it_is(bar: NoticeBar, qtbot: QtBot) -> None:
    bar.show_words(Words(HOSTILE, HOSTILE), [Action(HOSTILE, lambda: None)])
    toast = Toast(bar.window())
    toast.say(HOSTILE)
    labels = [one for one in bar.window().findChildren(QLabel) if one.text()]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert bar.findChildren(QPushButton)[0].text() == HOSTILE.replace("&", "&&")


def test_a_toast_fits_the_window(bar: NoticeBar) -> None:
    toast = Toast(bar.window())
    toast.say("Wolfeschlegelsteinhausenbergerdorff " * 10)
    assert bar.window().rect().contains(toast.geometry())
