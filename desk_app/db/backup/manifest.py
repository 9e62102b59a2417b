"""What a backup says of itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk_app.errors import Invalid, WrongSchema

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "desk-app backup"
# Raised when older programs could not read the file any more.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """When and by what a backup was made, and what it holds.

    `schema` is the last migration of its database; `rows` counts the rows of each
    table; `rights` stands for all grants, policies and triggers (`rights.py`), to be
    compared where the server's major version is the same; `parts` are the SHA-256 of
    the other files in the archive.
    """

    program: str
    schema: str
    server: str
    database: str
    made_at: datetime
    rows: Mapping[str, int]
    rights: str
    parts: Mapping[str, str]

    @property
    def major(self) -> str:
        """The server's major version, such as "18"."""
        return self.server.partition(".")[0]


def to_json(manifest: Manifest) -> bytes:
    """Return the manifest as it stands in the file."""
    record = {"kind": KIND, "format": FORMAT} | asdict(manifest)
    record["made_at"] = manifest.made_at.isoformat()
    return json.dumps(record, indent=2).encode()


def from_json(text: bytes) -> Manifest:
    """Read a manifest that anybody may have written.

    Raises ValueError, KeyError or TypeError for one that is damaged, Invalid for the
    file of another program, WrongSchema for that of a newer one.
    """
    record = json.loads(text)
    if not isinstance(record, dict) or record.get("kind") != KIND:
        raise Invalid("file", "This is no backup of desk-app.")
    if not isinstance(record["format"], int) or record["format"] > FORMAT:
        raise WrongSchema(
            "This backup was made by a newer desk-app. Please update this one."
        )
    return Manifest(
        **{name: _line(record, name) for name in _LINES},
        made_at=_instant(record["made_at"]),
        rows={_name(k): _count(v) for k, v in dict(record["rows"]).items()},
        parts={_name(k): _name(v) for k, v in dict(record["parts"]).items()},
    )


_LINES = ("program", "schema", "server", "database", "rights")


def _line(record: dict[str, Any], name: str) -> str:
    return _name(record[name])


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > 200:
        raise ValueError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_name(value))
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant
