"""What people hear of bookings and changes: each thing once, and only what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.deeds import Mark
from desk_app.services.deliveries import Deliveries
from tests import factories
from tests.carrying import DAY, GRACE, HOUR, MINUTE
from tests.slips import marked, undoing

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.carrying import Carrying, Sent


def kinds(sent: list[Sent]) -> list[str]:
    """Return what was told."""
    return [each.kind for each in sent]


def after_the_grace_time(carrying: Carrying) -> list[Sent]:
    """Let the grace time pass; return what leaves."""
    carrying.pass_time(GRACE)
    return carrying.carry()


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
    (sent,) = after_the_grace_time(carrying)
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
    (sent,) = after_the_grace_time(carrying)
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
    assert kinds(after_the_grace_time(carrying)) == ["confirmation"]


def test_several_changes_in_a_row_give_one_message(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    moved = move(carrying, move(carrying, move(carrying, booked, 11), 12), 13)
    (sent,) = after_the_grace_time(carrying)
    assert sent.kind == "change_notice"
    assert sent.occasion.visit.start == carrying.now(moved).start
    told = sent.occasion.told
    assert told is not None
    assert (told.start, told.provider) == (booked.start - GRACE, "Dr Weber")


def test_a_move_and_a_move_back_tell_nobody(carrying: Carrying) -> None:
    booked = carrying.confirmed()
    move(carrying, move(carrying, booked, 11), 9)
    assert after_the_grace_time(carrying) == []


def test_a_slip_that_is_undone_in_time_tells_nobody(carrying: Carrying) -> None:
    booked = carrying.book()
    carrying.booking.undo(undoing((None, booked)))
    assert after_the_grace_time(carrying) == []


def test_who_never_heard_of_it_does_not_hear_that_it_is_off(
    carrying: Carrying,
) -> None:
    cancel(carrying, carrying.book())
    assert after_the_grace_time(carrying) == []


def test_who_heard_of_it_hears_that_it_is_off_and_that_it_is_on_again(
    carrying: Carrying,
) -> None:
    booked = carrying.confirmed()
    gone = cancel(carrying, booked)
    (sent,) = after_the_grace_time(carrying)
    assert sent.kind == "cancellation_notice"
    assert sent.occasion.told is not None
    before, now = carrying.now(booked), carrying.now(gone)
    carrying.booking.undo(undoing((booked, now)))
    assert before.status == "CANCELLED"
    assert kinds(after_the_grace_time(carrying)) == ["confirmation"]


def test_what_was_agreed_elsewhere_is_told_when_it_changes(
    carrying: Carrying,
) -> None:
    booked, other = carrying.book(), carrying.book(11)
    carrying.rows("DELETE FROM outbox")
    move(carrying, booked, 12)
    cancel(carrying, other)
    told = kinds(after_the_grace_time(carrying))
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
    assert after_the_grace_time(carrying) == []


def test_what_moved_after_it_was_planned_is_told_as_it_stands_then(
    carrying: Carrying,
) -> None:
    booked = carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    moved = move(carrying, carrying.now(booked), 11)
    assert carrying.carry() == []
    (sent,) = after_the_grace_time(carrying)
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
    assert kinds(after_the_grace_time(carrying)) == ["no_show_notice"]
    here = carrying.booking.mark(marked(missed, Mark.ARRIVED))
    carrying.booking.mark(marked(here, Mark.NO_SHOW))
    assert after_the_grace_time(carrying) == []


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


def test_the_reason_for_each_channel_that_is_left_out_is_kept(
    carrying: Carrying,
) -> None:
    plan = {"confirmation": {"client": ["EMAIL", "PUSH", "SMS"], "provider": ["SMS"]}}
    factories.setting(carrying.admin, "message_plan", plan)
    carrying.rows("UPDATE client SET consent_email = false, push_address = ''")
    carrying.rows("UPDATE client SET phone = '+4915112345678'")
    carrying.book()
    (sent,) = after_the_grace_time(carrying)
    assert (sent.channel, sent.address) == ("SMS", "+4915112345678")
    assert carrying.ended("confirmation") == [
        ("EMAIL", "DROPPED", "opted_out"),
        ("PUSH", "DROPPED", "no_address"),
        ("SMS", "DROPPED", "no_address"),
    ]


def test_a_practice_without_mail_is_told_so(carrying: Carrying) -> None:
    carrying.rows("DELETE FROM practice_setting WHERE name = 'mail'")
    carrying.book()
    assert after_the_grace_time(carrying) == []
    assert carrying.ended() == [("EMAIL", "DROPPED", "not_set_up")]


def test_who_opts_out_meanwhile_gets_nothing(carrying: Carrying) -> None:
    carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    carrying.rows("UPDATE client SET consent_email = false")
    assert carrying.carry() == []
    assert carrying.ended() == [("EMAIL", "DROPPED", "opted_out")]


def test_an_address_is_kept_masked_and_read_again_as_it_leaves(
    carrying: Carrying,
) -> None:
    carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    carrying.rows("UPDATE client SET email = 'anna.new@example.org'")
    (sent,) = carrying.carry()
    assert sent.address == "anna.new@example.org"
    found = carrying.rows("SELECT sent_to, payload::text FROM outbox")
    assert "a…a@example.org" in {sent_to for sent_to, _ in found}
    assert not any("anna" in str(row) for row in found)


def test_a_message_knows_its_people_and_the_practice(carrying: Carrying) -> None:
    carrying.rows("UPDATE client SET language = 'de', timezone = 'Asia/Tokyo'")
    location = factories.location(carrying.admin, address="Hauptstr. 1, Berlin")
    carrying.book()
    (sent,) = after_the_grace_time(carrying)
    about = sent.occasion
    assert (about.client.name, about.client.language) == ("Anna Weiß", "de")
    assert about.client.timezone == "Asia/Tokyo"
    assert (about.visit.provider, about.visit.service) == ("Dr Weber", "Check-up")
    assert (about.visit.location, about.visit.address) == (
        "Mitte",
        "Hauptstr. 1, Berlin",
    )
    assert (about.practice.timezone, about.practice.email) == (
        factories.BERLIN,
        "desk@example.org",
    )
    assert location


def test_of_two_places_none_is_said(carrying: Carrying) -> None:
    factories.location(carrying.admin)
    factories.location(carrying.admin, name="Nord")
    carrying.book()
    (sent,) = after_the_grace_time(carrying)
    assert (sent.occasion.visit.location, sent.occasion.visit.address) == ("", "")


def test_a_confirmation_waits_for_the_link_for_a_while(carrying: Carrying) -> None:
    carrying.rows("UPDATE service SET is_virtual = true")
    carrying.book()
    carrying.rows(
        "UPDATE outbox SET run_at = run_at + interval '1 day'"
        " WHERE kind = 'meeting_link'"
    )
    assert after_the_grace_time(carrying) == []
    carrying.pass_time(10 * MINUTE)
    assert carrying.carry() == []
    carrying.pass_time(6 * MINUTE)
    (sent,) = carrying.carry()
    assert sent.occasion.visit.link == ""


def test_a_confirmation_leaves_with_its_link_as_soon_as_it_is_there(
    carrying: Carrying,
) -> None:
    carrying.rows("UPDATE service SET is_virtual = true")
    carrying.book()
    carrying.pass_time(GRACE)
    job = carrying.claim("meeting_link")
    assert carrying.carry() == []
    link = "https://meet.example.org/abc"
    carrying.rows(
        "UPDATE appointment SET version = version + 1, meeting_link = :link", link=link
    )
    carrying.rows(
        "UPDATE outbox SET state = 'DONE' WHERE outbox_id = :id", id=job.outbox_id
    )
    carrying.pass_time(MINUTE)
    (sent,) = carrying.carry()
    assert sent.occasion.visit.link == link


def test_a_link_that_comes_as_a_message_leaves_counts_as_told(
    carrying: Carrying,
) -> None:
    carrying.rows("UPDATE service SET is_virtual = true")
    carrying.book()
    carrying.rows("UPDATE outbox SET state = 'DEAD' WHERE kind = 'meeting_link'")
    carrying.pass_time(GRACE)
    carrying.plan_only()
    carrying.rows(
        "UPDATE appointment SET version = version + 1, meeting_link = 'https://meet.example.org/a'"
    )
    assert kinds(carrying.carry()) == ["confirmation"]
    told = carrying.rows("SELECT payload -> 'has_link' FROM outbox WHERE channel <> ''")
    assert told == [(1,)]


def test_a_provider_hears_too_where_the_practice_wishes(carrying: Carrying) -> None:
    ways = {"client": [], "provider": ["EMAIL"]}
    plan = {"confirmation": ways, "cancellation_notice": ways}
    factories.setting(carrying.admin, "message_plan", plan)
    booked = carrying.book()
    (sent,) = after_the_grace_time(carrying)
    assert (sent.recipient, sent.address) == ("PROVIDER", "weber@example.org")
    cancel(carrying, carrying.now(booked))
    assert kinds(after_the_grace_time(carrying)) == ["cancellation_notice"]


def test_what_is_late_waits_until_it_is_not_quiet(carrying: Carrying) -> None:
    carrying.rows("UPDATE client SET timezone = 'Asia/Tokyo'")
    carrying.book()
    carrying.quiet_now("Asia/Tokyo", 3 * HOUR)
    assert after_the_grace_time(carrying) == []
    carrying.pass_time(4 * HOUR)
    carrying.rows(
        "UPDATE practice_setting SET value = 'null' WHERE name = 'quiet_hours'"
    )
    assert kinds(carrying.carry()) == ["confirmation"]


def test_a_retry_is_not_made_at_night(carrying: Carrying) -> None:
    carrying.book()
    carrying.pass_time(GRACE)
    carrying.plan_only()
    carrying.quiet_now(factories.BERLIN, 3 * HOUR)
    assert carrying.carry() == []
    waiting = "SELECT outcome, run_at > now() FROM outbox WHERE channel = 'EMAIL'"
    assert carrying.rows(waiting) == [("quiet_hours", True)]


def test_two_couriers_that_plan_at_once_write_one_message(
    carrying: Carrying,
) -> None:
    booked = carrying.confirmed()
    move(carrying, move(carrying, booked, 11), 12)
    carrying.pass_time(GRACE)
    jobs = [job for job in carrying.queue.claim(50) if job.kind == "change_notice"]
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
    assert kinds(after_the_grace_time(carrying)) == ["cancellation_notice"]
