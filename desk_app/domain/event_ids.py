"""By what name an appointment is known in calendars and meetings outside.

The name is the same each time and for every desk, so that what was made is found again
although its answer got lost. It tells nothing of the practice, and of nobody.
"""

from __future__ import annotations

from hashlib import sha256

PREFIX = "desk-app-"
_LENGTH = 40


def event_id(practice_id: str, appointment_id: int) -> str:
    """Return the id of an appointment's event: 40 characters of 0–9 and a–f.

    Calendars take 5 to 1024 characters of 0–9 and a–v (base32hex). `practice_id` is
    the practice's own id (a UUID as text), which no two practices share.
    """
    named = f"{practice_id.lower()}/{appointment_id}"
    return sha256(named.encode("utf-8")).hexdigest()[:_LENGTH]


def marker(practice_id: str, appointment_id: int) -> str:
    """Return the word by which an appointment's meeting is found again."""
    return f"{PREFIX}{event_id(practice_id, appointment_id)}"


def event_id_of(marker: str) -> str:
    """Return the id of the event that a marker speaks of."""
    return marker.removeprefix(PREFIX)
