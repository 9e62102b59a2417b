"""The practice's own texts of messages, and what it is called in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk_app.db.queries.pipeline import Query
from desk_app.db.queries.practice import (
    COUNTRY,
    PRACTICE_ID,
    PRACTICE_NAME,
    TIMEZONE,
)
from desk_app.domain.message_text import Text, TextKey
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.occasion import Practice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk_app.db.queries.pipeline import Row

# Rows of `practice_setting`: a language's tag, a phone number as people write it, and
# the object of the outgoing mail.
MESSAGE_LANGUAGE = "message_language"
PRACTICE_PHONE = "practice_phone"
MAIL = "mail"
_LONGEST_LINE = 1_000
SPEAKING = (
    f"'{PRACTICE_ID}', '{PRACTICE_NAME}', '{TIMEZONE}', '{COUNTRY}',"
    f" '{MESSAGE_LANGUAGE}', '{PRACTICE_PHONE}', '{MAIL}'"
)
_KEY = (
    "kind = %(kind)s AND recipient = %(recipient)s AND channel = %(channel)s"
    " AND language = %(language)s"
)
_KNOWN = "(subject, body) = (%(known_subject)s, %(known_body)s)"
_WANTED = "(subject, body) = (%(subject)s, %(body)s)"


def own_texts() -> Query[Mapping[TextKey, Text]]:
    """Return all texts of the practice's own; there are few."""
    return Query(
        "SELECT kind, recipient, channel, language, subject, body FROM message_text",
        {},
        _texts,
    )


def speaking_practice() -> Query[Practice]:
    """Return the practice as messages speak for it; what is not set is ""."""
    return Query(
        f"SELECT name, value FROM practice_setting WHERE name IN ({SPEAKING})",
        {},
        to_speaking_practice,
    )


def insert_text(key: TextKey, wanted: Text) -> Query[bool]:
    """Keep a first text of the practice's own; say whether it is what stands now."""
    return Query(
        "INSERT INTO message_text (kind, recipient, channel, language, subject, body)"
        " VALUES (%(kind)s, %(recipient)s, %(channel)s, %(language)s, %(subject)s,"
        " %(body)s) ON CONFLICT (kind, recipient, channel, language) DO UPDATE SET"
        " body = excluded.body WHERE message_text.subject = excluded.subject"
        " AND message_text.body = excluded.body RETURNING true",
        {**_of(key), **_said(wanted)},
        bool,
    )


def update_text(key: TextKey, known: Text, wanted: Text) -> Query[bool]:
    """Write a text anew; say whether it was as known, or as wanted already."""
    return Query(
        "UPDATE message_text SET subject = %(subject)s, body = %(body)s"
        f" WHERE {_KEY} AND ({_KNOWN} OR {_WANTED}) RETURNING true",
        {**_of(key), **_said(wanted), **_as_known(known)},
        bool,
    )


def delete_text(key: TextKey, known: Text) -> Query[bool]:
    """Let a text go; say whether it was as known."""
    return Query(
        f"DELETE FROM message_text WHERE {_KEY} AND {_KNOWN} RETURNING true",
        {**_of(key), **_as_known(known)},
        bool,
    )


def _of(key: TextKey) -> Mapping[str, object]:
    return {
        "kind": key.kind.value,
        "recipient": key.recipient.value,
        "channel": key.channel.value,
        "language": key.language,
    }


def _said(text: Text) -> Mapping[str, object]:
    return {"subject": text.subject, "body": text.body}


def _as_known(text: Text) -> Mapping[str, object]:
    return {"known_subject": text.subject, "known_body": text.body}


def _texts(rows: list[Row]) -> Mapping[TextKey, Text]:
    """Read the rows; what a later program has written of other kinds is left out."""
    kinds = frozenset(MessageKind)
    return {
        TextKey(
            MessageKind(kind), Recipient(recipient), Channel(channel), language
        ): Text(subject, body)
        for kind, recipient, channel, language, subject, body in rows
        if kind in kinds
    }


def to_speaking_practice(rows: list[Row]) -> Practice:
    """Read the rows of SPEAKING; what makes no sense counts as not set."""
    said: dict[str, Any] = dict(rows)

    def line(name: str, default: str = "") -> str:
        value = said.get(name)
        return value[:_LONGEST_LINE] if isinstance(value, str) else default

    return Practice(
        practice_id=line(PRACTICE_ID),
        name=line(PRACTICE_NAME),
        timezone=line(TIMEZONE, "UTC"),
        country=line(COUNTRY),
        language=line(MESSAGE_LANGUAGE),
        phone=line(PRACTICE_PHONE),
        email=_answers(said.get(MAIL)),
    )


def _answers(mail: Any) -> str:
    """Return where answers to e-mails go: to `reply_to`, else to the sender."""
    if not isinstance(mail, dict):
        return ""
    found = (mail.get(name) for name in ("reply_to", "sender"))
    return next((each for each in found if each and isinstance(each, str)), "")
