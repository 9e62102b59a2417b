"""The texts of messages as managers keep them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import message_texts
from desk_app.db.queries import practice as practice_queries
from desk_app.db.queries.pipeline import ask
from desk_app.domain.message_drafts import TextChange
from desk_app.domain.message_text import Text, TextKey
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.errors import Invalid, NotAllowed, Stale
from desk_app.services.message_texts import MessageTexts, text_keys
from desk_app.services.text_choice import shipped
from tests.services.test_roles import practice as staffed

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.services.test_roles import Practice as Staffed

__all__ = ["staffed"]

KEY = TextKey(MessageKind.CONFIRMATION, Recipient.CLIENT, Channel.EMAIL, "de")
PUSH = replace(KEY, channel=Channel.PUSH)
OWN = Text("{practice}: {day}, {time}", "Bis bald!\n{link}")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def texts(sessions: Sessions) -> MessageTexts:
    """The texts, at a fixed time."""
    return MessageTexts(sessions, lambda: NOW)


def chosen(sessions: Sessions, name: str, value: object) -> None:
    """Choose something for the practice."""
    with sessions.begin() as session:
        ask(session, practice_queries.set_setting(name, value))


def entry(texts: MessageTexts, key: TextKey = KEY):
    """Return how a text stands."""
    return next(each for each in texts.all(key.language) if each.key == key)


def test_all_texts_of_a_language_are_listed(texts: MessageTexts) -> None:
    entries = texts.all("de")
    assert tuple(each.key for each in entries) == text_keys("de")
    for each in entries:
        assert each.shipped == shipped()[each.key]
        assert (each.shipped_language, each.own) == ("de", None)


def test_a_text_is_changed_and_given_back(texts: MessageTexts) -> None:
    stands = texts.change(TextChange(KEY, None, OWN))
    assert stands.own == stands.counts == OWN
    assert texts.change(TextChange(KEY, None, OWN)) == stands
    again = Text(OWN.subject, "Bis dann!")
    assert texts.change(TextChange(KEY, OWN, again)).own == again
    assert texts.change(TextChange(KEY, OWN, again)).own == again
    assert entry(texts).own == again
    assert texts.back_to_shipped(KEY, again).own is None
    assert texts.back_to_shipped(KEY, again).counts == shipped()[KEY]


def test_saying_what_the_shipped_one_says_is_no_own_text(texts: MessageTexts) -> None:
    texts.change(TextChange(KEY, None, OWN))
    back = texts.change(TextChange(KEY, OWN, shipped()[KEY]))
    assert back.own is None


def test_two_managers_do_not_overwrite_each_other(texts: MessageTexts) -> None:
    other = Text("A", "B")
    texts.change(TextChange(KEY, None, OWN))
    for known in (None, other):
        with pytest.raises(Stale) as stale:
            texts.change(TextChange(KEY, known, Text("C", "D")))
        assert stale.value.field == "text"
    with pytest.raises(Stale):
        texts.back_to_shipped(KEY, other)
    with pytest.raises(Stale):
        texts.back_to_shipped(KEY, None)
    assert entry(texts).own == OWN


def test_a_text_is_kept_tidy(texts: MessageTexts) -> None:
    stands = texts.change(TextChange(PUSH, None, Text("ignored", "\r\nHi \r\n{day}\n")))
    assert stands.own == Text("", "Hi\n{day}")


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [
        (KEY, Text("A", "{frist_name}"), "body"),
        (KEY, Text("A\nBcc: b@example.org", "B"), "subject"),
        (KEY, Text("", "B"), "subject"),
        (KEY, Text("A", "{link}"), "body"),
        (KEY, Text("{service}", "B"), "subject"),
        (PUSH, Text("", "{service}"), "body"),
        (replace(KEY, language="xx"), OWN, "language"),
        (replace(KEY, language="no tag"), OWN, "language"),
        (replace(KEY, channel=Channel.DESKTOP), OWN, "text"),
    ],
)
def test_a_broken_text_is_neither_kept_nor_shown(
    texts: MessageTexts, key: TextKey, text: Text, field: str
) -> None:
    for refused in (
        lambda: texts.change(TextChange(key, None, text)),
        lambda: texts.preview(key, text),
    ):
        with pytest.raises(Invalid) as invalid:
            refused()
        assert invalid.value.field == field
    assert not any(each.own for each in texts.all("de"))


def test_a_language_of_the_practices_own_begins_with_its_usual_one(
    texts: MessageTexts, sessions: Sessions
) -> None:
    chosen(sessions, practice_queries.COUNTRY, "FR")
    turkish = replace(KEY, language="tr")
    assert entry(texts, turkish).shipped_language == "fr"
    texts.change(TextChange(turkish, None, OWN))
    listed = [(each.tag, each.name) for each in texts.languages()]
    assert listed[0] == ("fr", "Français")
    assert ("tr", "Türkçe") in listed
    assert len(listed) == 9


def test_a_preview_shows_somebody_who_does_not_exist(
    texts: MessageTexts, sessions: Sessions
) -> None:
    chosen(sessions, practice_queries.PRACTICE_NAME, "Praxis Nord")
    draft = Text("{practice}: {day}, {time}", "{client}\nOrt: {place}\nLink: {link}")
    shown = texts.preview(KEY, draft)
    assert shown.subject == "Praxis Nord: Freitag, 27. November 2026, 14:30 Uhr"
    assert shown.text.split("\n") == [
        "Alex Example",
        "Ort: Room 1, 1 Example Street, 12345 Sampletown",
    ]
    assert "<bdi>Alex Example</bdi>" in shown.html
    by_video = texts.preview(KEY, draft, virtual=True)
    assert "Link: https://meet.example.org" in by_video.text
    assert "Ort:" not in by_video.text


def test_every_shipped_text_can_be_previewed(texts: MessageTexts) -> None:
    for each in texts.all("pl"):
        shown = texts.preview(each.key, each.shipped, virtual=True)
        assert shown.text
        assert bool(shown.html) == (each.key.channel is Channel.EMAIL)
        assert (1 <= shown.parts <= 2) == (each.key.channel is Channel.SMS)
        assert "{" not in shown.text + shown.subject


def test_managers_change_texts_and_everybody_reads_them(staffed: Staffed) -> None:
    MessageTexts(staffed.of("mia")).change(TextChange(KEY, None, OWN))
    for login in ("ben", "weber"):
        texts = MessageTexts(staffed.of(login))
        assert entry(texts).own == OWN
        with pytest.raises(NotAllowed):
            texts.change(TextChange(KEY, OWN, Text("A", "B")))
        with pytest.raises(NotAllowed):
            texts.back_to_shipped(KEY, OWN)


def test_the_practice_speaks_as_it_was_set_up(sessions: Sessions) -> None:
    chosen(sessions, practice_queries.PRACTICE_NAME, "Praxis Nord")
    chosen(sessions, message_texts.MESSAGE_LANGUAGE, "fr")
    chosen(sessions, message_texts.PRACTICE_PHONE, "030 1")
    chosen(sessions, message_texts.MAIL, {"sender": "a@example.org", "reply_to": ""})
    with sessions.begin() as session:
        said = ask(session, message_texts.speaking_practice())
    assert (said.name, said.language, said.phone) == ("Praxis Nord", "fr", "030 1")
    assert said.email == "a@example.org"
    assert said.practice_id
    chosen(sessions, message_texts.MAIL, {"sender": "a@x.org", "reply_to": "b@x.org"})
    with sessions.begin() as session:
        assert ask(session, message_texts.speaking_practice()).email == "b@x.org"
    chosen(sessions, message_texts.MAIL, "nonsense")
    with sessions.begin() as session:
        assert ask(session, message_texts.speaking_practice()).email == ""
