"""Finding a client among 200,000, letter by letter, as one types at the telephone.

The clients have names of many languages, as unevenly spread as names are: a few are
common, most are rare. Each keystroke asks anew; the figure that counts is the one that
19 of 20 keystrokes stay below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg import conninfo

from desk_app.db import roles
from desk_app.domain.command_line import Known, readings
from desk_app.domain.day_words import Calendar
from desk_app.domain.proposals import Here
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.clients import Clients
from desk_app.services.command import CommandLine, Line
from desk_app.services.diary import Diary
from desk_app.services.staff import StaffList
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.factories import rows
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desk_app.db.session import Sessions

PEOPLE, VISITS_OF_ONE = 200_000, 12_000
MOST_MS = 30.0
ROUNDS = 3
_FIRST = (
    "Anna Maria Peter Michael Thomas Andreas Sabine Ayşe Mehmet Fatma Jörg Søren Zoë "
    "José Łukasz Agnieszka Piotr Olga Dmitri Ivan Nguyen Minh Fatima Mohammed Ali "
    "Giulia Marco Chiara Émile Chloé Noah Emma Liam Olivia John James Mary Patricia "
    "Wei Li Yuki Haruto Priya Arjun Kwame Amina Björn Astrid Katarzyna Ștefan"
)
_LAST = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch "
    "Bauer Richter Klein Wolf Schröder Neumann Schwarz Yılmaz Kaya Demir Çelik "
    "Kowalski Nowak Wójcik Nguyễn Trần Smith Johnson Williams Brown Jones O'Neil "
    "García Martínez Rossi Ferrari Dubois Lefèvre Ivanova Petrov Hansen Nielsen "
    "Andersson Singh Kumar Chen Wang Tanaka Suzuki Okafor Mensah Haddad Novák"
)
# Most names are rare: syllables make those of the other half of the clients.
_SYLLABLES = (
    "ba be bo bra den der do el fen ga gen ha hol in ka kel ko la lan len lo ma mei "
    "men mi na ner no ra ren ro sa sen ska son stein ta ten ti to va vic wa wil ya zi"
)
_PROVIDER = """
    WITH one AS (INSERT INTO provider (name, type, timezone)
        VALUES ('D', 'DOCTOR', 'UTC') RETURNING provider_id)
    , hours AS (
        INSERT INTO availability (provider_id, day_of_week, start_time, end_time)
        SELECT provider_id, weekday, '09:00', '17:00'
        FROM one, generate_series(0, 6) weekday)
    INSERT INTO service (provider_id, name, duration_minutes, price, currency)
    SELECT provider_id, 'Visit', 15, 60, 'EUR' FROM one"""
_PEOPLE = """
    INSERT INTO client (name, phone, email)
    SELECT first || ' ' || last,
        '+49' || (1500000000 + (number::bigint * 7919993) %% 299999999),
        CASE WHEN number %% 3 = 0 THEN lower(left(translate(last, 'äöüß', 'aous'), 4))
            || number || '@example.org' ELSE '' END
    FROM generate_series(1, %(count)s) number,
    LATERAL (SELECT
        CAST(%(firsts)s AS text[]) AS firsts, CAST(%(lasts)s AS text[]) AS lasts,
        CAST(%(parts)s AS text[]) AS parts,
        (number::bigint * 48271 %% 2147483647) AS one,
        (number::bigint * 69621 %% 2147483647) AS two) dice,
    LATERAL (SELECT
        firsts[1 + floor(cardinality(firsts)
            * power(one %% 100003 / 100003.0, 1.6))::int] AS first,
        CASE WHEN number %% 2 = 0
            THEN lasts[1 + floor(cardinality(lasts)
                * power(two %% 100019 / 100019.0, 1.6))::int]
            ELSE initcap(parts[1 + one %% cardinality(parts)]
                || parts[1 + two %% cardinality(parts)]
                || parts[1 + (one / 97) %% cardinality(parts)]) END AS last) named"""
_VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status)
    SELECT s.provider_id, c.client_id, s.service_id, visit.start,
        visit.start + interval '15 minutes', 'CONFIRMED'
    FROM service s, generate_series(1, %(count)s) number,
        LATERAL (SELECT timestamptz '2020-01-01 00:00+00'
            + make_interval(mins => 15 * number) AS start) visit,
        LATERAL (SELECT 1 + number::bigint * 48271 %% %(people)s AS client_id) c
    WHERE s.service_id = (SELECT min(service_id) FROM service)"""
