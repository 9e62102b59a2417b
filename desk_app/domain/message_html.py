"""The same plain text once more as a small page, for mail programs that like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from desk_app.domain.message_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.message_text import Filled, Line, Piece

LINK = "link"
_WEB = re.compile(r"https://[^\s<>\"'{}|\\^`]+")
# They end a sentence rather than an address.
_AFTER_AN_ADDRESS = ".,;:!?)]»”"
_PAGE = "font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em"
_PARAGRAPH = "margin:0 0 1em 0"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as a page names it, and how it runs: "ltr" or "rtl"."""

    tag: str
    direction: str = "ltr"


def html_of(filled: Filled, subject: str, tongue: Tongue) -> str:
    """Return a whole document that is well-formed as XML as well.

    It has paragraphs, and links with https where the text itself or the meeting's
    link has one; what people are called never becomes a link, nor markup.
    """
    body = "".join(
        f'<p style="{_PARAGRAPH}">{"<br/>".join(lines)}</p>'
        for lines in _paragraphs(filled)
    )
    tag, direction = escape(tongue.tag), escape(tongue.direction)
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{tag}" dir="{direction}"><head><meta charset="utf-8"/>'
        f"<title>{escape(one_line(subject))}</title></head>"
        f'<body style="{_PAGE}">{body}</body></html>\n'
    )


def _paragraphs(filled: Filled) -> Iterator[list[str]]:
    for is_text, lines in groupby(filled.lines, key=bool):
        if is_text:
            yield [_line(line) for line in lines]


def _line(line: Line) -> str:
    return "".join(_piece(piece) for piece in line)


def _piece(piece: Piece) -> str:
    if not piece.placeholder or piece.placeholder == LINK:
        return "".join(_with_links(piece.text))
    # A name that runs the other way leaves the words around it where they are.
    return f"<bdi>{escape(piece.text)}</bdi>"


def _with_links(text: str) -> Iterator[str]:
    done = 0
    for found in _WEB.finditer(text):
        address = found[0].rstrip(_AFTER_AN_ADDRESS)
        yield escape(text[done : found.start()])
        yield f'<a href="{escape(address)}">{escape(address)}</a>'
        done = found.start() + len(address)
    yield escape(text[done:])
