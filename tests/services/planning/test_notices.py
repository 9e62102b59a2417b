"""What people hear of bookings and changes: each thing once, and only what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.deeds import Mark
from desk_app.services.deliveries import Deliveries
from tests import factories
from tests.carrying import DAY, GRACE, HOUR, MINUTE, WORDS, kinds
from tests.slips import marked, undoing

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.carrying import Carrying


def move(carrying: Carrying, of: Appointment, hour: int, days: int = 5) -> Appointment:
    """Move a visit."""
    return carrying.booking.move(factories.move(of, carrying.at(hour, days)))


def cancel(carrying: Carrying, of: Appointment) -> Appointment:
    """Cancel a visit."""
    return carrying.booking.cancel(factories.cancellation(of))


def test_a_booking_is_confirmed_once_its_grace_time_is_over(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    assert carrying.carry() == []
    (sent,) = carrying.after_the_grace_time()
    assert (sent.kind, sent.recipient, sent.channel, sent.address) == (
        "confirmation",
        "CLIENT",
        "EMAIL",
        "anna@example.org",
    )
    assert sent.occasion.visit.start == carrying.now(booked).start
    assert carrying.carry() == []


def test_who_moved_before_they_heard_gets_one_confirmation(
    carrying: Carrying,
) -> None:
    moved = move(carrying, move(carrying, carrying.book(), 11), 12)
    (sent,) = carrying.after_the_grace_time()
    assert (sent.kind, sent.occasion.told) == ("confirmation", None)
    assert sent.occasion.visit.start == carrying.now(moved).start


def test_an_older_message_waits_for_the_newer_one(carrying: Carrying) -> None:
    booked = carrying.book()
    carrying.pass_time(2 * MINUTE)
    moved = move(carrying, carrying.now(booked), 11)
    carrying.pass_time(2 * MINUTE)
    assert carrying.carry() == []
    carrying.pass_time(2 * MINUTE)
    assert kinds(carrying.carry()) == ["confirmation"]
    assert carrying.now(moved).version == 2


def test_who_takes_the_newer_one_back_still_hears_of_the_older(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_time(2 * MINUTE)
    before = carrying.now(booked)
    moved = move(carrying, before, 11)
    carrying.pass_time(2 * MINUTE)
    assert carrying.carry() == []
    carrying.booking.undo(undoing((before, moved)))
    assert kinds(carrying.after_the_grace_time()) == ["confirmation"]


def test_several_changes_in_a_row_give_one_message(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    moved = move(carrying, move(carrying, move(carrying, booked, 11), 12), 13)
    (sent,) = carrying.after_the_grace_time()
    assert sent.kind == "change_notice"
    assert sent.occasion.visit.start == carrying.now(moved).start
    told = sent.occasion.told
    assert told is not None
    assert (told.start, told.provider) == (booked.start - GRACE, "Dr Weber")


def test_who_takes_back_what_was_just_planned_tells_what_stood_before(
    carrying: Carrying,
) -> None:
    moved = move(carrying, carrying.confirmed(), 11)
    again = move(carrying, moved, 12)
    carrying.pass_time(GRACE)
    carrying.planning.plan(carrying.claim("change_notice"))
    carrying.booking.undo(undoing((moved, again)))
    (sent,) = carrying.after_the_grace_time()
    assert sent.kind == "change_notice"
    assert sent.occasion.visit.start == carrying.now(moved).start


def test_a_move_and_a_move_back_tell_nobody(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    move(carrying, move(carrying, booked, 11), 9)
    assert carrying.after_the_grace_time() == []


def test_a_slip_that_is_undone_in_time_tells_nobody(carrying: Carrying) -> None:
    booked = carrying.book()
    carrying.booking.undo(undoing((None, booked)))
    assert carrying.after_the_grace_time() == []


def test_who_never_heard_of_it_does_not_hear_that_it_is_off(
    carrying: Carrying,
) -> None:
    cancel(carrying, carrying.book())
    assert carrying.after_the_grace_time() == []


def test_who_heard_of_it_hears_that_it_is_off_and_that_it_is_on_again(
    carrying: Carrying,
) -> None:
    booked = carrying.confirmed()
    gone = cancel(carrying, booked)
    (sent,) = carrying.after_the_grace_time()
    assert sent.kind == "cancellation_notice"
    assert sent.occasion.told is not None
    before, now = carrying.now(booked), carrying.now(gone)
    carrying.booking.undo(undoing((booked, now)))
    assert before.status == "CANCELLED"
    assert kinds(carrying.after_the_grace_time()) == ["confirmation"]


def test_what_was_agreed_elsewhere_is_told_when_it_changes(
    carrying: Carrying,
) -> None:
    booked, other = carrying.book(), carrying.book(11)
    carrying.rows("DELETE FROM outbox")
    move(carrying, booked, 12)
    cancel(carrying, other)
    told = kinds(carrying.after_the_grace_time())
    assert sorted(told) == ["cancellation_notice", "change_notice"]


def test_nothing_leaves_that_was_cancelled_after_it_was_planned(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    cancel(carrying, carrying.now(booked))
    assert carrying.carry() == []
    assert ("EMAIL", "DROPPED", "cancelled") in carrying.ended("confirmation")
    assert carrying.after_the_grace_time() == []


def test_what_moved_after_it_was_planned_is_told_as_it_stands_then(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    moved = move(carrying, carrying.now(booked), 11)
    assert carrying.carry() == []
    (sent,) = carrying.after_the_grace_time()
    assert sent.kind == "confirmation"
    assert sent.occasion.visit.start == carrying.now(moved).start


def test_a_change_waits_while_nobody_knows_whether_the_last_message_leaves(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    sending = carrying.claim("confirmation", "EMAIL")
    move(carrying, carrying.now(booked), 11)
    carrying.pass_time(GRACE)
    assert carrying.carry() == []
    carrying.queue.hand_over(sending)
    carrying.pass_time(MINUTE)
    assert kinds(carrying.carry()) == ["change_notice"]


def test_a_no_show_is_told_once(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    carrying.pass_until(booked, -HOUR)
    carrying.rows("UPDATE outbox SET state = 'DROPPED' WHERE state = 'WAITING'")
    mark = marked(carrying.now(booked), Mark.NO_SHOW)
    missed = carrying.booking.mark(mark)
    assert kinds(carrying.after_the_grace_time()) == ["no_show_notice"]
    here = carrying.booking.mark(marked(missed, Mark.ARRIVED))
    carrying.booking.mark(marked(here, Mark.NO_SHOW))
    assert carrying.after_the_grace_time() == []


def test_a_visit_that_began_before_they_could_hear_is_listed(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_until(booked, -MINUTE)
    carrying.rows("DELETE FROM outbox WHERE kind LIKE 'reminder%'")
    assert carrying.carry() == []
    assert carrying.ended() == [("", "MISSED", "too_late")]


def test_who_walks_in_is_not_told_of_it_afterwards(carrying: Carrying) -> None:
    booked = carrying.book()
    carrying.rows("UPDATE outbox SET run_at = :at", at=booked.start + GRACE)
    carrying.pass_until(booked, -2 * GRACE)
    assert carrying.carry() == []
    assert ("", "MISSED", "too_late") not in carrying.ended("confirmation")


def test_two_couriers_that_plan_at_once_write_one_message(
    carrying: Carrying,
) -> None:
    booked = carrying.confirmed()
    move(carrying, move(carrying, booked, 11), 12)
    carrying.pass_time(GRACE)
    jobs = [
        job for job in carrying.queue.claim(50, WORDS) if job.kind == "change_notice"
    ]
    for job in jobs:
        carrying.planning.plan(job)
    assert len(jobs) == 2
    assert kinds(carrying.carry()) == ["change_notice"]
    carrying.pass_time(DAY)
    assert "change_notice" not in kinds(carrying.carry())


def send_again(carrying: Carrying, of: Appointment, kind: str) -> None:
    """Wish for a message once more, as a person at a desk does."""
    Deliveries(carrying.admin).send_again(of.appointment_id, kind)


def test_a_person_may_have_it_sent_again_each_time_anew(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    carrying.quiet_now(factories.BERLIN, 3 * HOUR)
    numbers = []
    for _ in range(2):
        send_again(carrying, booked, "confirmation")
        (sent,) = carrying.carry()
        assert (sent.kind, sent.recipient) == ("confirmation", "CLIENT")
        numbers.append(sent.occasion.again)
    assert 0 < numbers[0] < numbers[1]


def test_what_is_sent_again_says_how_it_stands_by_then(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    send_again(carrying, booked, "confirmation")
    cancel(carrying, booked)
    assert carrying.carry() == []
    assert ("", "DROPPED", "cancelled") in carrying.ended("confirmation")
    assert kinds(carrying.after_the_grace_time()) == ["cancellation_notice"]
