"""A provider's day in words: who waits too long, who is next, what is free."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.rebooking import Proposal
from desk_app.ui import privacy
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.my_day.calls import CallList, Outcome
from desk_app.ui.my_day.day_words import DayWords
from tests.domain.test_rebooking import opening
from tests.domain.test_running_late import at, column, visit

if TYPE_CHECKING:
    from typing import Any

FIRST = visit(1, "10:00-10:30")
SECOND = visit(2, "10:30-11:00")


def words(*visits: Any, now: str = "10:05", **given: Any) -> DayWords:
    """Return the words of a day at this time."""
    return DayWords(column(*visits, **given), at(now), DeskRules(waiting_minutes=15))


@pytest.mark.parametrize(
    ("changes", "text", "ink"),
    [
        ({}, "not here yet", Ink.WARNING),
        ({"arrived_at": at("9:55")}, "waits 10 min", Ink.SUCCESS),
        ({"arrived_at": at("9:45")}, "waits 20 min", Ink.WARNING),
        (
            {"arrived_at": at("9:55"), "seen_at": at("10:00")},
            "with provider",
            Ink.SUCCESS,
        ),
        ({"seen_at": at("9:50"), "left_at": at("10:01")}, "left", Ink.MUTED),
        ({"status": Status.COMPLETED}, "completed", Ink.MUTED),
        ({"status": Status.NO_SHOW}, "no-show", Ink.DANGER),
        ({"start": at("10:20"), "status": Status.PENDING}, "to confirm", Ink.MUTED),
        ({"start": at("10:20")}, "", Ink.MUTED),
    ],
)
def test_each_step_is_said(changes: dict[str, Any], text: str, ink: Ink) -> None:
    cards = words(replace(FIRST, **changes)).cards()
    (card,) = [each for each in cards if each.what is not None]
    assert (card.state.text, card.state.ink) == (text, ink)


def test_who_waits_is_next_before_who_is_to_come() -> None:
    later = replace(SECOND, arrived_at=at("10:00"))
    cards = words(FIRST, later).cards()
    assert [card.is_next for card in cards if card.what] == [False, True]


def test_gaps_begin_now_and_short_ones_are_none() -> None:
    inside = replace(FIRST, start=at("10:00"))
    near = visit(2, "10:35-11:00")
    gaps = [c for c in words(inside, near, now="9:30").cards() if c.what is None]
    assert [(c.clock, c.title) for c in gaps] == [
        ("09:30", "Free for 30 min"),
        ("11:00", "Free for 2 h"),
        ("14:00", "Free for 4 h"),
    ]


def test_a_block_says_why_and_until_when() -> None:
    (block,) = [c for c in words(blocks=("12:00-13:00",)).cards() if c.what]
    assert (block.title, block.state.text) == ("Blocked: blocked", "until 13:00")


def test_a_time_that_was_given_away_is_proposed_to_nobody_else() -> None:
    free = [opening(4, "10:00"), opening(4, "11:00")]
    calls = CallList(
        [Proposal(FIRST, (free[0], free[1])), Proposal(SECOND, (free[1], free[0]))]
    )
    calls.take_away(free[0])
    assert [call.openings for call in calls.calls] == [(free[1],), (free[1],)]


def test_what_came_of_a_call_follows_the_appointment() -> None:
    calls = CallList([Proposal(FIRST, ())])
    calls.ring(0)
    assert calls.calls[0].outcome is Outcome.NO_ANSWER
    moved = replace(FIRST, start=at("12:00"), version=2)
    assert calls.put(moved)
    assert calls.calls[0].outcome is Outcome.MOVED
    assert not calls.put(replace(FIRST, version=1))
    assert calls.put(replace(FIRST, version=3))
    assert calls.calls[0].outcome is Outcome.NO_ANSWER


def test_names_and_notes_are_hidden_by_the_privacy_key() -> None:
    noted = replace(FIRST, client_name="Anna Berg", notes="back pain")
    privacy.current().set_on(True)
    try:
        spoken = " ".join(card.spoken for card in words(noted).cards())
    finally:
        privacy.current().set_on(False)
    assert "A. B." in spoken
    assert "Berg" not in spoken
    assert "back pain" not in spoken
