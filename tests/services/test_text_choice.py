"""The texts that come with the program, and who gets which."""

from __future__ import annotations

import pytest

from desk_app.domain.message_text import CLINICAL, Text, TextKey, check, parse, parts_of
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.services.message_texts import text_keys
from desk_app.services.text_choice import (
    LANGUAGES,
    Wanted,
    choose,
    fallbacks,
    invitation_titles,
    practice_language,
    shipped,
)

KEYS = [key for language in LANGUAGES for key in text_keys(language)]
DAYS = {"day", "short_day"}


def words(text: str) -> set[str]:
    """Return the placeholders of a text."""
    return {piece.placeholder for line in parse(text) for piece in line} - {""}


def test_every_text_is_there_in_every_language() -> None:
    assert set(shipped()) == set(KEYS)
    assert set(LANGUAGES) >= {"en", "de", "fr", "es", "it", "nl", "pt", "pl"}
    assert len(text_keys("en")) == (6 * 2 + 1) * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_text_can_be_sent(language: str) -> None:
    for key in text_keys(language):
        text = shipped()[key]
        said = {"subject": text.subject, "body": text.body}
        for part in parts_of(key.channel):
            check(key.kind, key.channel, part, said[part])
        assert (text.subject == "") == (key.channel is not Channel.EMAIL), key
        if key.kind is not MessageKind.TEST:
            assert "time" in words(text.body), key
            assert words(text.body) & DAYS, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_says_practice_day_and_time_only(language: str) -> None:
    for key in text_keys(language):
        wanted = {"practice", "day", "time"}
        if key.kind is MessageKind.TEST:
            wanted = {"practice"}
        if key.channel is Channel.EMAIL:
            assert words(shipped()[key].subject) == wanted
        else:
            assert not words(shipped()[key].body) & {*CLINICAL, "client"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_does_not_say_how_long_there_is_left(language: str) -> None:
    """It may leave earlier or later than planned, so no figures stand in it."""
    for kind in (MessageKind.REMINDER_48H, MessageKind.REMINDER_1H):
        for key in (key for key in text_keys(language) if key.kind is kind):
            text = shipped()[key]
            assert not any(char.isdigit() for char in text.subject + text.body)


def test_no_language_borrows_the_e_mails_of_another() -> None:
    bodies = [
        shipped()[key].body
        for language in LANGUAGES
        for key in text_keys(language)
        if key.channel is Channel.EMAIL
    ]
    assert len(set(bodies)) == len(bodies)


def test_a_visit_has_a_title_in_every_language() -> None:
    assert set(invitation_titles()) == set(LANGUAGES)
    for title in invitation_titles().values():
        assert words(title) == {"provider", "practice"}


@pytest.mark.parametrize(
    ("tag", "practice", "tried"),
    [
        ("de-AT", "fr", ("de-AT", "de", "fr", "en")),
        ("", "de", ("de", "en")),
        ("en", "en", ("en",)),
        ("zh-Hant-TW", "pt-BR", ("zh-Hant-TW", "zh-Hant", "zh", "pt-BR", "pt", "en")),
    ],
)
def test_a_reader_is_written_to_in_the_nearest_language(
    tag: str, practice: str, tried: tuple[str, ...]
) -> None:
    assert fallbacks(tag, practice) == tried


@pytest.mark.parametrize(
    ("chosen", "country", "language"),
    [("fr", "DE", "fr"), ("", "AT", "de"), ("", "JP", "en"), ("", "", "en")],
)
def test_a_practice_writes_in_the_language_of_its_country(
    chosen: str, country: str, language: str
) -> None:
    assert practice_language(chosen, country) == language


def test_an_own_text_comes_before_a_shipped_one_of_the_same_language() -> None:
    key = TextKey(MessageKind.CONFIRMATION, Recipient.CLIENT, Channel.PUSH, "de")
    own = {key: Text("", "Bis {day}!")}
    wanted = Wanted(key.kind, key.recipient, key.channel, ("de-AT", "de", "en"))
    assert choose(wanted, own).text == own[key]
    assert choose(wanted, {}).text == shipped()[key]
    french = Wanted(key.kind, key.recipient, key.channel, ("fr", "de", "en"))
    assert choose(french, own).language == "fr"


@pytest.mark.parametrize("body", ["{", "", "{service}", "{link}", "x" * 481, "{old}"])
def test_an_own_text_that_cannot_be_sent_never_leaves(body: str) -> None:
    key = TextKey(MessageKind.CONFIRMATION, Recipient.CLIENT, Channel.PUSH, "de")
    wanted = Wanted(key.kind, key.recipient, key.channel, ("de",))
    assert choose(wanted, {key: Text("", body)}).text == shipped()[key]


def test_a_desk_shows_what_a_phone_does() -> None:
    wanted = Wanted(
        MessageKind.REMINDER_1H, Recipient.PROVIDER, Channel.DESKTOP, ("nl",)
    )
    key = TextKey(wanted.kind, wanted.recipient, Channel.PUSH, "nl")
    assert choose(wanted, {}).text == shipped()[key]


def test_who_speaks_nothing_known_reads_english() -> None:
    wanted = Wanted(MessageKind.TEST, Recipient.PROVIDER, Channel.EMAIL, ("xx",))
    assert choose(wanted, {}).language == "en"
