"""The texts that come with the program, and which text a reader gets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from desk_app import paths
from desk_app.domain.message_text import Text, TextKey, is_sound, tidy
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.services.contact import LONGEST_TAG
from desk_app.services.written_dates import ENGLISH, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
# A notification at a desk says what one on a phone does.
CHANNELS = (Channel.EMAIL, Channel.PUSH, Channel.SMS)
_TITLE = "invitation"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A text, and the language it is in."""

    text: Text
    language: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which text is wanted; the first of `languages` that has one is taken."""

    kind: MessageKind
    recipient: Recipient
    channel: Channel
    languages: tuple[str, ...]


@cache
def shipped() -> Mapping[TextKey, Text]:
    """Return all texts that come with the program."""
    return {
        key: text
        for language in LANGUAGES
        for recipient in Recipient
        for key, text in _texts(language, recipient)
    }


@cache
def invitation_titles() -> Mapping[str, str]:
    """Return by language what a visit is called in the client's own calendar."""
    return {
        language: _file(language, Recipient.CLIENT)[_TITLE]["title"]
        for language in LANGUAGES
    }


def choose(wanted: Wanted, own: Mapping[TextKey, Text]) -> Chosen:
    """Return the practice's own text or the shipped one, language by language.

    An own one that cannot be sent counts as none.
    """
    channel = text_channel(wanted.channel)
    for language in wanted.languages:
        key = TextKey(wanted.kind, wanted.recipient, channel, language)
        theirs = own.get(key)
        if theirs is not None and is_sound(key, theirs):
            return Chosen(theirs, language)
        if key in shipped():
            return Chosen(shipped()[key], language)
    return choose(_in_english(wanted), {})


def text_channel(channel: Channel) -> Channel:
    """Return the channel whose texts another one uses as well."""
    return Channel.PUSH if channel is Channel.DESKTOP else channel


def practice_language(chosen: str, country: str) -> str:
    """Return in which language a practice writes; `chosen` is "" where none is.

    Then it is the one of its country if there are texts in it, else English.
    """
    usual = language_of(country)
    return chosen or (usual if usual in LANGUAGES else ENGLISH)


def fallbacks(tag: str, practice: str) -> tuple[str, ...]:
    """Return the languages to try: the reader's "pt-BR", then "pt", the practice's, en.

    `tag` is "" for a reader of whom nothing is known.
    """
    tried = (*_wider(tag[:LONGEST_TAG]), *_wider(practice[:LONGEST_TAG]), ENGLISH)
    return tuple(dict.fromkeys(tried))


def _wider(tag: str) -> Iterator[str]:
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def _in_english(wanted: Wanted) -> Wanted:
    return Wanted(wanted.kind, wanted.recipient, wanted.channel, (ENGLISH,))


def _texts(language: str, recipient: Recipient) -> Iterator[tuple[TextKey, Text]]:
    said = _file(language, recipient)
    for kind in MessageKind:
        for channel in CHANNELS:
            found = said.get(kind.value, {}).get(channel.value.lower())
            if found:
                text = Text(found.get("subject", ""), tidy(found["body"]))
                yield TextKey(kind, recipient, channel, language), text


@cache
def _file(language: str, recipient: Recipient) -> dict[str, Any]:
    folder = paths.resources() / "templates" / "messages" / language
    file = folder / f"{recipient.value.lower()}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
