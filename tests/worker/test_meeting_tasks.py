"""Meetings go with their appointments, at a fake of Zoom and on the real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import ConfirmRequest
from desk_app.domain.deeds import Before
from desk_app.domain.meetings import MeetingKind
from desk_app.domain.offering import (
    ProviderChange,
    ServiceChange,
    ServiceDraft,
    VideoWay,
)
from desk_app.domain.queue import Outcome, State
from desk_app.errors import NeedsSignIn, Rejected
from desk_app.services.offering import Offers
from desk_app.services.providers import Providers
from tests import factories
from tests.desks import Desks
from tests.factories import rows
from tests.meetings import zoom_fake
from tests.worker.meeting_house import (
    ROOM,
    House,
    a_house,
    meet_at,
    offer_at_other,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment


@pytest.fixture
def house(sessions: Sessions) -> Iterator[House]:
    """A practice that meets clients at Zoom."""
    with a_house(sessions) as house:
        yield house


def test_a_confirmed_visit_has_a_link_of_its_own(house: House) -> None:
    first, second = house.book(9), house.book(11)
    house.carry()
    links = [house.link_of(first), house.link_of(second)]
    assert links == house.links_at_zoom()
    assert len(set(links)) == 2


def test_a_pending_visit_has_none_until_it_is_confirmed(house: House) -> None:
    visit = house.book(pending=True)
    assert house.carry() == []
    number = visit.appointment_id
    house.booking.confirm(ConfirmRequest(uuid4(), number, visit.version))
    house.carry()
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_moving_keeps_the_link(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    moved = house.move(visit)
    house.carry()
    assert house.link_of(visit) == link
    (meeting,) = house.fake.meetings.values()
    assert datetime.fromisoformat(meeting["start_time"]) == moved.start


def test_cancelling_ends_it(house: House) -> None:
    visit = house.book()
    house.carry()
    house.cancel(visit)
    house.carry()
    assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_what_is_cancelled_before_it_was_made_is_never_made(house: House) -> None:
    house.cancel(house.book())
    done = house.carry()
    assert {each.outcome for each in done} == {Outcome.NOTHING_TO_DO}
    assert house.server.asked == []


def test_taking_a_cancellation_back_gives_another_link(house: House) -> None:
    visit = house.book()
    house.carry()
    link, before = house.link_of(visit), Before.of(visit)
    cancelled = house.cancel(visit)
    house.carry()
    house.put_back(cancelled, before)
    house.carry()
    assert house.link_of(visit) not in ("", link)
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_taking_a_confirmation_back_ends_it(house: House) -> None:
    pending = house.book(pending=True)
    request = ConfirmRequest(uuid4(), pending.appointment_id, pending.version)
    house.booking.confirm(request)
    house.carry()
    house.put_back(pending, Before.of(pending))
    house.carry()
    assert (house.fake.meetings, house.link_of(pending)) == ({}, "")


def test_another_provider_meets_at_their_own_place(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    offer_at_other(house, is_virtual=True)
    house.move(visit, to=house.other_id)
    house.carry()
    (meeting,) = house.fake.meetings.values()
    assert meeting["host_email"] == zoom_fake.OTHER_HOST
    assert house.link_of(visit) == meeting["join_url"] != link


def test_who_comes_to_the_practice_after_all_needs_no_link(house: House) -> None:
    visit = house.book()
    house.carry()
    offer_at_other(house, is_virtual=False)
    house.move(visit, to=house.other_id)
    house.carry()
    assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def test_nothing_of_a_host_is_kept_anywhere(house: House) -> None:
    visit = house.book()
    house.carry()
    house.move(visit)
    house.carry()
    assert house.link_of(visit)
    tables = rows(
        house.sessions,
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    for (table,) in tables:
        for (row,) in rows(house.sessions, f'SELECT t::text FROM "{table}" t'):
            assert zoom_fake.HOST_KEY not in row


def test_a_meeting_says_nothing_of_who_comes_and_what_for(house: House) -> None:
    house.book()
    house.carry()
    (meeting,) = house.fake.meetings.values()
    said = f"{meeting['topic']} {meeting['agenda']}"
    assert "Anna" not in said
    assert "video" not in said


def test_an_own_room_is_the_link(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, kind="ROOM")
    visit = house.book()
    house.carry()
    assert house.link_of(visit) == ROOM
    house.cancel(visit)
    house.carry()
    assert house.link_of(visit) == ""
    assert house.server.asked == []


def test_who_leaves_zoom_for_a_room_takes_the_visit_along(house: House) -> None:
    visit = house.book()
    house.carry()
    meet_at(house.sessions, house.practice.provider_id, kind="ROOM")
    house.again(visit)
    assert (house.fake.meetings, house.link_of(visit)) == ({}, ROOM)


def test_who_meets_nowhere_gets_no_link(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, kind="")
    visit = house.book()
    (done,) = house.carry()
    assert (done.state, done.outcome) == (State.DONE, Outcome.NOTHING_TO_DO)
    assert house.link_of(visit) == ""


def test_without_an_account_somebody_must_set_it_up(house: House) -> None:
    house.account = None
    with pytest.raises(NeedsSignIn):
        house.again(house.book())


def test_doing_it_again_changes_nothing(house: House) -> None:
    visit = house.book()
    house.carry()
    version, count = house.version_of(visit), len(house.server.asked)
    assert house.again(visit).outcome == Outcome.NOTHING_TO_DO
    assert (house.version_of(visit), len(house.server.asked)) == (version, count)


def test_what_somebody_removed_outside_is_made_anew_when_moved(house: House) -> None:
    visit = house.book()
    house.carry()
    link = house.link_of(visit)
    house.fake.meetings.clear()
    house.move(visit)
    house.carry()
    assert house.link_of(visit) != link
    assert [house.link_of(visit)] == house.links_at_zoom()


def test_a_host_whom_zoom_does_not_know_can_be_put_right(house: House) -> None:
    meet_at(house.sessions, house.practice.provider_id, "nobody@practice.example")
    visit = house.book()
    with pytest.raises(Rejected):
        house.again(visit)
    meet_at(house.sessions, house.practice.provider_id, zoom_fake.HOST)
    house.again(visit)
    assert [house.link_of(visit)] == house.links_at_zoom()


@pytest.mark.parametrize("has_waited", [True, False])
def test_a_confirmation_that_waited_for_the_link_leaves_at_once(
    house: House, *, has_waited: bool
) -> None:
    house.book()
    if has_waited:
        rows(
            house.sessions,
            "UPDATE outbox SET payload = payload || jsonb_build_object('due',"
            " extract(epoch FROM now())::bigint) WHERE kind = 'confirmation'",
        )
    house.carry()
    leaves = rows(
        house.sessions,
        "SELECT run_at <= clock_timestamp() FROM outbox WHERE kind = 'confirmation'",
    )
    assert leaves == [(has_waited,)]


@pytest.mark.parametrize(("has_link", "is_told"), [(0, 1), (1, 0)])
def test_who_was_told_before_there_was_a_link_is_told_again(
    house: House, has_link: int, is_told: int
) -> None:
    visit = house.book()
    payload = {"version": 1, "has_link": has_link}
    factories.delivery(house.sessions, visit.appointment_id, payload=payload)
    house.carry()
    house.again(visit)
    notices = rows(
        house.sessions,
        "SELECT run_at <= clock_timestamp() FROM outbox"
        " WHERE kind = 'change_notice' AND state = 'WAITING'",
    )
    assert notices == [(True,)] * is_told


def test_the_workers_login_may_do_all_of_it(database_url: str) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        house.work_as(desks.worker())
        visit = house.book()
        house.carry()
        assert [house.link_of(visit)] == house.links_at_zoom()
        house.move(visit)
        house.carry()
        house.cancel(visit)
        house.carry()
        assert (house.fake.meetings, house.link_of(visit)) == ({}, "")


def told(house: House, visit: Appointment) -> None:
    """Let the client have been told of a visit and its link."""
    payload = {"version": 1, "has_link": 1}
    # All that a test writes is written at one instant, by the server's clock.
    before = datetime.now(UTC) - timedelta(minutes=1)
    factories.delivery(
        house.sessions, visit.appointment_id, payload=payload, handed_at=before
    )


def late_notices(house: House) -> int:
    """Return how many notices were written for a link."""
    found = rows(
        house.sessions,
        "SELECT count(*) FROM outbox WHERE kind = 'change_notice'"
        " AND dedupe_key LIKE '%:link:%'",
    )
    return int(found[0][0])


@pytest.mark.parametrize(("kind", "is_told"), [("ZOOM", 1), ("ROOM", 0)])
def test_who_knows_a_link_that_holds_no_more_hears_of_the_new_one(
    house: House, kind: str, is_told: int
) -> None:
    host = zoom_fake.HOST if kind == "ZOOM" else ""
    meet_at(house.sessions, house.practice.provider_id, host, kind)
    visit = house.book()
    house.carry()
    told(house, visit)
    before, cancelled = Before.of(visit), house.cancel(visit)
    house.carry()
    house.put_back(cancelled, before)
    house.carry()
    assert late_notices(house) == is_told


def test_who_knows_a_link_that_was_replaced_hears_of_the_new_one(
    house: House,
) -> None:
    visit = house.book()
    house.carry()
    told(house, visit)
    house.fake.meetings.clear()
    house.move(visit)
    house.carry()
    assert late_notices(house) == 1


def test_the_calendar_shows_the_link_and_shows_it_no_more(house: House) -> None:
    visit = house.book()
    house.carry()
    offer_at_other(house, is_virtual=False)
    house.move(visit, to=house.other_id)
    house.carry()
    pushed = rows(
        house.sessions,
        "SELECT dedupe_key FROM outbox WHERE kind = 'calendar_push'"
        " AND dedupe_key LIKE '%:link:%' ORDER BY outbox_id",
    )
    number = visit.appointment_id
    assert [key for (key,) in pushed] == [
        f"calendar_push:{number}:link:2",
        f"calendar_push:{number}:link:4",
    ]


def meet_in_room(house: House, sessions: Sessions) -> None:
    """Let a manager choose a room of their own for the provider."""
    providers, number = Providers(sessions), house.practice.provider_id
    listed = {each.provider.provider_id: each for each in providers.all()}
    seen = listed[number].draft
    wanted = replace(seen, video=VideoWay(MeetingKind.ROOM, room=ROOM))
    providers.change(ProviderChange(number, seen, wanted))


def test_who_is_seen_elsewhere_from_now_on_gets_another_link(
    database_url: str,
) -> None:
    with Desks(database_url) as desks, a_house(desks.owner) as house:
        visit, cancelled = house.book(), house.book(11)
        house.carry()
        house.cancel(cancelled)
        house.carry()
        meet_in_room(house, desks.manager())
        assert len(house.carry()) == 1
        assert (house.fake.meetings, house.link_of(visit)) == ({}, ROOM)


def test_a_service_that_is_not_by_video_any_more_needs_no_links(house: House) -> None:
    visit = house.book()
    house.carry()
    offering = Offers(house.sessions)
    number = house.practice.service_id
    (seen,) = (
        ServiceDraft.of(each) for each in offering.all() if each.service_id == number
    )
    for is_virtual, links in ((False, 0), (True, 1)):
        wanted = replace(seen, is_virtual=is_virtual)
        now = replace(seen, is_virtual=not is_virtual)
        offering.change(ServiceChange(number, now, wanted))
        house.carry()
        assert len(house.links_at_zoom()) == links
        assert bool(house.link_of(visit)) == bool(links)
