"""Google Calendar as far as Meet needs it, as its discovery document describes it.

Also developers.google.com/workspace/calendar/api/guides/errors, and what people have
seen: who is deleted stays as "cancelled" and keeps its id (google-api-python-client
issue 210).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.loopback import Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback import Asked

TOKEN = "planted-google-token"
HOST = "dr.berg@practice.example"
OTHER_HOST = "primary"
HOST_KEY = "key-of-the-organizer"

_ID = re.compile(r"[0-9a-v]{5,1024}")


class GoogleFake:
    """One account with calendars; `polls` is how often a new link is still pending."""

    def __init__(self) -> None:
        self.calendars: dict[str, dict[str, dict[str, Any]]] = {
            HOST: {},
            OTHER_HOST: {},
        }
        self.token = TOKEN
        self.polls = 0
        self.fails_to_make_links = False
        # What somebody else does right before the next change arrives.
        self.meanwhile: Callable[[dict[str, Any]], None] | None = None
        self._requests_seen: dict[int, str] = {}
        self._etags = 0
        self._links = 0

    def standing(self, event_id: str, host: str = HOST) -> list[dict[str, Any]]:
        """Return the event if it is in the calendar and has a link."""
        event = self.calendars[host].get(event_id)
        return [event] if event and event["status"] != "cancelled" else []

    def answer(self, asked: Asked) -> Said:
        """Do what is asked."""
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return _refusal(401, "authError", "Invalid Credentials")
        version, of, calendar, events, *rest = asked.parts[1:]
        if (version, of, events) != ("v3", "calendars", "events"):
            return _refusal(404, "notFound", "Not Found")
        if calendar not in self.calendars:
            return _refusal(404, "notFound", "Not Found")
        kept = self.calendars[calendar]
        if asked.method == "POST" and not rest:
            return self._insert(kept, asked)
        if rest[0] not in kept:
            return _refusal(404, "notFound", "Not Found")
        return self._one(kept[rest[0]], asked)

    def _insert(self, kept: dict[str, dict[str, Any]], asked: Asked) -> Said:
        body = asked.record
        if not _ID.fullmatch(body["id"]):
            return _refusal(400, "invalid", "Invalid resource id value.")
        if body["id"] in kept:
            message = "The requested identifier already exists."
            return _refusal(409, "duplicate", message)
        event = {
            "kind": "calendar#event",
            "status": "confirmed",
            "organizer": {"self": True},
            "htmlLink": f"https://calendar.example/{HOST_KEY}/{body['id']}",
        }
        kept[body["id"]] = event
        self._apply(event, body, asked)
        return Said.json(200, event)

    def _one(self, event: dict[str, Any], asked: Asked) -> Said:
        if self.meanwhile and asked.method != "GET":
            self.meanwhile(event)
            event["etag"] = self._etag()
            self.meanwhile = None
        is_removed = event["status"] == "cancelled"
        if asked.headers.get("if-match", event["etag"]) not in (event["etag"], "*"):
            return _refusal(412, "conditionNotMet", "Precondition Failed")
        if asked.method == "DELETE":
            if is_removed:
                return _refusal(410, "deleted", "Resource has been deleted")
            event.update(status="cancelled", etag=self._etag())
            return Said(204)
        if asked.method == "PATCH":
            self._apply(event, asked.record, asked)
        elif not is_removed:
            self._make_link(event)
        return Said.json(200, event)

    def _apply(self, event: dict[str, Any], body: dict[str, Any], asked: Asked) -> None:
        wished = dict(body)
        if asked.query.get("conferenceDataVersion") != "1":
            wished.pop("conferenceData", None)
        conference = wished.pop("conferenceData", {})
        event.update(wished, etag=self._etag())
        if conference is None:
            event.pop("conferenceData", None)
        elif "createRequest" in conference:
            self._ask_for_link(event, conference["createRequest"])

    def _ask_for_link(self, event: dict[str, Any], request: dict[str, Any]) -> None:
        """Begin to make a link, unless this is the request that was made before."""
        if self._requests_seen.get(id(event)) == request["requestId"]:
            return
        self._requests_seen[id(event)] = request["requestId"]
        status = {"statusCode": "pending"}
        event["conferenceData"] = {"createRequest": {**request, "status": status}}
        event["_polls"] = self.polls + 1
        self._make_link(event)

    def _make_link(self, event: dict[str, Any]) -> None:
        """Bring a link that is being made one step further."""
        status = (
            event.get("conferenceData", {}).get("createRequest", {}).get("status", {})
        )
        if status.get("statusCode") != "pending":
            return
        event["_polls"] -= 1
        if event["_polls"] > 0:
            return
        if self.fails_to_make_links:
            status["statusCode"] = "failure"
            return
        status["statusCode"] = "success"
        self._links += 1
        code = f"abc-{self._links:04d}-xyz"
        phone = {"entryPointType": "phone", "uri": "tel:+49-30-1", "pin": "123"}
        video = {"entryPointType": "video", "uri": f"https://meet.example/{code}"}
        event["conferenceData"]["entryPoints"] = [phone, video]
        event["conferenceData"]["conferenceId"] = code

    def _etag(self) -> str:
        self._etags += 1
        return f'"{self._etags:016d}"'


def _refusal(status: int, reason: str, message: str) -> Said:
    one = {"domain": "global", "reason": reason, "message": message}
    error = {"code": status, "message": message, "errors": [one]}
    return Said.json(status, {"error": error})
