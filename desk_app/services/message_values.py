"""What the placeholders of a text stand for on one occasion, in one language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk_app.domain.message_text import first_name
from desk_app.domain.messages import MessageKind, Recipient
from desk_app.services.written_dates import Script, WrittenDates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk_app.domain.occasion import Occasion, Practice, Visit


def values_of(occasion: Occasion, language: str) -> Mapping[str, str]:
    """Return what to put for each placeholder, "" for what there is not."""
    visit, client = known_visit(occasion), occasion.client
    written = _writer(occasion, language)
    return {
        **practice_values(occasion.practice),
        "client": client.name,
        "first_name": first_name(client.name),
        "provider": visit.provider,
        "service": visit.service,
        "day": written.day(visit.start),
        "short_day": written.short_day(visit.start),
        "time": written.time(visit.start),
        "until": written.clock(visit.end),
        "duration": written.length(visit.end - visit.start),
        "place": place_of(visit),
        "room": "" if visit.is_virtual else visit.room,
        "link": link_of(occasion),
        "reason": occasion.reason,
        **_before(occasion, written),
    }


def practice_values(practice: Practice) -> Mapping[str, str]:
    """Return what can be said where there is no visit."""
    return {"practice": practice.name, "phone": practice.phone}


def known_visit(occasion: Occasion) -> Visit:
    """Return the visit as it is spoken of: a cancelled one as the reader knows it."""
    visit, told = occasion.visit, occasion.told
    if occasion.kind is not MessageKind.CANCELLATION_NOTICE or told is None:
        return visit
    return replace(
        visit,
        start=told.start,
        end=told.start + (visit.end - visit.start),
        provider=told.provider or visit.provider,
        service=told.service or visit.service,
    )


def place_of(visit: Visit) -> str:
    """Return room, location and address in one line; nothing for a video visit."""
    if visit.is_virtual:
        return ""
    address = ", ".join(filter(None, map(str.strip, visit.address.splitlines())))
    location = "" if address.startswith(visit.location) else visit.location
    return ", ".join(filter(None, (visit.room, location, address)))


def link_of(occasion: Occasion) -> str:
    """Return the meeting's link, as long as there is a meeting to come to."""
    visit, kind = occasion.visit, occasion.kind
    is_off = kind in (MessageKind.CANCELLATION_NOTICE, MessageKind.NO_SHOW_NOTICE)
    return visit.link if visit.is_virtual and not is_off else ""


def _writer(occasion: Occasion, language: str) -> WrittenDates:
    practice, client = occasion.practice, occasion.client
    is_client = occasion.recipient is Recipient.CLIENT
    tag = client.language if is_client else practice.language
    script = Script(language, tag, practice.country)
    return WrittenDates(script, _zone(occasion), ZoneInfo(practice.timezone))


def _zone(occasion: Occasion) -> ZoneInfo:
    """Return on whose clock times are told: who travels goes by the provider's."""
    visit = occasion.visit
    if occasion.recipient is Recipient.PROVIDER or not visit.is_virtual:
        return ZoneInfo(visit.timezone)
    try:
        return ZoneInfo(occasion.client.timezone)
    except (ValueError, ZoneInfoNotFoundError):
        # None is known, or its name is of a later year than this computer.
        return ZoneInfo(occasion.practice.timezone)


def _before(occasion: Occasion, written: WrittenDates) -> Mapping[str, str]:
    """Return what was told before, as far as it is another now."""
    visit, told = occasion.visit, occasion.told
    if told is None:
        return {}
    moved = told.start != visit.start
    return {
        "old_day": written.day(told.start) if moved else "",
        "old_time": written.time(told.start) if moved else "",
        "old_provider": told.provider if told.provider != visit.provider else "",
    }
