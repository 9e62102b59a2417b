"""Days on which a provider is away, or open at other or at more times than usual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desk_app.db.locks import DayKey, bump
from desk_app.db.queries import closures, days, overrides, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.hours import FIRST_DAY, LAST_DAY
from desk_app.domain.overrides import (
    MIDNIGHT,
    DayLook,
    Kind,
    rows_of,
    year_looks,
)
from desk_app.domain.stranding import NOTHING_DECIDED, Settlement
from desk_app.errors import Invalid, NotAllowed, NotFound
from desk_app.services.contact import clean_line
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.overrides import DaysRequest

MOST_DAYS = 366
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class RemoveRequest:
    """Take one block or extra time away that somebody entered."""

    override_id: int
    settlement: Settlement = NOTHING_DECIDED


@dataclass(frozen=True, slots=True)
class YearWanted:
    """A year of a provider."""

    provider_id: int
    year: int


class Overrides:
    """Exceptions to the weekly hours; all raise Unavailable, NotAllowed, NotFound."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def year(self, wanted: YearWanted) -> tuple[DayLook, ...]:
        """Return how each day of a year looks."""
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        ids = [wanted.provider_id]
        with self._sessions.begin() as session, pipeline(session) as together:
            hours = together.ask(days.weekly_hours(ids))
            found = together.ask(days.overrides(ids, first, last))
            closed = together.ask(closures.between(first, last))
        by_day = {day: rows for (_, day), rows in found.get().items()}
        every = [date.fromordinal(n) for n in _ordinals(first, last)]
        holidays = {each.day for each in closed.get() if each.is_holiday}
        looks = year_looks(every, hours.get()[wanted.provider_id], by_day)
        return tuple(
            replace(look, is_holiday=look.day in holidays) if look.closure else look
            for look in looks
        )

    def change(self, request: DaysRequest) -> tuple[date, ...]:
        """Make the days as they are wished; return them. Done again it is done.

        What people entered for these days before goes, except for EXTRA, which is put
        to it; what outside calendars block stays. Raises Strands for appointments that
        would lie outside and are not decided about, Invalid("days", "hours" or
        "reason").
        """
        request = _clean(request)
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _change(session, request, attempt))
        return request.days

    def remove(self, request: RemoveRequest) -> None:
        """Take away one that was entered by hand; one that is gone is no more.

        Raises Strands as `change` does.
        """
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _remove(session, request, attempt))


def _ordinals(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


def _clean(request: DaysRequest) -> DaysRequest:
    in_order = FIRST_DAY <= request.first <= request.last <= LAST_DAY
    if not in_order or (request.last - request.first).days >= MOST_DAYS:
        raise Invalid("days", f"One to {MOST_DAYS} days in a row are needed.")
    if any(window.start >= window.end != MIDNIGHT for window in request.windows):
        raise Invalid("hours", "It ends before it begins.")
    if request.kind in (Kind.OTHER, Kind.EXTRA) and not request.windows:
        raise Invalid("hours", "Say at which times it is open.")
    reason = clean_line(request.reason, LONGEST_REASON, "reason")
    return replace(request, reason=reason)


def _change(session: Session, request: DaysRequest, attempt: Attempt) -> None:
    number, bounds = request.provider_id, (request.first, request.last)
    if not ask(session, practice.providers([number])):
        raise NotFound("This provider no longer exists.")
    wanted = frozenset(rows_of(request))
    is_added = request.kind is Kind.EXTRA

    def write() -> None:
        stands = ask(session, overrides.entered(number, *bounds))
        if not is_added:
            ask(session, overrides.clear(number, *bounds))
            stands = {}
        for day in request.days:
            for row in sorted(wanted - stands.get(day, frozenset())):
                ask(session, overrides.add(number, day, row, request.reason))
        bump(session, [DayKey(number, day) for day in request.days])

    carry_out(session, [number], write, request.settlement, attempt)


def _remove(session: Session, request: RemoveRequest, attempt: Attempt) -> None:
    number = ask(session, overrides.owner(request.override_id))
    if number is None:
        return

    def write() -> None:
        if not ask(session, overrides.drop(request.override_id)):
            raise NotAllowed("This time is not yours to change.")

    carry_out(session, [number], write, request.settlement, attempt)
