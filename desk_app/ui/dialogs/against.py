"""What speaks against a time that a form asks for, gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.interval import Interval
from desk_app.domain.policies import Policy, check_client, check_hold
from desk_app.errors import Refused
from desk_app.ui.dialogs import client_words, offers, rule_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from desk_app.domain.people import Client, Service
    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.ports import Screen


class Against:
    """Gathers what the grid knows, what the client brings, what the practice told.

    What was told counts for the place and the client it was told about only.
    `unasked` are rules that do not count here.
    """

    def __init__(self, screen: Screen, unasked: Collection[str] = ()) -> None:
        self._screen, self._unasked = screen, unasked
        self._about: object = None
        self._told: dict[str, Refused] = {}

    def tell(self, refused: Refused) -> None:
        """Keep what the practice has said about the place of the last `weigh`."""
        self._told[refused.policy] = refused

    def weigh(
        self,
        service: Service,
        start: datetime,
        client: Client | None = None,
        *,
        is_free: bool = False,
    ) -> tuple[Refused, ...]:
        """Return what speaks against a start; its hours do not if it `is_free`."""
        about = (service, start, client.client_id if client else None)
        if about != self._about:
            self._about, self._told = about, {}
        known = () if is_free else self.of_time(service, start)
        found = {refused.policy: refused for refused in known}
        for refused in (
            self._hold(service, start),
            self._lock_out(service.provider_id, start, client),
            *self._told.values(),
        ):
            if refused is not None:
                found.setdefault(refused.policy, refused)
        return tuple(found.values())

    def details(
        self, against: Iterable[Refused], client: Client | None = None
    ) -> list[str]:
        """Return in a sentence each what is not said about the time itself."""
        said = []
        for refused in against:
            if refused.policy == Policy.LOCKED_OUT and client is not None:
                said.append(client_words.lock_out(client, self._screen))
            elif refused.policy in (Policy.LOCKED_OUT, Policy.HELD):
                said.append(rule_words.closed_by(refused))
        return [text for text in said if text]

    def is_open_to(self, client: Client | None, opening: Opening) -> bool:
        """Say whether a client who is locked out of today may have a time."""
        start, provider_id = opening.start, opening.provider_id
        return self._lock_out(provider_id, start, client) is None

    def of_time(self, service: Service, start: datetime) -> tuple[Refused, ...]:
        """Return what closes a start by itself, as far as its day is shown."""
        closed = offers.objections_then(self._screen, service, start) or ()
        return tuple(one for one in closed if one.policy not in self._unasked)

    def _hold(self, service: Service, start: datetime) -> Refused | None:
        wanted = Interval(start, start + service.duration + service.buffer)
        theirs = [
            hold
            for hold in self._screen.holds
            if hold.provider_id == service.provider_id
        ]
        return _raised(lambda: check_hold(theirs, wanted, None, self._screen.now))

    def _lock_out(
        self, provider_id: int, start: datetime, client: Client | None
    ) -> Refused | None:
        provider = offers.provider_of(self._screen.catalogue, provider_id)
        if client is None or provider is None:
            return None
        zone = ZoneInfo(provider.timezone)
        return _raised(lambda: check_client(client, start, zone, self._screen.now))


def _raised(check: Callable[[], None]) -> Refused | None:
    """Return what a check refuses, None if it lets it be."""
    try:
        check()
    except Refused as refused:
        return refused
    return None
