"""Names of servers as people type them: a host, perhaps a port and a path."""

from __future__ import annotations

import re

from desk_app.errors import Invalid

LONGEST_HOST = 253
HIGHEST_PORT = 65_535

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_SERVER = re.compile(
    rf"(?P<host>{_HOST.pattern})(?::(?P<port>\d{{1,5}}))?"
    r"(?P<path>(?:/[A-Za-z0-9._~-]+)*)/?"
)


def clean_host(text: str, field: str = "host") -> str:
    """Return the name of a server as it is stored; raises Invalid by `field`."""
    host = text.strip().lower().rstrip(".")
    if not host:
        raise Invalid(field, "Type the name of the server, such as smtp.example.org.")
    if len(host) > LONGEST_HOST or not _HOST.fullmatch(host):
        raise Invalid(
            field,
            "This is not the name of a server. It looks like smtp.example.org,"
            " without https:// and without a path.",
        )
    return host


def clean_server(text: str, field: str = "server") -> str:
    """Return "host", "host:port" or "host/path" of a service that is called by HTTPS.

    An address as a browser shows it will do as well. Raises Invalid by `field`.
    """
    server = text.strip()
    if server.lower().startswith("http://"):
        words = "The line to this server would not be encrypted. Use its https address."
        raise Invalid(field, words)
    if server.lower().startswith("https://"):
        server = server[len("https://") :]
    found = _SERVER.fullmatch(server)
    if found is None or len(server) > LONGEST_HOST:
        raise Invalid(field, "Type the name of the server, such as push.example.org.")
    host, port = found["host"].lower().rstrip("."), found["port"]
    return host + (f":{clean_port(int(port), field)}" if port else "") + found["path"]


def clean_port(port: int, field: str = "port") -> int:
    """Return a port; raises Invalid by `field`."""
    if not 1 <= port <= HIGHEST_PORT:
        raise Invalid(field, f"A port is a number from 1 to {HIGHEST_PORT}.")
    return port
