"""Google's calendars: its own library, speaking through the one HTTP client.

So there is one place that verifies lines, bounds answers and names failures, and no
request is sent twice behind our back, as the library's own transport does with a POST
whose line broke. Its import is slow and happens when the first calendar is asked.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from desk_app.errors import ProviderError, Transient
from desk_app.net.http import Answer, Request, checked_base, failure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from desk_app.net.http import Http

BASE_URL = "https://www.googleapis.com/calendar/v3"
# Google says 403 for these as well, though nobody has to sign in again.
LIMITS = frozenset(
    {
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "calendarUsageLimitsExceeded",
    }
)

# It writes addresses with the names of calendars, which are those of people.
logging.getLogger("googleapiclient").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a calendar said: a status that was reckoned with, and the record with it."""

    status: int
    record: dict[str, Any] = field(default_factory=dict, repr=False)


class GoogleCalendar:
    """Asks one account's calendars. Several threads may use it at once.

    `token` returns an access token that is good now, and raises NeedsSignIn if it
    cannot have one.
    """

    def __init__(
        self, http: Http, token: Callable[[], str], base_url: str = BASE_URL
    ) -> None:
        self._http = http
        self._token = token
        self._base_url = f"{checked_base(base_url)}/"

    @property
    def events(self) -> Any:
        """Return the library's resource of events, whose methods make requests."""
        return _calendar(self._base_url).events()

    def ask(self, request: Any, *, expected: Collection[int] = ()) -> Reply:
        """Return what is answered: if the status is good, or one of `expected`.

        Raises Transient, NeedsSignIn or Rejected otherwise.
        """
        from googleapiclient.errors import HttpError

        line = _Line(self._http, self._token())
        try:
            record = request.execute(http=line, num_retries=0)
        except HttpError as error:
            answer = Answer(error.status_code, dict(error.resp), error.content)
            if answer.status in expected:
                return Reply(answer.status)
            raise _failure(answer) from None
        except ValueError:
            record = None
        if not record and record is not None:
            record = {}
        if not isinstance(record, dict):
            raise Transient("A calendar said what cannot be understood.")
        return Reply(200, record)


class _Line:
    """What Google's library takes for its transport."""

    def __init__(self, http: Http, token: str) -> None:
        self._http = http
        self._token = token

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[object, bytes]:
        """Return an answer as the library expects it."""
        from httplib2 import Response

        kept = ("content-type", "if-match", "x-goog-api-client")
        sent = {k: v for k, v in (headers or {}).items() if k.lower() in kept}
        sent["Authorization"] = f"Bearer {self._token}"
        content = (body or "").encode("utf-8")
        answer = self._http.ask(Request(method, uri, sent, content))
        said = {**answer.headers, "status": str(answer.status)}
        return Response(said), answer.body


@cache
def _calendar(base_url: str) -> Any:
    from googleapiclient.discovery import build

    return build(
        "calendar",
        "v3",
        # Each request is given a line of its own.
        http=_NoLine(),
        static_discovery=True,
        cache_discovery=False,
        client_options={"api_endpoint": base_url},
    )


class _NoLine:
    """Stands for a transport where none is used."""


def _failure(answer: Answer) -> ProviderError:
    if answer.status == 403 and _reason(answer.body) in LIMITS:
        return failure(replace(answer, status=429))
    return failure(answer)


def _reason(body: bytes) -> str:
    """Return Google's stable word for what is wrong, "" if it does not say."""
    try:
        said = json.loads(body)
        return str(said["error"]["errors"][0]["reason"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
