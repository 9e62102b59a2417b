"""One key per wish of a person: however often it is sent, it happens once.

The key is claimed first, in the transaction that does the work: a twin at the same
moment waits for it, a later one is given what the first one led to. A refusal rolls
the claim back, so the same key may be tried again after it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from desk_app.db.queries.bookings import KeyRow, claim_key, key_row
from desk_app.domain.appointment import (
    BookingRequest,
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
)
from desk_app.errors import KeyReused

if TYPE_CHECKING:
    from uuid import UUID

    from desk_app.db.queries.pipeline import Answer, Pipeline

Request: TypeAlias = BookingRequest | ConfirmRequest | CancelRequest | MoveRequest


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """A key being claimed for `request_hash`."""

    key: UUID
    request_hash: bytes
    is_ours: Answer[bool]
    row: Answer[KeyRow]

    def earlier_result(self) -> int | None:
        """Return the appointment that this request led to before, if it did.

        Raises KeyReused if the key was used for another request.
        """
        row = self.row.get()
        if row.request_hash != self.request_hash:
            raise KeyReused
        return row.appointment_id


def claim(together: Pipeline, request: Request) -> Claim:
    """Claim the key of a request; the answer comes with the pipeline's others."""
    key = request.idempotency_key
    digest = request_hash(request)
    changed_id = None if isinstance(request, BookingRequest) else request.appointment_id
    return Claim(
        key,
        digest,
        together.ask(claim_key(key, digest)),
        together.ask(key_row(key, changed_id)),
    )


def request_hash(request: Request) -> bytes:
    """Return the SHA-256 of all that is asked, the key left out.

    Instants count, not the zones they were written in.
    """
    asked = {
        field.name: _plain(getattr(request, field.name))
        for field in dataclasses.fields(request)
        if field.name != "idempotency_key"
    }
    written = json.dumps([type(request).__name__, asked], sort_keys=True)
    return hashlib.sha256(written.encode()).digest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value
