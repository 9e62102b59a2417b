"""Colours, fonts and small pictures of the grid, made once per theme and font."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from desk_app.domain.appointment import Status
from desk_app.ui import icons

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.columns import Card
    from desk_app.ui.theme import StatusColours, Theme

BAR = 4
RADIUS = 4.0
_TILE = 8
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_MOST_PICTURES = 600
_MOST_TEXTS = 20_000

# A mark besides the colour for every status that is not the usual one.
_STATUS_MARKS = {Status.PENDING: "?", Status.COMPLETED: "check", Status.NO_SHOW: "x"}


class Ink:
    """What the painters of the grid paint with.

    Text in cards is drawn without kerning where the script allows it: drawing a name
    that was never seen before takes half the time, and a day has hundreds.
    """

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.theme, self.ratio = theme, ratio
        self.name_font = _quick(font, QFont.Weight.DemiBold, 1.0)
        self.detail_font = _quick(font, QFont.Weight.Normal, 0.9)
        self.label_font = QFont(font)
        self.label_font.setPointSizeF(font.pointSizeF() * 0.9)
        self.strong_font = QFont(font)
        self.strong_font.setWeight(QFont.Weight.DemiBold)
        self.name_metrics = QFontMetrics(self.name_font)
        self.detail_metrics = QFontMetrics(self.detail_font)
        self.label_metrics = QFontMetrics(self.label_font)
        self.strong_metrics = QFontMetrics(self.strong_font)
        self.line = self.name_metrics.height()
        self.name_rise = self.name_metrics.ascent()
        self.name_drop = self.name_metrics.descent()
        self.detail_line = self.detail_metrics.height()
        self.detail_rise = self.detail_metrics.ascent()
        self.mark = max(round(self.line * 0.8), 10)
        self.hatch = _hatch(theme.grid_blocked, theme.grid_hatch, ratio)
        self.tail = _hatch(theme.grid_open, theme.grid_hatch, ratio)
        self._colours: dict[str, QColor] = {}
        self._text_colours = {
            status: QColor(theme.of_status(status).text) for status in Status
        }
        self._cards: dict[tuple[object, ...], QPixmap] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._details: dict[tuple[str, str, int, bool], tuple[str, ...]] = {}

    def colour(self, name: str) -> QColor:
        """Return "#rrggbb" as a QColor, made once."""
        colour = self._colours.get(name)
        if colour is None:
            colour = self._colours[name] = QColor(name)
        return colour

    def text_of(self, status: Status) -> QColor:
        """Return the colour of the words on a card."""
        return self._text_colours[status]

    def name(self, text: str, width: int) -> str:
        """Return a client's name, cut to fit."""
        fitted = self._names.get((text, width))
        if fitted is None:
            fitted = _cut(self.name_metrics, text, width)
            _keep(self._names, (text, width), fitted)
        return fitted

    def words(self, text: str, width: int) -> str:
        """Return a text in the small font, cut to fit."""
        return _cut(self.detail_metrics, text, width)

    def details(self, card: Card, width: int, can_wrap: bool) -> tuple[str, ...]:
        """Return the lines below a card's name: times and service as there is room.

        Where both do not fit side by side, the service goes to a line of its own, or
        else the end of the visit is left out.
        """
        key = (card.times, card.appointment.service_name, width, can_wrap)
        lines = self._details.get(key)
        if lines is None:
            lines = _details(self.detail_metrics, key)
            _keep(self._details, key, lines)
        return lines

    def card(self, kind: CardKind, width: int, height: int) -> QPixmap:
        """Return the empty card of this kind and size."""
        key = (kind, width, height)
        picture = self._cards.get(key)
        if picture is None:
            if len(self._cards) > _MOST_PICTURES:
                self._cards.clear()
            picture = self._cards[key] = _card(self, kind, QSize(width, height))
        return picture

    def cell(self, fill: str, border: str, width: int, height: int) -> QPixmap:
        """Return a cell with round corners, for offers and the cursor."""
        key = (fill, border, width, height)
        picture = self._cards.get(key)
        if picture is None:
            picture = _blank(QSize(width, height), self.ratio)
            painter = _smooth(picture)
            _rounded(painter, QSize(width, height), fill, QPen(QColor(border), 1))
            painter.end()
            self._cards[key] = picture
        return picture


class CardKind:
    """What decides over the look of an empty card; one object for each kind."""

    __slots__ = ("marks", "status")

    def __init__(self, status: Status, marks: tuple[str, ...]) -> None:
        self.status, self.marks = status, marks


