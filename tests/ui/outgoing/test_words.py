"""There are words for every way in which a message can end, or wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from desk_app.domain.appointment import Status
from desk_app.domain.deliveries import Delivery, Lamp, NoUse, Part, Queued, Standing
from desk_app.domain.messages import Channel, MessageKind
from desk_app.domain.queue import Outcome, State
from desk_app.domain.schedule import Catalogue
from desk_app.errors import Refused, Stale
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.dialogs.ports import Screen
from desk_app.ui.outgoing import queue_words, words
from desk_app.ui.outgoing.meeting import link_words
from desk_app.worker.reports import Why

if TYPE_CHECKING:
    from typing import Any

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
SAYS_NOTHING = {Outcome.SENT, Outcome.PLANNED}


@pytest.fixture
def screen() -> Screen:
    """A desk in Berlin at ten."""
    zone = ZoneInfo("Europe/Berlin")
    return Screen(Catalogue("", zone.key, "EUR", "DE", (), ()), zone, NOW)


def row(**values: Any) -> Delivery:
    made = Delivery(1, "confirmation", State.WAITING, LATER, LATER)
    return replace(made, **values)


@pytest.mark.parametrize(
    "outcome", [each for each in Outcome if each not in SAYS_NOTHING]
)
def test_each_outcome_is_a_sentence(outcome: Outcome) -> None:
    said = words.reason(row(state=State.DEAD, outcome=outcome))
    assert said.endswith(".")
    assert "_" not in said


@pytest.mark.parametrize("kind", [*MessageKind, "meeting_link", "calendar_push"])
def test_each_kind_has_a_name(kind: str) -> None:
    assert words.kind(kind) != kind
    assert "_" not in words.kind(kind)


@pytest.mark.parametrize("channel", Channel)
def test_each_channel_has_a_name(channel: Channel) -> None:
    assert words.channel(channel) != channel


@pytest.mark.parametrize("why", NoUse)
def test_each_refusal_is_a_sentence(why: NoUse) -> None:
    said = words.refusal(Refused(why))
    assert said.title == "This is not sent"
    assert said.text.endswith(".")
    assert words.refusal(Stale()).title != said.title


@pytest.mark.parametrize(
    ("values", "said", "ink", "icon"),
    [
        ({}, "Waits until today, 11:00", Ink.MUTED, "clock"),
        ({"run_at": NOW, "since": NOW}, "Leaves now", Ink.MUTED, "clock"),
        ({"attempts": 1}, "Next try today, 11:00", Ink.MUTED, "clock"),
        (
            {"attempts": 1, "since": EARLIER},
            "Late since today, 09:00",
            Ink.WARNING,
            "clock-alert",
        ),
        (
            {"outcome": Outcome.SIGN_IN},
            "Waits for the practice’s login",
            Ink.WARNING,
            "clock-alert",
        ),
        ({"state": State.SENDING}, "Is being sent", Ink.MUTED, "refresh-cw"),
        (
            {"state": State.DONE, "handed_at": EARLIER},
            "Sent today, 09:00",
            Ink.MUTED,
            "circle-check",
        ),
        (
            {"state": State.DONE, "kind": "meeting_link", "settled_at": EARLIER},
            "Made today, 09:00",
            Ink.MUTED,
            "circle-check",
        ),
        (
            {"state": State.DEAD, "kind": "meeting_link", "settled_at": EARLIER},
            "Not made · today, 09:00",
            Ink.DANGER,
            "circle-alert",
        ),
        (
            {"state": State.DEAD, "settled_at": EARLIER},
            "Not sent · today, 09:00",
            Ink.DANGER,
            "circle-alert",
        ),
        (
            {"state": State.UNSURE, "handed_at": EARLIER},
            "Perhaps sent · today, 09:00",
            Ink.DANGER,
            "circle-alert",
        ),
        (
            {"state": State.MISSED, "settled_at": EARLIER},
            "Missed · today, 09:00",
            Ink.DANGER,
            "circle-alert",
        ),
        (
            {"state": State.MISSED, "kind": "reminder_1h", "end": EARLIER},
            "Missed · today, 11:00",
            Ink.MUTED,
            "ban",
        ),
        (
            {"state": State.DROPPED, "settled_at": EARLIER, "decided_by": "ben"},
            "Settled · today, 09:00",
            Ink.MUTED,
            "ban",
        ),
        (
            {"state": State.DROPPED, "settled_at": EARLIER},
            "Not sent · today, 09:00",
            Ink.MUTED,
            "ban",
        ),
    ],
)
def test_how_a_message_stands(
    values: dict[str, Any], said: str, ink: Ink, icon: str, screen: Screen
) -> None:
    one = row(**values)
    assert words.state(one, screen) == said
    assert words.ink(one, NOW) is ink
    assert words.icon(one, NOW) == icon


def test_a_day_of_another_year_names_the_year(screen: Screen) -> None:
    long_ago = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
    said = words.state(row(state=State.DONE, handed_at=long_ago), screen)
    assert "2025" in said


@pytest.mark.parametrize("state", [State.DEAD, State.UNSURE, State.MISSED])
def test_what_needs_a_person_says_what_to_do(state: State) -> None:
    one = row(state=state)
    assert words.next_step(one)
    assert words.try_again(one).endswith("(T)")
    assert words.settle(one).endswith("(G)")


def test_a_row_is_read_aloud_whole(screen: Screen) -> None:
    one = row(
        state=State.DEAD,
        outcome=Outcome.REFUSED,
        recipient="CLIENT",
        channel="EMAIL",
        sent_to="a•••@example.org",
        client_name="Anna Weiß",
        start=LATER,
    )
    assert words.row_spoken(one, screen, with_visit=True) == (
        "Confirmation · e-mail, to Anna Weiß, a•••@example.org,"
        " Anna Weiß · Today, 11:00, Not sent · today, 11:00,"
        " The other side refused it for good"
    )


@pytest.mark.parametrize(
    ("lamp", "standing", "said"),
    [
        (Lamp.CALM, Standing(), ""),
        (Lamp.NEEDS_YOU, Standing(needs_you=1), "1 message needs you"),
        (Lamp.NEEDS_YOU, Standing(needs_you=3), "3 messages need you"),
        (Lamp.LATE, Standing(late=1, late_seconds=600), "1 waits, for 10 min"),
        (
            Lamp.NOBODY_SENDS,
            Standing(late=12, late_seconds=1200),
            "12 wait, the oldest for 20 min; this desk does not send",
        ),
        (Lamp.SIGN_IN, Standing(late=2, sign_in=1), "1 message waits for a login"),
    ],
)
def test_what_the_light_says(lamp: Lamp, standing: Standing, said: str) -> None:
    assert queue_words.light(lamp, standing) == said
    assert queue_words.explained(lamp).endswith(".")


@pytest.mark.parametrize("why", Why)
def test_why_a_desk_does_not_send_is_told_when_it_matters(why: Why) -> None:
    plain = queue_words.explained(Lamp.NOBODY_SENDS)
    assert queue_words.explained(Lamp.NOBODY_SENDS, why).startswith(f"{plain} ")
    assert queue_words.explained(Lamp.CALM, why) == queue_words.explained(Lamp.CALM)


def test_how_much_is_in_the_queue() -> None:
    rows = (row(),)
    full = Queued(rows, Standing(2, 1, 600.0), 5000, NOW, has_more=True)
    assert queue_words.summary(full) == (
        f"2 need somebody · 1 is late · {QLocale().toString(5000)} to leave"
        " · the first 1 are listed"
    )
    assert queue_words.summary(Queued((), Standing(), None, NOW)) == ""
    assert all(map(queue_words.part, Part))


@pytest.mark.parametrize(
    ("status", "values", "said", "ink"),
    [
        (Status.PENDING, None, "once the visit is confirmed", Ink.MUTED),
        (Status.CONFIRMED, None, "How this provider meets clients", Ink.MUTED),
        (Status.CONFIRMED, {"run_at": NOW, "since": NOW}, "is being made", Ink.MUTED),
        (Status.CONFIRMED, {"since": EARLIER}, "is late", Ink.WARNING),
        (
            Status.CONFIRMED,
            {"state": State.DEAD, "outcome": Outcome.REFUSED},
            "could not be made. The other side refused it",
            Ink.DANGER,
        ),
        (Status.CONFIRMED, {"state": State.DONE}, "open the visit again", Ink.MUTED),
        (
            Status.CONFIRMED,
            {"state": State.DROPPED, "outcome": Outcome.NOT_SET_UP},
            "has not set this way up",
            Ink.MUTED,
        ),
    ],
)
def test_how_it_stands_with_a_link_that_is_not_there(
    status: Status, values: dict[str, Any] | None, said: str, ink: Ink
) -> None:
    made = row(kind="meeting_link", **values) if values is not None else None
    text, colour = link_words(status, made, NOW)
    assert said in text
    assert colour is ink
