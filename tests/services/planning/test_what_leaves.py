"""What a message holds, where it goes and when, read again as it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factories
from tests.carrying import GRACE, HOUR, MINUTE, kinds

if TYPE_CHECKING:
    from tests.carrying import Carrying


def test_the_reason_for_each_channel_that_is_left_out_is_kept(
    carrying: Carrying,
) -> None:
    plan = {"confirmation": {"client": ["EMAIL", "PUSH", "SMS"], "provider": ["SMS"]}}
    factories.setting(carrying.admin, "message_plan", plan)
    carrying.rows("UPDATE client SET consent_email = false, push_address = ''")
    carrying.rows("UPDATE client SET phone = '+4915112345678'")
    carrying.book()
    (sent,) = carrying.after_the_grace_time()
    assert (sent.channel, sent.address) == ("SMS", "+4915112345678")
    assert carrying.ended("confirmation") == [
        ("EMAIL", "DROPPED", "opted_out"),
        ("PUSH", "DROPPED", "no_address"),
        ("SMS", "DROPPED", "no_address"),
    ]


def test_a_practice_without_mail_is_told_so(carrying: Carrying) -> None:
    carrying.rows("DELETE FROM practice_setting WHERE name = 'mail'")
    carrying.book()
    assert carrying.after_the_grace_time() == []
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
    factories.location(carrying.admin, address="Hauptstr. 1, Berlin")
    carrying.book()
    (sent,) = carrying.after_the_grace_time()
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


def test_of_two_places_none_is_said(carrying: Carrying) -> None:
    factories.location(carrying.admin)
    factories.location(carrying.admin, name="Nord")
    carrying.book()
    (sent,) = carrying.after_the_grace_time()
    assert (sent.occasion.visit.location, sent.occasion.visit.address) == ("", "")


def test_a_confirmation_waits_for_the_link_for_a_while(carrying: Carrying) -> None:
    carrying.rows("UPDATE service SET is_virtual = true")
    carrying.book()
    carrying.rows(
        "UPDATE outbox SET run_at = run_at + interval '1 day'"
        " WHERE kind = 'meeting_link'"
    )
    assert carrying.after_the_grace_time() == []
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
    (sent,) = carrying.after_the_grace_time()
    assert (sent.recipient, sent.address) == ("PROVIDER", "weber@example.org")
    cancelled = factories.cancellation(carrying.now(booked))
    carrying.booking.cancel(cancelled)
    assert kinds(carrying.after_the_grace_time()) == ["cancellation_notice"]


def test_what_is_late_waits_until_it_is_not_quiet(carrying: Carrying) -> None:
    carrying.rows("UPDATE client SET timezone = 'Asia/Tokyo'")
    carrying.book()
    carrying.quiet_now("Asia/Tokyo", 3 * HOUR)
    assert carrying.after_the_grace_time() == []
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
