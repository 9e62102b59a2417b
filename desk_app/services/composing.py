"""A message of what there is to say: words, page, invitation, all from one record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.message_text import fill
from desk_app.domain.messages import Channel, Message, MessageKind, Method, Recipient
from desk_app.services.invitations import Invited, Party, invitation, uid_of
from desk_app.services.message_values import (
    known_visit,
    link_of,
    place_of,
    practice_values,
    values_of,
)
from desk_app.services.message_words import write
from desk_app.services.text_choice import (
    Wanted,
    choose,
    fallbacks,
    invitation_titles,
    practice_language,
)
from desk_app.services.written_dates import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desk_app.domain.message_text import Text, TextKey
    from desk_app.domain.messages import Invitation
    from desk_app.domain.occasion import Occasion, Practice

_METHODS = {
    MessageKind.CONFIRMATION: Method.REQUEST,
    MessageKind.CHANGE_NOTICE: Method.REQUEST,
    MessageKind.CANCELLATION_NOTICE: Method.CANCEL,
}
_NOT_HEX = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True, slots=True)
class Way:
    """By which channel, and to which address there."""

    channel: Channel
    address: str = field(repr=False)


def compose(
    occasion: Occasion, way: Way, own: Mapping[TextKey, Text], now: datetime
) -> Message:
    """Return the message as it leaves.

    `own` are the practice's own texts: those of this kind and recipient are needed,
    more do no harm. `now` only says when an invitation was written.
    """
    chosen = choose(
        Wanted(occasion.kind, occasion.recipient, way.channel, _languages(occasion)),
        own,
    )
    words = write(chosen, way.channel, values_of(occasion, chosen.language))
    return Message(
        channel=way.channel,
        address=way.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=_message_id(occasion),
        language=chosen.language,
        invitation=_invitation(occasion, way, chosen.language, now),
        unsubscribe=_unsubscribe(occasion, way),
    )


def compose_test(
    practice: Practice, way: Way, own: Mapping[TextKey, Text], token: str
) -> Message:
    """Return a message that only shows whether a channel works.

    `token` (letters and digits) tells it from all other tests.
    """
    kind = MessageKind.TEST
    languages = fallbacks("", practice_language(practice.language, practice.country))
    chosen = choose(Wanted(kind, Recipient.PROVIDER, way.channel, languages), own)
    words = write(chosen, way.channel, practice_values(practice))
    return Message(
        channel=way.channel,
        address=way.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        message_id=f"<{kind}.{token}@{_host(practice)}>",
        language=chosen.language,
    )


def _languages(occasion: Occasion) -> tuple[str, ...]:
    practice = occasion.practice
    usual = practice_language(practice.language, practice.country)
    is_client = occasion.recipient is Recipient.CLIENT
    return fallbacks(occasion.client.language if is_client else "", usual)


def _message_id(occasion: Occasion) -> str:
    visit = occasion.visit
    numbers = f"{visit.appointment_id}.{visit.version}"
    again = f".{occasion.again}" if occasion.again else ""
    name = f"{occasion.kind}.{numbers}.{occasion.recipient}{again}"
    return f"<{name}@{_host(occasion.practice)}>"


def _host(practice: Practice) -> str:
    """Return a name of its own for each practice; it need not exist."""
    number = _NOT_HEX.sub("", practice.practice_id.lower())
    return f"{number[:63] or '0'}.desk-app"


def _unsubscribe(occasion: Occasion, way: Way) -> str:
    is_theirs = occasion.recipient is Recipient.CLIENT
    return occasion.practice.email if is_theirs and way.channel is Channel.EMAIL else ""


def _invitation(
    occasion: Occasion, way: Way, language: str, now: datetime
) -> Invitation | None:
    """Return what goes with an e-mail to a client whose calendar shall change."""
    method = _METHODS.get(occasion.kind)
    is_by_mail = way.channel is Channel.EMAIL and occasion.practice.email
    if method is None or not is_by_mail or occasion.recipient is not Recipient.CLIENT:
        return None
    practice, visit = occasion.practice, known_visit(occasion)
    titles = invitation_titles()
    title = fill(
        titles.get(language) or titles[ENGLISH],
        {"provider": visit.provider, "practice": practice.name},
    )
    invited = Invited(
        uid=uid_of(practice.practice_id, visit.appointment_id),
        sequence=visit.version,
        title=title.text,
        start=visit.start,
        end=visit.end,
        timezone=visit.timezone,
        organizer=Party(practice.name, practice.email),
        attendee=Party(occasion.client.name, way.address),
        place=place_of(visit),
        link=link_of(occasion),
    )
    return invitation(invited, method, now)
