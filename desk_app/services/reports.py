"""How the practice does: booked and open time, who did not come, money, waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from desk_app.db.queries import days, history, practice, staff
from desk_app.db.queries import reports as rows
from desk_app.db.queries.pipeline import pipeline
from desk_app.domain.reports import figures
from desk_app.domain.reports.asking import Report, ReportKind
from desk_app.domain.reports.clocks import clocks
from desk_app.domain.reports.open_time import Hours, open_weeks
from desk_app.domain.staff import Role
from desk_app.errors import NotAllowed
from desk_app.services.contact import phone_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.reports.asking import CountedQuery, ReportQuery
    from desk_app.domain.reports.figures import Figures
    from desk_app.domain.reports.open_time import OpenWeek
    from desk_app.domain.staff import Me

C = TypeVar("C")

# What counts only once its time has come.
_BY_NOW = (
    ReportKind.NO_SHOWS,
    ReportKind.LATE_CANCELLATIONS,
    ReportKind.WAITING_TIME,
)


class Reports:
    """Counts, as far as this login may read; each report is one transaction."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def read(self, query: ReportQuery) -> Report:
        """Return a report; raises NotAllowed for receptionists.

        Providers see their own figures, whatever else they may read.
        """
        with self._sessions.begin() as session:
            known = self._known(session)
            now = self._clock() if self._clock else known.now
            counting = _Counting(session, query, known, now)
            return Report(
                query=query,
                before=query.period.before(),
                figures=counting.figures(),
                providers={n: one.name for n, one in known.visible.items()},
                services=known.offered_names,
                counted_at=now,
                is_own=known.is_own,
            )

    def counted(self, asked: CountedQuery) -> tuple[Appointment, ...]:
        """Return the latest appointments that were missed, or cancelled too late.

        Of a report of these, in the hours asked for; at most 200. Raises NotAllowed
        as `read` does.
        """
        is_late = asked.query.kind is ReportKind.LATE_CANCELLATIONS
        with self._sessions.begin() as session:
            known = self._known(session)
            now = self._clock() if self._clock else known.now
            counting = _Counting(session, asked.query, known, now)
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice.practice()))
                which = rows.CANCELLED_LATE if is_late else rows.MISSED
                found = together.ask(
                    rows.counted(which, counting.asked, asked.hours, show)
                )
            return found.get()

    def _known(self, session: Session) -> _Known:
        """Return who asks; raises NotAllowed for those who may not."""
        known = _read_known(session)
        if known.me.role is Role.RECEPTIONIST:
            raise NotAllowed("Reports are for managers, and providers on their own.")
        return known


@dataclass(frozen=True, slots=True)
class _Known:
    """Who asks, and all who ever gave appointments, with what they offered."""

    me: Me
    now: datetime
    providers: Mapping[int, history.ProviderName]
    services: Mapping[int, rows.Offered]

    @property
    def is_own(self) -> bool:
        """Whether somebody sees their own figures only."""
        return self.me.role is Role.PROVIDER

    @property
    def visible(self) -> dict[int, history.ProviderName]:
        """Those whose figures may be seen, by name."""
        in_order = sorted(self.providers.items(), key=lambda item: item[1].name)
        return {
            number: provider
            for number, provider in in_order
            if not self.is_own or number == self.me.provider_id
        }

    @property
    def offered_names(self) -> tuple[str, ...]:
        """The names of what those offer, each once."""
        visible = self.visible
        names = {s.name for s in self.services.values() if s.provider_id in visible}
        return tuple(sorted(names, key=str.casefold))

    @property
    def service_names(self) -> dict[int, str]:
        """The name of each service by its number."""
        return {number: one.name for number, one in self.services.items()}


@dataclass(frozen=True, slots=True)
class _Counting:
    """One report while it is counted."""

    session: Session
    query: ReportQuery
    known: _Known
    now: datetime

    def figures(self) -> Figures:
        """Return the figures that are asked for."""
        names = self.known.service_names
        kind = self.query.kind
        if kind is ReportKind.UTILISATION:
            return self._utilisation()
        if kind is ReportKind.NO_SHOWS:
            return figures.no_shows(self._counted(rows.misses), names)
        if kind is ReportKind.LATE_CANCELLATIONS:
            return figures.late_cancellations(self._counted(rows.misses), names)
        if kind is ReportKind.LEAD_TIME:
            return figures.lead_time(self._counted(rows.leads), names)
        if kind is ReportKind.WAITING_TIME:
            return figures.waiting_time(self._counted(rows.waits))
        return figures.refunds(self._counted(rows.refunds))

    @property
    def _zones(self) -> dict[int, str]:
        wanted = self.query.provider_id
        return {
            number: provider.timezone
            for number, provider in self.known.visible.items()
            if wanted in (None, number)
        }

    @property
    def asked(self) -> rows.Asked:
        """Whose appointments are counted, until when, and of which services."""
        until = self.now if self.query.kind in _BY_NOW else None
        wanted = self.query.service
        services = tuple(
            number for number, one in self.known.services.items() if one.name == wanted
        )
        return rows.Asked(
            clocks(self._zones, self.query.period, until),
            services if wanted else None,
        )

    def _counted(self, statement: Callable[[rows.Asked], Query[list[C]]]) -> list[C]:
        """Return the cells of one statement."""
        with pipeline(self.session) as together:
            together.ask(rows.room_to_count())
            cells = together.ask(statement(self.asked))
        return cells.get()

    def _utilisation(self) -> Figures:
        """Return booked time; open time comes of the same rule as free times."""
        zones, period = self._zones, self.query.period
        first = (period.before() or period).first
        with pipeline(self.session) as together:
            together.ask(rows.room_to_count())
            weekly = together.ask(days.weekly_hours([*zones]))
            exceptions = together.ask(days.overrides([*zones], first, period.last))
            cells = together.ask(rows.usage(self.asked))
        opened: list[OpenWeek] = []
        for number, zone in zones.items():
            own = {
                d: rows for (of, d), rows in exceptions.get().items() if of == number
            }
            hours = Hours(number, ZoneInfo(zone), weekly.get()[number], own)
            opened += open_weeks(hours, period)
        return figures.utilisation(cells.get(), opened)


def _read_known(session: Session) -> _Known:
    with pipeline(session) as together:
        me = together.ask(staff.me())
        now = together.ask(practice.server_time())
        providers = together.ask(history.provider_names())
        services = together.ask(rows.offered())
    return _Known(me.get(), now.get(), providers.get(), services.get())
