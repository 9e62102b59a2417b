"""A calendar of the far side, spoken to as a real one is: by ids and etags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desk_app.errors import Transient
from desk_app.net.http import Request, accepted

if TYPE_CHECKING:
    from desk_app.calendars.base import Event
    from desk_app.net.http import Http

ROUNDS = 4


class HttpCalendar:
    """Shows events of one provider; no older version over a newer one.

    What is not `careful` overwrites whatever there is.
    """

    def __init__(self, http: Http, url: str, *, careful: bool = True) -> None:
        self._http = http
        self._url = url
        self._careful = careful

    def put(self, event: Event) -> None:
        """Show an event, unless a newer version of it is shown."""
        for _ in range(ROUNDS):
            headers = self._seen(event) if self._careful else {}
            if headers is None:
                return
            body = {
                "version": event.version,
                "title": event.title,
                "start": event.start.isoformat(),
            }
            request = Request(
                "PUT", self._of(event.event_id), headers, json.dumps(body).encode()
            )
            answer = self._http.ask(request)
            if answer.status != 412:
                accepted(answer)
                return
        raise Transient

    def remove(self, event_id: str) -> None:
        """Show an event no more."""
        answer = self._http.ask(Request("DELETE", self._of(event_id)))
        if answer.status != 404:
            accepted(answer)

    def _seen(self, event: Event) -> dict[str, str] | None:
        """Return on what to insist; None if what is there is newer."""
        answer = self._http.ask(Request("GET", self._of(event.event_id)))
        if answer.status == 404:
            return {"If-None-Match": "*"}
        if int(accepted(answer).record()["version"]) > event.version:
            return None
        return {"If-Match": answer.headers["etag"]}

    def _of(self, event_id: str) -> str:
        return f"{self._url}/{event_id}"
