"""Finding appointments by anything that stands on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.db.folding import fold
from desk_app.db.queries import history, practice, staff
from desk_app.db.queries import search as rows
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain import search
from desk_app.domain.hours import day_bounds
from desk_app.domain.interval import Interval
from desk_app.domain.search import PAGE, Found, SearchQuery, Wanted
from desk_app.domain.staff import Role
from desk_app.services.contact import phone_writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment

LONGEST, MOST_WORDS = 200, 8


class Search:
    """Searches past and future alike, as far as this login may read them."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, query: SearchQuery) -> Found:
        """Return a page of appointments that hold every word; none for no word.

        A word may begin one in the client's name, number or e-mail, or in the names of
        service and provider. Where nothing fits so, it may be any part of the notes.
        Case and accents do not count but in notes.
        """
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                said = together.ask(practice.practice())
                me = together.ask(staff.me())
                show = phone_writer(said)
                services = together.ask(history.service_names())
                providers = together.ask(history.provider_names())
            zone = ZoneInfo(said.get().timezone)
            today = datetime.now(UTC).astimezone(zone).date()
            wanted = search.read(_clean(query.text), today)
            if wanted == Wanted():
                return Found()
            named = {number: one.name for number, one in providers.get().items()}
            words = tuple(
                _word(text, services.get(), named) for text in wanted.words[:MOST_WORDS]
            )
            asked = rows.Search(
                words,
                wanted.status,
                _within(wanted, zone),
                PAGE + 1,
                query.offset,
                is_of_mine=me.get().role is Role.PROVIDER,
            )
            found = _found(session, asked, show)
        return Found(found[:PAGE], has_more=len(found) > PAGE)


def _found(
    session: Session, asked: rows.Search, show: ShowPhone
) -> tuple[Appointment, ...]:
    """Look into notes only where nothing fits without; on every page alike."""
    found = ask(session, rows.appointments(asked, show))
    if found or not asked.words:
        return found
    if asked.offset:
        first = replace(asked, offset=0, limit=1)
        if ask(session, rows.appointments(first, show)):
            return found
    return ask(session, rows.appointments(replace(asked, in_notes=True), show))


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST])


def _word(
    text: str, services: Mapping[int, str], providers: Mapping[int, str]
) -> rows.Word:
    folded = fold(text).strip()
    digits = "".join(c for c in text if c.isdigit()).lstrip("0")
    is_number = len(digits) >= 3 and not any(c.isalpha() for c in text)
    return rows.Word(
        in_client=digits if is_number else f" {folded or text}",
        in_notes=text,
        services=_named(services, folded),
        providers=_named(providers, folded),
    )


def _named(names: Mapping[int, str], folded: str) -> tuple[int, ...]:
    if not folded:
        return ()
    return tuple(
        number for number, name in names.items() if f" {folded}" in f" {fold(name)}"
    )


def _within(wanted: Wanted, zone: ZoneInfo) -> Interval | None:
    if wanted.first is None or wanted.last is None:
        return None
    first, last = day_bounds(wanted.first, zone), day_bounds(wanted.last, zone)
    return Interval(first.start, last.end)
