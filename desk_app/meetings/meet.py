"""Google Meet, through the provider's own Google calendar.

The meeting belongs to the event of the appointment, whose id follows from the marker:
what was made is found again without looking for it. What was asked of an event is
named by what the event was then, so that asking again asks for nothing new.
"""

from __future__ import annotations

import time
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from desk_app.domain.event_ids import event_id_of
from desk_app.errors import Transient
from desk_app.meetings.base import Meeting
from desk_app.meetings.links import guest_link
from desk_app.meetings.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.meetings.base import Wanted
    from desk_app.net.google import GoogleCalendar

# What tells an event that is there for its meeting alone from one that shows an
# appointment: whoever lets the calendar show it writes another word there.
MADE_FOR = "deskMadeFor"
MEETING_ALONE = "meeting"

PAUSES = (0.3, 0.7, 1.5)
AFTER_PENDING = 5.0
# Somebody changes the same event at the same time.
MOST_ROUNDS = 4
CONFERENCE_VERSION = 1


class Meet:
    """Meetings in one account's calendars; a host is the id of a calendar."""

    def __init__(
        self, calendar: GoogleCalendar, *, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._calendar = calendar
        self._wait = wait
        self._turns = Turns()

    def create(self, wanted: Wanted) -> Meeting:
        """Return the meeting of this marker, made now if there is none."""
        with self._turns.of(wanted.marker):
            event_id = event_id_of(wanted.marker)
            request = self._calendar.events.insert(
                calendarId=wanted.host,
                conferenceDataVersion=CONFERENCE_VERSION,
                body={"id": event_id, **_new_event(event_id, wanted, "")},
            )
            reply = self._calendar.ask(request, expected={409})
            if reply.status == 409:
                event = self._brought(event_id, wanted)
                if event is None:
                    raise Transient("The calendar knows an event and does not show it.")
                return self._meeting(event_id, wanted, event)
            return self._meeting(event_id, wanted, reply.record)

    def change(self, external_id: str, wanted: Wanted) -> Meeting:
        """Move a meeting; makes a new one if it was removed outside."""
        event = self._brought(external_id, wanted)
        if event is None:
            return self.create(wanted)
        return self._meeting(external_id, wanted, event)

    def end(self, external_id: str, host: str) -> None:
        """Remove a meeting, and its event if that shows nothing else."""
        for _ in range(MOST_ROUNDS):
            event = self._event(external_id, host)
            if event is None or _is_removed(event):
                return
            where = {"calendarId": host, "eventId": external_id}
            if _private(event).get(MADE_FOR) == MEETING_ALONE:
                request = self._calendar.events.delete(**where)
            elif "conferenceData" in event:
                request = self._calendar.events.patch(
                    **where,
                    conferenceDataVersion=CONFERENCE_VERSION,
                    body={"conferenceData": None},
                )
            else:
                return
            request.headers["If-Match"] = str(event.get("etag", "*"))
            if self._calendar.ask(request, expected={404, 410, 412}).status != 412:
                return
        raise Transient("An event is being changed by somebody else.")

    def end_lost(self, wanted: Wanted) -> None:
        """Remove the meeting of this marker, which is where its event is."""
        self.end(event_id_of(wanted.marker), wanted.host)

    def _brought(self, event_id: str, wanted: Wanted) -> dict[str, Any] | None:
        """Return an event as it shall be, changed if need be; None if it is unknown."""
        for _ in range(MOST_ROUNDS):
            event = self._event(event_id, wanted.host)
            if event is None:
                return None
            changes = _changes(event_id, event, wanted)
            if not changes:
                return event
            request = self._calendar.events.patch(
                calendarId=wanted.host,
                eventId=event_id,
                conferenceDataVersion=CONFERENCE_VERSION,
                body=changes,
            )
            request.headers["If-Match"] = str(event.get("etag", "*"))
            reply = self._calendar.ask(request, expected={404, 410, 412})
            if reply.status == 200:
                return reply.record
        raise Transient("An event is being changed by somebody else.")

    def _event(self, event_id: str, host: str) -> dict[str, Any] | None:
        request = self._calendar.events.get(calendarId=host, eventId=event_id)
        reply = self._calendar.ask(request, expected={404, 410})
        return reply.record if reply.status == 200 else None

    def _meeting(self, event_id: str, wanted: Wanted, event: dict[str, Any]) -> Meeting:
        """Return the meeting of an event, waited for a little while it is made."""
        for pause in PAUSES:
            if not _is_pending(event):
                break
            self._wait(pause)
            event = self._event(event_id, wanted.host) or {}
        if _is_pending(event):
            raise Transient("The link is still being made.", after=AFTER_PENDING)
        return Meeting(event_id, guest_link(_video_link(event)))


def _changes(event_id: str, event: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """Return what is to be changed about an event, {} for nothing."""
    etag = str(event.get("etag", ""))
    if _is_removed(event):
        return {"status": "confirmed", **_new_event(event_id, wanted, etag)}
    changes = {} if _stands_as(event, wanted) else _times(wanted)
    if not _video_link(event) and not _is_pending(event):
        changes["conferenceData"] = _conference(event_id, etag)
    return changes


def _new_event(event_id: str, wanted: Wanted, etag: str) -> dict[str, Any]:
    return {
        "summary": wanted.topic,
        **_times(wanted),
        "conferenceData": _conference(event_id, etag),
        "extendedProperties": {"private": {MADE_FOR: MEETING_ALONE}},
    }


def _times(wanted: Wanted) -> dict[str, Any]:
    return {
        name: {"dateTime": at.isoformat(), "timeZone": wanted.timezone}
        for name, at in (("start", wanted.start), ("end", wanted.end))
    }


def _conference(event_id: str, etag: str) -> dict[str, Any]:
    named = sha256(f"{event_id}/{etag}".encode()).hexdigest()[:40]
    solution = {"type": "hangoutsMeet"}
    return {"createRequest": {"requestId": named, "conferenceSolutionKey": solution}}


def _stands_as(event: dict[str, Any], wanted: Wanted) -> bool:
    return (_instant(event, "start"), _instant(event, "end")) == (
        wanted.start,
        wanted.end,
    )


def _instant(event: dict[str, Any], name: str) -> datetime | None:
    """Return when an event starts or ends; None for whole days and for nonsense."""
    try:
        at = datetime.fromisoformat(event[name]["dateTime"])
    except (KeyError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _is_removed(event: dict[str, Any]) -> bool:
    return event.get("status") == "cancelled"


def _is_pending(event: dict[str, Any]) -> bool:
    asked = _part(_part(event, "conferenceData"), "createRequest")
    is_asked = _part(asked, "status").get("statusCode") == "pending"
    return is_asked and not _video_link(event)


def _video_link(event: dict[str, Any]) -> str:
    entries = _part(event, "conferenceData").get("entryPoints")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("entryPointType") == "video":
            return str(entry.get("uri") or "")
    return ""


def _private(event: dict[str, Any]) -> dict[str, Any]:
    return _part(_part(event, "extendedProperties"), "private")


def _part(record: dict[str, Any], name: str) -> dict[str, Any]:
    part = record.get(name)
    return part if isinstance(part, dict) else {}
