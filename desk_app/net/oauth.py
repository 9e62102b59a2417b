"""Access tokens of services: fetched when needed, kept only in memory."""

from __future__ import annotations

import base64
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from desk_app.errors import NeedsSignIn, Rejected, Transient
from desk_app.net.http import Request, accepted, checked_base

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.net.http import Http

# A token is not used in its last minute: the question may take that long.
MARGIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What opens a service for `seconds` from now on."""

    text: str = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """How a practice's own app signs in to a service without a person."""

    account_id: str = field(repr=False)
    client_id: str = field(repr=False)
    secret: str = field(repr=False)


class TokenCache:
    """Keeps one access token until it runs out. Several threads may use it at once.

    `fetch` asks for a new one and raises what DeskError it meets.
    """

    def __init__(
        self,
        fetch: Callable[[], AccessToken],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._text = ""
        self._good_until = 0.0

    def current(self) -> str:
        """Return a token that is still good by our knowledge."""
        with self._lock:
            if not self._text or self._clock() >= self._good_until:
                self._renew()
            return self._text

    def another(self, refused: str) -> str:
        """Return a token other than the one that was refused, fetched once for all."""
        with self._lock:
            if self._text == refused:
                self._renew()
            return self._text

    def _renew(self) -> None:
        self._text = ""
        asked_at = self._clock()
        token = self._fetch()
        self._text = token.text
        self._good_until = asked_at + token.seconds - MARGIN_SECONDS


def account_token(http: Http, base_url: str, account: ServerAccount) -> AccessToken:
    """Return a new token of a server-to-server app (grant "account_credentials").

    Raises NeedsSignIn if the service does not know the app or its secret.
    """
    login = f"{account.client_id}:{account.secret}".encode()
    form = {"grant_type": "account_credentials", "account_id": account.account_id}
    answer = http.ask(
        Request(
            "POST",
            f"{checked_base(base_url)}/oauth/token",
            {
                "Authorization": f"Basic {base64.b64encode(login).decode('ascii')}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            urlencode(form).encode("ascii"),
        )
    )
    try:
        return _token_in(accepted(answer).record())
    except Rejected as error:
        # Here nothing else can be wrong but who asks.
        raise NeedsSignIn(str(error)) from None


def _token_in(record: dict[str, object]) -> AccessToken:
    text, seconds = record.get("access_token"), record.get("expires_in")
    if not isinstance(text, str) or not text or not text.isascii():
        raise Transient("An outside service gave no access token.")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        seconds = 3600
    return AccessToken(text, float(seconds))
