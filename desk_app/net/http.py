"""The one HTTP client by which services outside are reached, and its failures.

Lines are encrypted and verified, redirects are not followed, cookies are not kept.
Nothing that leaves this module as an error holds an address, a header or a body.
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from desk_app import __version__
from desk_app.errors import Invalid, NeedsSignIn, ProviderError, Rejected, Transient
from desk_app.net.retry_after import seconds_to_wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST_ANSWER = 1 << 20
# For each single step: to connect, to send, to hear the next bytes.
STEP_SECONDS = 10.0
LONGEST_ANSWER_SECONDS = 20.0
OWN_HEADERS = {
    "Accept": "application/json",
    # What is not packed cannot swell when it is unpacked.
    "Accept-Encoding": "identity",
    "User-Agent": f"desk-app/{__version__}",
}

# They write whole addresses, with what stands in their queries.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a service; `url` is whole, `body` is sent as it is."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def is_good(self) -> bool:
        """Tell whether the service did what it was asked."""
        return 200 <= self.status < 300

    def record(self) -> dict[str, Any]:
        """Return the JSON object that was answered, {} for an empty body.

        Raises Transient for anything else: somebody on the way has answered, or the
        service is unwell.
        """
        if not self.body.strip():
            return {}
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise Transient("An outside service said what cannot be understood.")
        return said


class Http:
    """Asks services. Several threads may use it at once.

    `trusted` says whose certificates are believed, by default those of the system.
    """

    def __init__(
        self,
        *,
        trusted: ssl.SSLContext | None = None,
        step_seconds: float = STEP_SECONDS,
        answer_seconds: float = LONGEST_ANSWER_SECONDS,
    ) -> None:
        keeps_nothing = DefaultCookiePolicy(allowed_domains=[])
        # Whoever asks a program on the same computer needs no proxy.
        beside = ("all://127.0.0.1", "all://localhost", "all://[::1]")
        self._answer_seconds = answer_seconds
        self._client = httpx2.Client(
            headers=OWN_HEADERS,
            cookies=CookieJar(policy=keeps_nothing),
            verify=trusted or True,
            mounts=dict.fromkeys(beside),
            timeout=httpx2.Timeout(step_seconds, pool=answer_seconds),
            follow_redirects=False,
        )

    def ask(self, request: Request) -> Answer:
        """Return what the service answers, whatever it is.

        Raises Transient if no whole answer came; whether the service did what it was
        asked is not known then. Raises Rejected for what cannot be asked at all.
        """
        if not _is_safe(request.url):
            raise Rejected("The address of an outside service is not safe.")
        try:
            return self._asked(request)
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise _no_answer(error) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            raise Rejected("An outside service cannot be asked this.") from None

    def close(self) -> None:
        """End all lines."""
        self._client.close()

    def _asked(self, request: Request) -> Answer:
        asked = self._client.build_request(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body or None,
        )
        answer = self._client.send(asked, stream=True)
        try:
            body = b"".join(self._parts(answer))
        finally:
            answer.close()
        return Answer(answer.status_code, dict(answer.headers), body)

    def _parts(self, answer: httpx2.Response) -> Iterator[bytes]:
        """Yield a body piece by piece, as long as it is neither large nor slow."""
        late = time.monotonic() + self._answer_seconds
        size = 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > LARGEST_ANSWER:
                raise httpx2.ReadError("too large")
            if time.monotonic() > late:
                raise httpx2.ReadTimeout("too slow")
            yield part


def checked_base(url: str) -> str:
    """Return the address of a service without the slash at its end.

    It begins with https://, or with http:// if it is on this very computer. Raises
    Invalid otherwise.
    """
    if not _is_safe(url):
        raise Invalid("base_url", "The address must begin with https://.")
    return url.rstrip("/")


def accepted(answer: Answer) -> Answer:
    """Return the answer if it is a good one; raises what it says otherwise."""
    if answer.is_good:
        return answer
    raise failure(answer)


def failure(answer: Answer) -> ProviderError:
    """Return what an answer that is not good means."""
    status = answer.status
    if status in (408, 429) or status >= 500:
        message = f"An outside service is busy or unwell (status {status})."
        return Transient(message, after=seconds_to_wait(answer.headers))
    if status in (401, 403):
        return NeedsSignIn(f"An outside service refused the login (status {status}).")
    return Rejected(f"An outside service refused this (status {status}).")


def is_beside(host: str) -> bool:
    """Tell whether a host is this very computer."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _no_answer(error: httpx2.RequestError) -> ProviderError:
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.LocalProtocolError):
        return Rejected("An outside service cannot be asked this.")
    if isinstance(error, httpx2.TimeoutException):
        return Transient("An outside service did not answer in time.")
    if _is_about_tls(error):
        return Transient("The line to an outside service is not safe.")
    return Transient("An outside service cannot be reached.")


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username is not None or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_beside(host))
