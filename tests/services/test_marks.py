"""How far a client has come, and what a no-show leads to and what repairs it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Mark, MarkRequest, NoteRequest, RefundRequest
from desk_app.domain.people import Money
from desk_app.domain.policies import Policy
from desk_app.errors import Invalid, KeyReused, NotAllowed, NotFound, Refused, Stale
from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from tests import factories
from tests.desks import Desks, login_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice

LATER = factories.NOW + timedelta(days=1, hours=6)


@pytest.fixture
def late(sessions: Sessions) -> Booking:
    """The verbs on the day after, at noon."""
    return Booking(sessions, lambda: LATER)


@pytest.fixture
def visit(booking: Booking, practice: Practice) -> Appointment:
    """A visit that has begun by then."""
    return booking.book(practice.request(9))


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def mark(late: Booking, visit: Appointment, wanted: Mark) -> Appointment:
    return late.mark(MarkRequest(uuid4(), visit.appointment_id, visit.version, wanted))


def policy(sessions: Sessions, **values: Any) -> None:
    factories.setting(sessions, "no_show_policy", values)


def client_of(sessions: Sessions, visit: Appointment) -> Any:
    return Clients(sessions).get(visit.client_id)


def waiting(sessions: Sessions, version: int) -> set[str]:
    rows = factories.rows(
        sessions,
        "SELECT kind FROM outbox WHERE state = 'WAITING'"
        " AND (payload ->> 'version')::int = :version",
        version=version,
    )
    return {str(kind) for (kind,) in rows}


def test_each_step_notes_its_time(late: Booking, visit: Appointment) -> None:
    arrived = mark(late, visit, Mark.ARRIVED)
    assert (arrived.arrived_at, arrived.seen_at) == (LATER, None)
    seen = mark(late, arrived, Mark.WITH_PROVIDER)
    assert (seen.arrived_at, seen.seen_at) == (LATER, LATER)
    left = mark(late, seen, Mark.LEFT)
    assert (left.left_at, left.status) == (LATER, Status.COMPLETED)


def test_who_is_seen_has_arrived(late: Booking, visit: Appointment) -> None:
    seen = mark(late, visit, Mark.WITH_PROVIDER)
    assert seen.arrived_at == seen.seen_at == LATER


def test_who_left_without_being_seen_did_not_complete_the_visit(
    late: Booking, visit: Appointment
) -> None:
    left = mark(late, mark(late, visit, Mark.ARRIVED), Mark.LEFT)
    assert (left.status, left.left_at) == (Status.CONFIRMED, LATER)


@pytest.mark.parametrize("before", [Mark.ARRIVED, Mark.WITH_PROVIDER, Mark.COMPLETED])
def test_expected_again_takes_every_step_back(
    late: Booking, visit: Appointment, before: Mark
) -> None:
    again = mark(late, mark(late, visit, before), Mark.EXPECTED)
    assert again.status is Status.CONFIRMED
    assert (again.arrived_at, again.seen_at, again.left_at) == (None, None, None)


def test_marking_tells_nobody(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    seen = mark(late, visit, Mark.WITH_PROVIDER)
    assert waiting(sessions, seen.version) == set()


def test_a_no_show_keeps_the_price_flags_and_locks_out(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    missed = mark(late, visit, Mark.NO_SHOW)
    assert missed.status is Status.NO_SHOW
    assert missed.refund_due == Money(Decimal(0), "EUR")
    assert missed.lock_out_until == LATER + timedelta(days=30)
    client = client_of(sessions, visit)
    assert (client.no_show_count, client.no_show_flag) == (1, True)
    assert client.locked_out_until == missed.lock_out_until
    assert client.locked_out_since == missed.no_show_at
    assert client.locked_out_by == missed.no_show_by != ""


def test_a_no_show_drops_reminders_and_tells_the_client_after_the_grace_time(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    missed = mark(late, visit, Mark.NO_SHOW)
    assert waiting(sessions, missed.version) == {"no_show_notice"}
    assert not {"reminder_1h", "reminder_48h"} & waiting(sessions, 1)


def test_nobody_is_missed_before_the_start(
    booking: Booking, visit: Appointment
) -> None:
    with pytest.raises(Refused) as refused:
        mark(booking, visit, Mark.NO_SHOW)
    assert refused.value.policy == Policy.STATUS


def test_each_consequence_can_be_off(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    policy(sessions, keeps_price=False, flags=False, locks_out=False)
    missed = mark(late, visit, Mark.NO_SHOW)
    assert missed.refund_due == Money(Decimal(60), "EUR")
    assert missed.lock_out_until is None
    client = client_of(sessions, visit)
    assert (client.no_show_count, client.no_show_flag) == (1, False)
    assert client.locked_out_until is None


def test_the_flag_may_come_with_the_second_time_only(
    late: Booking, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    policy(sessions, flags_after=2)
    first = mark(late, booking.book(practice.request(9)), Mark.NO_SHOW)
    assert not client_of(sessions, first).no_show_flag
    second = mark(late, booking.book(practice.request(9, 40)), Mark.NO_SHOW)
    assert client_of(sessions, second).no_show_flag


@pytest.mark.parametrize("way", [Mark.EXPECTED, Mark.ARRIVED, Mark.WITH_PROVIDER])
def test_taking_it_back_repairs_everything(
    late: Booking, visit: Appointment, sessions: Sessions, way: Mark
) -> None:
    before = client_of(sessions, visit)
    missed = mark(late, visit, Mark.NO_SHOW)
    back = mark(late, missed, way)
    assert client_of(sessions, visit) == before
    assert (back.refund_due, back.lock_out_until, back.no_show_at) == (None, None, None)
    assert back.no_show_by == ""
    assert waiting(sessions, missed.version) == set()


def test_taking_one_of_two_back_leaves_what_the_other_led_to(
    late: Booking, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    first = mark(late, booking.book(practice.request(9)), Mark.NO_SHOW)
    later = Booking(sessions, lambda: LATER + timedelta(hours=2))
    second = mark(later, booking.book(practice.request(9, 40)), Mark.NO_SHOW)
    assert client_of(sessions, first).locked_out_until == second.lock_out_until
    mark(later, second, Mark.EXPECTED)
    client = client_of(sessions, first)
    assert (client.no_show_count, client.no_show_flag) == (1, True)
    assert client.locked_out_until == first.lock_out_until


def test_a_lock_out_from_elsewhere_stays(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    until = LATER + timedelta(days=90)
    factories.rows(
        sessions, "UPDATE client SET same_day_locked_until = :until", until=until
    )
    missed = mark(late, visit, Mark.NO_SHOW)
    assert client_of(sessions, visit).locked_out_until == until
    mark(late, missed, Mark.EXPECTED)
    assert client_of(sessions, visit).locked_out_until == until


def test_a_flag_stays_when_the_practice_flags_nobody_any_more(
    late: Booking, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    first = mark(late, booking.book(practice.request(9)), Mark.NO_SHOW)
    mark(late, booking.book(practice.request(9, 40)), Mark.NO_SHOW)
    policy(sessions, flags=False)
    mark(late, first, Mark.EXPECTED)
    client = client_of(sessions, first)
    assert (client.no_show_count, client.no_show_flag) == (1, True)


def test_what_never_locked_out_restores_no_lock_out_that_was_lifted(
    late: Booking, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    mark(late, booking.book(practice.request(9)), Mark.NO_SHOW)
    policy(sessions, locks_out=False)
    second = mark(late, booking.book(practice.request(9, 40)), Mark.NO_SHOW)
    factories.rows(sessions, "UPDATE client SET same_day_locked_until = NULL")
    mark(late, second, Mark.EXPECTED)
    assert client_of(sessions, second).locked_out_until is None


def test_of_several_missed_visits_each_is_taken_back_by_itself(
    late: Booking, booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    before = Clients(sessions).get(practice.client_id)
    missed = [
        mark(late, booking.book(practice.request(hour, minute)), Mark.NO_SHOW)
        for hour, minute in ((9, 0), (9, 40), (10, 20))
    ]
    counts = []
    for each in missed:
        mark(late, each, Mark.EXPECTED)
        counts.append(client_of(sessions, each).no_show_count)
    assert counts == [2, 1, 0]
    assert client_of(sessions, missed[0]) == before


@pytest.mark.parametrize("step", [Mark.ARRIVED, Mark.WITH_PROVIDER])
def test_who_is_here_needs_no_confirming_any_more(
    late: Booking, booking: Booking, practice: Practice, step: Mark
) -> None:
    visit = booking.book(practice.request(9, pending=True))
    here = mark(late, visit, step)
    assert here.status is Status.CONFIRMED
    assert mark(late, here, Mark.COMPLETED).status is Status.COMPLETED


def test_who_is_locked_out_books_no_time_of_the_same_day(
    late: Booking, visit: Appointment, practice: Practice
) -> None:
    mark(late, visit, Mark.NO_SHOW)
    with pytest.raises(Refused) as refused:
        late.book(practice.request(15))
    assert refused.value.policy == Policy.LOCKED_OUT
    day_after = factories.TOMORROW + timedelta(days=1)
    late.book(practice.request_at(practice.at(15, day=day_after)))


def test_a_cancelled_visit_cannot_be_marked(
    late: Booking, booking: Booking, visit: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(visit))
    for wanted in (Mark.ARRIVED, Mark.NO_SHOW, Mark.COMPLETED):
        with pytest.raises(Refused):
            mark(late, gone, wanted)


def test_the_same_wish_twice_counts_once(
    late: Booking, visit: Appointment, sessions: Sessions
) -> None:
    wish = MarkRequest(uuid4(), visit.appointment_id, visit.version, Mark.NO_SHOW)
    first = late.mark(wish)
    assert late.mark(wish) == first
    assert client_of(sessions, visit).no_show_count == 1
    with pytest.raises(KeyReused):
        late.mark(replace(wish, mark=Mark.ARRIVED))


def test_who_marks_what_has_changed_is_told(late: Booking, visit: Appointment) -> None:
    mark(late, visit, Mark.ARRIVED)
    with pytest.raises(Stale):
        mark(late, visit, Mark.NO_SHOW)
    with pytest.raises(NotFound):
        late.mark(MarkRequest(uuid4(), 2**31 - 1, 1, Mark.ARRIVED))


def test_of_two_desks_that_mark_at_once_one_counts(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    visit = Booking(desks.owner, factories.clock).book(practice.request(9))
    both = [
        Booking(desk, lambda: LATER) for desk in (desks.receptionist(), desks.manager())
    ]

    def miss(late: Booking) -> bool:
        try:
            mark(late, visit, Mark.NO_SHOW)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(miss, both)) == [False, True]
    assert client_of(desks.owner, visit).no_show_count == 1


def test_a_provider_marks_their_own_day_only(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    visit = Booking(desks.owner, factories.clock).book(practice.request(9))
    weber = desks.provider(practice.provider_id)
    missed = mark(Booking(weber, lambda: LATER), visit, Mark.NO_SHOW)
    assert missed.no_show_by == login_of(weber)
    assert client_of(weber, visit).no_show_count == 1
    lang = desks.provider(factories.provider(desks.owner, name="Lang"), "Lang")
    with pytest.raises((NotFound, NotAllowed)):
        mark(Booking(lang, lambda: LATER), missed, Mark.EXPECTED)


def test_a_refund_is_given_once_and_by_whom(
    booking: Booking, visit: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(visit))
    wish = RefundRequest(uuid4(), gone.appointment_id, gone.version)
    given = booking.settle_refund(wish)
    assert given.refund_given_at is not None
    assert given.refund_given_by != ""
    again = RefundRequest(uuid4(), given.appointment_id, given.version)
    with pytest.raises(Refused):
        booking.settle_refund(again)


def test_of_what_was_never_paid_nothing_is_due(
    booking: Booking, visit: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(visit))
    wish = RefundRequest(uuid4(), gone.appointment_id, gone.version, was_paid=False)
    settled = booking.settle_refund(wish)
    assert settled.refund_due == Money(Decimal(0), "EUR")
    assert settled.refund_given_at is None


def test_notes_are_written_anew(booking: Booking, visit: Appointment) -> None:
    wish = NoteRequest(uuid4(), visit.appointment_id, visit.version, " brings X-rays ")
    assert booking.note(wish).notes == "brings X-rays"
    with pytest.raises(Invalid) as refused:
        booking.note(replace(wish, notes="x" * 20_000))
    assert refused.value.field == "notes"
