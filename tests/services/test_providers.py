"""Providers are added and changed as wanted, and nobody's visit is lost by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.meetings import MeetingKind
from desk_app.domain.offering import (
    NewProvider,
    ProviderChange,
    ProviderDraft,
    VideoWay,
)
from desk_app.domain.people import ProviderType
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.errors import Invalid, KeyReused, NotFound, Stale, Strands
from desk_app.services.providers import Providers
from tests import factories
from tests.factories import clock

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
ADA = ProviderDraft(
    "Ada King",
    ProviderType.TRAINER,
    "Europe/London",
    "#117733",
    "Mornings.\nBy train.",
    "ada@example.org",
    push_address="ada_topic-1",
    video=VideoWay(MeetingKind.ZOOM, "ada@zoom.example"),
)


@pytest.fixture
def providers(sessions: Sessions) -> Providers:
    """All providers, at a fixed time."""
    return Providers(sessions, clock)


@pytest.fixture
def weber(providers: Providers, practice: Practice) -> ProviderChange:
    """Dr Weber as he is."""
    draft = next(each.draft for each in providers.all())
    return ProviderChange(practice.provider_id, draft, draft)


def wanting(change: ProviderChange, **fields) -> ProviderChange:
    return replace(change, wanted=replace(change.wanted, **fields))


def test_a_provider_is_added_once_with_all_that_is_said(providers):
    wish = NewProvider(uuid4(), ADA, PNG)
    added = providers.add(wish)
    assert (added.draft, added.image, added.login) == (ADA, PNG, "")
    assert providers.add(wish) == added
    assert providers.all() == (added,)
    with pytest.raises(KeyReused):
        providers.add(replace(wish, image=b""))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("timezone", "Mars/Base"),
        ("timezone", ""),
        ("colour", "red"),
        ("bio", "x" * 4001),
        ("email", "no address"),
        ("push_address", "topic/../of-others"),
        ("meeting_host", VideoWay(MeetingKind.ZOOM, "")),
        ("meeting_host", VideoWay(MeetingKind.MEET, "nobody")),
        ("meeting_room", VideoWay(MeetingKind.ROOM, room="http://meet.example.org/a")),
        ("meeting_room", VideoWay(MeetingKind.ROOM, room="https://u:p@example.org/a")),
        ("meeting_room", VideoWay(MeetingKind.ROOM, room="https://a b")),
    ],
)
def test_what_cannot_be_stored_is_named_by_field(providers, field, value):
    name = "video" if field.startswith("meeting_") else field
    with pytest.raises(Invalid) as invalid:
        providers.add(NewProvider(uuid4(), replace(ADA, **{name: value})))
    assert invalid.value.field == field


@pytest.mark.parametrize("image", [b"GIF89a" + bytes(90), PNG[:20], PNG + bytes(2**18)])
def test_what_is_no_small_picture_is_refused(providers, image):
    with pytest.raises(Invalid) as invalid:
        providers.add(NewProvider(uuid4(), ADA, image))
    assert invalid.value.field == "image"


def test_what_another_desk_changed_stays(providers, weber):
    providers.change(wanting(weber, bio="Knows knees."))
    changed = providers.change(wanting(weber, name="Dr Weiss"))
    assert (changed.draft.name, changed.draft.bio) == ("Dr Weiss", "Knows knees.")
    assert providers.change(wanting(weber, name="Dr Weiss")) == changed
    with pytest.raises(Stale) as stale:
        providers.change(wanting(weber, name="Dr Wolf"))
    assert stale.value.field == "name"


def test_of_another_way_of_meeting_nothing_is_kept(providers, weber):
    both = VideoWay(MeetingKind.ROOM, "a@b.de", " https://meet.example.org/weber ")
    room = providers.change(wanting(weber, video=both))
    assert room.video == VideoWay(
        MeetingKind.ROOM, room="https://meet.example.org/weber"
    )
    none = replace(weber, known=room.draft, wanted=room.draft)
    gone = wanting(none, video=replace(room.video, kind=None))
    assert providers.change(gone).video == VideoWay()


def test_a_picture_comes_and_goes(providers, weber):
    assert providers.change(replace(weber, image=PNG)).image == PNG
    assert providers.change(wanting(weber, bio="Hello")).image == PNG
    assert providers.change(replace(weber, image=b"")).image == b""


def test_locations_are_written_with_the_rest(providers, weber, sessions):
    one, other = (factories.location(sessions, name=name) for name in "AB")
    here = providers.change(wanting(weber, location_ids=(one, other)))
    assert here.provider.location_ids == (one, other)
    seen = replace(weber, known=here.draft, wanted=here.draft)
    moved = providers.change(wanting(seen, location_ids=(other,)))
    assert moved.provider.location_ids == (other,)


@pytest.mark.parametrize("ends", [{"is_active": False}, {"timezone": "Asia/Tokyo"}])
def test_visits_to_come_are_named_before_they_lose_their_place(
    providers, weber, booked, ends
):
    wish = wanting(weber, **ends)
    with pytest.raises(Strands) as strands:
        providers.change(wish)
    assert [each.appointment_id for each in strands.value.appointments] == [
        booked.appointment_id
    ]
    assert providers.all()[0].draft == weber.known
    kept = Settlement((Decision(booked.appointment_id, booked.version, Fate.KEEP),))
    done = replace(wish, settlement=kept)
    assert providers.change(done).draft == done.wanted == providers.change(done).draft


def test_who_ends_keeps_their_past_and_may_come_back(
    providers, weber, booked, diary, booking
):
    booking.cancel(factories.cancellation(booked))
    gone = providers.change(wanting(weber, is_active=False))
    assert not diary.catalogue().providers
    assert [each.name for each in diary.catalogue().former] == ["Dr Weber"]
    assert diary.get(booked.appointment_id).provider_id == weber.provider_id
    seen = ProviderChange(weber.provider_id, gone.draft, weber.known)
    assert providers.change(seen).provider in diary.catalogue().providers


def test_nobody_is_no_provider(providers, weber):
    with pytest.raises(NotFound):
        providers.change(replace(wanting(weber, name="X"), provider_id=999))
