"""What every service for meetings must do; each kind passes the same suite."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.domain import event_ids
from desk_app.errors import NeedsSignIn, Transient
from desk_app.meetings.base import Wanted

if TYPE_CHECKING:
    from desk_app.meetings.base import Meeting, Meetings

PRACTICE = "5d0c1a52-9a55-4f3c-8e5d-0a3b6f1f9f10"
START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """A meeting as the service itself knows it."""

    start: datetime
    end: datetime


class Bench(ABC):
    """One kind of service on the test bench: what is tested, and its far side."""

    meetings: Meetings
    host: str
    host_secret: str

    def wanted(self, number: int = 1) -> Wanted:
        """Return the meeting that appointment `number` wants."""
        marker = event_ids.marker(PRACTICE, number)
        end = START + HALF_AN_HOUR
        return Wanted(marker, self.host, "Appointment", START, end, "Europe/Berlin")

    @abstractmethod
    def standing(self, wanted: Wanted) -> list[Standing]:
        """Return all meetings of a marker that the far side has."""

    @abstractmethod
    def remove(self, meeting: Meeting, wanted: Wanted) -> None:
        """Let somebody remove a meeting at the far side."""

    @abstractmethod
    def lose_next_making(self) -> None:
        """Let the next meeting be made, and nobody hear of it."""

    @abstractmethod
    def be_busy_once(self, seconds: int) -> None:
        """Let the next request be refused, with how long to wait."""

    @abstractmethod
    def lock_out(self) -> None:
        """Let the login be refused from now on."""


def later(wanted: Wanted) -> Wanted:
    """Return the same meeting a day later, and longer."""
    day = timedelta(days=1)
    return replace(wanted, start=START + day, end=START + day + 2 * HALF_AN_HOUR)


class MeetingsContract:
    """The suite; a kind gives the fixture `bench`."""

    def test_each_marker_has_a_link_of_its_own(self, bench: Bench) -> None:
        first = bench.meetings.create(bench.wanted(1))
        second = bench.meetings.create(bench.wanted(12))
        assert first.link.startswith("https://")
        assert first.link != second.link

    def test_one_marker_is_one_meeting(self, bench: Bench) -> None:
        first = bench.meetings.create(bench.wanted())
        assert bench.meetings.create(bench.wanted()) == first
        assert len(bench.standing(bench.wanted())) == 1

    def test_it_stands_when_the_appointment_does(self, bench: Bench) -> None:
        bench.meetings.create(bench.wanted())
        (standing,) = bench.standing(bench.wanted())
        assert standing == Standing(START, START + HALF_AN_HOUR)

    def test_a_lost_answer_leaves_one_meeting(self, bench: Bench) -> None:
        bench.lose_next_making()
        try:
            bench.meetings.create(bench.wanted())
        except Transient:
            bench.meetings.create(bench.wanted())
        assert len(bench.standing(bench.wanted())) == 1

    def test_what_was_lost_is_found_where_it_shall_be_now(self, bench: Bench) -> None:
        bench.lose_next_making()
        with suppress(Transient):
            bench.meetings.create(bench.wanted())
        moved = later(bench.wanted())
        bench.meetings.create(moved)
        assert bench.standing(moved) == [Standing(moved.start, moved.end)]

    def test_what_was_lost_can_be_ended(self, bench: Bench) -> None:
        bench.meetings.create(bench.wanted(2))
        bench.meetings.create(bench.wanted())
        bench.meetings.end_lost(bench.wanted())
        bench.meetings.end_lost(bench.wanted())
        assert bench.standing(bench.wanted()) == []
        assert len(bench.standing(bench.wanted(2))) == 1

    def test_moving_keeps_the_link(self, bench: Bench) -> None:
        made = bench.meetings.create(bench.wanted())
        moved = later(bench.wanted())
        assert bench.meetings.change(made.external_id, moved) == made
        assert bench.standing(moved) == [Standing(moved.start, moved.end)]

    def test_what_is_ended_is_gone_and_may_be_ended_again(self, bench: Bench) -> None:
        wanted = bench.wanted()
        made = bench.meetings.create(wanted)
        bench.meetings.end(made.external_id, wanted.host)
        bench.meetings.end(made.external_id, wanted.host)
        assert bench.standing(wanted) == []

    def test_who_ended_it_gets_another_link(self, bench: Bench) -> None:
        wanted = bench.wanted()
        made = bench.meetings.create(wanted)
        bench.meetings.end(made.external_id, wanted.host)
        again = bench.meetings.create(wanted)
        assert again.link != made.link
        assert len(bench.standing(wanted)) == 1

    def test_moving_what_was_removed_outside_makes_it_anew(self, bench: Bench) -> None:
        made = bench.meetings.create(bench.wanted())
        bench.remove(made, bench.wanted())
        moved = later(bench.wanted())
        again = bench.meetings.change(made.external_id, moved)
        assert again.link != made.link
        assert bench.standing(moved) == [Standing(moved.start, moved.end)]

    def test_a_refused_login_asks_to_sign_in(self, bench: Bench) -> None:
        made = bench.meetings.create(bench.wanted())
        bench.lock_out()
        with pytest.raises(NeedsSignIn):
            bench.meetings.create(bench.wanted(2))
        with pytest.raises(NeedsSignIn):
            bench.meetings.change(made.external_id, later(bench.wanted()))
        with pytest.raises(NeedsSignIn):
            bench.meetings.end(made.external_id, bench.host)

    def test_a_busy_service_says_how_long_to_wait(self, bench: Bench) -> None:
        bench.be_busy_once(17)
        with pytest.raises(Transient) as raised:
            bench.meetings.create(bench.wanted())
        assert raised.value.after == 17
        assert bench.standing(bench.wanted()) == []

    def test_nothing_of_the_host_comes_back(self, bench: Bench) -> None:
        made = bench.meetings.create(bench.wanted())
        moved = bench.meetings.change(made.external_id, later(bench.wanted()))
        again = bench.meetings.create(bench.wanted())
        for meeting in (made, moved, again):
            told = f"{meeting.external_id} {meeting.link} {meeting!r}"
            assert bench.host_secret not in told
            assert meeting.link not in repr(meeting)

    def test_threads_at_once_make_one_meeting(self, bench: Bench) -> None:
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(bench.meetings.create, [bench.wanted()] * 8))
        assert len(set(made)) == 1
        assert len(bench.standing(bench.wanted())) == 1
