"""The weekly hours of a provider: read to be edited, and changed in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db.queries import weekly
from desk_app.db.queries.pipeline import ask
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement
from desk_app.domain.weekly import WeeklyWindow, first_clash
from desk_app.errors import Invalid, Stale
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions

MOST = 300


@dataclass(frozen=True, slots=True)
class WeekChange:
    """All hours of a provider as they were seen, and as they shall be."""

    provider_id: int
    known: frozenset[WeeklyWindow]
    wanted: frozenset[WeeklyWindow]
    settlement: Settlement = NOTHING_DECIDED


@dataclass(frozen=True, slots=True)
class HoursCopy:
    """The hours that several providers shall have, whatever theirs are now."""

    wanted: frozenset[WeeklyWindow]
    provider_ids: tuple[int, ...]
    settlement: Settlement = NOTHING_DECIDED


class WeeklyHours:
    """Reads weekly hours for everybody, changes them for managers."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def of(self, provider_id: int) -> frozenset[WeeklyWindow]:
        """Return all windows of a provider, those of past and later times as well."""
        with self._sessions.begin() as session:
            return ask(session, weekly.windows(provider_id))

    def change(self, change: WeekChange) -> frozenset[WeeklyWindow]:
        """Make the hours as they are wanted; return them. Done again it is done.

        Raises Stale("hours") if somebody else has changed them since they were seen,
        Strands for appointments that would lie outside and are not decided about,
        Invalid("hours") for windows that overlap or are too many, NotAllowed.
        """
        _check(change.wanted)
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _change(session, change, attempt))
        return change.wanted

    def copy(self, copy: HoursCopy) -> tuple[int, ...]:
        """Give all of them the same hours in one step; return whose they are.

        Raises Strands, Invalid("hours") and NotAllowed as `change` does.
        """
        _check(copy.wanted)
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _copy(session, copy, attempt))
        return copy.provider_ids


def _check(wanted: frozenset[WeeklyWindow]) -> None:
    if len(wanted) > MOST:
        raise Invalid("hours", f"At most {MOST} windows can be kept.")
    clash = first_clash(wanted)
    if clash is not None:
        raise Invalid("hours", "Two windows of one day overlap.")


def _change(session: Session, change: WeekChange, attempt: Attempt) -> None:
    number = change.provider_id
    stands = ask(session, weekly.windows(number))
    if stands == change.wanted:
        return

    def write() -> None:
        # Nobody else changes them from here on.
        stands = ask(session, weekly.windows(number))
        if stands != change.known:
            raise Stale("Somebody else has changed these hours.", field="hours")
        _write(session, number, stands, change.wanted)

    carry_out(session, [number], write, change.settlement, attempt)


def _copy(session: Session, copy: HoursCopy, attempt: Attempt) -> None:
    def write() -> None:
        for number in copy.provider_ids:
            stands = ask(session, weekly.windows(number))
            _write(session, number, stands, copy.wanted)

    carry_out(session, copy.provider_ids, write, copy.settlement, attempt)


def _write(
    session: Session,
    provider_id: int,
    stands: frozenset[WeeklyWindow],
    wanted: frozenset[WeeklyWindow],
) -> None:
    for query in (
        *weekly.drop(provider_id, stands - wanted),
        *weekly.add(provider_id, wanted - stands),
    ):
        ask(session, query)
