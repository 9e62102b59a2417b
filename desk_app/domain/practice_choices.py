"""All that a manager can choose for the practice, each with its default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desk_app.domain.access import AccessSettings
from desk_app.domain.alignment import Alignment
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.message_plan import MessagePlan

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_BUFFER = 720
LONGEST_ADVANCE = 3650
LONGEST_NOTICE = 8760


@dataclass(frozen=True, slots=True)
class ServiceDefaults:
    """What a new service begins with; each service may say something else.

    Units: `buffer_minutes` in minutes, `max_advance_days` in days after today,
    `cancellation_hours` before the start.
    """

    buffer_minutes: int = 0
    max_advance_days: int = 90
    cancellation_hours: int = 24


@dataclass(frozen=True, slots=True)
class PracticeChoices:
    """Where slots start, what new services begin with, how the desk and access are.

    `message_plan` says who is told what by which channel.
    """

    alignment: Alignment = Alignment()  # noqa: RUF009 (it is frozen)
    new_service: ServiceDefaults = ServiceDefaults()
    rules: DeskRules = DeskRules()  # noqa: RUF009 (it is frozen)
    access: AccessSettings = AccessSettings()  # noqa: RUF009 (it is frozen)
    message_plan: MessagePlan = MessagePlan()  # noqa: RUF009 (it is frozen)


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who chose something last, and when; `path` is the way to it in the choices."""

    path: str
    who: str
    at: datetime


def picked(record: Any, path: str) -> Any:
    """Return a field of records within records, by the way to it: "rules.messages"."""
    for name in path.split("."):
        record = getattr(record, name)
    return record


def put(record: Any, path: str, value: object) -> Any:
    """Return the record with another value there."""
    name, _, rest = path.partition(".")
    if rest:
        value = put(getattr(record, name), rest, value)
    return replace(record, **{name: value})
