"""Lucide icons, tinted by the palette and crisp at any scale.

QtSvg paints `currentColor` black, so the colour is written into the picture before
it is rendered. An icon follows the palette when it is drawn, not when it is made:
switching between light and dark needs no new icons.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton

from desk_app import paths

Role = QPalette.ColorRole
# The engines of the icons that were handed out: Qt owns the C++ half only.
_engines: list[QIconEngine] = []


@lru_cache(maxsize=256)
def icon(name: str, role: QPalette.ColorRole = Role.WindowText) -> QIcon:
    """Return the Lucide icon `name`, drawn in the palette's colour `role`."""
    engine = _TintedIcon(name, role)
    _engines.append(engine)
    return QIcon(engine)


def button(name: str, text: str) -> QToolButton:
    """Return a button that shows an icon and is called `text`."""
    made = QToolButton()
    made.setIcon(icon(name))
    made.setAccessibleName(text)
    made.setToolTip(text)
    return made


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon `name` in one colour, `size` logical pixels wide."""
    return _pixmap(name, colour.name(QColor.NameFormat.HexArgb), size, ratio)


class _TintedIcon(QIconEngine):
    """Draws one SVG in the colour the palette has at that moment."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State
    ) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(self._name, _colour(self._role, mode), side, ratio)
        field = QRect(0, 0, side, side)
        field.moveCenter(rect.center())
        painter.drawPixmap(field.topLeft(), picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        # The whole size, with the picture in its middle: room beside it is meant.
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        with QPainter(result) as painter:
            self.paint(painter, QRect(QPoint(), size), mode, state)
        return result

    def scaledPixmap(  # noqa: N802 (called by Qt)
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, _scale: float
    ) -> QPixmap:
        # Qt asks for device pixels here and sets the ratio itself.
        return self.pixmap(size, mode, state)

    def clone(self) -> QIconEngine:
        twin = _TintedIcon(self._name, self._role)
        _engines.append(twin)
        return twin


def _colour(role: QPalette.ColorRole, mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, role)
    return palette.color(QPalette.ColorGroup.Active, role)


@lru_cache(maxsize=512)
def _pixmap(name: str, argb: str, size: int, ratio: float) -> QPixmap:
    colour = QColor(argb)
    svg = _source(name).replace("currentColor", colour.name())
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