# What people type for a client, whole; each beginning of it is one keystroke.
TYPED = (
    "müller anna",
    "mei jo",
    "schmidt",
    "o'neil",
    "yilmaz mehmet",
    "nguyen",
    "kowalski",
    "weber pet",
    "wolf",
    "smith john",
    "zzz",
    "anna s",
    "meilanska",
    "0151 23",
    "+49 170 1",
    "5678",
    "garcia@",
    "li we",
)

LINES = (
    "smith jo tomorrow 14:30 visit",
    "dr d mül an in 2 weeks 9h",
    "wolf +3 after 3",
)


@dataclass(frozen=True, slots=True)
class Keystroke:
    """What stands in the field after a key, and how long its answer takes."""

    typed: str
    seconds: float


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            _fill(connection)
        with sessions_to(url) as sessions:
            _let_in(sessions)
        figures: list[Figure] = []
        for login, who in (("reception", "a receptionist"), ("doctor", "a provider")):
            address = conninfo.make_conninfo(url, user=login, password=PASSWORD)
            with sessions_to(address) as sessions:
                figures += _figures(who, tuple(keystrokes(Clients(sessions))))
                figures += _lines(sessions) if login == "reception" else ()
        return figures


def _lines(sessions: Sessions) -> Iterator[Figure]:
    """Type whole lines; each keystroke is read, and proposed for on the database."""
    diary = Diary(sessions)
    finder, catalogue = CommandLine(Clients(sessions), diary), diary.catalogue()
    today = datetime.now(UTC).date()
    known = Known(Calendar(today), catalogue.providers, catalogue.services)
    here = Here(ZoneInfo("UTC"), today, today, catalogue.providers[0].provider_id)
    taken: list[float] = []
    for whole in LINES:
        for end in range(1, len(whole) + 1):
            started = perf_counter()
            meant = readings(whole[:end], known)
            finder.propose(Line(meant, here, catalogue.services))
            taken.append((perf_counter() - started) * 1e3)
    yield Figure("a keystroke of a whole line, p50", median(taken), "ms")
    p95 = quantiles(taken, n=20)[-1]
    yield Figure("a keystroke of a whole line, p95", p95, "ms")


def keystrokes(clients: Clients, typed: Iterable[str] = TYPED) -> Iterator[Keystroke]:
    """Type each text letter by letter and time what the search takes."""
    for whole in typed:
        for end in range(1, len(whole) + 1):
            text = whole[:end]
            yield Keystroke(
                text, median(_seconds(clients, text) for _ in range(ROUNDS))
            )


def _seconds(clients: Clients, text: str) -> float:
    started = perf_counter()
    clients.find(text)
    return perf_counter() - started


def _figures(who: str, keys: tuple[Keystroke, ...]) -> Iterator[Figure]:
    taken = [key.seconds * 1e3 for key in keys]
    slowest = max(keys, key=lambda key: key.seconds)
    for length in (1, 2):
        few = [key.seconds * 1e3 for key in keys if len(key.typed) == length]
        yield Figure(f"{length} letter(s), slowest, {who}", max(few), "ms", MOST_MS)
    yield Figure(f"a keystroke, p50, {who}", median(taken), "ms")
    p95 = quantiles(taken, n=20)[-1]
    yield Figure(f"a keystroke, p95, {who}", p95, "ms", MOST_MS)
    remark = f"{slowest.typed!r} of {PEOPLE:,} clients"
    yield Figure(
        f"the slowest keystroke, {who}", max(taken), "ms", None, None, "", remark
    )


def fill_people(connection: psycopg.Connection[Any], count: int) -> None:
    """Make clients with names as unevenly spread as names are."""
    names = {"firsts": _FIRST, "lasts": _LAST, "parts": _SYLLABLES}
    words: dict[str, Any] = {name: text.split() for name, text in names.items()}
    connection.execute(_PEOPLE, words | {"count": count})


def _fill(connection: psycopg.Connection[Any]) -> None:
    connection.execute(_PROVIDER)
    fill_people(connection, PEOPLE)
    connection.execute(_VISITS, {"count": VISITS_OF_ONE, "people": PEOPLE})
    connection.execute("VACUUM ANALYZE")


def _let_in(sessions: Sessions) -> None:
    roles.secure_database(sessions.url())
    staff = StaffList(sessions)
    staff.add(NewStaff("reception", "R", Role.RECEPTIONIST, PASSWORD))
    number = rows(sessions, "SELECT min(provider_id) FROM provider")[0][0]
    staff.add(NewStaff("doctor", "D", Role.PROVIDER, PASSWORD, number))
