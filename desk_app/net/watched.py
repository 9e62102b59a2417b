"""HTTP for the plug-ins of apprise, which tell but whether all went well.

A plug-in is given this in place of the library `requests`. So each question is
bounded in time, goes to nobody else than was meant, and what became of it is known:
not asked, asked without an answer, or answered.
"""

from __future__ import annotations

import ssl
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from desk_app.net.http import is_beside
from desk_app.net.trust import is_unsafe

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from requests import PreparedRequest, Response
    from urllib3 import PoolManager

    from desk_app.net.deadline import Deadline

LARGEST_ANSWER = 1 << 18


@dataclass(slots=True)
class Question:
    """One request and what became of it; `status` is 0 without an answer."""

    is_sent: bool = False
    is_unsafe: bool = False
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_open(self) -> bool:
        """Tell whether it was sent and nothing was answered."""
        return self.is_sent and not self.status


class Call:
    """All that a plug-in asks to hand one message over, inside `with`.

    `at_the_edge` is called before the first byte of the first question is sent, when
    the line stands.
    """

    def __init__(
        self,
        deadline: Deadline,
        patience: float,
        trusted: ssl.SSLContext,
        at_the_edge: Callable[[], None],
    ) -> None:
        self.questions: list[Question] = []
        self.stopped: Exception | None = None
        self._deadline = deadline
        self._patience = patience
        self._trusted = trusted
        self._at_the_edge = at_the_edge
        self._is_past_edge = False

    def __enter__(self) -> Call:
        self._before = _calls.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _calls.reset(self._before)

    def ask(self, method: str, url: str, wanted: Mapping[str, Any]) -> Response:
        """Return what is answered, as `requests` does.

        Redirects are not followed, certificates always verified, answers cut short.
        Nothing more is asked once an answer did not come: a plug-in that tries again
        by itself would send a message twice.
        """
        if self.questions and self.questions[-1].is_open:
            raise requests.ConnectionError("the last question is open")
        question = Question()
        self.questions.append(question)
        bounds = {
            **wanted,
            "timeout": (self._patience, max(self._deadline.remaining, 0.001)),
            "verify": True,
            "allow_redirects": False,
            "stream": True,
        }
        with requests.Session() as session:
            # It would look for other passwords in the user's home (.netrc).
            session.trust_env = False
            # Whoever asks a program on the same computer needs no proxy.
            is_near = is_beside(urlsplit(url).hostname or "")
            session.proxies = {} if is_near else get_environ_proxies(url)
            # What is not packed cannot swell when it is unpacked.
            session.headers["Accept-Encoding"] = "identity"
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Adapter(self._trusted))
            answer = session.request(method, url, **bounds)
            question.status = answer.status_code
            question.headers = {k.lower(): v for k, v in answer.headers.items()}
            _read(answer)
            return answer

    def open(self, host: str, port: int) -> socket.socket:
        """Return a line that ends with the call."""
        return self._deadline.open(host, port, self._patience)

    def reach(self) -> None:
        """Note that a line stands; whatever is sent from here on may count."""
        if self.stopped is not None:
            raise self.stopped
        if not self._is_past_edge:
            try:
                self._at_the_edge()
            except Exception as error:
                # A plug-in takes some errors for those of the line.
                self.stopped = error
                raise
            self._is_past_edge = True
        self.questions[-1].is_sent = True


_calls: ContextVar[Call] = ContextVar("call of a plug-in")


class Requests:
    """Stands for the library `requests` in a plug-in."""

    def request(self, method: str, url: str, **wanted: Any) -> Response:
        """Ask something."""
        return _calls.get().ask(method, url, wanted)

    def get(self, url: str, params: Any = None, **wanted: Any) -> Response:
        """Ask for something."""
        return self.request("get", url, params=params, **wanted)

    def post(
        self, url: str, data: Any = None, json: Any = None, **wanted: Any
    ) -> Response:
        """Hand something over."""
        return self.request("post", url, data=data, json=json, **wanted)

    def put(self, url: str, data: Any = None, **wanted: Any) -> Response:
        """Store something."""
        return self.request("put", url, data=data, **wanted)

    def __getattr__(self, name: str) -> Any:
        # All else that a plug-in takes from the library: errors, codes.
        return getattr(requests, name)


class _Watched(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _calls.get().open(self._dns_host, self.port)

    def connect(self) -> None:
        try:
            super().connect()
        except ssl.SSLError as error:
            _calls.get().questions[-1].is_unsafe = is_unsafe(error)
            raise
        _calls.get().reach()


class _WatchedTls(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


class _Adapter(HTTPAdapter):
    def __init__(self, trusted: ssl.SSLContext) -> None:
        self._trusted = trusted
        super().__init__()

    def init_poolmanager(self, *places: Any, **named: Any) -> None:
        super().init_poolmanager(*places, **named)
        _watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **named)
        _watch(manager)
        return manager

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        place, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return place, {"ssl_context": self._trusted, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, *_: Any) -> None:
        """Trust nobody else: the context says who is to be trusted."""


def _watch(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}


def _read(answer: Response) -> None:
    """Read what is answered, as far as anybody wants to know it.

    What was answered is known by its status already, so it may break off.
    """
    content = b""
    try:
        for part in answer.iter_content(1 << 14):
            content += part
            if len(content) > LARGEST_ANSWER:
                break
    except requests.RequestException:
        pass
    answer._content = content[:LARGEST_ANSWER]
    answer._content_consumed = True
