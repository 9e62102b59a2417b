"""The practice's settings, which managers choose in the program."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from desk_app.db.queries import history, practice, settings_rows
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.access import (
    LONGEST_HIDING_MINUTES,
    LONGEST_LOCK_MINUTES,
    LONGEST_RETENTION_YEARS,
)
from desk_app.domain.desk_rules import (
    LONGEST_GRACE,
    LONGEST_LOCK_OUT,
    LONGEST_WAIT,
    MOST_REASONS,
)
from desk_app.domain.message_plan import FOR_CLIENTS, FOR_PROVIDERS, MessagePlan
from desk_app.domain.message_times import LONGEST_LEAD, LONGEST_USE, QuietHours
from desk_app.domain.practice_choices import (
    LONGEST_ADVANCE,
    LONGEST_BUFFER,
    LONGEST_NOTICE,
    LastChange,
    picked,
)
from desk_app.errors import Invalid
from desk_app.services.contact import clean_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.desk_rules import DeskRules
    from desk_app.domain.practice_choices import PracticeChoices

LONGEST_REASON = 100
MOST_MISSED = 100
# Of these only the parts that were changed are written, so that others stay.
_OBJECTS = frozenset(
    {
        settings_rows.NO_SHOW_POLICY,
        settings_rows.NEW_SERVICE,
        settings_rows.MESSAGE_PLAN,
    }
)
# In which row each is kept.
_PATHS = {
    settings_rows.SLOT_ALIGNMENT: "alignment",
    settings_rows.NEW_SERVICE: "new_service",
    settings_rows.GRACE_SECONDS: "rules.grace_seconds",
    settings_rows.WAITING_MINUTES: "rules.waiting_minutes",
    settings_rows.NO_SHOW_POLICY: "rules.no_show",
    settings_rows.CANCELLATION_REASONS: "rules.cancellation_reasons",
    settings_rows.LONG_REMINDER_HOURS: "rules.messages.long_hours",
    settings_rows.SHORT_REMINDER_HOURS: "rules.messages.short_hours",
    settings_rows.QUIET_HOURS: "rules.messages.quiet",
    settings_rows.USEFUL_HOURS: "rules.messages.useful_hours",
    settings_rows.REMINDERS_BROUGHT_FORWARD: "rules.messages.brought_forward",
    settings_rows.MESSAGE_PLAN: "message_plan",
    settings_rows.PROVIDERS_READ_ALL: "access.providers_read_all",
    settings_rows.LOCK_MINUTES: "access.lock_minutes",
    settings_rows.RETENTION_YEARS: "access.retention_years",
    settings_rows.HIDE_NAMES_MINUTES: "access.hide_names_minutes",
}


class PracticeSettings:
    """Reads the settings for everybody, writes them for managers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def choices(self) -> PracticeChoices:
        """Return all that can be chosen; what is not set has its default."""
        with self._sessions.begin() as session:
            return ask(session, settings_rows.choices())

    def last_changes(self) -> tuple[LastChange, ...]:
        """Return who chose what last, by name where the login is still known."""
        with self._sessions.begin() as session, pipeline(session) as together:
            found = together.ask(settings_rows.last_changes())
            names = together.ask(history.people_names())
        return tuple(
            LastChange(_PATHS[row.name], names.get().get(row.who, row.who), row.at)
            for row in found.get()
            if row.name in _PATHS
        )

    def change(
        self, known: PracticeChoices, wanted: PracticeChoices
    ) -> PracticeChoices:
        """Write what differs in `wanted` from what a person saw; return what counts.

        What somebody else has changed meanwhile stays. Lines that are empty or said
        twice are left out of the reasons. Raises Invalid, by the field of the record
        that is wrong, and NotAllowed.
        """
        seen, asked = _values(known), _values(_checked(known, wanted))
        changed = {name: value for name, value in asked.items() if value != seen[name]}

        def write(session: Session) -> PracticeChoices:
            with pipeline(session) as together:
                for name, value in changed.items():
                    together.ask(_written(name, seen[name], value))
                stands = together.ask(settings_rows.choices())
            return stands.get()

        return self._sessions.run(write)


