"""Meetings of Zoom, made by the practice's own server-to-server app.

Zoom knows no key by which a request that was sent twice is recognised. So each meeting
bears its marker in the agenda, and before one is made its host's meetings are looked
through for it. Links by which a host starts a meeting are never read.
"""

from __future__ import annotations

import json
import secrets
import string
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from desk_app.errors import NeedsSignIn, ProviderError, Transient
from desk_app.meetings.base import Meeting
from desk_app.meetings.links import guest_link
from desk_app.meetings.turns import Turns
from desk_app.net.http import Request, checked_base, failure
from desk_app.net.oauth import TokenCache, account_token
from desk_app.net.retry_after import seconds_to_next_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.meetings.base import Wanted
    from desk_app.net.http import Answer, Http
    from desk_app.net.oauth import ServerAccount

API_URL = "https://api.zoom.us/v2"
SIGN_IN_URL = "https://zoom.us"

SCHEDULED = 2
LONGEST_TOPIC = 200
PASSWORD_LENGTH = 10
PAGE_SIZE = 300
MOST_PAGES = 100
# Zoom's own numbers, told beside the status: a token that is not good, or not for this.
BAD_TOKEN = frozenset({104, 124, 4700, 4711})
IN_PROGRESS = 3002
HAS_ENDED = 3007
WHILE_IN_PROGRESS = 600.0
# No letter and digit that are taken for each other when read out.
_LEGIBLE = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))


class Zoom:
    """Meetings of the users of one Zoom account; a host is a user's address or id."""

    def __init__(
        self,
        http: Http,
        account: ServerAccount,
        *,
        api_url: str = API_URL,
        sign_in_url: str = SIGN_IN_URL,
    ) -> None:
        self._http = http
        self._api_url = checked_base(api_url)
        self._tokens = TokenCache(lambda: account_token(http, sign_in_url, account))
        self._turns = Turns()
        checked_base(sign_in_url)

    def create(self, wanted: Wanted) -> Meeting:
        """Return the meeting of this marker, made now if there is none."""
        with self._turns.of(wanted.marker):
            return self._adopted(wanted) or self._made(wanted)

    def change(self, external_id: str, wanted: Wanted) -> Meeting:
        """Move a meeting; makes a new one if it was removed outside."""
        path = _path_of(external_id)
        answer = self._ask("PATCH", path, _times(wanted))
        if answer.status != 404:
            _accepted(answer)
            answer = self._ask("GET", path)
        if answer.status == 404:
            return self.create(wanted)
        return _meeting_in(_accepted(answer).record())

    def end(self, external_id: str, host: str) -> None:  # noqa: ARG002 (the id is enough)
        """Remove a meeting; raises Transient while people are in it."""
        answer = self._ask("DELETE", _path_of(external_id))
        said = _number_in(answer)
        if answer.status == 404 or said == HAS_ENDED:
            return
        if said == IN_PROGRESS:
            raise Transient("People are in this meeting.", after=WHILE_IN_PROGRESS)
        _accepted(answer)

    def end_lost(self, wanted: Wanted) -> None:
        """Remove whatever meeting bears this marker."""
        for record in self._bearing(wanted):
            self.end(str(record["id"]), wanted.host)

    def _made(self, wanted: Wanted) -> Meeting:
        """Make a meeting; look again where nobody knows whether that was done.

        Another desk may have done the same meanwhile, as one does that slept: all keep
        the oldest.
        """
        lost: Transient | None = None
        made: Meeting | None = None
        try:
            path = f"users/{quote(wanted.host, safe='')}/meetings"
            answer = self._ask("POST", path, _details(wanted))
            made = _meeting_in(_accepted(answer).record())
        except Transient as error:
            # Who says how long to wait has not done it.
            if error.after is not None:
                raise
            lost = error
        meeting = self._adopted(wanted) or made
        if meeting is None:
            raise lost or Transient()
        return meeting

    def _adopted(self, wanted: Wanted) -> Meeting | None:
        """Return the oldest meeting of this marker, moved if need be; end others."""
        bearing = self._bearing(wanted)
        if not bearing:
            return None
        oldest, *others = bearing
        for record in others:
            self.end(str(record["id"]), wanted.host)
        if not _stands_as(oldest, wanted):
            answer = self._ask("PATCH", _path_of(str(oldest["id"])), _times(wanted))
            if answer.status == 404:
                raise Transient("A meeting was removed while it was looked for.")
            _accepted(answer)
        return _meeting_in(oldest)

    def _bearing(self, wanted: Wanted) -> list[dict[str, Any]]:
        """Return all coming meetings of the host with this marker, oldest first."""
        records = self._coming(wanted.host)
        bearing = [r for r in records if wanted.marker in _agenda(r).split()]
        return sorted(
            bearing, key=lambda r: (str(r.get("created_at", "")), str(r["id"]))
        )

    def _coming(self, host: str) -> Iterator[dict[str, Any]]:
        path = f"users/{quote(host, safe='')}/meetings"
        query = {"type": "upcoming", "page_size": str(PAGE_SIZE)}
        for _ in range(MOST_PAGES):
            answer = self._ask("GET", f"{path}?{urlencode(query)}")
            if answer.status == 404:
                # Whom Zoom does not know has no meetings there.
                return
            page = _accepted(answer).record()
            yield from _records(page.get("meetings"))
            token = page.get("next_page_token")
            if not isinstance(token, str) or not token:
                return
            query["next_page_token"] = token
        raise Transient("A host's meetings have no end.")

    def _ask(
        self, method: str, path: str, record: dict[str, Any] | None = None
    ) -> Answer:
        """Return the answer of Zoom, asked again with another token after a 401."""
        token = self._tokens.current()
        answer = self._http.ask(self._request(method, path, record, token))
        if answer.status == 401:
            token = self._tokens.another(token)
            answer = self._http.ask(self._request(method, path, record, token))
        return answer

    def _request(
        self, method: str, path: str, record: dict[str, Any] | None, token: str
    ) -> Request:
        headers = {"Authorization": f"Bearer {token}"}
        body = b""
        if record is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(record).encode("utf-8")
        return Request(method, f"{self._api_url}/{path}", headers, body)


