"""Lines of iCalendar (RFC 5545): folded and escaped, and taken apart again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# In octets, without the end of the line (RFC 5545, 3.1).
LONGEST = 75
END = "\r\n"

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(
    r';([A-Za-z0-9-]+)(?:=("[^"]*"|[^";:,]*(?:,(?:"[^"]*"|[^";:,]*))*))?'
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# Lines end where they do in RFC 5545; a control character in a text would end it for
# some who read it, or be refused.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: `name` in capitals, parameters likewise, the value as it stands.

    `number` is the line of the file on which it begins, from 1.
    """

    number: int
    name: str
    value: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def line(name: str, value: str) -> str:
    """Return a property whose value is no text, such as a time, with its line end."""
    return folded(f"{name}:{value}")


def text_line(name: str, text: str) -> str:
    """Return a property whose value is a text that somebody typed."""
    return folded(f"{name}:{escaped(text)}")


def escaped(text: str) -> str:
    """Return a text as it stands in a value (RFC 5545, 3.3.11)."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for char in ("\\", ";", ","):
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def unescaped(value: str) -> str:
    """Return the text that a value stands for."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def folded(unfolded: str) -> str:
    """Return a line of any length as lines of 75 octets at most; letters stay whole."""
    octets = unfolded.encode()
    if len(octets) <= LONGEST:
        return unfolded + END
    parts, start, room = [], 0, LONGEST
    while start < len(octets):
        end = min(start + room, len(octets))
        # A letter that begins before the end goes on with bytes 10xxxxxx.
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[start:end].decode())
        # The space at the start of what follows takes one of its own.
        start, room = end, LONGEST - 1
    return f"{END} ".join(parts) + END


def parsed(number: int, unfolded: str) -> ContentLine | None:
    """Return a line taken apart, None for what is no line of a calendar."""
    found = _NAME.match(unfolded)
    if found is None:
        return None
    at, parameters = found.end(), {}
    while given := _PARAMETER.match(unfolded, at):
        # Old programs leave out what a parameter is.
        parameters[given[1].upper()] = (given[2] or "").strip('"')
        at = given.end()
    if unfolded[at : at + 1] != ":":
        return None
    return ContentLine(number, found[0].upper(), unfolded[at + 1 :], parameters)


def listed(value: str) -> Iterator[str]:
    """Yield the values of a list, such as that of EXDATE."""
    yield from (part for part in map(str.strip, value.split(",")) if part)
