"""How safe the line to a server has to be, and what is refused as weaker.

A server on the network shows a certificate for its name, and both sides prove that
they know the password without telling it. libpq alone is content with less: it tells
the password to whoever asks. What never leaves this machine needs no certificate.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOWS = sys.platform == "win32"


class OwnServer(str):
    """The address of the bundled server; `desk_app/db/cluster.py` alone makes one.

    On Windows that server listens on loopback and has no TLS. What a person writes
    is never one of these, even if it reads the same.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """What a key word of libpq may say for a server on the network.

    The first of `values` is what libpq is told; without any the word must not be
    used. `variable` is the environment's name for it, "" if it has none.
    """

    variable: str
    values: tuple[str, ...]
    danger: str

    def refusal(self, name: str) -> Invalid:
        """Return the error for a setting called `name` that says something else."""
        rule = "must not be used for a server on the network; "
        if self.values:
            rule = f"must be {' or '.join(self.values)} for a server on the network;"
            rule += " otherwise "
        return Invalid("database", f"{name} {rule}{self.danger}.")


# What is given, or stands in the environment, is refused if it is weaker.
DEMANDS = {
    "service": Demand("PGSERVICE", (), "a service file can weaken the line unseen"),
    "sslmode": Demand(
        "PGSSLMODE", ("verify-full",), "another server could pose as the practice's"
    ),
    "require_auth": Demand(
        "PGREQUIREAUTH", ("scram-sha-256",), "the server could ask for the password"
    ),
    "channel_binding": Demand(
        "PGCHANNELBINDING", ("require",), "somebody in between could use the login"
    ),
    "gssencmode": Demand(
        "PGGSSENCMODE", ("disable",), "the line would do without a certificate"
    ),
    "ssl_min_protocol_version": Demand(
        "PGSSLMINPROTOCOLVERSION", ("TLSv1.2", "TLSv1.3"), "older TLS can be broken"
    ),
    "ssl_max_protocol_version": Demand(
        "PGSSLMAXPROTOCOLVERSION", ("TLSv1.3", "TLSv1.2"), "older TLS can be broken"
    ),
    "sslkeylogfile": Demand("", (), "the keys of the line would lie in a file"),
}

# 0 is "for ever", or the two hours of the system.
WAITS = (
    "connect_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
)

# On a socket the system itself knows who is there, so no login at all is fine; one
# that is asked for must not tell the password.
SOCKET_LOGINS = ("none", "scram-sha-256")

# It has no TLS, but its password is long, random and of this machine.
_OWN = {
    "sslmode": "disable",
    "sslrootcert": "",
    "require_auth": "scram-sha-256",
    "channel_binding": "prefer",
    "gssencmode": "disable",
}

# Certificates of the public authorities. libpq's "system" means a folder that only
# the machine knows where OpenSSL was built; for psycopg's own that is none of ours.
_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


def secured(given: Mapping[str, Any], *, is_own: bool) -> dict[str, str]:
    """Return the key words that make the line to the server of `given` safe.

    They come before everything else that libpq reads. `is_own` is true for the
    bundled server. Raises Invalid("database") for settings that are weaker.
    """
    place = _place(given)
    if not _is_on_network(place, given):
        return place | _on_socket(given)
    if is_own:
        return place | _OWN
    told = _demanded(given)
    _refuse_endless(given)
    if not place["host"]:
        raise Invalid("database", "host is missing: a certificate is for a name.")
    return place | told | {"sslrootcert": _authorities(given)}


def _place(given: Mapping[str, Any]) -> dict[str, str]:
    """Return host and hostaddr in full, so that libpq looks nowhere else for them.

    PGHOSTADDR would lead even the name of a socket into the network.
    """
    words = ("host", "hostaddr")
    if any(given.get(word) for word in words):
        return {word: str(given.get(word) or "") for word in words}
    return {word: os.environ.get(f"PG{word.upper()}", "") for word in words}


def _is_on_network(place: Mapping[str, str], given: Mapping[str, Any]) -> bool:
    """Say whether one of the servers may be elsewhere than on a Unix socket."""
    if place["hostaddr"]:
        return True
    if not place["host"]:
        return WINDOWS or "service" in given or bool(os.environ.get("PGSERVICE"))
    return not all(_is_socket(host) for host in place["host"].split(","))


def _is_socket(host: str) -> bool:
    return host.startswith(("/", "@")) or not (host or WINDOWS)


def _on_socket(given: Mapping[str, Any]) -> dict[str, str]:
    logins = str(given.get("require_auth") or ",".join(SOCKET_LOGINS))
    if not {login.strip() for login in logins.split(",")}.issubset(SOCKET_LOGINS):
        raise Invalid(
            "database",
            f"require_auth must be {' or '.join(SOCKET_LOGINS)} for a server on a"
            " socket: it could ask for the password.",
        )
    binding = str(given.get("channel_binding") or "prefer")
    return {
        "require_auth": logins,
        "channel_binding": binding,
        "gssencmode": "disable",
    }


def _demanded(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what is demanded of a server on the network; refuse what is weaker."""
    told = {}
    for word, demand in DEMANDS.items():
        name, value = word, given.get(word)
        if value is None and (value := os.environ.get(demand.variable)):
            name = f"{demand.variable} in the environment"
        if value and value not in demand.values:
            raise demand.refusal(name)
        if demand.values:
            told[word] = str(value or demand.values[0])
    return told


def _refuse_endless(given: Mapping[str, Any]) -> None:
    for word in WAITS:
        if not re.fullmatch("[1-9][0-9]*", str(given.get(word, 1))):
            raise Invalid(
                "database",
                f"{word} must be more than 0 for a server on the network; otherwise"
                " the desk would wait for ever when a cable is pulled.",
            )


def _authorities(given: Mapping[str, Any]) -> str:
    """Return the file with the certificates of those who vouch for the server."""
    named = given.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if named and named != "system":
        return str(named)
    files = [Path(file) for file in _BUNDLES]
    if not named:
        files.insert(0, _own_authorities())
    return next((str(file) for file in files if file.is_file()), "system")


def _own_authorities() -> Path:
    """Return where libpq looks for the certificates that this person trusts."""
    if WINDOWS:
        return Path(os.environ.get("APPDATA", ""), "postgresql", "root.crt")
    return Path.home() / ".postgresql" / "root.crt"
