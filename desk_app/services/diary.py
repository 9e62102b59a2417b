"""Reading the schedule: the catalogue, the days the grid shows, free times."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from desk_app.db.queries import (
    appointments,
    days,
    holds,
    practice,
    rooms,
    staff,
)
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain import month
from desk_app.domain.hours import LAST_DAY, blocks_of, day_bounds, open_windows
from desk_app.domain.interval import Interval
from desk_app.domain.people import Provider, Service
from desk_app.domain.schedule import Catalogue, ProviderDay
from desk_app.domain.staff import Role
from desk_app.errors import Invalid
from desk_app.services.contact import phone_writer
from desk_app.services.openings import OpeningQuery, find_openings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from desk_app.db.queries.days import DayOverrides, DayVersions, WeeklyHours
    from desk_app.db.queries.practice import Practice
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.holds import Hold
    from desk_app.domain.month import DayCount
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.slots import Opening
    from desk_app.domain.staff import Me

__all__ = ["Diary", "OpeningQuery"]

P = TypeVar("P", Provider, Service)


class Diary:
    """The schedule as it stands; each method is one transaction that reads."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def catalogue(self) -> Catalogue:
        """Return the practice, its active providers and their active services.

        Providers stand first themselves; one who may not see the others' diaries is
        shown alone: without their appointments they would look free.
        """
        with self._sessions.begin() as session, pipeline(session) as together:
            said = together.ask(practice.practice())
            providers = together.ask(practice.active_providers())
            services = together.ask(practice.active_services())
            me = together.ask(staff.me())
            people = together.ask(staff.everybody())
            all_rooms = together.ask(rooms.rooms())
            locations = together.ask(rooms.locations())
            has_providers = together.ask(practice.has_providers())
            former = together.ask(practice.former_providers())
        return Catalogue(
            practice_name=said.get().name,
            timezone=said.get().timezone,
            currency=said.get().currency,
            country=said.get().country,
            providers=_own_first(providers.get(), me.get(), said.get()),
            services=_visible(services.get(), me.get(), said.get()),
            alignment=said.get().alignment,
            me=me.get(),
            people=people.get(),
            lock_minutes=said.get().access.lock_minutes,
            hide_names_minutes=said.get().access.hide_names_minutes,
            rules=said.get().rules,
            new_service=said.get().new_service,
            rooms=tuple(room for room in all_rooms.get() if room.is_active),
            locations=tuple(each for each in locations.get() if each.is_active),
            has_providers=has_providers.get(),
            former=former.get(),
        )

    def days(
        self, first: date, count: int, provider_ids: Sequence[int]
    ) -> tuple[ProviderDay, ...]:
        """Return `count` local days from `first` for each provider, in that order.

        Ordered by provider as given, then by day. An appointment that is busy past
        midnight stands in both days. Unknown providers are left out. Raises
        Invalid("day") outside the years 2000 to 2199.
        """
        if not provider_ids or count < 1:
            return ()
        with self._sessions.begin() as session:
            return _provider_days(session, first, count, provider_ids)

    def month_counts(
        self, first: date, count: int, provider_ids: Sequence[int]
    ) -> tuple[DayCount, ...]:
        """Return how full `count` days from `first` are, for these providers together.

        Days outside the years 2000 to 2199 are left out, and so are providers whose
        diary this person may not see.
        """
        days_asked = month.days_from(first, count)
        if not days_asked:
            return ()
        with self._sessions.begin() as session:
            return _month_counts(session, days_asked, provider_ids)

    def get(self, appointment_id: int) -> Appointment | None:
        """Return one appointment as it stands, cancelled or not."""
        with self._sessions.begin() as session:
            return read_appointment(session, appointment_id)

    def holds(self) -> tuple[Hold, ...]:
        """Return the times that desks are booking at this moment, the oldest first."""
        with self._sessions.begin() as session:
            return ask(session, holds.live_holds())

    def refunds(self) -> tuple[Appointment, ...]:
        """Return what has a refund that was not given yet, the oldest first."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice.practice()))
                answer = together.ask(appointments.refunds_to_give(show))
            return answer.get()

    def series(self, series_id: UUID) -> tuple[Appointment, ...]:
        """Return what was booked together, by start, cancelled ones as well."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice.practice()))
                answer = together.ask(appointments.of_series(series_id, show))
            return answer.get()

    def openings(self, query: OpeningQuery) -> tuple[Opening, ...]:
        """Return free times in order of time; each of them can be booked."""
        with self._sessions.begin() as session:
            return find_openings(session, query, self._clock)


def _visible(rows: tuple[P, ...], me: Me, said: Practice) -> tuple[P, ...]:
    """Leave what belongs to providers whose diary this person may see."""
    if me.role is not Role.PROVIDER or said.access.providers_read_all:
        return rows
    return tuple(row for row in rows if row.provider_id == me.provider_id)


