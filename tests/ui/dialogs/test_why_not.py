"""Why not this time: every rule is named, with who may set it aside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desk_app.domain.holds import Hold
from desk_app.domain.interval import Interval
from desk_app.domain.schedule import Block, Source
from desk_app.domain.staff import Me, Role
from desk_app.ui.dialogs import why_words
from desk_app.ui.dialogs.against import Against
from desk_app.ui.dialogs.why_not import WayOn, WhyNotDialog, WhyNotForm
from tests.ui.dialogs.practice import NOW, THURSDAY, Practice, at

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.ui.dialogs.why_words import Reason
    from tests.ui.dialogs.conftest import Hands

DESK = Me("jonas", "Jonas Krüger", Role.RECEPTIONIST)
DOCTOR = Me("weber", "Dr. Kofi Mensah", Role.PROVIDER, 2)


def reasons(
    practice: Practice, start: datetime, service: int = 0
) -> tuple[Reason, ...]:
    """Return why Dr. Brandt cannot do a check-up then."""
    screen, offered = practice.screen(), practice.services[service]
    against = Against(screen).weigh(offered, start)
    return why_words.reasons(screen, offered, start, against)


def said(practice: Practice, start: datetime, service: int = 0) -> list[str]:
    return [f"{r.title}: {r.text}" for r in reasons(practice, start, service)]


def opened(practice: Practice, hands: Hands, start: datetime) -> WhyNotDialog:
    screen, offered = practice.screen(), practice.services[0]
    near = practice.free(1, THURSDAY)[0]
    form = WhyNotForm(screen, offered, start, reasons(practice, start), near)
    dialog = WhyNotDialog(form)
    hands.open(dialog)
    return dialog


def labels(dialog: WhyNotDialog) -> list[str]:
    buttons = dialog.findChildren(QPushButton)
    return [b.text().replace("&", "") for b in buttons if b.isVisible()]


def test_a_free_time_has_no_reason(practice: Practice) -> None:
    assert reasons(practice, at(10, 20)) == ()


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (20, 0, "Outside hours: Dr. Ada Brandt works 09:00–13:00, 14:00–18:00."),
        (12, 45, "Past closing time: Check-up would end at 13:15, but Dr. Ada Brandt"),
        (9, 50, "Taken: Chiara Rossi, 09:40–10:10"),
        (
            10,
            10,
            "Taken: Buffer of the 09:40: kept free until 10:20"
            " (Chiara Rossi, 09:40–10:10)",
        ),
        (
            9,
            5,
            "Taken: 10 min after this visit are kept free, but the 09:40 begins then"
            " (Chiara Rossi, 09:40–10:10)",
        ),
        (10, 25, "Not aligned: Check-up does not start at that time; the nearest"),
    ],
)
def test_each_rule_says_what_is_behind_it(
    practice: Practice, hour: int, minute: int, words: str
) -> None:
    (one,) = said(practice, at(hour, minute))
    assert one.startswith(words)


def test_blocks_say_whose_calendar_they_come_from(practice: Practice) -> None:
    practice.blocks = (
        Block(1, Interval(at(11), at(11, 20)), "Staff meeting", Source.MANUAL),
        Block(2, Interval(at(11, 20), at(12)), "Dentist", Source.GOOGLE),
    )
    assert said(practice, at(11, 5)) == [
        "Blocked time: Blocked, 11:00–11:20: Staff meeting\n"
        "Google Calendar, 11:20–12:00: Dentist"
    ]


def test_a_day_too_far_ahead_says_until_when(practice: Practice) -> None:
    practice.limit_days(0)
    practice.shown_day = THURSDAY + timedelta(days=1)
    (one,) = said(practice, at(10, 20, practice.shown_day))
    assert one == (
        "Too far ahead: Check-up is booked 0 days ahead at most: until Thu 26 Nov."
    )


def test_another_desk_s_hold_says_who_where_and_since_when(practice: Practice) -> None:
    span = (at(10, 20), at(11))
    until = NOW + timedelta(seconds=30)
    hold = Hold(uuid4(), 1, *span, "mia", "Mia Vogt", "Desk 2", NOW, until)
    practice.holds = (hold,)
    assert said(practice, at(10, 20)) == [
        "In use at another desk: Mia Vogt (Desk 2) is booking it, since 08:30"
    ]


def test_who_may_set_it_aside_is_said_for_each_rule(practice: Practice) -> None:
    span = Interval(at(12, 40), at(13))
    practice.blocks = (Block(1, span, "", Source.MANUAL),)
    who = {r.policy: r.who for r in reasons(practice, at(12, 20), 1)}
    assert who == {
        "blocked": "Managers and Dr. Ada Brandt may set this aside, with a reason.",
        "runs_over": "Everybody at the desk may set this aside, with a reason.",
    }
    (taken,) = reasons(practice, at(9, 50))
    assert taken.who == "Nobody can set this aside."


@pytest.mark.parametrize(
    ("key", "way_on"),
    [
        (Qt.Key.Key_B, WayOn.ANYWAY),
        (Qt.Key.Key_N, WayOn.NEAREST),
        (Qt.Key.Key_Return, WayOn.NEAREST),
        (Qt.Key.Key_Escape, None),
    ],
)
def test_one_key_leads_on(
    practice: Practice, hands: Hands, key: Qt.Key, way_on: WayOn | None
) -> None:
    dialog = opened(practice, hands, at(20))
    assert labels(dialog) == ["Close", "Book anyway…", "Nearest free: 09:00"]
    hands.press(key)
    assert dialog.isHidden()
    assert dialog.way_on is way_on


@pytest.mark.parametrize("me", [DESK, DOCTOR])
def test_who_may_not_is_not_offered_to_book_anyway(
    practice: Practice, hands: Hands, me: Me
) -> None:
    practice.me = me
    dialog = opened(practice, hands, at(20))
    assert "Book anyway…" not in labels(dialog)
    hands.press(Qt.Key.Key_B)
    assert dialog.isVisible()


def test_it_can_be_heard(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, at(20))
    assert dialog.accessibleDescription() == dialog.said
    assert "Outside hours" in dialog.said
    assert "Managers and Dr. Ada Brandt" in dialog.said
