"""A report as an image: its words above its picture, as sharp as it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from desk_app.ui.paper.layout import wrapped_in
from desk_app.ui.reports import words
from desk_app.ui.reports.pictures import good_height_of, plan_of
from desk_app.ui.reports.pictures.plan import LEFT, write
from desk_app.ui.reports.sheet import picture_inks

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from desk_app.ui.reports.sheet import Printed

WIDTH, SCALE = 1000, 2
_EDGE, _GAP = 24.0, 12.0


def image_of(printed: Printed) -> QImage:
    """Return the picture with what it says above it, in light colours."""
    inks, told = picture_inks(), printed.told
    days = words.days(printed.report.query.period)
    lines = [
        (inks.strong, f"{told.title}: {told.figure} · {told.detail}"),
        (inks.font, f"{days} · {printed.chart.name}"),
        (inks.font, told.definition),
    ]
    texts = [
        (font, line)
        for font, text in lines
        for line in wrapped_in(text, font, WIDTH - 2 * _EDGE)
    ]
    above = sum(QFontMetricsF(font).height() for font, _ in texts) + _GAP
    height = good_height_of(printed.chart, inks)
    size = round(above + height + 2 * _EDGE)
    image = QImage(WIDTH * SCALE, size * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(inks.theme.surface))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SCALE, SCALE)
        _write_lines(painter, texts, inks.theme.text)
        room = QRectF(_EDGE, _EDGE + above, WIDTH - 2 * _EDGE, height)
        plan_of(printed.chart, room, inks).paint(painter, None, has_focus=False)
    return image


def _write_lines(
    painter: QPainter, texts: list[tuple[QFont, str]], colour: str
) -> None:
    y = _EDGE
    for font, text in texts:
        height = QFontMetricsF(font).height()
        painter.setFont(font)
        write(painter, QRectF(_EDGE, y, WIDTH - 2 * _EDGE, height), text, colour, LEFT)
        y += height
