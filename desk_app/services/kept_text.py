"""Kept days and notes as JSON, and back: the version stands in front."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.interval import Interval
from desk_app.domain.kept import KeptDays, Noted
from desk_app.domain.people import Money, Provider, ProviderType
from desk_app.domain.schedule import Block, ProviderDay, Source
from desk_app.errors import SealBroken

VERSION = 1


def days_to_text(kept: KeptDays) -> bytes:
    """Return kept days as they are sealed."""
    return _text(
        as_of=kept.as_of.isoformat(),
        practice=kept.practice_name,
        timezone=kept.timezone,
        days=[_day_to(day) for day in kept.days],
    )


def days_from_text(text: bytes) -> KeptDays:
    """Read what `days_to_text` wrote; raises SealBroken for anything else."""
    try:
        given = _given(text)
        return KeptDays(
            as_of=datetime.fromisoformat(given["as_of"]),
            practice_name=str(given["practice"]),
            timezone=str(given["timezone"]),
            days=tuple(_day_from(day) for day in given["days"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        # None: what stands there is personal, and would follow the error into a log.
        raise SealBroken from None


def note_to_text(noted: Noted) -> bytes:
    """Return a note as it is sealed."""
    return _text(
        note_id=str(noted.note_id),
        noted_at=noted.noted_at.isoformat(),
        client=noted.client,
        phone=noted.phone,
        what=noted.what,
        when=noted.when,
        text=noted.text,
    )


def note_from_text(text: bytes) -> Noted:
    """Read what `note_to_text` wrote; raises SealBroken for anything else."""
    try:
        given = _given(text)
        words = ("client", "phone", "what", "when", "text")
        return Noted(
            UUID(given["note_id"]),
            datetime.fromisoformat(given["noted_at"]),
            **{word: str(given[word]) for word in words},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SealBroken from None


def _text(**given: Any) -> bytes:
    return json.dumps({"version": VERSION, **given}).encode()


def _given(text: bytes) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(text)
    if given["version"] != VERSION:
        raise ValueError
    return given


def _day_to(day: ProviderDay) -> dict[str, Any]:
    who = day.provider
    return {
        "provider": [who.provider_id, who.name, who.type, who.timezone, who.colour],
        "day": day.day.isoformat(),
        "open": [_span_to(window) for window in day.open_windows],
        "blocks": [[_span_to(b.span), b.reason, b.source] for b in day.blocks],
        "visits": [_visit_to(visit) for visit in day.appointments],
    }


def _day_from(given: dict[str, Any]) -> ProviderDay:
    number, name, kind, timezone, colour = given["provider"]
    provider = Provider(int(number), name, ProviderType(kind), timezone, colour)
    return ProviderDay(
        provider=provider,
        day=date.fromisoformat(given["day"]),
        version=0,
        open_windows=tuple(_span_from(window) for window in given["open"]),
        blocks=tuple(
            Block(0, _span_from(span), reason, Source(source))
            for span, reason, source in given["blocks"]
        ),
        appointments=tuple(_visit_from(v, provider) for v in given["visits"]),
    )


def _visit_to(visit: Appointment) -> dict[str, Any]:
    times = (visit.start, visit.end, visit.busy_until)
    return {
        "id": visit.appointment_id,
        "client": visit.client_name,
        "phone": visit.client_phone,
        "service": visit.service_name,
        "times": [each.isoformat() for each in times],
        "status": visit.status,
        "virtual": visit.is_virtual,
        "notes": visit.notes,
        "room": visit.room_name,
    }


def _visit_from(given: dict[str, Any], provider: Provider) -> Appointment:
    start, end, busy_until = map(datetime.fromisoformat, given["times"])
    return Appointment(
        appointment_id=int(given["id"]),
        provider_id=provider.provider_id,
        service_id=0,
        client_id=0,
        client_name=given["client"],
        client_phone=given["phone"],
        service_name=given["service"],
        start=start,
        end=end,
        busy_until=busy_until,
        status=Status(given["status"]),
        version=0,
        price=Money(Decimal(0), ""),
        cancellation_hours=0,
        is_virtual=bool(given["virtual"]),
        notes=given["notes"],
        # A copy of yesterday's program says nothing of rooms.
        room_name=str(given.get("room", "")),
    )


def _span_to(span: Interval) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat()]


def _span_from(given: list[str]) -> Interval:
    start, end = map(datetime.fromisoformat, given)
    return Interval(start, end)
