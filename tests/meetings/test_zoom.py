"""Zoom keeps the contract, and what only Zoom demands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.errors import Invalid, NeedsSignIn, Rejected, Transient
from desk_app.meetings.zoom import Zoom
from desk_app.net.http import Http
from desk_app.net.oauth import ServerAccount
from tests.loopback import Fault, Loopback, Said
from tests.meetings import zoom_fake
from tests.meetings.benches import ZoomBench
from tests.meetings.contract import MeetingsContract, later
from tests.meetings.zoom_fake import ZoomFake

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR = timedelta(hours=1)


@pytest.fixture
def bench(http: Http) -> Iterator[ZoomBench]:
    """A fake of Zoom that runs, and our side of it."""
    fake = ZoomFake()
    with Loopback(fake) as server:
        yield ZoomBench(http, fake, server)


class TestZoom(MeetingsContract):
    """The contract."""


def test_a_meeting_has_what_a_practice_wants(bench: ZoomBench) -> None:
    wanted = bench.wanted()
    bench.meetings.create(wanted)
    (made,) = bench.fake.of(wanted.marker)
    assert (made["type"], made["duration"], made["topic"]) == (2, 30, "Appointment")
    assert made["start_time"] == "2026-11-26T09:00:00Z"
    assert made["timezone"] == "Europe/Berlin"
    assert made["settings"] == {"waiting_room": True, "join_before_host": False}


def test_each_meeting_has_a_password_of_its_own(bench: ZoomBench) -> None:
    for number in range(4):
        bench.meetings.create(bench.wanted(number))
    passwords = {m["password"] for m in bench.fake.meetings.values()}
    assert len(passwords) == 4
    assert {len(password) for password in passwords} == {10}


def test_a_begun_minute_counts(bench: ZoomBench) -> None:
    wanted = bench.wanted()
    bench.meetings.create(replace(wanted, end=wanted.start + timedelta(seconds=61)))
    assert bench.fake.of(wanted.marker)[0]["duration"] == 2


def test_the_token_is_asked_for_once(bench: ZoomBench) -> None:
    for number in range(3):
        bench.meetings.create(bench.wanted(number))
    assert bench.server.count("POST", "token") == 1


def test_a_token_that_ran_out_is_replaced_once(bench: ZoomBench) -> None:
    made = bench.meetings.create(bench.wanted())
    bench.fake.expire_tokens()
    assert bench.meetings.change(made.external_id, later(bench.wanted())) == made
    assert bench.server.count("POST", "token") == 2


def test_who_is_refused_with_a_new_token_too_must_sign_in(bench: ZoomBench) -> None:
    for _ in range(2):
        said = Said.json(401, {"code": 124, "message": "Invalid access token."})
        bench.server.trouble(said, part="meetings")
    with pytest.raises(NeedsSignIn):
        bench.meetings.create(bench.wanted())
    assert bench.server.count("POST", "token") == 2


@pytest.mark.parametrize(
    ("status", "code"), [(400, 4711), (403, 200), (401, 124), (400, 104)]
)
def test_a_right_that_is_missing_is_a_matter_of_signing_in(
    bench: ZoomBench, status: int, code: int
) -> None:
    for _ in range(2):
        said = Said.json(status, {"code": code, "message": "no scopes"})
        bench.server.trouble(said, part="meetings")
    with pytest.raises(NeedsSignIn):
        bench.meetings.create(bench.wanted())


def test_an_unknown_account_must_sign_in(bench: ZoomBench, http: Http) -> None:
    account = ServerAccount("other", zoom_fake.CLIENT_ID, zoom_fake.SECRET)
    url = bench.server.url
    with pytest.raises(NeedsSignIn) as raised:
        Zoom(http, account, api_url=url, sign_in_url=url).create(bench.wanted())
    assert zoom_fake.SECRET not in f"{raised.value!r} {account!r}"


def test_an_unknown_host_is_refused_for_good(bench: ZoomBench) -> None:
    bench.fake.users.clear()
    with pytest.raises(Rejected) as raised:
        bench.meetings.create(bench.wanted())
    assert zoom_fake.HOST not in str(raised.value)


def test_an_orphan_is_adopted(bench: ZoomBench) -> None:
    number = bench.fake.add(bench.wanted().marker, age=HOUR)
    made = bench.meetings.create(bench.wanted())
    assert made.external_id == str(number)
    assert bench.server.count("POST", "meetings") == 0


def test_an_orphan_on_the_last_page_is_found(bench: ZoomBench) -> None:
    bench.fake.largest_page = 3
    for number in range(10, 19):
        bench.fake.add(f"desk-app-{number}", age=HOUR)
    orphan = bench.fake.add(bench.wanted().marker, age=HOUR)
    assert bench.meetings.create(bench.wanted()).external_id == str(orphan)
    assert bench.server.count("GET", "meetings") == 4


def test_pages_without_an_end_are_left(bench: ZoomBench) -> None:
    page = Said.json(200, {"meetings": [], "next_page_token": "again"})
    for _ in range(100):
        bench.server.trouble(page, "GET", "meetings")
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())
    assert bench.fake.meetings == {}


def test_of_two_orphans_the_oldest_stays(bench: ZoomBench) -> None:
    marker = bench.wanted().marker
    bench.fake.add(marker, age=HOUR)
    oldest = bench.fake.add(marker, age=2 * HOUR)
    bench.fake.add(marker, age=HOUR / 2)
    assert bench.meetings.create(bench.wanted()).external_id == str(oldest)
    assert [m["id"] for m in bench.fake.of(marker)] == [oldest]


@pytest.mark.parametrize("agenda", ["{}0", "x{}", "about {}-x", ""])
def test_another_marker_is_not_adopted(bench: ZoomBench, agenda: str) -> None:
    stranger = bench.fake.add(agenda.format(bench.wanted().marker), age=HOUR)
    made = bench.meetings.create(bench.wanted())
    assert made.external_id != str(stranger)
    assert stranger in bench.fake.meetings


def test_an_orphan_of_another_host_is_left_alone(bench: ZoomBench) -> None:
    marker = bench.wanted().marker
    other = bench.fake.add(marker, age=HOUR, host=zoom_fake.OTHER_HOST)
    assert bench.meetings.create(bench.wanted()).external_id != str(other)


def test_a_lost_answer_needs_no_second_meeting(bench: ZoomBench) -> None:
    bench.lose_next_making()
    made = bench.meetings.create(bench.wanted())
    assert bench.server.count("POST", "meetings") == 1
    assert [str(m["id"]) for m in bench.fake.of(bench.wanted().marker)] == [
        made.external_id
    ]


def test_a_garbled_answer_needs_no_second_meeting(bench: ZoomBench) -> None:
    bench.server.trouble(Fault.GARBLED, "POST", "meetings")
    bench.meetings.create(bench.wanted())
    assert bench.server.count("POST", "meetings") == 1


def test_nothing_is_made_while_nobody_can_look(bench: ZoomBench) -> None:
    bench.server.trouble(Said(503), "GET", "meetings")
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())
    assert bench.fake.meetings == {}


def test_two_desks_that_race_keep_one_meeting(bench: ZoomBench, http: Http) -> None:
    # The other desk slept between looking and making: nothing was there to adopt.
    nothing = Said.json(200, {"meetings": [], "next_page_token": ""})
    mine = bench.meetings.create(bench.wanted())
    bench.server.trouble(nothing, "GET", "meetings")
    assert bench.another(http).create(bench.wanted()) == mine
    assert len(bench.fake.of(bench.wanted().marker)) == 1


def test_threads_at_once_use_up_one_meeting_of_the_day(bench: ZoomBench) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(bench.meetings.create, [bench.wanted()] * 8))
    assert bench.fake.used[zoom_fake.HOST] == 1


def test_a_day_that_is_used_up_waits_for_midnight(bench: ZoomBench) -> None:
    bench.fake.used[zoom_fake.HOST] = zoom_fake.DAILY_LIMIT
    with pytest.raises(Transient) as raised:
        bench.meetings.create(bench.wanted())
    assert raised.value.after == 12 * 3600


def test_midnight_is_that_of_zoom_whatever_the_desk_thinks(bench: ZoomBench) -> None:
    bench.fake.now += timedelta(hours=11, minutes=30)
    said = Said.json(
        429,
        {"code": 429, "message": "You reached the DAILY limit."},
        Date="Tue, 24 Nov 2026 23:30:00 GMT",
    )
    bench.server.trouble(said, "POST", "meetings")
    with pytest.raises(Transient) as raised:
        bench.meetings.create(bench.wanted())
    assert raised.value.after == 1800


def test_a_limit_of_the_second_is_no_limit_of_the_day(bench: ZoomBench) -> None:
    message = "You have reached the maximum per-second rate limit for this API."
    said = Said.json(429, {"message": message}, Retry_After="2")
    bench.server.trouble(said, "GET", "meetings")
    with pytest.raises(Transient) as raised:
        bench.meetings.create(bench.wanted())
    assert raised.value.after == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_move_that_fails_can_be_tried_again(bench: ZoomBench, status: int) -> None:
    made = bench.meetings.create(bench.wanted())
    bench.server.trouble(Said(status), "PATCH")
    with pytest.raises(Transient):
        bench.meetings.change(made.external_id, later(bench.wanted()))
    assert bench.meetings.change(made.external_id, later(bench.wanted())) == made


def test_who_is_in_the_meeting_is_not_thrown_out(bench: ZoomBench) -> None:
    made = bench.meetings.create(bench.wanted())
    said = Said.json(400, {"code": 3002, "message": "in progress"})
    bench.server.trouble(said, "DELETE")
    with pytest.raises(Transient) as raised:
        bench.meetings.end(made.external_id, bench.host)
    assert raised.value.after == 600


def test_a_meeting_that_was_held_is_over(bench: ZoomBench) -> None:
    made = bench.meetings.create(bench.wanted())
    bench.server.trouble(Said.json(400, {"code": 3007}), "DELETE")
    bench.meetings.end(made.external_id, bench.host)


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "join_url": "http://zoom.example/j/1"},
        {"id": 1, "start_url": "https://zoom.example/s/1"},
        {"id": True, "join_url": "https://zoom.example/j/1"},
        {"id": "../1", "join_url": "https://zoom.example/j/1"},
        {"join_url": "https://zoom.example/j/1"},
        [],
    ],
)
def test_an_answer_without_a_link_is_no_meeting(
    bench: ZoomBench, record: object
) -> None:
    bench.server.trouble(Said.json(201, record), "POST", "meetings")
    with pytest.raises(Transient):
        bench.meetings.create(bench.wanted())


def test_a_slow_service_is_left(bench: ZoomBench) -> None:
    bench.server.trouble(Fault.LATE, "GET", "meetings")
    http = Http(step_seconds=0.2)
    with pytest.raises(Transient):
        bench.another(http).create(bench.wanted())
    http.close()


@pytest.mark.parametrize("url", ["http://api.zoom.us/v2", "api.zoom.us", "ftp://x"])
def test_a_line_that_is_open_to_read_is_refused(http: Http, url: str) -> None:
    account = ServerAccount("a", "b", "c")
    for name in ("api_url", "sign_in_url"):
        with pytest.raises(Invalid):
            Zoom(http, account, **{name: url})
