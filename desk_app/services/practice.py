"""The practice's settings, which managers choose in the program."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from desk_app.db.queries import practice, settings_rows
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.access import (
    LONGEST_LOCK_MINUTES,
    LONGEST_RETENTION_YEARS,
    AccessSettings,
)
from desk_app.domain.desk_rules import (
    LONGEST_GRACE,
    LONGEST_LOCK_OUT,
    LONGEST_WAIT,
    MOST_REASONS,
    DeskRules,
)
from desk_app.errors import Invalid
from desk_app.services.contact import clean_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions

LONGEST_REASON = 100
MOST_MISSED = 100


class PracticeSettings:
    """Reads the settings for everybody, writes them for managers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def access(self) -> AccessSettings:
        """Return the settings; what is not set, or makes no sense, has its default."""
        with self._sessions.begin() as session:
            return ask(session, settings_rows.access_settings())

    def rules(self) -> DeskRules:
        """Return how the desk is run; what is not set has its default."""
        with self._sessions.begin() as session:
            return ask(session, settings_rows.desk_rules())

    def change_rules(self, known: DeskRules, wanted: DeskRules) -> DeskRules:
        """Write what differs in `wanted` from what a person saw; return what counts.

        Lines that are empty or said twice are left out of the reasons. Raises Invalid
        by field (grace_seconds, waiting_minutes, asks_after_minutes, flags_after,
        lock_out_days, cancellation_reasons), NotAllowed.
        """
        seen, asked = _rule_values(known), _rule_values(_checked(wanted))
        changed = {name: value for name, value in asked.items() if value != seen[name]}

        def write(session: Session) -> DeskRules:
            with pipeline(session) as together:
                for name, value in changed.items():
                    together.ask(practice.set_setting(name, value))
                stands = together.ask(settings_rows.desk_rules())
            return stands.get()

        return self._sessions.run(write)

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
                stands = together.ask(settings_rows.access_settings())
            return stands.get()

        return self._sessions.run(write)


def _rule_values(rules: DeskRules) -> dict[str, object]:
    """Return the rules of the desk by the rows they stand in."""
    return {
        settings_rows.GRACE_SECONDS: rules.grace_seconds,
        settings_rows.WAITING_MINUTES: rules.waiting_minutes,
        settings_rows.NO_SHOW_POLICY: dataclasses.asdict(rules.no_show),
        settings_rows.CANCELLATION_REASONS: [*rules.cancellation_reasons],
    }


def _checked(rules: DeskRules) -> DeskRules:
    """Return rules that can be stored; raises Invalid by field."""
    policy = rules.no_show
    for field, value, most in (
        ("grace_seconds", rules.grace_seconds, LONGEST_GRACE),
        ("waiting_minutes", rules.waiting_minutes, LONGEST_WAIT),
        ("asks_after_minutes", policy.asks_after_minutes, LONGEST_WAIT),
        ("flags_after", policy.flags_after, MOST_MISSED),
        ("lock_out_days", policy.lock_out_days, LONGEST_LOCK_OUT),
    ):
        _check(field, value, most)
    if policy.flags_after < 1:
        raise Invalid("flags_after", "The first no-show is number 1.")
    field = "cancellation_reasons"
    given = [
        clean_line(text, LONGEST_REASON, field) for text in rules.cancellation_reasons
    ]
    reasons = tuple(dict.fromkeys(filter(None, given)))
    if len(reasons) > MOST_REASONS:
        raise Invalid(field, f"At most {MOST_REASONS} reasons can be offered.")
    return dataclasses.replace(rules, cancellation_reasons=reasons)


def _values(settings: AccessSettings) -> dict[str, bool | int]:
    """Return the settings by the rows they stand in."""
    return {
        settings_rows.PROVIDERS_READ_ALL: settings.providers_read_all,
        settings_rows.LOCK_MINUTES: settings.lock_minutes,
        settings_rows.RETENTION_YEARS: settings.retention_years,
    }


def _check(field: str, value: int, most: int) -> None:
    if not 0 <= value <= most:
        raise Invalid(field, f"A whole number from 0 to {most} is needed.")
