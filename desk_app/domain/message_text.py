"""The texts of messages: words of the practice around placeholders in braces.

`{day}` stands for the day of the visit, `{{` and `}}` for a brace. One rule makes one
text do for every visit: a line whose placeholders are all empty is left out, and so
the line with the link is there for a video visit only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.messages import Channel, MessageKind
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desk_app.domain.messages import Recipient

LONGEST_SUBJECT = 150
LONGEST_SHORT_BODY = 480
LONGEST_BODY = 5_000
# Far longer than any name or address; what is longer is cut.
LONGEST_VALUE = 1_000
_LONGEST_READ = 4 * LONGEST_VALUE

OF_EVERY_VISIT = (
    *("client", "first_name", "practice", "phone", "provider", "service"),
    *("day", "short_day", "time", "until", "duration", "place", "room", "link"),
)
OF_CHANGES = ("old_day", "old_time", "old_provider")
OF_CANCELLATIONS = ("reason",)
PLACEHOLDERS = (*OF_EVERY_VISIT, *OF_CHANGES, *OF_CANCELLATIONS)
OF_TESTS = ("practice", "phone")
# They say what a visit is for, or why it is not to be.
CLINICAL = frozenset({"service", "reason"})

# These are never empty; a text without any might leave nothing to say.
_ALWAYS_SAID = frozenset(
    {"client", "practice", "provider", "service", "day", "short_day", "time", "until"}
)

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
# They turn the direction of what follows around, and cannot be seen.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile("[\u061c\u200e\u200f]")
# Controls, halves of characters, ends of lines and of paragraphs.
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Part(StrEnum):
    """The parts of a text."""

    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class TextKey:
    """Which text: of what kind, to whom, by which channel, in which language."""

    kind: MessageKind
    recipient: Recipient
    channel: Channel
    language: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words with placeholders; only an e-mail has a subject."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a line, or the name of a placeholder instead."""

    text: str
    placeholder: str = ""


Line: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with everything said; each piece still knows what it stands for."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """What stands there, plain."""
        return "\n".join("".join(piece.text for piece in line) for line in self.lines)


def offered(kind: MessageKind, channel: Channel, part: Part) -> tuple[str, ...]:
    """Return the placeholders that a part of a text may have."""
    may_be_clinical = part is Part.BODY and channel is Channel.EMAIL
    return tuple(
        name for name in _said_by(kind) if may_be_clinical or name not in CLINICAL
    )


def parts_of(channel: Channel) -> tuple[Part, ...]:
    """Return the parts that a text of a channel has."""
    return (Part.SUBJECT, Part.BODY) if channel is Channel.EMAIL else (Part.BODY,)


def tidy(text: str) -> str:
    """Return a text as it is kept: NFC, \\n at each end of a line, no end of blanks."""
    unified = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = (line.rstrip() for line in unified.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines)).strip("\n")


def parse(text: str, part: Part = Part.BODY) -> tuple[Line, ...]:
    """Return the lines of a text; raises Invalid by part if a brace stands alone."""
    return tuple(
        tuple(_pieces(line, part, number))
        for number, line in enumerate(text.split("\n"), start=1)
    )


def check(kind: MessageKind, channel: Channel, part: Part, text: str) -> None:
    """Raise Invalid by part ("subject", "body") if a text cannot be sent.

    The sentence names the line and the word that is wrong.
    """
    text = tidy(text)
    _check_shape(channel, part, text)
    allowed = offered(kind, channel, part)
    lines = parse(text, part)
    for number, line in enumerate(lines, start=1):
        for piece in line:
            if piece.placeholder and piece.placeholder not in allowed:
                words = _why_not(kind, piece.placeholder, allowed)
                raise Invalid(part, f"{_place(part, number)}{words}")
    if not any(map(_always_says_something, lines)):
        raise Invalid(
            part, "All of this may be left out. Add a line that is always there."
        )


def is_sound(key: TextKey, text: Text) -> bool:
    """Say whether a text can be sent: nobody checks what is stored past the program."""
    said = {Part.SUBJECT: text.subject, Part.BODY: text.body}
    try:
        for part in parts_of(key.channel):
            check(key.kind, key.channel, part, said[part])
    except Invalid:
        return False
    return True


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Return a checked text with its placeholders said; one without a value is empty.

    Values are made one line of plain text each. Where lines are left out, no more
    than one empty line stays between two others.
    """
    plain = {name: one_line(value) for name, value in values.items()}
    kept = [
        _filled(line, plain) for line in parse(text) if not _says_nothing(line, plain)
    ]
    return Filled(tuple(_without_gaps(kept)))


