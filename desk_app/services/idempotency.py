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
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from desk_app.db.failures import Busy
from desk_app.db.queries.bookings import Claimed, claim_key, keep_result, key_row
from desk_app.db.queries.pipeline import ask
from desk_app.domain.appointment import (
    BookingRequest,
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
)
from desk_app.domain.deeds import (
    ManyRequest,
    MarkRequest,
    NoteRequest,
    RefundRequest,
    SeriesRequest,
)
from desk_app.domain.offering import CopyWish, NewProvider, NewService
from desk_app.errors import KeyReused

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Answer, Pipeline

ChangeRequest: TypeAlias = (
    ConfirmRequest
    | CancelRequest
    | MoveRequest
    | MarkRequest
    | RefundRequest
    | NoteRequest
)
Request: TypeAlias = BookingRequest | SeriesRequest | ChangeRequest | ManyRequest
# What leads to no appointment.
Addition: TypeAlias = NewProvider | NewService | CopyWish


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """A key that is being claimed for a request."""

    key: UUID
    request_hash: bytes
    answer: Answer[Claimed]

    def earlier_result(self, session: Session) -> int | None:
        """Return the appointment that this request led to before, if it did.

        Raises KeyReused if the key was used for another request.
        """
        claimed = self.answer.get()
        if claimed.is_ours:
            if claimed.appointment_id is not None:
                # The key had been purged; the appointment still knew it.
                ask(session, keep_result(self.key, claimed.appointment_id))
            return claimed.appointment_id
        row = ask(session, key_row(self.key))
        if row is None:
            # Purged at this very moment.
            raise Busy
        if row.request_hash != self.request_hash:
            raise KeyReused
        return row.appointment_id


def claim(together: Pipeline, request: Request) -> Claim:
    """Claim the key of a request; the answer comes with the pipeline's others."""
    key, digest = request.idempotency_key, request_hash(request)
    changed = None
    if not isinstance(request, BookingRequest | SeriesRequest):
        changed = request.appointment_id
    return Claim(key, digest, together.ask(claim_key(key, digest, changed)))


def is_first(session: Session, wish: Addition) -> bool:
    """Claim the key of a wish; False if it was carried out before.

    Raises KeyReused if the key was used for another one.
    """
    digest = request_hash(wish)
    if ask(session, claim_key(wish.idempotency_key, digest)).is_ours:
        return True
    row = ask(session, key_row(wish.idempotency_key))
    if row is None:
        # Purged at this very moment.
        raise Busy
    if row.request_hash != digest:
        raise KeyReused
    return False


def request_hash(request: Request | Addition) -> bytes:
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
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
    return value
