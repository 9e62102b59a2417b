"""What a desk sees of the outbox, and what a person decides about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from desk_app.domain.deliveries import NoUse, Part
from desk_app.domain.queue import State
from desk_app.errors import NotFound, Refused, Stale
from desk_app.services.booking import Booking
from desk_app.services.deliveries import Deliveries
from tests import factories
from tests.desks import Desks, login_of
from tests.factories import rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment


@pytest.fixture
def deliveries(sessions: Sessions) -> Deliveries:
    """What this desk sees."""
    return Deliveries(sessions)


def minutes_ago(count: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=count)


def states(sessions: Sessions, *numbers: int) -> list[str]:
    found = rows(
        sessions,
        "SELECT state FROM outbox WHERE outbox_id = ANY(:ids) ORDER BY outbox_id",
        ids=list(numbers),
    )
    return [state for (state,) in found]


def missed(sessions: Sessions, visit: Appointment, **values: Any) -> int:
    given = {"state": "MISSED", "outcome": "too_late", "kind": "reminder_48h"}
    return factories.delivery(sessions, visit.appointment_id, **given | values)


def test_a_visit_tells_what_was_sent_and_what_still_waits(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    factories.delivery(sessions, ahead.appointment_id, handed_at=minutes_ago(3))
    found = deliveries.of_appointment(ahead.appointment_id)
    told = {(row.kind, row.state, row.channel) for row in found}
    assert told == {
        ("confirmation", State.DONE, "EMAIL"),
        ("confirmation", State.WAITING, ""),
        ("reminder_48h", State.WAITING, ""),
        ("reminder_1h", State.WAITING, ""),
    }
    sent = next(row for row in found if row.channel)
    assert sent.sent_to == "a•••@example.org"
    assert (sent.client_name, sent.client_phone) == ("Anna Weiß", "0170 1234567")
    assert sent.start == ahead.start
    assert found[-1] == sent


def test_all_messages_of_a_client_are_told_in_one_place(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    other = factories.client(sessions, name="Berta Maß", phone="")
    factories.delivery(sessions, ahead.appointment_id)
    found = deliveries.of_client(ahead.client_id)
    assert {row.appointment_id for row in found} == {ahead.appointment_id}
    assert len(found) == 4
    assert deliveries.of_client(other) == ()


def test_the_queue_begins_with_what_needs_a_person(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = ahead.appointment_id
    factories.delivery(sessions, number)
    late = factories.delivery(
        sessions, number, state="WAITING", outcome="", run_at=minutes_ago(20)
    )
    dead = factories.delivery(sessions, number, state="DEAD", outcome="refused")
    found = deliveries.queue()
    assert [row.outbox_id for row in found.rows[:2]] == [dead, late]
    assert {row.state for row in found.rows[2:]} == {State.WAITING}
    assert found.waiting == 4
    assert (found.standing.needs_you, found.standing.late) == (1, 1)
    assert found.standing.late_seconds == pytest.approx(20 * 60, abs=60)
    assert not found.has_more


@pytest.mark.parametrize(
    ("part", "count"),
    [(Part.ALL, 5), (Part.NEEDS_YOU, 1), (Part.LATE, 1), (Part.WAITING, 4)],
)
def test_the_queue_shows_the_part_that_is_wished(
    part: Part,
    count: int,
    ahead: Appointment,
    deliveries: Deliveries,
    sessions: Sessions,
) -> None:
    number = ahead.appointment_id
    factories.delivery(
        sessions, number, state="WAITING", outcome="", run_at=minutes_ago(20)
    )
    factories.delivery(sessions, number, state="UNSURE", outcome="answer_lost")
    assert len(deliveries.queue(part).rows) == count


def test_what_is_tried_in_vain_is_late_though_it_is_put_off(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    factories.delivery(
        sessions,
        ahead.appointment_id,
        state="WAITING",
        outcome="sign_in",
        attempts=1,
        created_at=minutes_ago(30),
        run_at=minutes_ago(-5),
    )
    standing = deliveries.standing()
    assert (standing.late, standing.sign_in, standing.needs_you) == (1, 1, 0)
    assert standing.late_seconds == pytest.approx(30 * 60, abs=60)


def test_calendars_that_nobody_has_connected_are_not_late(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE outbox SET run_at = now() - interval '1 hour'"
         " WHERE kind = 'calendar_push'")  # fmt: skip
    assert deliveries.standing().late == 0
    assert "calendar_push" not in {row.kind for row in deliveries.queue().rows}


def test_a_reminder_of_a_visit_that_is_over_needs_nobody(
    booked: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    # A visit of the fixed clock, long over by the server's.
    missed(sessions, booked)
    assert deliveries.standing().needs_you == 0
    assert deliveries.queue().rows[-1].state is State.MISSED
    factories.delivery(sessions, booked.appointment_id, state="DEAD")
    assert deliveries.standing().needs_you == 1


@pytest.mark.parametrize("state", ["DEAD", "UNSURE"])
def test_what_failed_is_tried_again_as_if_for_the_first_time(
    state: str, ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = factories.delivery(
        sessions,
        ahead.appointment_id,
        state=state,
        outcome="gave_up",
        attempts=8,
        handed_at=minutes_ago(5),
        settled_at=minutes_ago(5),
        last_error="no",
    )
    deliveries.try_again(number)
    (found,) = rows(
        sessions,
        "SELECT state, attempts, outcome, last_error, handed_at, decided_by IS NULL"
        " FROM outbox WHERE outbox_id = :id",
        id=number,
    )
    assert found == ("WAITING", 0, "", "", None, False)


def test_what_was_missed_is_planned_anew_by_the_wish_of_a_person(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = missed(sessions, ahead)
    deliveries.try_again(number)
    assert states(sessions, number) == ["DROPPED"]
    (found,) = rows(
        sessions,
        "SELECT kind, state, recipient, payload FROM outbox WHERE payload ? 'again'",
    )
    assert found == (
        "reminder_48h",
        "WAITING",
        "",
        {
            "appointment_id": ahead.appointment_id,
            "version": ahead.version,
            "provider_id": ahead.provider_id,
            "again": 1,
        },
    )


def test_what_is_given_up_rests_and_says_who_decided(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = missed(sessions, ahead)
    deliveries.give_up(number)
    told = {
        row.outbox_id: row for row in deliveries.of_appointment(ahead.appointment_id)
    }
    assert told[number].state is State.DROPPED
    assert told[number].decided_by
    assert told[number].settled_at is not None


def test_what_another_desk_has_decided_is_not_decided_again(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = missed(sessions, ahead)
    deliveries.give_up(number)
    with pytest.raises(Stale):
        deliveries.give_up(number)
    with pytest.raises(Stale):
        deliveries.try_again(number)


def test_many_are_tried_again_at_once(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    number = ahead.appointment_id
    dead = [factories.delivery(sessions, number, state="DEAD") for _ in range(3)]
    sent = factories.delivery(sessions, number)
    assert deliveries.try_all_again([*dead, sent]) == 3
    assert states(sessions, *dead, sent) == ["WAITING"] * 3 + ["DONE"]
    assert deliveries.give_all_up(dead) == 0


def test_of_many_those_that_make_no_sense_any_more_are_passed_over(
    ahead: Appointment, booked: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    # By the server's clock the visit of the fixed one is long over.
    over, near = missed(sessions, booked), missed(sessions, ahead)
    dead = factories.delivery(sessions, booked.appointment_id, state="DEAD")
    assert deliveries.try_all_again([over, near, dead]) == 2
    assert states(sessions, over, near, dead) == ["MISSED", "DROPPED", "WAITING"]
    with pytest.raises(Refused) as refusal:
        deliveries.try_again(over)
    assert refusal.value.policy == NoUse.OVER


def test_a_message_is_sent_again_as_often_as_a_person_wishes(
    ahead: Appointment, deliveries: Deliveries, sessions: Sessions
) -> None:
    for _ in range(2):
        deliveries.send_again(ahead.appointment_id, "confirmation")
    found = rows(
        sessions,
        "SELECT payload ->> 'again', channel FROM outbox"
        " WHERE kind = 'confirmation' AND payload ? 'again' AND run_at <= now()",
    )
    assert found == [("1", ""), ("1", "")]


def test_what_makes_no_sense_any_more_is_refused(
    ahead: Appointment, live: Booking, deliveries: Deliveries
) -> None:
    live.cancel(factories.cancellation(ahead))
    with pytest.raises(Refused) as refusal:
        deliveries.send_again(ahead.appointment_id, "reminder_48h")
    assert refusal.value.policy == NoUse.NOT_CONFIRMED
    deliveries.send_again(ahead.appointment_id, "cancellation_notice")
    with pytest.raises(NotFound):
        deliveries.send_again(0, "confirmation")


def test_a_provider_sees_and_decides_about_their_own(database_url: str) -> None:
    with Desks(database_url) as desks:
        mine = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Berg")
        factories.hours(desks.owner, other)
        service = factories.service(desks.owner, other)
        theirs = replace(mine, provider_id=other, service_id=service)
        live = Booking(desks.owner)
        visits = [
            live.book(one.request_at(factories.next_free(desks.owner, one)))
            for one in (mine, theirs)
        ]
        own, foreign = (missed(desks.owner, visit) for visit in visits)
        desk = desks.provider(mine.provider_id)
        seen = Deliveries(desk)
        assert {row.provider_id for row in seen.queue().rows} == {mine.provider_id}
        assert seen.standing().needs_you == 1
        assert seen.of_appointment(visits[1].appointment_id) == ()
        with pytest.raises(Stale):
            seen.give_up(foreign)
        seen.give_up(own)
        (row,) = (r for r in seen.of_appointment(visits[0].appointment_id)
                  if r.outbox_id == own)  # fmt: skip
        assert row.decided_by == login_of(desk)
        with pytest.raises(NotFound):
            seen.send_again(visits[1].appointment_id, "confirmation")
        another = missed(desks.owner, visits[0])
        seen.try_again(another)
        assert states(desks.owner, another) == ["DROPPED"]
        with pytest.raises(Stale):
            seen.try_again(foreign)
        front = Deliveries(desks.receptionist())
        assert front.standing().needs_you == 1
        front.give_up(foreign)
        assert front.standing().needs_you == 0
