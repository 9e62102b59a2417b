"""Meetings in memory keep the contract, and rooms need none."""

from __future__ import annotations

import pytest

from desk_app.errors import Invalid, Rejected
from desk_app.meetings.room import Room
from tests.meetings.benches import MemoryBench
from tests.meetings.contract import MeetingsContract, later

LINK = "https://video.practice.example/room/berg"


class TestMemory(MeetingsContract):
    """The contract."""

    @pytest.fixture
    def bench(self) -> MemoryBench:
        """Meetings that nobody else sees."""
        return MemoryBench()


def test_nobody_ends_the_meeting_of_another_host() -> None:
    bench = MemoryBench()
    made = bench.meetings.create(bench.wanted())
    with pytest.raises(Rejected):
        bench.meetings.end(made.external_id, "somebody@else.example")


def test_a_room_is_the_same_for_everybody_and_stays() -> None:
    room, wanted = Room(LINK), MemoryBench().wanted()
    made = room.create(wanted)
    assert (made.external_id, made.link) == ("", LINK)
    assert room.change("", later(wanted)) == made
    room.end("", wanted.host)
    room.end_lost(wanted)
    assert room.create(wanted) == made


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://video.practice.example/room",
        "HTTPS://video.practice.example/room",
        "https://",
        "https:///room",
        "https://name:word@video.practice.example/room",
        "https://video.practice.example/a room",
        "https://video.practice.example/room\n",
        "https://vídeo.practice.example/room",
        "https://video.practice.example/\u202emoor",
        "https://[::1/room",
        "javascript:alert(1)//https://x",
        "https://x.example/" + "a" * 2000,
    ],
)
def test_a_room_is_one_https_address(link: str) -> None:
    with pytest.raises(Invalid) as raised:
        Room(link)
    assert raised.value.field == "meeting_room"
