"""Google Meet keeps the contract, and what only calendars demand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.event_ids import event_id_of
from desk_app.errors import NeedsSignIn, Rejected, Transient
from desk_app.meetings.meet import PAUSES, Meet
from desk_app.net.google import GoogleCalendar
from tests.loopback import Fault, Loopback, Said
from tests.meetings import google_fake
from tests.meetings.benches import MeetBench
from tests.meetings.contract import MeetingsContract, later
from tests.meetings.google_fake import GoogleFake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.net.http import Http


@pytest.fixture
def bench(http: Http) -> Iterator[MeetBench]:
    """A fake of Google's calendars that runs, and our side of it."""
    fake = GoogleFake()
    with Loopback(fake) as server:
        yield MeetBench(http, fake, server)


class TestMeet(MeetingsContract):
    """The contract."""


def event_of(bench: MeetBench) -> dict[str, object]:
    """Return the event of the first appointment."""
    (event,) = bench.fake.standing(event_id_of(bench.wanted().marker))
    return event


def show_appointment(bench: MeetBench) -> str:
    """Let the calendar show the appointment already; return the event's id."""
    event_id = event_id_of(bench.wanted().marker)
    bench.meetings.create(bench.wanted())
    event = event_of(bench)
    event.update(summary="Seen by the provider", extendedProperties={})
    del event["conferenceData"]
    return event_id


def test_the_event_is_that_of_the_appointment(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    assert made.external_id == event_id_of(bench.wanted().marker)
    assert event_of(bench)["start"] == {
        "dateTime": "2026-11-26T09:00:00+00:00",
        "timeZone": "Europe/Berlin",
    }


def test_a_link_that_takes_time_is_waited_for(bench: MeetBench) -> None:
    bench.fake.polls = 2
    made = bench.meetings.create(bench.wanted())
    assert made.link.startswith("https://meet.example/")
    assert bench.waited == list(PAUSES[:2])


def test_a_link_that_takes_long_is_asked_for_later(bench: MeetBench) -> None:
    bench.fake.polls = len(PAUSES) + 1
    with pytest.raises(Transient) as raised:
        bench.meetings.create(bench.wanted())
    assert raised.value.after == 5
    made = bench.meetings.create(bench.wanted())
    assert made.external_id == event_id_of(bench.wanted().marker)
    assert bench.server.count("PATCH") == 0


def test_a_link_that_failed_is_asked_for_anew(bench: MeetBench) -> None:
    bench.fake.fails_to_make_links = True
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())
    bench.fake.fails_to_make_links = False
    assert bench.meetings.create(bench.wanted()).link


def test_an_event_that_shows_the_appointment_gets_the_link(bench: MeetBench) -> None:
    event_id = show_appointment(bench)
    made = bench.meetings.create(bench.wanted())
    assert made.external_id == event_id
    assert event_of(bench)["summary"] == "Seen by the provider"


def test_ending_leaves_the_event_that_shows_the_appointment(bench: MeetBench) -> None:
    event_id = show_appointment(bench)
    bench.meetings.create(bench.wanted())
    bench.meetings.end(event_id, bench.host)
    assert "conferenceData" not in event_of(bench)
    bench.meetings.end(event_id, bench.host)
    assert bench.server.count("DELETE") == 0


def test_a_link_that_somebody_took_off_is_made_anew(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    event = event_of(bench)
    del event["conferenceData"]
    event["etag"] = '"changed"'
    again = bench.meetings.change(made.external_id, later(bench.wanted()))
    assert again.link != made.link


def test_who_takes_the_event_over_meanwhile_keeps_it(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    bench.fake.meanwhile = lambda event: event.update(extendedProperties={})
    bench.meetings.end(made.external_id, bench.host)
    assert "conferenceData" not in event_of(bench)


def test_who_removes_the_event_meanwhile_has_it_made_anew(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    bench.fake.meanwhile = lambda event: event.update(status="cancelled")
    moved = later(bench.wanted())
    again = bench.meetings.change(made.external_id, moved)
    assert again.link != made.link
    assert len(bench.standing(moved)) == 1


def test_who_changes_it_again_and_again_is_waited_for(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    for _ in range(4):
        bench.server.trouble(Said.json(412, {"error": {"code": 412}}), "PATCH")
    with pytest.raises(Transient):
        bench.meetings.change(made.external_id, later(bench.wanted()))


def test_another_calendar_has_an_event_of_its_own(bench: MeetBench) -> None:
    made = bench.meetings.create(bench.wanted())
    elsewhere = replace(bench.wanted(), host=google_fake.OTHER_HOST)
    assert bench.meetings.create(elsewhere).link != made.link
    bench.meetings.end(made.external_id, bench.host)
    assert len(bench.standing(elsewhere)) == 1


def test_an_unknown_calendar_is_refused_for_good(bench: MeetBench) -> None:
    bench.fake.calendars.clear()
    with pytest.raises(Rejected) as raised:
        bench.meetings.create(bench.wanted())
    assert google_fake.HOST not in str(raised.value)


@pytest.mark.parametrize(
    ("reason", "meant"),
    [
        ("rateLimitExceeded", Transient),
        ("userRateLimitExceeded", Transient),
        ("quotaExceeded", Transient),
        ("forbidden", NeedsSignIn),
        ("", NeedsSignIn),
    ],
)
def test_a_refusal_means_what_google_says(
    bench: MeetBench, reason: str, meant: type[Exception]
) -> None:
    record = {"error": {"code": 403, "errors": [{"reason": reason}]}}
    bench.server.trouble(Said.json(403, record), "POST", "events")
    with pytest.raises(meant):
        bench.meetings.create(bench.wanted())


def test_no_request_is_sent_twice_when_the_line_breaks(bench: MeetBench) -> None:
    bench.lose_next_making()
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())
    assert bench.server.count("POST", "events") == 1


@pytest.mark.parametrize("fault", [Fault.GARBLED, Fault.HUGE])
def test_an_answer_that_is_none_is_transient(bench: MeetBench, fault: Fault) -> None:
    bench.server.trouble(fault, "POST", "events")
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())
    assert bench.meetings.create(bench.wanted()).link


def test_who_has_no_token_must_sign_in(bench: MeetBench, http: Http) -> None:
    def nobody() -> str:
        raise NeedsSignIn

    with pytest.raises(NeedsSignIn):
        Meet(GoogleCalendar(http, nobody)).create(bench.wanted())
