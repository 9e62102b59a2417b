"""Something to say: a visit of Anna at a practice in Berlin, and how it differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from desk_app.domain.messages import MessageKind, Recipient
from desk_app.domain.occasion import Occasion, Practice, Reader, Visit

START = datetime(2027, 1, 5, 13, 30, tzinfo=UTC)
NOW = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
# As long as links of meetings are.
LINK = "https://us02web.zoom.us/j/12345678901?pwd=AbCdEfGhIjKlMnOpQrStUvWxYz123456.1"
PRACTICE = Practice(
    practice_id="2f1c3f7e-0000-4000-8000-1234567890ab",
    name="Praxis am Schlossgarten",
    timezone="Europe/Berlin",
    country="DE",
    phone="030 123456",
    email="praxis@example.org",
)
VISIT = Visit(
    appointment_id=12,
    version=3,
    start=START,
    end=START + timedelta(minutes=50),
    timezone="Europe/Berlin",
    provider="Dr. Jana Weber",
    service="Physiotherapie",
    room="Raum 2",
    location="Haupthaus",
    address="Hauptstraße 1\n10115 Berlin",
)
ANNA = Reader("Anna Wexler", "de")


def occasion(
    kind: MessageKind = MessageKind.CONFIRMATION,
    recipient: Recipient = Recipient.CLIENT,
    **changed: Any,
) -> Occasion:
    """Return something to say; the parts of it are given by name."""
    return replace(Occasion(kind, recipient, PRACTICE, ANNA, VISIT), **changed)


def by_video(**changed: Any) -> Visit:
    """Return the visit as a video visit."""
    nowhere = replace(VISIT, is_virtual=True, room="", location="", address="")
    return replace(nowhere, **{"link": LINK, **changed})
