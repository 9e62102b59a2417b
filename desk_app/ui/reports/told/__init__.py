"""What each report says: a large figure, a sentence on what it counts, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.reports.figures import (
    LeadTime,
    Misses,
    Refunds,
    Utilisation,
    WaitingTime,
)
from desk_app.ui.reports.told import lead, misses, money, usage, waiting

if TYPE_CHECKING:
    from desk_app.domain.reports.asking import Report
    from desk_app.ui.reports.charts import Told


def told(report: Report) -> Told:
    """Return a report in words and charts."""
    figures = report.figures
    if isinstance(figures, Utilisation):
        return usage.told(report, figures)
    if isinstance(figures, Misses):
        return misses.told(report, figures)
    if isinstance(figures, LeadTime):
        return lead.told(report, figures)
    if isinstance(figures, WaitingTime):
        return waiting.told(report, figures)
    assert isinstance(figures, Refunds)  # noqa: S101 (there is no other)
    return money.told(report, figures)
