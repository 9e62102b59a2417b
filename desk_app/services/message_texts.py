"""The texts of messages: shipped ones, the practice's own, and how they will look."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk_app.db.queries import message_texts as queries
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.message_drafts import Preview, TextEntry, TextLanguage
from desk_app.domain.message_text import Part, Text, TextKey, check, parts_of, tidy
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.sms import segments
from desk_app.errors import Invalid, Stale
from desk_app.services import contact
from desk_app.services.message_example import example
from desk_app.services.message_values import practice_values, values_of
from desk_app.services.message_words import write
from desk_app.services.text_choice import (
    CHANNELS,
    LANGUAGES,
    Chosen,
    Wanted,
    choose,
    fallbacks,
    practice_language,
    shipped,
)
from desk_app.services.written_dates import is_known, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.message_drafts import TextChange
    from desk_app.domain.occasion import Occasion, Practice


class MessageTexts:
    """Reads texts for everybody, writes them for managers.

    Each write is one transaction; done again it is done.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def languages(self) -> tuple[TextLanguage, ...]:
        """Return the languages there are texts in, the practice's own first."""
        with self._sessions.begin() as session, pipeline(session) as together:
            practice = together.ask(queries.speaking_practice())
            own = together.ask(queries.own_texts())
        first = practice_language(practice.get().language, practice.get().country)
        others = sorted({*LANGUAGES, *(key.language for key in own.get())} - {first})
        return tuple(TextLanguage(tag, name_of(tag)) for tag in (first, *others))

    def all(self, language: str) -> tuple[TextEntry, ...]:
        """Return the texts of a language by kind, recipient and channel.

        Where the program has none in it, that of the nearest language stands there
        to begin with. Raises Invalid("language").
        """
        language = _clean_language(language)
        with self._sessions.begin() as session, pipeline(session) as together:
            practice = together.ask(queries.speaking_practice())
            own = together.ask(queries.own_texts())
        return tuple(
            _entry(key, practice.get(), own.get()) for key in text_keys(language)
        )

    def change(self, change: TextChange) -> TextEntry:
        """Keep a text of the practice's own; return how it stands then.

        One that says what the shipped one says counts as that. Raises Invalid by part
        ("subject", "body") with the line and the word that is wrong, Invalid
        ("language"), Stale("text") if somebody else has changed it, NotAllowed.
        """
        key, wanted = _clean_key(change.key), _clean(change.key, change.wanted)
        if wanted == shipped().get(key):
            return self.back_to_shipped(key, change.known)

        def work(session: Session) -> TextEntry:
            if change.known is None:
                query = queries.insert_text(key, wanted)
            else:
                query = queries.update_text(key, change.known, wanted)
            if not ask(session, query):
                raise Stale("Somebody else has changed this text.", field="text")
            return _read(session, key)

        return self._sessions.run(work)

    def back_to_shipped(self, key: TextKey, known: Text | None) -> TextEntry:
        """Let the practice's own text go, as a person saw it; return how it stands.

        Raises Stale("text") if somebody else has changed it, NotAllowed.
        """
        key = _clean_key(key)

        def work(session: Session) -> TextEntry:
            if known is not None:
                ask(session, queries.delete_text(key, known))
            stands = _read(session, key)
            if stands.own is not None:
                raise Stale("Somebody else has changed this text.", field="text")
            return stands

        return self._sessions.run(work)

    def preview(self, key: TextKey, draft: Text, *, virtual: bool = False) -> Preview:
        """Return a draft as a client who does not exist would get it.

        A `virtual` visit has a link, any other a place. Raises Invalid as `change`.
        """
        key, text = _clean_key(key), _clean(key, draft)
        with self._sessions.begin() as session:
            practice = ask(session, queries.speaking_practice())
        now = self._clock() if self._clock else datetime.now(UTC)
        values = _values(key, example(practice, key, now, virtual=virtual))
        words = write(Chosen(text, key.language), key.channel, values)
        parts = segments(words.text) if key.channel is Channel.SMS else 0
        return Preview(words.subject, words.text, words.html, parts)


def text_keys(language: str) -> tuple[TextKey, ...]:
    """Return all texts that there are in a language, in order."""
    return tuple(
        TextKey(kind, recipient, channel, language)
        for kind in MessageKind
        for recipient in _recipients(kind)
        for channel in CHANNELS
    )


def _recipients(kind: MessageKind) -> tuple[Recipient, ...]:
    """Return who is told; whether a channel works is told to those who work here."""
    return (Recipient.PROVIDER,) if kind is MessageKind.TEST else tuple(Recipient)


def _read(session: Session, key: TextKey) -> TextEntry:
    with pipeline(session) as together:
        practice = together.ask(queries.speaking_practice())
        own = together.ask(queries.own_texts())
    return _entry(key, practice.get(), own.get())


def _entry(key: TextKey, practice: Practice, own: Mapping[TextKey, Text]) -> TextEntry:
    usual = practice_language(practice.language, practice.country)
    languages = fallbacks(key.language, usual)
    found = choose(Wanted(key.kind, key.recipient, key.channel, languages), {})
    return TextEntry(key, found.text, found.language, own.get(key))


def _clean_key(key: TextKey) -> TextKey:
    if key not in text_keys(key.language):
        raise Invalid("text", "There is no such text.")
    return TextKey(key.kind, key.recipient, key.channel, _clean_language(key.language))


def _clean_language(language: str) -> str:
    tag = contact.clean_language(language)
    if not is_known(tag):
        raise Invalid("language", "Dates cannot be written in this language.")
    return tag


def _clean(key: TextKey, text: Text) -> Text:
    """Return a text as it is kept; raises Invalid by part."""
    parts = parts_of(key.channel)
    subject = tidy(text.subject) if Part.SUBJECT in parts else ""
    clean = Text(subject, tidy(text.body))
    for part in parts:
        said = clean.subject if part is Part.SUBJECT else clean.body
        check(key.kind, key.channel, part, said)
    return clean


def _values(key: TextKey, occasion: Occasion) -> Mapping[str, str]:
    if key.kind is MessageKind.TEST:
        return practice_values(occasion.practice)
    return values_of(occasion, key.language)
