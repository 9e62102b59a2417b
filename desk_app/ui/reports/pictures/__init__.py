"""How charts are painted: bars, lines and heat maps, on any painter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.ui.reports.charts import ChartKind
from desk_app.ui.reports.pictures.bars import Bars
from desk_app.ui.reports.pictures.heat import Heat
from desk_app.ui.reports.pictures.lines import Lines

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from desk_app.ui.reports.charts import Chart
    from desk_app.ui.reports.pictures.plan import Inks, Plan

_KINDS: dict[ChartKind, type[Bars | Lines | Heat]] = {
    ChartKind.BARS: Bars,
    ChartKind.LINES: Lines,
    ChartKind.HEAT: Heat,
}


def plan_of(chart: Chart, room: QRectF, inks: Inks) -> Plan:
    """Return where everything of a chart stands in this room."""
    return _KINDS[chart.kind](chart, room, inks)


def good_height_of(chart: Chart, inks: Inks) -> float:
    """Return the height at which a chart is well seen."""
    return _KINDS[chart.kind].good_height(chart, inks)


def height_of(chart: Chart, inks: Inks) -> float:
    """Return the least height at which a chart can be read."""
    return _KINDS[chart.kind].least_height(chart, inks)
