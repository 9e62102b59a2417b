"""What a report is asked for, and what it says before its figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desk_app.domain.reports.figures import Figures
    from desk_app.domain.reports.periods import Period


class ReportKind(StrEnum):
    """The reports there are."""

    UTILISATION = "utilisation"
    NO_SHOWS = "no_shows"
    LATE_CANCELLATIONS = "late_cancellations"
    LEAD_TIME = "lead_time"
    REFUNDS = "refunds"
    WAITING_TIME = "waiting_time"


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Ask for a report; `service` is the name of one, "" for all of them."""

    kind: ReportKind
    period: Period
    provider_id: int | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class CountedQuery:
    """Ask which appointments a report of no-shows or late cancellations counted.

    In these hours of the week, by the provider's clock: 0 is Monday at midnight.
    """

    query: ReportQuery
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it stood at an instant.

    `providers` are the names of all it may be about, by number, and `services` the
    names of what they offer or offered; `is_own` says that somebody sees their own
    figures only. `before` is the period it is compared with, if there is one.
    """

    query: ReportQuery
    before: Period | None
    figures: Figures
    providers: Mapping[int, str]
    services: tuple[str, ...]
    counted_at: datetime
    is_own: bool = False