def kind_of(appointment: Appointment) -> CardKind:
    """Return the kind of an appointment's card."""
    return _kind(appointment.status, appointment.is_virtual, appointment.no_show_flag)


@lru_cache(maxsize=64)
def _kind(status: Status, is_virtual: bool, no_show_flag: bool) -> CardKind:
    marks = []
    if no_show_flag:
        marks.append("triangle-alert")
    if is_virtual:
        marks.append("video")
    if status in _STATUS_MARKS:
        marks.append(_STATUS_MARKS[status])
    return CardKind(status, tuple(marks))


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def _details(metrics: QFontMetrics, key: tuple[str, str, int, bool]) -> tuple[str, ...]:
    times, service, width, can_wrap = key
    whole = f"{times}  {service}"
    if metrics.horizontalAdvance(whole) <= width:
        return (whole,)
    if can_wrap:
        return _cut(metrics, times, width), _cut(metrics, service, width)
    start = times.partition("–")[0]
    return (_cut(metrics, f"{start}  {service}", width),)


def _keep(texts: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(texts) > _MOST_TEXTS:
        texts.clear()
    texts[key] = value


def _quick(font: QFont, weight: QFont.Weight, size: float) -> QFont:
    result = QFont(font)
    result.setWeight(weight)
    result.setPointSizeF(font.pointSizeF() * size)
    result.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    # A font feature would bring the shaping back.
    for tag in result.featureTags():
        result.unsetFeature(tag)
    return result


def _card(ink: Ink, kind: CardKind, size: QSize) -> QPixmap:
    colours = ink.theme.of_status(kind.status)
    picture = _blank(size, ink.ratio)
    painter = _smooth(picture)
    pen = QPen(QColor(colours.line), 1)
    if kind.status is Status.PENDING:
        pen.setDashPattern([4, 3])
    path = _rounded(painter, size, colours.fill, pen)
    painter.setClipPath(path)
    painter.fillRect(QRectF(0, 0, BAR, size.height()), QColor(colours.bar))
    _marks(painter, ink, kind, size)
    painter.end()
    return picture


def _marks(painter: QPainter, ink: Ink, kind: CardKind, size: QSize) -> None:
    """Draw the marks of a card at the right end of its last line of text."""
    colours, mark = ink.theme.of_status(kind.status), ink.mark
    x = size.width() - 4
    y = marks_top(ink, size.height())
    for name in reversed(kind.marks):
        x -= mark + 2
        if x < BAR + 2 or y < 0:
            return
        if name == "?":
            _question(painter, QRectF(x, y, mark, mark), colours)
        else:
            icon = icons.pixmap(name, QColor(colours.text), mark, ink.ratio)
            painter.drawPixmap(x, y, icon)


def marks_top(ink: Ink, height: int) -> int:
    """Return where the marks of a card of this height begin."""
    if height < two_lines(ink):
        return (height - ink.mark) // 2
    return height - ink.mark - 3


def two_lines(ink: Ink) -> int:
    """Return the height from which a card has a second line."""
    return ink.line + ink.detail_line


def marks_width(ink: Ink, kind: CardKind) -> int:
    """Return the room that the marks of a card take."""
    return len(kind.marks) * (ink.mark + 2)


def _question(painter: QPainter, rect: QRectF, colours: StatusColours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.bar))
    painter.drawEllipse(rect)
    font = painter.font()
    font.setPixelSize(max(round(rect.height() * 0.78), 6))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(colours.fill))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")


def _hatch(ground: str, line: str, ratio: float) -> QPixmap:
    """Return a tile of slanted lines that joins itself on all sides."""
    tile = _blank(QSize(_TILE, _TILE), ratio)
    tile.fill(QColor(ground))
    painter = _smooth(tile)
    painter.setPen(QPen(QColor(line), 1.2))
    for shift in (-_TILE, 0, _TILE):
        painter.drawLine(shift, _TILE, shift + _TILE, 0)
    painter.end()
    return tile


def _blank(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(
        max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1)
    )
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _smooth(picture: QPixmap) -> QPainter:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _rounded(painter: QPainter, size: QSize, fill: str, pen: QPen) -> QPainterPath:
    """Fill and outline a shape with round corners; return it for clipping."""
    half = pen.widthF() / 2
    rect = QRectF(0, 0, size.width(), size.height()).adjusted(half, half, -half, -half)
    path = QPainterPath()
    path.addRoundedRect(rect, RADIUS, RADIUS)
    painter.fillPath(path, QColor(fill))
    painter.strokePath(path, pen)
    return path
