"""A report on paper or in a PDF: its words, its picture, and the figures below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPainter, QPen

from desk_app.ui import fonts, theme
from desk_app.ui.paper.drawing import paper_of
from desk_app.ui.paper.layout import MARGIN, Face, wrapped
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import ChartKind
from desk_app.ui.reports.pictures import good_height_of, plan_of
from desk_app.ui.reports.pictures.plan import LEFT, RIGHT, Inks, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from desk_app.domain.reports.asking import Report
    from desk_app.ui.paper.layout import Paper
    from desk_app.ui.reports.charts import Chart, Told

_UNITS_PER_INCH = 720
_MOST_PICTURE, _GAP = 0.5, 90
_ROW, _COLUMNS = 1.45, 5
# Pictures count in pixels of a screen.
_PIXEL = 8


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed: a report, the chart of it that is shown, whose it is."""

    told: Told
    chart: Chart
    report: Report
    practice: str


def print_on(device: QPagedPaintDevice, printed: Printed) -> bool:
    """Draw all pages; say whether the device took them."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    paper = paper_of(device.pageLayout().pageSize())
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = painter.device().logicalDpiX() / _UNITS_PER_INCH
    painter.scale(scale, scale)
    taken = _Sheet(painter, device, paper, printed).draw()
    return painter.end() and taken


class _Sheet:
    """Draws from above to below, and begins a page where one is full."""

    def __init__(
        self,
        painter: QPainter,
        device: QPagedPaintDevice,
        paper: Paper,
        printed: Printed,
    ) -> None:
        self._painter, self._device, self._paper = painter, device, paper
        self._printed = printed
        self._inks = Inks(theme.light(), Face.TEXT.font)
        self._y = float(MARGIN)
        self._taken = True

    def draw(self) -> bool:
        """Draw everything; say whether the device took it."""
        self._draw_words()
        self._draw_picture()
        self._draw_table()
        return self._taken

    def _draw_words(self) -> None:
        told, report = self._printed.told, self._printed.report
        days = words.days(report.query.period)
        who = report.providers.get(report.query.provider_id or 0, "")
        about = " · ".join(filter(None, (days, who, report.query.service)))
        for face, text in (
            (Face.SMALL, self._printed.practice),
            (Face.TITLE, f"{told.title}: {told.figure}"),
            (Face.STRONG, about),
            (Face.TEXT, told.detail),
            (Face.SMALL, told.definition),
        ):
            for line in wrapped(text, face, self._paper.inner):
                self._write(line, face)
        self._y += _GAP

    def _write(self, text: str, face: Face) -> None:
        metrics = QFontMetricsF(face.font)
        self._painter.setFont(face.font)
        self._painter.setPen(QColor(self._inks.theme.text))
        self._painter.drawText(QPointF(MARGIN, self._y + metrics.ascent()), text)
        self._y += metrics.height()

    def _draw_picture(self) -> None:
        chart, painter = self._printed.chart, self._painter
        most = self._paper.height * _MOST_PICTURE / _PIXEL
        inks = picture_inks()
        height = min(good_height_of(chart, inks), most)
        room = QRectF(0, 0, self._paper.inner / _PIXEL, height)
        painter.save()
        painter.translate(MARGIN, self._y)
        painter.scale(_PIXEL, _PIXEL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plan_of(chart, room, inks).paint(painter, None, has_focus=False)
        painter.restore()
        self._y += height * _PIXEL + 2 * _GAP

    def _draw_table(self) -> None:
        """Draw the figures, a few columns after the others where there are many."""
        chart = self._printed.chart
        is_bars = chart.kind is ChartKind.BARS
        for first in range(0, len(chart.columns), _COLUMNS):
            part = slice(first, first + _COLUMNS)
            self._draw_row([chart.heading, *chart.columns[part]], is_head=True)
            for row in chart.rows:
                texts = [c.text if is_bars else c.in_full for c in row.cells[part]]
                self._draw_row([row.label, *texts])
            self._y += 2 * _GAP

    def _draw_row(self, texts: Sequence[str], *, is_head: bool = False) -> None:
        font = (Face.STRONG if is_head else Face.SMALL).font
        height = QFontMetricsF(font).height() * _ROW
        if self._y + height > self._paper.height - MARGIN:
            self._taken = self._device.newPage() and self._taken
            self._y = float(MARGIN)
        self._painter.setFont(font)
        width = self._paper.inner / (_COLUMNS + 1.5)
        metrics = QFontMetricsF(font)
        for place, text in enumerate(texts):
            left = MARGIN + (place + 0.5 if place else 0) * width
            span = width if place else 1.5 * width
            room = QRectF(left, self._y, span, height)
            align = RIGHT if place else LEFT
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, span - 30)
            write(self._painter, room, cut, self._inks.theme.text, align)
        self._y += height
        self._painter.setPen(QPen(QColor(self._inks.theme.border), 5))
        line = QPointF(MARGIN, self._y)
        self._painter.drawLine(line, line + QPointF(self._paper.inner, 0))


def picture_inks() -> Inks:
    """Return light colours and letters for a picture that leaves the screen."""
    font = QFont(fonts.FAMILY)
    font.setPixelSize(12)
    return Inks(theme.light(), font)
