"""What managers have chosen, read out of `practice_setting`, each with its default."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from typing import TYPE_CHECKING, Any

from desk_app.db.queries.pipeline import Query
from desk_app.domain.access import (
    LONGEST_HIDING_MINUTES,
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
    NoShowPolicy,
)
from desk_app.domain.message_plan import (
    FOR_CLIENTS,
    FOR_PROVIDERS,
    MessagePlan,
    Ways,
)
from desk_app.domain.message_times import (
    LONGEST_LEAD,
    LONGEST_USE,
    MessageTimes,
    QuietHours,
)
from desk_app.domain.practice_choices import (
    LONGEST_ADVANCE,
    LONGEST_BUFFER,
    LONGEST_NOTICE,
    PracticeChoices,
    ServiceDefaults,
)
from desk_app.domain.slots import Alignment, AlignmentKind

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.db.queries.pipeline import Row
    from desk_app.domain.messages import Channel

# Where slots start: {"kind": "EVERY", "minutes": 15}.
SLOT_ALIGNMENT = "slot_alignment"
# What a new service begins with: an object of whole numbers.
NEW_SERVICE = "new_service"
# Access: one of true and false, three whole numbers.
PROVIDERS_READ_ALL = "providers_read_all"
LOCK_MINUTES = "lock_minutes"
RETENTION_YEARS = "retention_years"
HIDE_NAMES_MINUTES = "hide_names_minutes"
# The desk: two whole numbers, an object, a list of lines.
GRACE_SECONDS = "grace_seconds"
WAITING_MINUTES = "waiting_minutes"
NO_SHOW_POLICY = "no_show_policy"
CANCELLATION_REASONS = "cancellation_reasons"
# Messages: three whole numbers, true or false, {"start": "20:00", "end": "07:00"} or
# null, and by kind {"client": ["EMAIL"], "provider": []}.
LONG_REMINDER_HOURS = "long_reminder_hours"
SHORT_REMINDER_HOURS = "short_reminder_hours"
USEFUL_HOURS = "useful_hours"
REMINDERS_BROUGHT_FORWARD = "reminders_brought_forward"
QUIET_HOURS = "quiet_hours"
MESSAGE_PLAN = "message_plan"
BACK_TO_BACK = Alignment()

DESK_RULES = (
    f"'{GRACE_SECONDS}', '{WAITING_MINUTES}', '{NO_SHOW_POLICY}',"
    f" '{CANCELLATION_REASONS}', '{LONG_REMINDER_HOURS}', '{SHORT_REMINDER_HOURS}',"
    f" '{QUIET_HOURS}', '{USEFUL_HOURS}', '{REMINDERS_BROUGHT_FORWARD}'"
)
ACCESS = (
    f"'{PROVIDERS_READ_ALL}', '{LOCK_MINUTES}', '{RETENTION_YEARS}',"
    f" '{HIDE_NAMES_MINUTES}'"
)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """Who wrote a setting last, as their login, and when."""

    name: str
    who: str
    at: datetime


def access_settings() -> Query[AccessSettings]:
    """Return who may read what; what is not set, or makes no sense, has its default."""
    return Query(
        f"SELECT name, value FROM practice_setting WHERE name IN ({ACCESS})",
        {},
        to_access_settings,
    )


def choices() -> Query[PracticeChoices]:
    """Return all that managers choose; what is not set has its default."""
    return Query(
        "SELECT name, value FROM practice_setting WHERE name IN"
        f" ('{SLOT_ALIGNMENT}', '{NEW_SERVICE}', '{MESSAGE_PLAN}', {ACCESS},"
        f" {DESK_RULES})",
        {},
        _choices,
    )


def last_changes() -> Query[tuple[SettingRow, ...]]:
    """Return who wrote each setting last, by its name; managers read all of it."""
    return Query(
        "SELECT DISTINCT ON (row_id) row_id, who, at FROM audit_log"
        " WHERE table_name = 'practice_setting' ORDER BY row_id, audit_id DESC",
        {},
        lambda rows: tuple(SettingRow(*row) for row in rows),
    )


def to_alignment(value: Any) -> Alignment:
    """Read the setting; one that makes no sense counts as not set."""
    try:
        return Alignment(AlignmentKind(value["kind"]), int(value.get("minutes", 15)))
    except (TypeError, KeyError, ValueError, AttributeError):
        return BACK_TO_BACK


def to_access_settings(rows: list[Row]) -> AccessSettings:
    """Read what is said of access; what makes no sense has its default."""
    said: dict[str, Any] = dict(rows)
    default = AccessSettings()
    return AccessSettings(
        # The policies of the database read it in the same way.
        providers_read_all=said.get(PROVIDERS_READ_ALL) is True,
        lock_minutes=_whole(
            said.get(LOCK_MINUTES), LONGEST_LOCK_MINUTES, default.lock_minutes
        ),
        retention_years=_whole(
            said.get(RETENTION_YEARS), LONGEST_RETENTION_YEARS, default.retention_years
        ),
        hide_names_minutes=_whole(
            said.get(HIDE_NAMES_MINUTES),
            LONGEST_HIDING_MINUTES,
            default.hide_names_minutes,
        ),
    )


def to_desk_rules(rows: list[Row]) -> DeskRules:
    """Read what is said of the desk; what makes no sense has its default."""
    said: dict[str, Any] = dict(rows)
    default = DeskRules()
    return DeskRules(
        grace_seconds=_whole(
            said.get(GRACE_SECONDS), LONGEST_GRACE, default.grace_seconds
        ),
        waiting_minutes=_whole(
            said.get(WAITING_MINUTES), LONGEST_WAIT, default.waiting_minutes
        ),
        no_show=_no_show_policy(said.get(NO_SHOW_POLICY)),
        cancellation_reasons=_reasons(said.get(CANCELLATION_REASONS)),
        messages=_message_times(said),
    )


def to_service_defaults(value: Any) -> ServiceDefaults:
    """Read the setting, each part by itself; what makes no sense has its default."""
    default = ServiceDefaults()
    if not isinstance(value, dict):
        return default
    return ServiceDefaults(
        buffer_minutes=_whole(
            value.get("buffer_minutes"), LONGEST_BUFFER, default.buffer_minutes
        ),
        max_advance_days=_whole(
            value.get("max_advance_days"), LONGEST_ADVANCE, default.max_advance_days
        ),
        cancellation_hours=_whole(
            value.get("cancellation_hours"), LONGEST_NOTICE, default.cancellation_hours
        ),
    )


def _choices(rows: list[Row]) -> PracticeChoices:
    said: dict[str, Any] = dict(rows)
    return PracticeChoices(
        alignment=to_alignment(said.get(SLOT_ALIGNMENT)),
        new_service=to_service_defaults(said.get(NEW_SERVICE)),
        rules=to_desk_rules(rows),
        access=to_access_settings(rows),
        message_plan=to_message_plan(said.get(MESSAGE_PLAN)),
    )


def to_message_plan(value: Any) -> MessagePlan:
    """Read the setting, each part by itself; what makes no sense has its default."""
    if not isinstance(value, dict):
        return MessagePlan()
    said = {kind.name: value.get(kind.name) for kind in fields(MessagePlan)}
    ways = {kind: _ways(each) for kind, each in said.items()}
    return MessagePlan(**{kind: each for kind, each in ways.items() if each})


def _ways(value: Any) -> Ways | None:
    try:
        client, provider = value["client"], value["provider"]
        return Ways(_known(client, FOR_CLIENTS), _known(provider, FOR_PROVIDERS))
    except (TypeError, KeyError):
        return None


def _known(said: Any, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """Return the channels that are said, each once and in their order."""
    if not isinstance(said, list):
        raise TypeError
    return tuple(channel for channel in channels if channel in said)


def _message_times(said: dict[str, Any]) -> MessageTimes:
    default = MessageTimes()
    return MessageTimes(
        long_hours=_whole(
            said.get(LONG_REMINDER_HOURS), LONGEST_LEAD, default.long_hours
        ),
        short_hours=_whole(
            said.get(SHORT_REMINDER_HOURS), LONGEST_LEAD, default.short_hours
        ),
        quiet=_quiet_hours(said.get(QUIET_HOURS)),
        useful_hours=_whole(said.get(USEFUL_HOURS), LONGEST_USE, default.useful_hours),
        brought_forward=said.get(REMINDERS_BROUGHT_FORWARD) is True,
    )


def _quiet_hours(value: Any) -> QuietHours | None:
    """Read the setting; one that makes no sense counts as not set."""
    try:
        start, end = (time.fromisoformat(value[name]) for name in ("start", "end"))
        return QuietHours(start.replace(tzinfo=None), end.replace(tzinfo=None))
    except (TypeError, KeyError, ValueError):
        return None


def _no_show_policy(value: Any) -> NoShowPolicy:
    """Read the setting, each part by itself; what makes no sense has its default."""
    default = NoShowPolicy()
    if not isinstance(value, dict):
        return default

    def switch(name: str, otherwise: bool) -> bool:
        said = value.get(name)
        return said if isinstance(said, bool) else otherwise

    return NoShowPolicy(
        asks_after_minutes=_whole(
            value.get("asks_after_minutes"), LONGEST_WAIT, default.asks_after_minutes
        ),
        keeps_price=switch("keeps_price", default.keeps_price),
        flags=switch("flags", default.flags),
        flags_after=max(1, _whole(value.get("flags_after"), 100, default.flags_after)),
        locks_out=switch("locks_out", default.locks_out),
        lock_out_days=_whole(
            value.get("lock_out_days"), LONGEST_LOCK_OUT, default.lock_out_days
        ),
    )


def _reasons(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return DeskRules().cancellation_reasons
    return tuple(value[:MOST_REASONS])


def _whole(value: Any, most: int, default: int) -> int:
    """Return a whole number from 0 to `most`; true is none."""
    return value if type(value) is int and 0 <= value <= most else default
