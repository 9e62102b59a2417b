"""A chosen text with everything said: one way for a preview and for what leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.message_html import Tongue, html_of
from desk_app.domain.message_text import fill, one_line
from desk_app.domain.messages import Channel
from desk_app.domain.sms import shortened
from desk_app.services.written_dates import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk_app.services.text_choice import Chosen


@dataclass(frozen=True, slots=True)
class Words:
    """A message without its envelope; only an e-mail has a page of HTML."""

    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(default="", repr=False)


def write(chosen: Chosen, channel: Channel, values: Mapping[str, str]) -> Words:
    """Return a text with everything said; raises nothing for one that was checked.

    What appears on a screen by itself bears the practice's name.
    """
    body = fill(chosen.text.body, values)
    if channel is Channel.SMS:
        return Words("", shortened(body.text))
    if channel is not Channel.EMAIL:
        return Words(one_line(values.get("practice", "")), body.text)
    subject = one_line(fill(chosen.text.subject, values).text)
    tongue = Tongue(chosen.language, direction(chosen.language))
    return Words(subject, body.text, html_of(body, subject, tongue))
