"""The practice's settings of access, which managers choose in the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.access import (
    LONGEST_LOCK_MINUTES,
    LONGEST_RETENTION_YEARS,
    AccessSettings,
)
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions


class PracticeSettings:
    """Reads the settings for everybody, writes them for managers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def access(self) -> AccessSettings:
        """Return the settings; what is not set, or makes no sense, has its default."""
        with self._sessions.begin() as session:
            return ask(session, practice.access_settings())

    def change_access(
        self, known: AccessSettings, wanted: AccessSettings
    ) -> AccessSettings:
        """Write what differs in `wanted` from what a person saw; return what counts.

        What somebody else has changed meanwhile stays. Raises Invalid by field
        (lock_minutes, retention_years), NotAllowed.
        """
        _check("lock_minutes", wanted.lock_minutes, LONGEST_LOCK_MINUTES)
        _check("retention_years", wanted.retention_years, LONGEST_RETENTION_YEARS)
        changed = {
            name: value
            for name, value in _values(wanted).items()
            if value != _values(known)[name]
        }

        def write(session: Session) -> AccessSettings:
            with pipeline(session) as together:
                for name, value in changed.items():
                    together.ask(practice.set_setting(name, value))
                stands = together.ask(practice.access_settings())
            return stands.get()

        return self._sessions.run(write)


def _values(settings: AccessSettings) -> dict[str, bool | int]:
    """Return the settings by the rows they stand in."""
    return {
        practice.PROVIDERS_READ_ALL: settings.providers_read_all,
        practice.LOCK_MINUTES: settings.lock_minutes,
        practice.RETENTION_YEARS: settings.retention_years,
    }


def _check(field: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        raise Invalid(field, f"A whole number from 0 to {most} is needed.")
