"""Whose word is taken for who a server is."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import truststore

if TYPE_CHECKING:
    from pathlib import Path


def trusting(cafile: Path | None = None) -> ssl.SSLContext:
    """Return what verifies a server's certificate and its name.

    Trusts those whom the system trusts, which the built program would not find by
    itself on another Linux than the one it was built on; with `cafile` only those.
    """
    if cafile is not None:
        return ssl.create_default_context(cafile=str(cafile))
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def is_unsafe(error: ssl.SSLError) -> bool:
    """Tell whether a line is not as it must be, and was not merely cut."""
    cut = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
    return not isinstance(error, cut)
