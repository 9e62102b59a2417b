"""What is to be done about the meeting of an appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.meetings import (
    MadeMeeting,
    MeetingKind,
    MeetingPlace,
    MeetingSight,
    Step,
    next_step,
)

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
START = NOW + timedelta(days=1)
END = START + timedelta(minutes=30)
LINK = "https://zoom.example/j/1"
ROOM = "https://video.example/room"
ZOOM = MeetingPlace(1, MeetingKind.ZOOM, "dr@practice.example")
OWN = MeetingPlace(1, MeetingKind.ROOM, room=ROOM)
MADE = MadeMeeting(7, ZOOM, "1", LINK, START, END)
BEGUN = MadeMeeting(7, ZOOM)
IN_ROOM = MadeMeeting(7, OWN, "", ROOM, START, END)
SIGHT = MeetingSight(
    appointment_id=3,
    practice_id="5d0c1a52-9a55-4f3c-8e5d-0a3b6f1f9f10",
    practice_name="Practice",
    status=Status.CONFIRMED,
    start=START,
    end=END,
    timezone="Europe/Berlin",
    is_virtual=True,
    link=LINK,
    place=ZOOM,
    made=MADE,
    now=NOW,
)
NOBODY_YET = replace(SIGHT, made=None, link="")


@pytest.mark.parametrize("status", list(Status))
def test_only_a_confirmed_visit_gets_a_meeting(status: Status) -> None:
    step = next_step(replace(NOBODY_YET, status=status))
    assert step is (Step.MAKE if status is Status.CONFIRMED else Step.NOTHING)


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (Status.CONFIRMED, Step.NOTHING),
        (Status.PENDING, Step.END),
        (Status.CANCELLED, Step.END),
        (Status.COMPLETED, Step.NOTHING),
        (Status.NO_SHOW, Step.NOTHING),
    ],
)
def test_a_meeting_goes_with_its_visit(status: Status, step: Step) -> None:
    assert next_step(replace(SIGHT, status=status)) is step


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.PENDING])
def test_what_is_over_is_left_as_it_was(status: Status) -> None:
    over = replace(SIGHT, status=status, now=END, start=START + timedelta(hours=1))
    assert next_step(replace(over, end=END)) is Step.NOTHING
    assert next_step(replace(over, end=END, made=None)) is Step.NOTHING


def test_what_was_cancelled_is_ended_even_afterwards() -> None:
    late = replace(SIGHT, status=Status.CANCELLED, now=END + timedelta(days=1))
    assert next_step(late) is Step.END


@pytest.mark.parametrize(
    "changes",
    [
        {"is_virtual": False},
        {"place": None},
        {"place": replace(ZOOM, provider_id=2)},
        {"place": replace(ZOOM, host="other@practice.example")},
        {"place": replace(ZOOM, kind=MeetingKind.MEET)},
        {"place": OWN},
    ],
)
def test_a_meeting_elsewhere_is_ended_first(changes: dict[str, object]) -> None:
    assert next_step(replace(SIGHT, **changes)) is Step.END
    assert next_step(replace(SIGHT, made=BEGUN, **changes)) is Step.END


@pytest.mark.parametrize("changes", [{"is_virtual": False}, {"place": None}])
def test_without_video_nothing_is_made(changes: dict[str, object]) -> None:
    assert next_step(replace(NOBODY_YET, **changes)) is Step.NOTHING


def test_what_was_begun_is_brought_to_its_end() -> None:
    assert next_step(replace(SIGHT, made=BEGUN, link="")) is Step.MAKE
    cancelled = replace(SIGHT, made=BEGUN, link="", status=Status.CANCELLED)
    assert next_step(cancelled) is Step.END


@pytest.mark.parametrize(
    "stands",
    [
        {"start": START - timedelta(hours=1)},
        {"end": END + timedelta(minutes=15)},
        {"start": None, "end": None},
    ],
)
def test_a_meeting_stands_when_its_visit_does(stands: dict[str, object]) -> None:
    assert next_step(replace(SIGHT, made=replace(MADE, **stands))) is Step.MOVE


@pytest.mark.parametrize("link", ["", "https://zoom.example/j/old"])
def test_the_link_of_the_meeting_stands_on_the_visit(link: str) -> None:
    assert next_step(replace(SIGHT, link=link)) is Step.SHOW


def test_another_room_takes_the_place_of_the_old_one() -> None:
    here = replace(SIGHT, place=OWN, made=IN_ROOM, link=ROOM)
    assert next_step(here) is Step.NOTHING
    moved = replace(here, place=replace(OWN, room="https://video.example/new"))
    assert next_step(moved) is Step.END
