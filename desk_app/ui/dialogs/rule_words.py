"""The practice's rules in words: what closed a time, and who may set that aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.policies import (
    Policy,
    may_override,
    needs_reason,
    who_overrides,
)
from desk_app.domain.schedule import Source
from desk_app.domain.staff import Role
from desk_app.ui import format as shown
from desk_app.ui import notices
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from desk_app.domain.interval import Interval
    from desk_app.errors import Refused


def listed(policies: Iterable[str]) -> str:
    """Return rules in a few words each: "outside hours, not aligned"."""
    return ", ".join(_short(policy) for policy in policies)


def titled(policy: str) -> str:
    """Return one rule as a title: "Outside hours"."""
    short = _short(policy)
    return short[:1].upper() + short[1:]


def may_all(policies: Iterable[str], role: Role | None) -> bool:
    """Say whether somebody in this role may set all of these rules aside."""
    return all(may_override(role, policy) for policy in policies)


def who_may(policies: Sequence[str], provider: str) -> str:
    """Return who may set all of these rules aside, in a sentence."""
    if any(not who_overrides(policy) for policy in policies):
        return _tr("Nobody can set this aside.")
    roles = [role for role in Role if may_all(policies, role)]
    if not needs_reason(policies):
        return _tr("Everybody at the desk may set this aside.")
    if Role.RECEPTIONIST in roles:
        return _tr("Everybody at the desk may set this aside, with a reason.")
    text = _tr("Managers and %1 may set this aside, with a reason.")
    return filled(text, provider or _tr("the provider"))


def blocked(span: Interval, reason: str, source: Source, zone: ZoneInfo) -> str:
    """Return "Google Calendar, 11:00–12:00: Dentist"."""
    names = {
        Source.GOOGLE: _tr("Google Calendar"),
        Source.OUTLOOK: _tr("Outlook calendar"),
        Source.APPLE: _tr("Apple calendar"),
        Source.CLOSURE: _tr("The practice is closed"),
    }
    whose = names.get(source, _tr("Blocked"))
    text = filled(_tr("%1, %2"), whose, shown.time_range(span.start, span.end, zone))
    return f"{text}: {reason}" if reason else text


def closed_by(refused: Refused) -> str:
    """Return in one sentence which rule closed a time, as exactly as it is known."""
    said = notices.words(refused)
    return said.text if _is_exact(refused) else f"{said.title}."


def _is_exact(refused: Refused) -> bool:
    return str(refused) != type(refused).default_message()


def _short(policy: str) -> str:
    words = {
        Policy.CLOSED: _tr("outside hours"),
        Policy.BLOCKED: _tr("blocked time"),
        Policy.RUNS_OVER: _tr("past closing time"),
        Policy.NOT_ALIGNED: _tr("not aligned"),
        Policy.DAY_LIMIT: _tr("too far ahead"),
        Policy.PAST: _tr("already begun"),
        Policy.PAST_DAY: _tr("a day that is over"),
        Policy.BUSY: _tr("taken"),
        Policy.NO_ROOM: _tr("no room free"),
        Policy.HELD: _tr("in use at another desk"),
        Policy.LOCKED_OUT: _tr("no same-day booking"),
        Policy.INACTIVE: _tr("not offered"),
    }
    try:
        return words.get(Policy(policy)) or policy.replace("_", " ")
    except ValueError:
        return policy.replace("_", " ")


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
