"""All that a manager can choose for the practice, each with its default."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.access import AccessSettings
from desk_app.domain.alignment import Alignment
from desk_app.domain.desk_rules import DeskRules

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
    """Where slots start, what new services begin with, how the desk and access are."""

    alignment: Alignment = Alignment()  # noqa: RUF009 (it is frozen)
    new_service: ServiceDefaults = ServiceDefaults()
    rules: DeskRules = DeskRules()  # noqa: RUF009 (it is frozen)
    access: AccessSettings = AccessSettings()  # noqa: RUF009 (it is frozen)
