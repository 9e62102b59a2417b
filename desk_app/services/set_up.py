"""Setting a practice up: all that was entered before its first day, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import closures, offering, practice, weekly
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.queries.practice import COUNTRY, CURRENCY, PRACTICE_NAME, TIMEZONE
from desk_app.domain.weekly import first_clash
from desk_app.errors import Invalid, Stale
from desk_app.services.contact import clean_name, clean_zone

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.set_up import FirstProvider, SetUp

MOST = 100


class SettingUp:
    """Writes a whole practice for its first manager."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def begin(self, set_up: SetUp) -> None:
        """Write everything or nothing. Done again it is done.

        Raises Invalid by field ("practice", "timezone", "name", "service", "hours"),
        Stale if somebody else has added providers meanwhile, NotAllowed.
        """
        _check(set_up)
        self._sessions.run(lambda session: _write(session, set_up))


def _check(set_up: SetUp) -> None:
    clean_name(set_up.name, "practice")
    clean_zone(set_up.timezone)
    if not 1 <= len(set_up.providers) <= MOST:
        raise Invalid("name", "At least one person who sees clients is needed.")
    for new in set_up.providers:
        clean_name(new.draft.name)
        for service in new.services:
            clean_name(service.name, "service")
        if first_clash(new.hours) is not None:
            raise Invalid("hours", f"Hours of {new.draft.name} overlap.")


def _write(session: Session, set_up: SetUp) -> None:
    there = ask(session, offering.all_providers())
    if there:
        if sorted(each.provider.name for each in there) == sorted(_names(set_up)):
            return
        raise Stale("Somebody else has added providers in the meantime.")
    with pipeline(session) as together:
        for name, value in (
            (PRACTICE_NAME, clean_name(set_up.name, "practice")),
            (TIMEZONE, set_up.timezone),
            (COUNTRY, set_up.country),
            (CURRENCY, set_up.currency),
            (closures.HOLIDAY_SUBDIVISION, set_up.subdivision),
        ):
            together.ask(practice.set_setting(name, value))
    for new in set_up.providers:
        _add(session, new)
    with pipeline(session) as together:
        for closure in set_up.closures:
            together.ask(closures.add(closure))


def _add(session: Session, new: FirstProvider) -> None:
    number = ask(session, offering.insert_provider(new.draft))
    with pipeline(session) as together:
        for service in new.services:
            together.ask(offering.insert_service(number, service))
        for query in weekly.add(number, new.hours):
            together.ask(query)


def _names(set_up: SetUp) -> list[str]:
    return [new.draft.name for new in set_up.providers]
