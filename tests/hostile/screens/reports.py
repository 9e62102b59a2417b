"""Reports: names of providers and services beside bars, in tabs, tables and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

from desk_app.domain.reports.asking import ReportKind
from desk_app.domain.reports.periods import PeriodChoice
from tests.hostile.screens.registry import Scene, screen
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = 40


@screen("reports", shows="provider.name")
def reports(scene: Scene) -> Iterator[None]:
    """Utilisation by week and by provider, then lead times by service."""
    desk, day = scene.front_desk(), tomorrow()
    flows = desk.features.reports
    with scene.turns.turn():
        flows.open()
        page = flows.page
        page.filters.set_choice(PeriodChoice.OTHER)
        here = QDate(day.year, day.month, day.day)
        page.filters.first.setDate(here.addDays(-DAYS))
        page.filters.last.setDate(here.addDays(DAYS))
    scene.settle()
    yield
    for kind, tab in ((ReportKind.UTILISATION, 1), (ReportKind.LEAD_TIME, 2)):
        with scene.turns.turn():
            page.kinds.set_kind(kind)
        scene.settle()
        with scene.turns.turn():
            page.body.tabs.setCurrentIndex(tab)
        yield
    flows.leave()