def one_line(value: str) -> str:
    """Return a value as plain text of one line, with nothing in it that cannot be seen.

    What ends a line or controls a printer becomes a space; what turns text around goes.
    """
    shown = value[:_LONGEST_READ]
    if not shown.isprintable():
        shown = "".join(_shown(char) for char in shown)
    return " ".join(shown.split())[:LONGEST_VALUE].rstrip()


def first_name(name: str) -> str:
    """Return what somebody is called first: of "Weber, Anna" and "Dr. Anna Weber" Anna.

    The whole name where that cannot be told.
    """
    last, comma, first = name.partition(",")
    words = (first if comma and first.strip() else last).split()
    own = [word for word in words if not word.endswith(".")] or words
    return own[0] if own else name


def _said_by(kind: MessageKind) -> tuple[str, ...]:
    if kind is MessageKind.TEST:
        return OF_TESTS
    if kind is MessageKind.CHANGE_NOTICE:
        return (*OF_EVERY_VISIT, *OF_CHANGES)
    if kind is MessageKind.CANCELLATION_NOTICE:
        return (*OF_EVERY_VISIT, *OF_CANCELLATIONS)
    return OF_EVERY_VISIT


def _pieces(line: str, part: Part, number: int) -> Iterator[Piece]:
    done = 0
    for token in _TOKEN.finditer(line):
        if token.start() > done:
            yield Piece(line[done : token.start()])
        done = token.end()
        word, name = token[0], token[1]
        if name is not None:
            yield Piece(word, name.strip() or " ")
        elif word in ("{{", "}}"):
            yield Piece(word[0])
        else:
            raise Invalid(part, f"{_place(part, number)}{_ALONE[word]}")
    if done < len(line):
        yield Piece(line[done:])


_ALONE = {
    "{": "a { is not closed. Write {{ for a brace.",
    "}": "a } closes nothing. Write }} for a brace.",
}


def _check_shape(channel: Channel, part: Part, text: str) -> None:
    if not text.strip():
        raise Invalid(part, f"The {part} is empty.")
    if part is Part.SUBJECT and "\n" in text:
        raise Invalid(part, "A subject is one line.")
    most = _longest(channel, part)
    if len(text) > most:
        raise Invalid(part, f"This is longer than {most:,} characters.")
    for number, line in enumerate(text.split("\n"), start=1):
        shown = line if part is Part.SUBJECT else line.replace("\t", " ")
        if any(map(_cannot_be_shown, shown)) or _TURNING.search(shown):
            place = _place(part, number)
            raise Invalid(part, f"{place}it holds a character that cannot be shown.")


def _longest(channel: Channel, part: Part) -> int:
    if part is Part.SUBJECT:
        return LONGEST_SUBJECT
    return LONGEST_BODY if channel is Channel.EMAIL else LONGEST_SHORT_BODY


def _place(part: Part, number: int) -> str:
    return "Subject: " if part is Part.SUBJECT else f"Line {number}: "


def _why_not(kind: MessageKind, name: str, allowed: tuple[str, ...]) -> str:
    if name in CLINICAL and name in _said_by(kind):
        return (
            f"{{{name}}} does not go here; nothing clinical in a subject, push or SMS."
        )
    if name in PLACEHOLDERS:
        return f"{{{name}}} says nothing in a message of this kind."
    near = get_close_matches(name.lower(), allowed, n=1)
    hint = f"; did you mean {{{near[0]}}}?" if near else "."
    return f"{{{name.strip()}}} is no placeholder{hint}"


def _says_nothing(line: Line, values: Mapping[str, str]) -> bool:
    names = [piece.placeholder for piece in line if piece.placeholder]
    return bool(names) and not any(values.get(name) for name in names)


def _always_says_something(line: Line) -> bool:
    names = {piece.placeholder for piece in line} - {""}
    return bool(names & _ALWAYS_SAID) or (bool(line) and not names)


def _filled(line: Line, values: Mapping[str, str]) -> Line:
    return tuple(
        Piece(values.get(piece.placeholder, ""), piece.placeholder)
        if piece.placeholder
        else piece
        for piece in line
    )


def _without_gaps(lines: list[Line]) -> Iterator[Line]:
    waiting = False
    begun = False
    for line in lines:
        if not "".join(piece.text for piece in line).strip():
            waiting = begun
            continue
        if waiting:
            yield ()
        waiting, begun = False, True
        yield line


def _shown(char: str) -> str:
    if _TURNING.match(char) or _MARKS.match(char):
        return ""
    return " " if _cannot_be_shown(char) else char


def _cannot_be_shown(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN or _is_no_character(char)


def _is_no_character(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
