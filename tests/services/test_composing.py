"""Whole messages: right words, right clock, right envelope."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from desk_app.domain.message_text import Text, TextKey
from desk_app.domain.messages import Channel, Message, MessageKind, Method, Recipient
from desk_app.domain.occasion import Occasion, Reader, Told
from desk_app.domain.sms import segments
from desk_app.services.composing import Way, compose, compose_test
from desk_app.services.text_choice import LANGUAGES
from tests.domain.examples import examples
from tests.domain.test_message_text import HOSTILE
from tests.occasions import ANNA, LINK, NOW, PRACTICE, START, VISIT, by_video, occasion

KINDS = [kind for kind in MessageKind if kind is not MessageKind.TEST]
MAIL = Way(Channel.EMAIL, "anna@example.org")
BEFORE = Told(START - timedelta(days=1, hours=4), "Dr. Max Alt", "Massage")


def mail(of: Occasion, own: dict[TextKey, Text] | None = None) -> Message:
    """Return an e-mail."""
    return compose(of, MAIL, own or {}, NOW)


def short(of: Occasion, channel: Channel) -> Message:
    """Return a message to a phone or a desk."""
    return compose(of, Way(channel, "+493012345"), {}, NOW)


def test_a_confirmation_says_all_there_is_to_know() -> None:
    message = mail(occasion())
    assert message.subject == (
        "Praxis am Schlossgarten: Ihr Termin am Dienstag, 5. Januar 2027 um 14:30 Uhr"
    )
    assert message.text.split("\n\n")[:3] == [
        "Guten Tag Anna Wexler,",
        "Ihr Termin ist gebucht. Wir freuen uns auf Sie.",
        "Wann: Dienstag, 5. Januar 2027 um 14:30 Uhr\nDauer: 50 Minuten\n"
        "Bei: Dr. Jana Weber\nTermin: Physiotherapie\n"
        "Wo: Raum 2, Haupthaus, Hauptstraße 1, 10115 Berlin",
    ]
    assert "Telefon: 030 123456" in message.text
    assert (message.language, message.unsubscribe) == ("de", PRACTICE.email)
    assert '<html lang="de" dir="ltr">' in message.html


def test_a_message_has_the_same_name_each_time() -> None:
    name = "<confirmation.12.3.CLIENT@2f1c3f7e0000400080001234567890ab.desk-app>"
    assert {mail(occasion()).message_id for _ in range(2)} == {name}
    others = [
        occasion(again=1),
        occasion(recipient=Recipient.PROVIDER),
        occasion(visit=replace(VISIT, version=4)),
        occasion(MessageKind.REMINDER_48H),
        occasion(practice=replace(PRACTICE, practice_id="2f")),
    ]
    assert len({name, *(mail(each).message_id for each in others)}) == 6


def test_all_that_can_be_sent_is_rendered_in_every_language() -> None:
    visits = (VISIT, by_video())
    for language, kind, recipient, visit in product(
        LANGUAGES, KINDS, Recipient, visits
    ):
        practice = replace(PRACTICE, language=language)
        reader = replace(ANNA, language=language)
        of = Occasion(kind, recipient, practice, reader, visit, told=BEFORE)
        for channel in Channel:
            message = short(of, channel)
            assert message.language == language
            assert "30" in message.text
            assert "{" not in message.text + message.subject
            assert "\n" not in message.subject
            if channel is not Channel.EMAIL:
                said = message.text + message.subject
                assert VISIT.service not in said
                assert "Wexler" not in said
            if channel is Channel.SMS:
                assert segments(message.text) <= 2, message.text


def test_only_e_mails_have_pages_and_only_phones_the_practice_as_title() -> None:
    push, sms = short(occasion(), Channel.PUSH), short(occasion(), Channel.SMS)
    assert (push.subject, sms.subject) == (PRACTICE.name, "")
    assert sms.text.startswith(PRACTICE.name)
    assert not push.html + sms.html + push.unsubscribe
    assert push.invitation is sms.invitation is None


def test_the_link_stands_there_for_a_video_visit_only() -> None:
    assert f"Videolink: {LINK}" in mail(occasion(visit=by_video())).text
    assert "Wo:" not in mail(occasion(visit=by_video())).text
    assert "Videolink" not in mail(occasion(visit=by_video(link=""))).text
    assert LINK not in mail(occasion(visit=replace(VISIT, link=LINK))).text
    for kind in (MessageKind.CANCELLATION_NOTICE, MessageKind.NO_SHOW_NOTICE):
        assert LINK not in mail(occasion(kind, visit=by_video())).text


def test_a_change_says_what_it_was_before() -> None:
    message = mail(occasion(MessageKind.CHANGE_NOTICE, told=BEFORE))
    assert "Bisher: Montag, 4. Januar 2027 um 10:30 Uhr" in message.text
    assert "Bisher bei: Dr. Max Alt" in message.text
    same_time = replace(BEFORE, start=START)
    message = mail(occasion(MessageKind.CHANGE_NOTICE, told=same_time))
    assert "Bisher:" not in message.text
    assert "Bisher bei: Dr. Max Alt" in message.text
    assert "Bisher" not in mail(occasion(MessageKind.CHANGE_NOTICE)).text


def test_a_cancellation_speaks_of_the_time_that_was_known() -> None:
    message = mail(occasion(MessageKind.CANCELLATION_NOTICE, told=BEFORE))
    assert "am Montag, 4. Januar 2027 um 10:30 Uhr" in message.subject
    assert "Bei: Dr. Max Alt" in message.text
    assert message.invitation is not None
    (event,) = Calendar.from_ical(message.invitation.content).walk("VEVENT")
    assert event["DTSTART"].dt == BEFORE.start


@pytest.mark.parametrize("kind", KINDS)
def test_an_invitation_goes_with_what_changes_a_calendar(kind: MessageKind) -> None:
    methods = {
        MessageKind.CONFIRMATION: Method.REQUEST,
        MessageKind.CHANGE_NOTICE: Method.REQUEST,
        MessageKind.CANCELLATION_NOTICE: Method.CANCEL,
    }
    file = mail(occasion(kind)).invitation
    assert (file and file.method) == methods.get(kind)
    assert mail(occasion(kind, Recipient.PROVIDER)).invitation is None
    nameless = replace(PRACTICE, email="")
    assert mail(occasion(kind, practice=nameless)).invitation is None


def test_an_invitation_says_nothing_of_what_the_visit_is_for() -> None:
    file = mail(occasion(reason="ill")).invitation
    assert file is not None
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["SUMMARY"] == "Termin bei Dr. Jana Weber, Praxis am Schlossgarten"
    assert event["SEQUENCE"] == VISIT.version
    assert event["LOCATION"] == "Raum 2, Haupthaus, Hauptstraße 1, 10115 Berlin"
    assert b"Physio" not in file.content


@pytest.mark.parametrize(
    ("reader", "virtual", "time"),
    [
        ("America/New_York", False, "14:30 Uhr"),
        ("America/New_York", True, "08:30 Uhr (Ortszeit New York)"),
        ("Europe/Paris", True, "14:30 Uhr"),
        ("", True, "14:30 Uhr"),
        ("Nowhere/Land", True, "14:30 Uhr"),
    ],
)
def test_who_travels_goes_by_the_clock_of_the_place(
    reader: str, virtual: bool, time: str
) -> None:
    client = replace(ANNA, timezone=reader)
    of = occasion(client=client, visit=by_video() if virtual else VISIT)
    assert mail(of).subject.endswith(f"2027 um {time}")


def test_a_provider_elsewhere_reads_their_own_clock() -> None:
    visit = by_video(timezone="Europe/London")
    of = occasion(MessageKind.REMINDER_1H, Recipient.PROVIDER, visit=visit)
    assert "13:30 Uhr (Ortszeit London)" in short(of, Channel.PUSH).text


@pytest.mark.parametrize(
    ("client", "practice", "country", "language"),
    [
        ("pt-BR", "", "DE", "pt"),
        ("fr-CH", "en", "DE", "fr"),
        ("tr", "fr", "DE", "fr"),
        ("tr", "", "DE", "de"),
        ("", "", "JP", "en"),
    ],
)
def test_a_client_is_written_to_in_the_nearest_language(
    client: str, practice: str, country: str, language: str
) -> None:
    of = occasion(
        client=Reader("Ana", client),
        practice=replace(PRACTICE, language=practice, country=country),
    )
    assert mail(of).language == language


def test_a_text_of_the_practices_own_is_taken() -> None:
    key = TextKey(MessageKind.CONFIRMATION, Recipient.CLIENT, Channel.EMAIL, "de")
    message = mail(
        occasion(), {key: Text("{practice}", "Bis {short_day}, {first_name}!")}
    )
    assert message.text == "Bis Di., 5. Jan., Anna!"
    assert message.subject == PRACTICE.name


@examples(80)
@given(st.text() | st.sampled_from(HOSTILE))
def test_nothing_that_anybody_is_called_gets_into_an_envelope(name: str) -> None:
    of = occasion(
        client=replace(ANNA, name=name),
        practice=replace(PRACTICE, name=name),
        visit=replace(VISIT, provider=name, room=name),
    )
    message = mail(of)
    assert not set(message.subject) & set("\r\n\0\u2028\u202e")
    assert "<script" not in message.html
    assert message.text.count("\n") <= mail(occasion()).text.count("\n")
    assert message.message_id == mail(occasion()).message_id


def test_a_test_message_is_about_no_visit() -> None:
    for channel in Channel:
        message = compose_test(PRACTICE, Way(channel, "x"), {}, "7f")
        assert PRACTICE.name in message.subject + message.text
        assert "Testnachricht" in message.text
        assert message.invitation is None
    assert compose_test(PRACTICE, MAIL, {}, "7f").message_id == (
        "<test_message.7f@2f1c3f7e0000400080001234567890ab.desk-app>"
    )


def test_nothing_of_a_person_is_printed() -> None:
    of = occasion(visit=by_video(), reason="ill")
    printed = repr(of) + repr(mail(of)) + repr(MAIL)
    for secret in ("Wexler", "anna@", LINK, "ill", "Hauptstra"):
        assert secret not in printed


def test_a_year_far_ahead_can_be_written() -> None:
    start = datetime(2036, 2, 29, 9, 0, tzinfo=UTC)
    visit = replace(VISIT, start=start, end=start + timedelta(minutes=30))
    message = mail(occasion(visit=visit))
    assert "Freitag, 29. Februar 2036 um 10:00 Uhr" in message.text
    assert message.invitation is not None
