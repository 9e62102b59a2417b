"""Zoom as its documentation describes it, as far as meetings of one account go.

Signing in: developers.zoom.us/docs/internal-apps/s2s-oauth. Meetings: the reference of
the Meeting API, "Create", "List", "Get", "Update" and "Delete a meeting". Limits:
developers.zoom.us/docs/api/rate-limits: 100 to create and update by user and UTC day.
"""

from __future__ import annotations

import base64
import itertools
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.loopback import Said

if TYPE_CHECKING:
    from tests.loopback import Asked

ACCOUNT_ID = "abcAccount123"
CLIENT_ID = "clientAbc"
SECRET = "planted-zoom-secret"
HOST = "dr.berg@practice.example"
OTHER_HOST = "dr.vogel@practice.example"
# Stands in each link for hosts, and nowhere else.
HOST_KEY = "zak-of-the-host"
DAILY_LIMIT = 100
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")
_PASSWORD = re.compile(r"[a-zA-Z0-9@_*-]{1,10}")
_DAILY = (
    "You have reached the maximum daily rate limit for this API. Refer to the response"
    " header for details on when you can make another request."
)


class ZoomFake:
    """One account with its users and their meetings."""

    def __init__(self) -> None:
        self.users = {HOST, OTHER_HOST}
        self.meetings: dict[int, dict[str, Any]] = {}
        self.secret = SECRET
        self.now = NOON
        self.largest_page = 300
        self.used = dict.fromkeys(self.users, 0)
        self._tokens: set[str] = set()
        self._numbers = itertools.count(81_000_000_001)
        self._tokens_made = 0

    def expire_tokens(self) -> None:
        """Let no token be good any more that was given out so far."""
        self._tokens.clear()

    def of(self, marker: str, host: str = HOST) -> list[dict[str, Any]]:
        """Return the meetings of a host that bear a marker."""
        found = self.meetings.values()
        return [m for m in found if m["agenda"] == marker and m["host_email"] == host]

    def add(self, marker: str, *, age: timedelta, host: str = HOST) -> int:
        """Let there be a meeting that nobody here knows of; return its number."""
        start = self.now + timedelta(days=2)
        details = {"agenda": marker, "start_time": _text(start), "duration": 30}
        return int(self._made(host, details, self.now - age)["id"])

    def answer(self, asked: Asked) -> Said:
        """Do what is asked."""
        match (asked.method, *asked.parts):
            case ("POST", "oauth", "token"):
                said = self._signed_in(asked)
            case (_, "v2", *_) if not self._is_signed_in(asked):
                said = _refusal(401, 124, "Invalid access token.")
            case ("POST", "v2", "users", host, "meetings"):
                said = self._create(host, asked.record)
            case ("GET", "v2", "users", host, "meetings"):
                said = self._listed(host, asked)
            case (method, "v2", "meetings", number):
                said = self._one(method, number, asked)
            case _:
                said = _refusal(404, 2300, "This API endpoint is not recognized.")
        dated = {"Date": self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        return Said(said.status, said.body, {**dated, **said.headers})

    def _signed_in(self, asked: Asked) -> Said:
        login = base64.b64encode(f"{CLIENT_ID}:{self.secret}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {login}":
            reason = "Invalid client_id or client_secret"
            return Said.json(400, {"reason": reason, "error": "invalid_client"})
        form = {k: v[-1] for k, v in parse_qs(asked.body.decode()).items()}
        if form != {"grant_type": "account_credentials", "account_id": ACCOUNT_ID}:
            return Said.json(400, {"reason": "Bad Request", "error": "invalid_request"})
        self._tokens_made += 1
        token = f"token-{self._tokens_made}"
        self._tokens.add(token)
        record = {"access_token": token, "token_type": "bearer", "expires_in": 3599}
        return Said.json(200, {**record, "scope": "meeting:write:meeting:admin"})

    def _is_signed_in(self, asked: Asked) -> bool:
        said = asked.headers.get("authorization", "")
        return said.removeprefix("Bearer ") in self._tokens

    def _create(self, host: str, details: dict[str, Any]) -> Said:
        if host not in self.users:
            return _refusal(404, 1001, f"User does not exist: {host}.")
        if fault := _fault_in(details):
            record = {"code": 300, "message": "Validation Failed.", "errors": [fault]}
            return Said.json(400, record)
        if limited := self._counted(host):
            return limited
        return Said.json(201, self._made(host, details, self.now))

    def _counted(self, host: str) -> Said | None:
        """Count a request to create or update, and refuse one too many."""
        if self.used[host] >= DAILY_LIMIT:
            midnight = (self.now + timedelta(days=1)).replace(hour=0, minute=0)
            return Said.json(
                429,
                {"code": 429, "message": _DAILY},
                X_RateLimit_Type="Daily-limit",
                Retry_After=_text(midnight),
            )
        self.used[host] += 1
        return None

    def _made(self, host: str, details: dict[str, Any], at: datetime) -> dict[str, Any]:
        number = next(self._numbers)
        meeting = {
            "topic": "",
            "type": 2,
            "timezone": "UTC",
            **details,
            "id": number,
            "uuid": f"{number:x}==",
            "host_id": f"id-of-{host[:4]}",
            "host_email": host,
            "status": "waiting",
            "created_at": _text(at),
            "start_url": f"https://zoom.example/s/{number}?zak={HOST_KEY}",
            "join_url": f"https://zoom.example/j/{number}?pwd=p{number:x}.1",
        }
        self.meetings[number] = meeting
        return meeting

    def _listed(self, host: str, asked: Asked) -> Said:
        if host not in self.users:
            return _refusal(404, 1001, f"User does not exist: {host}.")
        size = min(int(asked.query.get("page_size", 30)), 300, self.largest_page)
        first = int(asked.query.get("next_page_token") or 0)
        mine = [m for m in self.meetings.values() if m["host_email"] == host]
        if asked.query.get("type") == "upcoming":
            mine = [m for m in mine if m["start_time"] >= _text(self.now)]
        page = [_as_listed(m) for m in mine[first : first + size]]
        following = str(first + size) if first + size < len(mine) else ""
        record = {"page_size": size, "total_records": len(mine), "meetings": page}
        return Said.json(200, {**record, "next_page_token": following})

    def _one(self, method: str, number: str, asked: Asked) -> Said:
        meeting = self.meetings.get(int(number) if number.isdecimal() else 0)
        if meeting is None:
            return _refusal(404, 3001, f"Meeting does not exist: {number}.")
        if method == "GET":
            return Said.json(200, meeting)
        if method == "DELETE":
            del self.meetings[meeting["id"]]
        elif limited := self._counted(meeting["host_email"]):
            return limited
        else:
            meeting.update(asked.record)
        return Said(204)


def _as_listed(meeting: dict[str, Any]) -> dict[str, Any]:
    """Return a meeting as a list shows it: not how to start it, and a short agenda."""
    kept = ("uuid", "id", "host_id", "topic", "type", "start_time", "duration")
    shown = {name: meeting[name] for name in (*kept, "created_at", "join_url")}
    return {**shown, "timezone": meeting["timezone"], "agenda": meeting["agenda"][:250]}


def _fault_in(details: dict[str, Any]) -> dict[str, str] | None:
    """Return what Zoom would not take, and why."""
    is_good = {
        "topic": len(details.get("topic", "")) <= 200,
        "type": details.get("type") == 2,
        "start_time": _ISO.fullmatch(details.get("start_time", "")) is not None,
        "duration": type(details.get("duration")) is int,
        "password": _PASSWORD.fullmatch(details.get("password", "")) is not None,
        "agenda": len(details.get("agenda", "")) <= 2000,
        "settings": isinstance(details.get("settings"), dict),
    }
    bad = next((name for name, good in is_good.items() if not good), None)
    return {"field": bad, "message": "Invalid field."} if bad else None


def _refusal(status: int, code: int, message: str) -> Said:
    return Said.json(status, {"code": code, "message": message})


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
