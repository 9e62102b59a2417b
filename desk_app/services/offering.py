"""What providers offer: services added, changed, copied to others, or ended."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from desk_app.db.queries import meetings, offering
from desk_app.db.queries.pipeline import ask
from desk_app.domain.offering import ServiceDraft, merged, namesake
from desk_app.errors import Invalid, NotFound, Stale
from desk_app.services import contact
from desk_app.services.idempotency import is_first
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.offering import Copy, CopyWish, NewService, ServiceChange
    from desk_app.domain.people import Money, Service

MOST_MONEY = Decimal("99999999.99")
CENT = Decimal("0.01")
MOST_COPIES = 500

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class _Limit:
    """The least and the most that a field of a service may hold."""

    field: str
    least: int
    most: int


# As the database knows them: see `db/models/people.py`.
_LIMITS = (
    _Limit("duration_minutes", 1, 1_440),
    _Limit("buffer_minutes", 0, 720),
    _Limit("max_advance_days", 0, 3_650),
    _Limit("cancellation_hours", 0, 8_760),
)


class Offers:
    """All services of the practice. All but reading is for managers.

    What is booked keeps the length, the price and the rules it was booked with. Each
    write is one transaction; twice does the same as once.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def all(self) -> tuple[Service, ...]:
        """Return all services by name, those no longer offered as well."""
        with self._sessions.begin() as session:
            return ask(session, offering.all_services())

    def add(self, new: NewService) -> Service:
        """Add a service of a provider.

        Raises Invalid by field of ServiceDraft, NotFound for the provider, NotAllowed.
        """
        draft, owner = _clean(new.draft), new.provider_id

        def add(session: Session) -> Service:
            if not is_first(session, new):
                number = ask(session, offering.newest_service(owner, draft.name))
                return _one(session, number)
            _check_name(session, owner, draft)
            return _one(session, ask(session, offering.insert_service(owner, draft)))

        return self._sessions.run(add)

    def change(self, change: ServiceChange) -> Service:
        """Write what differs from what a person saw; what others changed stays.

        Raises Strands if it is no longer offered and appointments to come are not
        decided about; Stale by field, Invalid by field, NotFound, NotAllowed.
        """
        change = replace(change, wanted=_clean(change.wanted))
        attempt = Attempt(self._clock)
        return self._sessions.run(lambda session: _change(session, change, attempt))

    def copy(self, wish: CopyWish) -> tuple[Service, ...]:
        """Let others offer a service too; return their services, in the same order.

        Raises Stale if a provider has another service of that name by now than the one
        to be replaced, Invalid by field, NotAllowed.
        """
        if len(wish.copies) > MOST_COPIES:
            raise Invalid("copies", f"At most {MOST_COPIES} copies are made at once.")
        draft = replace(_clean(wish.draft), is_active=True)

        def copy(session: Session) -> tuple[Service, ...]:
            for provider_id in sorted({each.provider_id for each in wish.copies}):
                ask(session, offering.keep_provider(provider_id))
            there = ask(session, offering.all_services())
            if not is_first(session, wish):
                found = [
                    namesake(draft.name, c.provider_id, there) for c in wish.copies
                ]
                return tuple(service for service in found if service is not None)
            return tuple(_copy(session, draft, each, there) for each in wish.copies)

        return self._sessions.run(copy)


def _copy(
    session: Session, draft: ServiceDraft, copy: Copy, there: tuple[Service, ...]
) -> Service:
    known = namesake(draft.name, copy.provider_id, there)
    if (known and known.service_id) != copy.replaces:
        raise Stale("Somebody else has changed a service of this name.", field="copies")
    if known is None:
        number = ask(session, offering.insert_service(copy.provider_id, draft))
    else:
        number = known.service_id
        _write(session, number, ServiceDraft.of(known), draft)
    return _one(session, number)


def _change(session: Session, change: ServiceChange, attempt: Attempt) -> Service:
    number = change.service_id
    stands = _one(session, number)

    def write() -> None:
        ask(session, offering.keep_service(number))
        now = ServiceDraft.of(_one(session, number))
        wanted = merged(change.known, change.wanted, now)
        if wanted.is_active and (wanted.name != now.name or not now.is_active):
            _check_name(session, stands.provider_id, wanted)
        _write(session, number, now, wanted)

    if stands.is_active and not change.wanted.is_active:
        provider = stands.provider_id
        carry_out(session, [provider], write, change.settlement, attempt)
    else:
        write()
    return _one(session, number)


def _check_name(session: Session, provider_id: int, draft: ServiceDraft) -> None:
    """Refuse a name that a service of this provider has already."""
    ask(session, offering.keep_provider(provider_id))
    there = ask(session, offering.all_services())
    known = namesake(draft.name, provider_id, there)
    if draft.is_active and known is not None and known.is_active:
        raise Invalid("name", "This provider has a service of this name already.")


def _write(
    session: Session, number: int, stands: ServiceDraft, wanted: ServiceDraft
) -> None:
    if stands.rooms != wanted.rooms:
        ask(session, offering.set_rooms(number, wanted.rooms))
    if stands != wanted:
        ask(session, offering.update_service(number, wanted))
    if stands.is_virtual != wanted.is_virtual:
        ask(session, meetings.of_service_again(number))


def _clean(draft: ServiceDraft) -> ServiceDraft:
    """Return a service as it is stored; raises Invalid by field."""
    for limit in _LIMITS:
        if not limit.least <= getattr(draft, limit.field) <= limit.most:
            words = f"A whole number from {limit.least} to {limit.most} is needed."
            raise Invalid(limit.field, words)
    rooms = draft.rooms
    return replace(
        draft,
        name=contact.clean_name(draft.name),
        price=_price(draft.price),
        rooms=rooms if rooms is None else tuple(dict.fromkeys(rooms)),
    )


def _price(price: Money) -> Money:
    if not _CURRENCY.fullmatch(price.currency):
        raise Invalid("price", "The currency has three capitals, such as EUR.")
    if not (price.amount.is_finite() and 0 <= price.amount <= MOST_MONEY):
        raise Invalid("price", "Type a price from 0 to 99,999,999.99.")
    if price.amount != price.amount.quantize(CENT):
        raise Invalid("price", "A price has at most two decimals.")
    return price


def _one(session: Session, service_id: int) -> Service:
    found = ask(session, offering.one_service(service_id))
    if found is None:
        raise NotFound("This service no longer exists.")
    return found
