"""What a light says, what may be sent again, and which rows are worth a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.deliveries import (
    MEETING_LINK,
    Delivery,
    Lamp,
    NoUse,
    Standing,
    is_moving,
    is_told,
    kinds_again,
    lamp,
    latest_link,
    why_not_again,
)
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import Outcome, State

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SOON, OVER = NOW + timedelta(hours=2), NOW - timedelta(hours=2)


def row(**values: Any) -> Delivery:
    given: dict[str, Any] = {
        "outbox_id": 1,
        "kind": "confirmation",
        "state": State.WAITING,
        "run_at": NOW,
        "since": NOW,
    }
    return Delivery(**given | values)


@pytest.mark.parametrize(
    ("standing", "carries", "said"),
    [
        (Standing(), True, Lamp.CALM),
        (Standing(), False, Lamp.CALM),
        (Standing(needs_you=1), True, Lamp.NEEDS_YOU),
        (Standing(needs_you=1, late=9, sign_in=9), False, Lamp.NEEDS_YOU),
        (Standing(late=2, sign_in=1), True, Lamp.SIGN_IN),
        (Standing(late=2), True, Lamp.LATE),
        (Standing(late=2), False, Lamp.NOBODY_SENDS),
    ],
)
def test_a_light_says_the_most_urgent_thing(
    standing: Standing, carries: bool, said: Lamp
) -> None:
    assert lamp(standing, carries=carries) is said


@pytest.mark.parametrize(
    ("kind", "status", "start", "why"),
    [
        (MessageKind.CONFIRMATION, Status.CONFIRMED, SOON, None),
        (MessageKind.CONFIRMATION, Status.CONFIRMED, OVER, NoUse.OVER),
        (MessageKind.CONFIRMATION, Status.PENDING, SOON, NoUse.NOT_CONFIRMED),
        (MessageKind.REMINDER_1H, Status.CANCELLED, SOON, NoUse.NOT_CONFIRMED),
        (MessageKind.CANCELLATION_NOTICE, Status.CANCELLED, SOON, None),
        (MessageKind.CANCELLATION_NOTICE, Status.CANCELLED, OVER, NoUse.OVER),
        (
            MessageKind.CANCELLATION_NOTICE,
            Status.CONFIRMED,
            SOON,
            NoUse.NOT_CANCELLED,
        ),
        (MessageKind.NO_SHOW_NOTICE, Status.NO_SHOW, OVER, None),
        (MessageKind.NO_SHOW_NOTICE, Status.COMPLETED, OVER, NoUse.NOT_MISSED),
        (MEETING_LINK, Status.CONFIRMED, SOON, None),
        ("calendar_push", Status.CONFIRMED, SOON, NoUse.NOT_BY_HAND),
        (MessageKind.TEST, Status.CONFIRMED, SOON, NoUse.NOT_BY_HAND),
    ],
)
def test_what_makes_no_sense_is_not_sent_again(
    kind: str, status: Status, start: datetime, why: NoUse | None
) -> None:
    assert why_not_again(kind, status, start, NOW) is why
    assert (kind in kinds_again(status, start, NOW)) is (why is None)


@pytest.mark.parametrize(
    ("kind", "end", "state", "needs"),
    [
        ("reminder_1h", SOON, State.MISSED, True),
        ("reminder_1h", OVER, State.MISSED, False),
        ("reminder_48h", OVER, State.DEAD, False),
        ("confirmation", OVER, State.DEAD, True),
        ("confirmation", SOON, State.UNSURE, True),
        ("confirmation", SOON, State.WAITING, False),
        ("test_message", None, State.DEAD, True),
    ],
)
def test_nobody_need_be_reminded_of_a_visit_that_is_over(
    kind: str, end: datetime | None, state: State, needs: bool
) -> None:
    assert row(kind=kind, end=end, state=state).needs_you(NOW) is needs


@pytest.mark.parametrize(
    ("minutes", "state", "is_late"),
    [
        (5, State.WAITING, True),
        (4, State.WAITING, False),
        (-60, State.WAITING, False),
        (5, State.SENDING, True),
        (5, State.DONE, False),
        (5, State.DEAD, False),
    ],
)
def test_what_should_have_left_is_late_after_a_while(
    minutes: int, state: State, is_late: bool
) -> None:
    one = row(state=state, since=NOW - timedelta(minutes=minutes))
    assert one.is_late(NOW) is is_late


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, True),
        ({"state": State.DONE, "outcome": Outcome.PLANNED}, False),
        ({"state": State.DONE, "channel": "EMAIL"}, True),
        ({"state": State.DONE, "kind": MEETING_LINK}, True),
        (
            {
                "state": State.DONE,
                "kind": MEETING_LINK,
                "outcome": Outcome.NOTHING_TO_DO,
            },
            False,
        ),
        ({"state": State.DROPPED}, False),
        ({"state": State.DROPPED, "outcome": Outcome.SUPERSEDED}, False),
        ({"state": State.DROPPED, "outcome": Outcome.OPTED_OUT}, True),
        ({"state": State.DROPPED, "decided_by": "ben"}, True),
        ({"kind": "calendar_push"}, False),
        ({"kind": "calendar_push", "state": State.DEAD}, True),
    ],
)
def test_a_row_that_another_one_tells_gets_no_line(
    values: dict[str, Any], told: bool
) -> None:
    assert is_told(row(**values)) is told


def test_a_message_is_told_with_the_moment_it_left() -> None:
    left, settled = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    sent = row(state=State.DONE, handed_at=left, settled_at=settled)
    assert sent.at == left
    assert row(state=State.DONE, settled_at=settled).at == settled
    assert row(handed_at=left).at == NOW
    assert row(state=State.DEAD, settled_at=settled).at == settled


@pytest.mark.parametrize(
    ("state", "minutes", "moves"),
    [
        (State.WAITING, 0, True),
        (State.SENDING, 1, True),
        (State.WAITING, -1, False),
        (State.WAITING, 6, False),
        (State.DONE, 0, False),
    ],
)
def test_what_is_just_leaving_is_worth_another_look(
    state: State, minutes: int, moves: bool
) -> None:
    due = NOW - timedelta(minutes=minutes)
    assert is_moving([row(state=state, run_at=due, since=due)], NOW) is moves


def test_of_two_links_the_newer_one_counts() -> None:
    rows = (row(kind=MEETING_LINK), row(kind=MEETING_LINK, outbox_id=2), row())
    found = latest_link(rows)
    assert found is not None
    assert found.outbox_id == 2
    assert latest_link([row()]) is None


def test_only_a_waiting_row_needs_a_sign_in() -> None:
    assert row(outcome=Outcome.SIGN_IN).needs_sign_in
    assert not row(outcome=Outcome.SIGN_IN, state=State.DEAD).needs_sign_in
