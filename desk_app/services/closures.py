"""Days on which the practice is closed: holidays taken over, and days of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from desk_app.db.queries import closures, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.closures import (
    MIDNIGHT,
    Closure,
    ClosureYear,
    HolidayOffer,
    Part,
    Region,
)
from desk_app.domain.hours import FIRST_DAY, LAST_DAY
from desk_app.errors import Invalid, Stale
from desk_app.services.contact import clean_line
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.closures import ClosureChange

MOST = 1000
LONGEST_NAME = 200


class Closures:
    """Reads closures for everybody, changes them for managers."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def all(self, first: date, last: date) -> frozenset[Closure]:
        """Return what is closed on the days `first` to `last`, both included."""
        with self._sessions.begin() as session:
            return ask(session, closures.between(first, last))

    def year(self, year: int) -> ClosureYear:
        """Return a year: what is closed, and the holidays of the practice's region."""
        with self._sessions.begin() as session, pipeline(session) as together:
            said = together.ask(practice.practice())
            subdivision = together.ask(closures.subdivision())
            found = together.ask(closures.between(*_bounds(year)))
            after = together.ask(closures.between(*_bounds(year + 1)))
        region = Region(said.get().country, subdivision.get())
        holidays = proposals(region, year)
        is_next_taken = any(each.is_holiday for each in after.get())
        return ClosureYear(
            year,
            region,
            parts(region.country),
            found.get(),
            holidays,
            is_next_taken or not holidays,
        )

    def offer(self, region: Region, first: date) -> HolidayOffer:
        """Return the holidays of a region from `first` to the end of the next year."""
        found = (
            closure
            for year in (first.year, first.year + 1)
            for closure in proposals(region, year)
            if closure.day >= first
        )
        return HolidayOffer(region, parts(region.country), tuple(found))

    def choose_part(self, code: str) -> str:
        """Keep the holidays of this part of the country; "" for those of all of it."""
        code = clean_line(code, LONGEST_NAME, "subdivision")
        query = practice.set_setting(closures.HOLIDAY_SUBDIVISION, code)
        self._sessions.run(lambda session: ask(session, query))
        return code

    def change(self, change: ClosureChange) -> frozenset[Closure]:
        """Close and open as it is wanted; return what is closed. Done again it is done.

        Closures may reach into other years. Raises Stale("closures") if somebody else
        has changed those of the year, Strands for appointments that would lie in one
        and are not decided about, Invalid("name" or "closures") and NotAllowed.
        """
        wanted = frozenset(map(_clean, change.wanted))
        if len(wanted) > MOST:
            raise Invalid("closures", f"At most {MOST} days can be closed.")
        change = replace(change, wanted=wanted)
        attempt = Attempt(self._clock)
        self._sessions.run(lambda session: _change(session, change, attempt))
        return frozenset(each for each in wanted if each.day.year == change.year)


def proposals(region: Region, year: int) -> tuple[Closure, ...]:
    """Return the public holidays of a region in a year, in the words of the country."""
    calendar = _calendar(region, year)
    if calendar is None:
        return ()
    return tuple(
        Closure(day, _named(name), is_holiday=True)
        for day, name in sorted(calendar.items())
        if day.year == year
    )


def parts(country: str) -> tuple[Part, ...]:
    """Return the parts of a country that holidays are known for, by name."""
    # Half a second, which only who asks for holidays waits for.
    import holidays

    kind = getattr(holidays, country, None) if country.isalpha() else None
    codes = getattr(kind, "subdivisions", ())
    aliases = getattr(kind, "subdivisions_aliases", None) or {}
    names: dict[str, str] = {}
    for name, code in aliases.items():
        names.setdefault(code, name)
    found = [Part(code, names.get(code, code)) for code in codes]
    return tuple(sorted(found, key=lambda part: part.name))


def _calendar(region: Region, year: int) -> Any:
    """Return the days of a year and their names, None for an unknown country."""
    import holidays

    known = holidays.list_supported_countries()
    if region.country not in known:
        return None
    part = region.subdivision if region.subdivision in known[region.country] else None
    language = getattr(holidays, region.country).default_language
    return holidays.country_holidays(
        region.country, subdiv=part, years=year, language=language
    )


def _named(name: str) -> str:
    """Return the name of a day; two holidays on one day come in one text."""
    return clean_line(name, LONGEST_NAME, "name")


def _bounds(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _clean(closure: Closure) -> Closure:
    if not FIRST_DAY <= closure.day <= LAST_DAY:
        raise Invalid("closures", "The schedule goes from the year 2000 to 2199.")
    name = clean_line(closure.name, LONGEST_NAME, "name")
    if not name:
        raise Invalid("name", "Say why the practice is closed.")
    ends_late = closure.end == MIDNIGHT or closure.start < closure.end
    if not ends_late:
        raise Invalid("closures", "It ends after it begins.")
    return replace(closure, name=name)


def _change(session: Session, change: ClosureChange, attempt: Attempt) -> None:
    bounds = _bounds(change.year)
    beyond = frozenset(c for c in change.wanted if c.day.year != change.year)
    if ask(session, closures.between(*bounds)) == change.wanted:
        return

    def write() -> None:
        # Nobody else changes them from here on.
        stands = ask(session, closures.between(*bounds))
        if stands not in (change.known, change.wanted - beyond):
            raise Stale("Somebody else has changed closures.", field="closures")
        for gone in stands - change.wanted:
            ask(session, closures.drop(gone))
        for new in change.wanted - stands:
            ask(session, closures.add(new))

    everybody = [each.provider_id for each in ask(session, practice.active_providers())]
    carry_out(session, everybody, write, change.settlement, attempt)
