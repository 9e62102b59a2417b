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
from desk_app.ui.reports.pictures import good_height_of, plan_of
from desk_app.ui.reports.pictures.plan import LEFT, RIGHT, Inks, write
from desk_app.ui.reports.text import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from desk_app.domain.reports.asking import Report
    from desk_app.ui.paper.layout import Paper
    from desk_app.ui.reports.charts import Chart, Told

_UNITS_PER_INCH = 720
_MOST_PICTURE, _GAP = 0.5, 90
_ROW, _MOST_LABEL = 1.45, 0.4
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the labels of a table are, and each column after them."""

    label: float
    width: float


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
        rows = rows_of(self._printed.chart)
        columns = _columns(rows, self._paper.inner)
        count = max(1, int((self._paper.inner - columns.label) // columns.width))
        for first in range(1, len(rows[0]), count):
            for number, row in enumerate(rows):
                texts = [row[0], *row[first : first + count]]
                self._draw_row(texts, columns, is_head=not number)
            self._y += 2 * _GAP

    def _draw_row(
        self, texts: Sequence[str], columns: _Columns, *, is_head: bool
    ) -> None:
        font = _font(is_head=is_head)
        height = QFontMetricsF(font).height() * _ROW
        if self._y + height > self._paper.height - MARGIN:
            self._taken = self._device.newPage() and self._taken
            self._y = float(MARGIN)
        self._painter.setFont(font)
        metrics = QFontMetricsF(font)
        for place, text in enumerate(texts):
            width = columns.width if place else columns.label
            left = MARGIN + (columns.label + (place - 1) * width if place else 0)
            room = QRectF(left, self._y, width, height)
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            align = RIGHT if place else LEFT
            write(self._painter, room, cut, self._inks.theme.text, align)
        self._y += height
        self._painter.setPen(QPen(QColor(self._inks.theme.border), 5))
        line = QPointF(MARGIN, self._y)
        self._painter.drawLine(line, line + QPointF(self._paper.inner, 0))


def _font(*, is_head: bool) -> QFont:
    font = Face.SMALL.font
    font.setBold(is_head)
    return font


def _columns(rows: Sequence[Sequence[str]], inner: float) -> _Columns:
    """Return how wide the labels are, and each column at most."""
    metrics = QFontMetricsF(_font(is_head=True))
    labels = max(metrics.horizontalAdvance(row[0]) for row in rows)
    widest = max(metrics.horizontalAdvance(text) for row in rows for text in row[1:])
    label = min(labels + _GAP, inner * _MOST_LABEL)
    return _Columns(label, min(widest + _GAP, inner / 2))


def picture_inks() -> Inks:
    """Return light colours and letters for a picture that leaves the screen."""
    font = QFont(fonts.FAMILY)
    font.setPixelSize(12)
    return Inks(theme.light(), font)
