"""An export of all that is kept about one client: for programs, and for people."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from desk_app.services import client_page

if TYPE_CHECKING:
    from desk_app.domain.client_data import (
        ChangeRecord,
        ClientRecord,
        ConflictRecord,
        MergeRecord,
        TaskRecord,
        VisitRecord,
        WaitingRecord,
        WalkInRecord,
    )

FORMAT = "desk_app client data"
# Raised when a key goes or means something else; new keys may come at any time.
EDITION = 1


@dataclasses.dataclass(frozen=True, slots=True)
class ClientData:
    """Everything about one client, as of `exported_at`.

    `timezone` is the practice's; times are written by its clock. `exported_by` is the
    person who asked, by name.
    """

    practice: str
    timezone: str
    exported_at: datetime
    exported_by: str
    client: ClientRecord
    appointments: tuple[VisitRecord, ...] = ()
    waiting_list: tuple[WaitingRecord, ...] = ()
    walk_ins: tuple[WalkInRecord, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    conflicts: tuple[ConflictRecord, ...] = ()
    merged_entries: tuple[ClientRecord, ...] = ()
    merges: tuple[MergeRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()

    @property
    def file_name(self) -> str:
        """What the files are called, without ending; nobody's name stands in it."""
        day = self.exported_at.astimezone(ZoneInfo(self.timezone)).date()
        return f"client-{self.client.client_id}-{day.isoformat()}"

    def to_json(self) -> str:
        """Return JSON (RFC 8259).

        "format" and "edition" come first. The other keys are the names of the fields
        of this record and of those in `desk_app.domain.client_data`: "practice",
        "timezone", "exported_at", "exported_by", "client" (one object), and the lists
        "appointments", "waiting_list", "walk_ins", "tasks", "conflicts",
        "merged_entries" (as "client"), "merges" and "changes". Instants are ISO 8601
        with an offset, amounts are strings, what is not there is null.
        """
        said = {"format": FORMAT, "edition": EDITION, **self._fields()}
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"

    def to_page(self) -> str:
        """Return one HTML page that needs nothing beside it and runs nothing."""
        return client_page.page(self)

    def _fields(self) -> dict[str, Any]:
        zone = ZoneInfo(self.timezone)
        names = (field.name for field in dataclasses.fields(self))
        return {name: _plain(getattr(self, name), zone) for name in names}


def _plain(value: Any, zone: ZoneInfo) -> Any:
    """Return a record, or a value of one, as JSON knows it."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item, zone) for item in value]
    if dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value))
        return {name: _plain(getattr(value, name), zone) for name in names}
    return value
