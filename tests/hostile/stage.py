"""A real practice in which everybody and everything has one hostile name."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from desk_app.db.connect import engine_for
from desk_app.db.queries.practice import PRACTICE_NAME
from desk_app.domain.staff import Me
from desk_app.errors import DeskError
from desk_app.services.diary import OpeningQuery
from desk_app.settings import Settings
from desk_app.ui.dialogs.ports import (
    AppointmentPorts,
    BookingPorts,
    CancelPorts,
    MovePorts,
    OpeningsWanted,
    Screen,
)
from tests import factories, postgres
from tests.hostile import rows
from tests.hostile.poison import Full
from tests.hostile.texts import ORDINARY
from tests.ui.conftest import open_desk, tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Client
    from desk_app.domain.schedule import Catalogue, ProviderDay
    from desk_app.domain.slots import Opening
    from desk_app.services.diary import Diary

LONGEST_LOGIN = 63
LONGEST_STORED = 10_000
ELSEWHERE = "America/New_York"
# By its phone number the client is found, whatever its name.
KEPT = {"client.phone"}
COLUMNS = [
    column
    for column in rows.columns(sa.Text)
    if not column.primary_key and str(column) not in KEPT
]
BOOKED_BY = [column for column in COLUMNS if str(column) == "appointment.created_by"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the program read of the practice after it was renamed."""

    catalogue: Catalogue
    days: tuple[ProviderDay, ...]
    client: Client
    pending: Appointment
    confirmed: Appointment
    cancelled: Appointment

    now: datetime

    @property
    def screen(self) -> Screen:
        """What every dialog must know."""
        zone = ZoneInfo(self.catalogue.timezone)
        return Screen(self.catalogue, zone, self.now, self.days)


class Stage:
    """A practice on a database of its own, and the services that screens ask."""

    def __init__(self, url: str) -> None:
        self.desk: Desk = replace(open_desk(url), settings=Settings(database=url))
        self._engine = engine_for(url, "-c timezone=UTC -c jit=off")
        self._connection: Connection = self._engine.connect()
        sessions = postgres.RolledBackSessions(self._connection)
        with self._connection.begin():
            self._full = Full(sessions, {})
            self._full.prepare()
            self._open_practice()
        self.facts = self._read()

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()
        self._engine.dispose()
        self.desk.close()

    def rename(self, text: str) -> frozenset[str]:
        """Write `text` wherever the database takes it; return in which columns.

        Whatever refuses it goes back to an ordinary text, or to none.
        """
        with self._connection.begin():
            # What is longer goes into no column; tests/hostile/test_rows.py knows.
            fits = len(text) <= LONGEST_STORED
            taken = self._plant(text if fits else ORDINARY.text)
            if not self._full.set(PRACTICE_NAME, _json(text)):
                self._full.set(PRACTICE_NAME, _json(ORDINARY.text))
        facts = self._read()
        me = Me(text[:LONGEST_LOGIN], text)
        self.facts = replace(facts, catalogue=replace(facts.catalogue, me=me))
        return taken if fits else frozenset()

    # -- ports, answered at once

    def booking_ports(self) -> BookingPorts:
        """Return the ways to book."""
        desk = self.desk
        find, book = port(desk.clients.find), port(desk.booking.book)
        return BookingPorts(find, port(partial(openings, desk.diary)), book)

    def appointment_ports(self) -> AppointmentPorts:
        """Return everything that can be done with an appointment."""
        booking, diary = self.desk.booking, self.desk.diary
        moving = MovePorts(port(partial(openings, diary)), port(booking.move))
        cancelling = CancelPorts(port(booking.cancel))
        return AppointmentPorts(port(booking.confirm), cancelling, moving)

    # -- inside

    def _plant(self, text: str) -> frozenset[str]:
        taken = self._full.plant(COLUMNS, text, ORDINARY.text, "")
        # The login that booked is written by a trigger.
        self._full.run("SET LOCAL session_replication_role = replica")
        taken += self._full.plant(BOOKED_BY, text, ORDINARY.text)
        self._full.run("SET LOCAL session_replication_role = origin")
        return frozenset(map(str, taken))

    def _open_practice(self) -> None:
        sessions = self._full.sessions
        practice = factories.open_practice(sessions)
        self._full.run("UPDATE service SET is_virtual = true")
        factories.client(sessions, phone="+493023125002", no_show_flag=True)
        self._full.run(
            "INSERT INTO staff_user (login, name, role)"
            " VALUES ('jonas', 'Jonas Krüger', 'MANAGER')"
        )
        elsewhere = factories.provider(sessions, timezone=ELSEWHERE)
        factories.service(sessions, elsewhere)
        factories.hours(sessions, elsewhere)
        factories.override(
            sessions, practice.provider_id, date=tomorrow(), start_time=_clock(15)
        )
        self._ids = tuple(
            self._visit(practice, start, status)
            for start, status in (
                ((9, 0), "PENDING"),
                ((9, 40), "CONFIRMED"),
                ((10, 20), "CANCELLED"),
            )
        )

    def _visit(
        self, practice: factories.Practice, start: tuple[int, int], status: str
    ) -> int:
        begins = practice.at(*start, day=tomorrow())
        gone = begins - timedelta(days=1) if status == "CANCELLED" else None
        return int(
            self._full.run(
                "INSERT INTO appointment (provider_id, client_id, service_id,"
                " start_time, end_time, status, cancelled_at, meeting_link) VALUES"
                " (:provider, :client, :service, :start, :end, :status, :gone, :link)"
                " RETURNING appointment_id",
                provider=practice.provider_id,
                client=practice.client_id,
                service=practice.service_id,
                start=begins,
                end=begins + timedelta(minutes=30),
                status=status,
                gone=gone,
                link="https://meet.example/1",
            )
        )

    def _read(self) -> Facts:
        diary = self.desk.diary
        catalogue = diary.catalogue()
        ids = [provider.provider_id for provider in catalogue.providers]
        visits = [diary.get(number) for number in self._ids]
        client = self.desk.clients.get(visits[0].client_id)
        days = diary.days(tomorrow(), 1, ids)
        return Facts(catalogue, days, client, *visits, datetime.now(UTC))


def openings(diary: Diary, wanted: OpeningsWanted) -> tuple[Opening, ...]:
    """Look for free times, as the window asks its services for a dialog."""
    query = OpeningQuery(wanted.services, wanted.first, wanted.days, wanted.limit)
    return diary.openings(query)


def port(function: Callable[[Any], Any]) -> Callable[[Any, Any, Any], None]:
    """Return a port of a dialog over a service, which answers at once."""
    return partial(_answer, function)


def _answer(function: Callable[[Any], Any], asked: Any, then: Any, failed: Any) -> None:
    try:
        answer = function(asked)
    except DeskError as error:
        failed(error)
    else:
        then(answer)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _clock(hour: int) -> Any:
    return datetime(2026, 1, 1, hour).time()  # noqa: DTZ001 (of no place)
