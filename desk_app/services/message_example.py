"""A visit that never was, of nobody: texts are tried on it, never on a real client."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.messages import MessageKind
from desk_app.domain.occasion import Occasion, Reader, Told, Visit

if TYPE_CHECKING:
    from desk_app.domain.message_text import TextKey
    from desk_app.domain.occasion import Practice

_CLIENT, _SERVICE, _REASON = "Alex Example", "First visit", "The provider is ill"
_PROVIDER, _FORMER_PROVIDER = "Dr. Robin Sample", "Dr. Kim Sample"
_ROOM, _ADDRESS = "Room 1", "1 Example Street\n12345 Sampletown"
_LINK = "https://meet.example.org/abc-defg-hij"
_LENGTH = timedelta(minutes=50)
_IN_DAYS, _AT, _BEFORE_AT = timedelta(days=3), time(14, 30), time(10)


def example(
    practice: Practice, key: TextKey, now: datetime, *, virtual: bool
) -> Occasion:
    """Return what a text is to say of a visit some days from now.

    A `virtual` one has a link, any other a place.
    """
    zone = ZoneInfo(practice.timezone)
    today = now.astimezone(zone).date()
    start = datetime.combine(today + _IN_DAYS, _AT, zone)
    before = datetime.combine(today + timedelta(days=2), _BEFORE_AT, zone)
    visit = Visit(
        appointment_id=0,
        version=1,
        start=start,
        end=start + _LENGTH,
        timezone=practice.timezone,
        provider=_PROVIDER,
        service=_SERVICE,
        is_virtual=virtual,
        room="" if virtual else _ROOM,
        address="" if virtual else _ADDRESS,
        link=_LINK if virtual else "",
    )
    reader = Reader(_CLIENT, key.language)
    told = None
    if key.kind is MessageKind.CHANGE_NOTICE:
        told = Told(before, _FORMER_PROVIDER, _SERVICE)
    return Occasion(key.kind, key.recipient, practice, reader, visit, told, _REASON)
