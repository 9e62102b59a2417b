"""Draws pages: onto a printer, into a PDF, or as a picture; always the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPen

from desk_app.ui.paper.layout import MARGIN, Paper, pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from desk_app.ui.paper.layout import Page
    from desk_app.ui.paper.sheet import Sheet

_UNITS_PER_INCH = 720
_INK, _GREY = QColor(0, 0, 0), QColor(90, 90, 90)
_THIN = 5


def of_locale() -> QPageSize:
    """Return the paper that printers here have: A4, or Letter in America."""
    from PySide6.QtCore import QLocale

    is_imperial = QLocale().measurementSystem() is (
        QLocale.MeasurementSystem.ImperialUSSystem
    )
    sizes = QPageSize.PageSizeId
    return QPageSize(sizes.Letter if is_imperial else sizes.A4)


def paper_of(size: QPageSize) -> Paper:
    """Return a page size in our units."""
    points: QSizeF = size.size(QPageSize.Unit.Point)
    return Paper(points.width() * 10, points.height() * 10)


def print_on(device: QPagedPaintDevice, sheets: Sequence[Sheet]) -> bool:
    """Draw all pages; say whether the device took them."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    paper = paper_of(device.pageLayout().pageSize())
    drawn = [page for sheet in sheets for page in pages(sheet, paper)]
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = painter.device().logicalDpiX() / _UNITS_PER_INCH
    taken = True
    for number, page in enumerate(drawn):
        if number:
            taken = device.newPage() and taken
        _draw(painter, page, paper, scale)
    return painter.end() and taken


def picture(page: Page, paper: Paper, width: int, ratio: float = 1.0) -> QImage:
    """Return one page as it will look, so many pixels wide."""
    scale = width * ratio / paper.width
    height = round(paper.height * scale)
    image = QImage(round(width * ratio), height, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, page, paper, scale)
    image.setDevicePixelRatio(ratio)
    return image


def _draw(painter: QPainter, page: Page, paper: Paper, scale: float) -> None:
    painter.save()
    painter.scale(scale, scale)
    painter.setPen(QPen(_GREY, _THIN))
    for y in page.rules:
        painter.drawLine(QPointF(MARGIN, y), QPointF(paper.width - MARGIN, y))
    for word in page.words:
        painter.setFont(word.face.font)
        painter.setPen(_GREY if word.is_grey else _INK)
        painter.drawText(QPointF(word.x, word.y), word.text)
    painter.restore()