def _written(name: str, seen: object, value: object) -> Query[bool]:
    """Return how to write a setting, of an object only the parts that differ."""
    if name not in _OBJECTS or not (isinstance(seen, dict) and isinstance(value, dict)):
        return practice.set_setting(name, value)
    parts = {part: said for part, said in value.items() if said != seen[part]}
    return practice.merge_setting(name, parts)


def _values(choices: PracticeChoices) -> dict[str, object]:
    """Return the settings by the rows they stand in, as JSON knows them."""
    return {name: _as_json(picked(choices, path)) for name, path in _PATHS.items()}


def _as_json(value: object) -> object:
    if isinstance(value, QuietHours):
        return {"start": f"{value.start:%H:%M}", "end": f"{value.end:%H:%M}"}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return [*value] if isinstance(value, tuple) else value


def _checked(known: PracticeChoices, choices: PracticeChoices) -> PracticeChoices:
    """Return settings that can be stored; raises Invalid by field."""
    for field, value, most in _numbers(choices):
        if not 0 <= value <= most:
            raise Invalid(field, f"A whole number from 0 to {most} is needed.")
    rules = choices.rules
    if rules.no_show.flags_after < 1:
        raise Invalid("flags_after", "The first no-show is number 1.")
    messages = rules.messages
    is_changed = messages != known.rules.messages
    if is_changed and 0 < messages.long_hours < messages.short_hours:
        raise Invalid("short_hours", "The short reminder leaves after the long one.")
    _check_plan(choices.message_plan)
    return dataclasses.replace(choices, rules=_with_reasons(rules))


def _check_plan(plan: MessagePlan) -> None:
    """Raise Invalid where somebody would be told by a channel that is not theirs."""
    for kind in dataclasses.fields(plan):
        ways = getattr(plan, kind.name)
        left = {*ways.client} - {*FOR_CLIENTS} | {*ways.provider} - {*FOR_PROVIDERS}
        if left:
            raise Invalid(kind.name, "A client cannot be told by this channel.")


def _numbers(choices: PracticeChoices) -> tuple[tuple[str, int, int], ...]:
    """Return each whole number with its field and the most that it may be."""
    rules, access, new = choices.rules, choices.access, choices.new_service
    policy, messages = rules.no_show, rules.messages
    return (
        ("buffer_minutes", new.buffer_minutes, LONGEST_BUFFER),
        ("max_advance_days", new.max_advance_days, LONGEST_ADVANCE),
        ("cancellation_hours", new.cancellation_hours, LONGEST_NOTICE),
        ("grace_seconds", rules.grace_seconds, LONGEST_GRACE),
        ("waiting_minutes", rules.waiting_minutes, LONGEST_WAIT),
        ("asks_after_minutes", policy.asks_after_minutes, LONGEST_WAIT),
        ("flags_after", policy.flags_after, MOST_MISSED),
        ("lock_out_days", policy.lock_out_days, LONGEST_LOCK_OUT),
        ("long_hours", messages.long_hours, LONGEST_LEAD),
        ("short_hours", messages.short_hours, LONGEST_LEAD),
        ("useful_hours", messages.useful_hours, LONGEST_USE),
        ("lock_minutes", access.lock_minutes, LONGEST_LOCK_MINUTES),
        ("retention_years", access.retention_years, LONGEST_RETENTION_YEARS),
        ("hide_names_minutes", access.hide_names_minutes, LONGEST_HIDING_MINUTES),
    )


def _with_reasons(rules: DeskRules) -> DeskRules:
    field = "cancellation_reasons"
    given = [
        clean_line(text, LONGEST_REASON, field) for text in rules.cancellation_reasons
    ]
    reasons = tuple(dict.fromkeys(filter(None, given)))
    if len(reasons) > MOST_REASONS:
        raise Invalid(field, f"At most {MOST_REASONS} reasons can be offered.")
    return dataclasses.replace(rules, cancellation_reasons=reasons)