def _own_first(
    rows: tuple[Provider, ...], me: Me, said: Practice
) -> tuple[Provider, ...]:
    visible = _visible(rows, me, said)
    return tuple(sorted(visible, key=lambda row: row.provider_id != me.provider_id))


def read_appointment(session: Session, appointment_id: int) -> Appointment | None:
    """Return one appointment, read in a transaction that is under way."""
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        answer = together.ask(appointments.appointment(appointment_id, show))
    return answer.get()


class _Rows:
    """All rows that the asked days need, by what they belong to."""

    def __init__(
        self,
        hours: WeeklyHours,
        overrides: DayOverrides,
        versions: DayVersions,
        found: Sequence[Appointment],
    ) -> None:
        self._hours = hours
        self._overrides = overrides
        self._versions = versions
        self.rooms: RoomTimes = {}
        self._appointments: dict[int, list[Appointment]] = defaultdict(list)
        for appointment in found:
            self._appointments[appointment.provider_id].append(appointment)

    def column(self, provider: Provider, day: date) -> ProviderDay:
        """Return one column of the grid."""
        zone = ZoneInfo(provider.timezone)
        number = provider.provider_id
        bounds = day_bounds(day, zone)
        overrides = self._overrides.get((number, day), [])
        weekly = self._hours[number].on(day)
        return ProviderDay(
            provider=provider,
            day=day,
            version=self._versions.get((number, day), 0),
            open_windows=open_windows(day, zone, weekly, overrides),
            blocks=blocks_of(day, zone, overrides),
            appointments=tuple(
                appointment
                for appointment in self._appointments[number]
                if appointment.start < bounds.end
                and appointment.busy_until > bounds.start
            ),
            rooms=self.rooms,
        )


def _asked(first: date, count: int) -> list[date]:
    if first.toordinal() + count - 1 > LAST_DAY.toordinal():
        raise Invalid("day", f"The schedule ends on {LAST_DAY.isoformat()}.")
    return [first + timedelta(days=number) for number in range(count)]


def _provider_days(
    session: Session, first: date, count: int, provider_ids: Sequence[int]
) -> tuple[ProviderDay, ...]:
    """Read in two round trips: where the providers are, then everything else."""
    with pipeline(session) as together:
        show = phone_writer(together.ask(practice.practice()))
        answer = together.ask(practice.providers(provider_ids))
    known = {provider.provider_id: provider for provider in answer.get()}
    providers = [known[number] for number in provider_ids if number in known]
    if not providers:
        return ()
    asked = _asked(first, count)
    zones = [ZoneInfo(provider.timezone) for provider in providers]
    whole = Interval(
        min(day_bounds(asked[0], zone).start for zone in zones),
        max(day_bounds(asked[-1], zone).end for zone in zones),
    )
    ids = list(known)
    with pipeline(session) as together:
        hours = together.ask(days.weekly_hours(ids))
        overrides = together.ask(days.overrides(ids, asked[0], asked[-1]))
        versions = together.ask(days.versions(ids, asked[0], asked[-1]))
        found = together.ask(appointments.appointments(ids, whole, show))
        in_rooms = together.ask(rooms.all_busy(_with_last_buffer(whole)))
    rows = _Rows(hours.get(), overrides.get(), versions.get(), found.get())
    rows.rooms = in_rooms.get()
    return tuple(rows.column(provider, day) for provider in providers for day in asked)


def _with_last_buffer(whole: Interval) -> Interval:
    """Return the stretch in which a visit of these days can need a room."""
    return Interval(whole.start, whole.end + days.LONGEST_BUFFER)


def _month_counts(
    session: Session, asked: Sequence[date], provider_ids: Sequence[int]
) -> tuple[DayCount, ...]:
    """Read all in one round trip, a day wider than any zone needs."""
    first, last = asked[0], asked[-1]
    whole = Interval(
        datetime.combine(first, time(), UTC) - timedelta(days=1),
        datetime.combine(last, time(), UTC) + timedelta(days=2),
    )
    with pipeline(session) as together:
        said = together.ask(practice.practice())
        me = together.ask(staff.me())
        providers = together.ask(practice.providers(provider_ids))
        hours = together.ask(days.weekly_hours(provider_ids))
        overrides = together.ask(days.overrides(provider_ids, first, last))
        busy = together.ask(days.busy_spans(provider_ids, whole))
    diaries = []
    for provider in _visible(providers.get(), me.get(), said.get()):
        number = provider.provider_id
        diaries.append(
            month.Diary(
                ZoneInfo(provider.timezone),
                hours.get()[number],
                {d: rows for (of, d), rows in overrides.get().items() if of == number},
                busy.get().get(number, ()),
            )
        )
    return month.counted(asked, diaries)
