"""Fields of records within records, by the way to them: "rules.no_show.flags"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any


def picked(record: Any, path: str) -> Any:
    """Return what stands there."""
    for name in path.split("."):
        record = getattr(record, name)
    return record


def put(record: Any, path: str, value: object) -> Any:
    """Return the record with another value there."""
    name, _, rest = path.partition(".")
    if rest:
        value = put(getattr(record, name), rest, value)
    return replace(record, **{name: value})
