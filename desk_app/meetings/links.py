"""The links that guests follow to a meeting."""

from __future__ import annotations

from urllib.parse import urlsplit

from desk_app.errors import Transient

LONGEST_LINK = 2000


def is_link(text: str) -> bool:
    """Tell whether a text is one https address that can be kept and sent."""
    if not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    is_safe = text.startswith("https://") and bool(host) and parts.username is None
    return is_safe and len(text) <= LONGEST_LINK


def guest_link(value: object) -> str:
    """Return what a service gave as the link for guests.

    Raises Transient if that is no link: the next answer may hold one.
    """
    if isinstance(value, str) and is_link(value):
        return value
    raise Transient("A meeting service gave no link for guests.")
