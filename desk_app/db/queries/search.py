"""Appointments by words, whichever of their columns holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.appointments import COLUMNS, JOINED, to_appointment
from desk_app.db.queries.people import escaped
from desk_app.db.queries.pipeline import Query, array

if TYPE_CHECKING:
    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.domain.appointment import Appointment, Status
    from desk_app.domain.interval import Interval

# The planner looks clients up by their trigrams once and keeps the numbers.
_CLIENTS: LiteralString = "SELECT client_id FROM client WHERE search_text LIKE "
# Under row-level security only this may use the index, migrations/sql/0003_search.sql.
_MY_CLIENTS: LiteralString = "SELECT desk_clients_found(ARRAY[{0}], {1})"
_MOST_OF_MINE: LiteralString = "2000"
_NAMED: LiteralString = (
    " OR a.service_id = ANY(%({0}_services)s::int[])"
    " OR a.provider_id = ANY(%({0}_providers)s::int[])"
)
# Few have notes, and to see that takes no time.
_NOTED: LiteralString = " OR (a.notes <> '' AND a.notes ILIKE %({0}_notes)s)"
# What is to come stands first, the next one above all.
_ORDER: LiteralString = (
    " ORDER BY a.start_time < now(),"
    " CASE WHEN a.start_time >= now() THEN a.start_time END,"
    " a.start_time DESC, a.appointment_id"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, and the services and providers that have it in their names."""

    in_client: str
    in_notes: str
    services: tuple[int, ...]
    providers: tuple[int, ...]

    @property
    def is_named(self) -> bool:
        """Whether a service or a provider has it in its name."""
        return bool(self.services or self.providers)


@dataclass(frozen=True, slots=True)
class Search:
    """All that must be so of an appointment, and which of those are asked for.

    `in_notes` looks for the words in notes too, which takes longer; `is_of_mine` is for
    a provider, who sees their own clients.
    """

    words: tuple[Word, ...]
    status: Status | None
    within: Interval | None
    limit: int
    offset: int
    in_notes: bool = False
    is_of_mine: bool = False


def appointments(search: Search, show: ShowPhone) -> Query[tuple[Appointment, ...]]:
    """Return what fits, cancelled ones as well."""
    values: dict[str, object] = {"limit": search.limit, "offset": search.offset}
    conditions: list[LiteralString] = []
    for name, word in zip(_NAMES, search.words, strict=False):
        conditions.append(_condition(name, word, search))
        values |= {
            f"{name}_client": f"%{escaped(word.in_client)}%",
            f"{name}_notes": f"%{escaped(word.in_notes)}%",
            f"{name}_services": array(word.services),
            f"{name}_providers": array(word.providers),
        }
    if search.status is not None:
        conditions.append("a.status = %(status)s")
        values["status"] = search.status.value
    if search.within is not None:
        conditions.append("a.start_time >= %(from)s AND a.start_time < %(to)s")
        values |= {"from": search.within.start, "to": search.within.end}
    where = " AND ".join(conditions) or "TRUE"
    return Query(
        f"SELECT {COLUMNS} FROM (SELECT a.* FROM appointment a WHERE {where}"
        f" {_ORDER} LIMIT %(limit)s OFFSET %(offset)s) a {JOINED} {_ORDER}",
        values,
        lambda rows: tuple(to_appointment(row, show) for row in rows),
    )


def _condition(name: LiteralString, word: Word, search: Search) -> LiteralString:
    pattern: LiteralString = "%({0}_client)s".replace("{0}", name)
    clients: LiteralString = _CLIENTS + pattern
    if search.is_of_mine:
        clients = _MY_CLIENTS.replace("{0}", pattern).replace("{1}", _MOST_OF_MINE)
    found: LiteralString = f"a.client_id IN ({clients})"
    if word.is_named:
        found += _NAMED.replace("{0}", name)
    if search.in_notes:
        found += _NOTED.replace("{0}", name)
    return f"({found})"


_NAMES: tuple[LiteralString, ...] = ("w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7")