def _details(wanted: Wanted) -> dict[str, Any]:
    return {
        "topic": wanted.topic[:LONGEST_TOPIC],
        "type": SCHEDULED,
        **_times(wanted),
        "password": "".join(secrets.choice(_LEGIBLE) for _ in range(PASSWORD_LENGTH)),
        "agenda": wanted.marker,
        "settings": {"waiting_room": True, "join_before_host": False},
    }


def _times(wanted: Wanted) -> dict[str, Any]:
    return {
        "start_time": wanted.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "duration": _minutes(wanted),
        "timezone": wanted.timezone,
    }


def _minutes(wanted: Wanted) -> int:
    """Return how long a meeting lasts, begun minutes counted."""
    return max(1, -((wanted.start - wanted.end) // timedelta(minutes=1)))


def _stands_as(record: dict[str, Any], wanted: Wanted) -> bool:
    try:
        start = datetime.fromisoformat(str(record.get("start_time")))
    except ValueError:
        return False
    has_moved = start.tzinfo is None or start != wanted.start.replace(microsecond=0)
    return not has_moved and record.get("duration") == _minutes(wanted)


def _meeting_in(record: dict[str, Any]) -> Meeting:
    """Return what is kept of a meeting: its number and the link for guests."""
    number = record.get("id")
    if not isinstance(number, int | str) or not str(number).isdecimal():
        raise Transient("Zoom gave no number of a meeting.")
    return Meeting(str(number), guest_link(record.get("join_url")))


def _records(listed: object) -> list[dict[str, Any]]:
    records = listed if isinstance(listed, list) else []
    return [r for r in records if isinstance(r, dict) and "id" in r]


def _agenda(record: dict[str, Any]) -> str:
    return str(record.get("agenda") or "")


def _path_of(external_id: str) -> str:
    return f"meetings/{quote(external_id, safe='')}"


def _accepted(answer: Answer) -> Answer:
    if answer.is_good:
        return answer
    raise _failure(answer)


def _failure(answer: Answer) -> ProviderError:
    """Return what is wrong, by what Zoom says beside the status."""
    if _number_in(answer) in BAD_TOKEN:
        return NeedsSignIn("Zoom refused the login of the practice's app.")
    if answer.status == 429 and _is_daily(answer):
        message = "The day's meetings of this host are used up."
        return Transient(message, after=seconds_to_next_day(answer.headers))
    return failure(answer)


def _is_daily(answer: Answer) -> bool:
    """Tell whether a limit of the day was reached, not one of the second."""
    kind = answer.headers.get("x-ratelimit-type", "").lower()
    return kind.startswith("daily") or b"daily" in answer.body.lower()


def _number_in(answer: Answer) -> int:
    """Return Zoom's own number for what is wrong, 0 if it does not say."""
    if answer.is_good:
        return 0
    try:
        number = answer.record().get("code")
    except Transient:
        return 0
    return number if isinstance(number, int) else 0
