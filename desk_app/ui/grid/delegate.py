"""Draws appointment cards: one for Qt, or all exposed ones of the grid at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QStyledItemDelegate

from desk_app.ui.grid.painting.ink import BAR, kind_of, marks_width, two_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
    from PySide6.QtGui import QColor, QFont, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from desk_app.ui.grid.columns import Card
    from desk_app.ui.grid.model import DiaryModel
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.scene import Scene

_PADDING = 5
# How many line heights must be left beside a name to write the time there.
_ENOUGH = 3.5

_Word: TypeAlias = "tuple[int, int, str, QColor]"


class CardDelegate(QStyledItemDelegate):
    """Draws cards with the ink it is lent; keeps nothing of what it draws."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one card into `option.rect`, with the view's ink."""
        model: DiaryModel = index.model()  # type: ignore[assignment]
        card = model.card(index)
        if card is not None:
            ink = option.widget.ink  # type: ignore[attr-defined]
            draw_cards(painter, ink, [(card, option.rect)])


def paint_cards(painter: QPainter, scene: Scene) -> None:
    """Draw every exposed card of the grid."""
    draw_cards(painter, scene.ink, list(_exposed_cards(scene)))


def draw_cards(painter: QPainter, ink: Ink, cards: list[tuple[Card, QRect]]) -> None:
    """Draw cards in passes, so that fonts change twice instead of with each card."""
    painter.save()
    words = _Words()
    for card, rect in cards:
        kind = kind_of(card.appointment)
        picture = ink.card(kind, rect.width(), rect.height())
        painter.drawPixmap(rect.left(), rect.top(), picture)
        _set_words(words, ink, card, rect)
    _draw_words(painter, ink.name_font, words.names)
    _draw_words(painter, ink.detail_font, words.details)
    painter.restore()


class _Words:
    """The text of all cards of one drawing, by font."""

    def __init__(self) -> None:
        self.names: list[_Word] = []
        self.details: list[_Word] = []


def _exposed_cards(scene: Scene) -> Iterator[tuple[Card, QRect]]:
    frame, exposed = scene.frame, scene.exposed
    first, last = frame.minute(exposed.top()), frame.minute(exposed.bottom()) + 1
    for number in scene.shown_columns:
        for card in scene.columns[number].cards:
            if card.top > last:
                break
            if card.bottom >= first:
                yield card, frame.card_rect(number, card)


def _set_words(words: _Words, ink: Ink, card: Card, rect: QRect) -> None:
    height = rect.height()
    if height < ink.detail_line - 4:
        return
    colour = ink.text_of(card.appointment.status)
    left = rect.left() + BAR + _PADDING
    width = rect.width() - BAR - _PADDING - 3
    marks = marks_width(ink, kind_of(card.appointment))
    if height >= two_lines(ink):
        _set_lines(words, ink, card, rect, colour)
        return
    width -= marks
    base = rect.top() + (height - ink.line) // 2 + ink.name_rise
    name = ink.name(card.appointment.client_name, width)
    words.names.append((left, base, name, colour))
    rest = width - ink.name_metrics.horizontalAdvance(name) - _PADDING
    if rest > _ENOUGH * ink.line:
        detail = ink.details(card, rest, False)[0]
        words.details.append((left + width - rest, base, detail, colour))


def _set_lines(
    words: _Words, ink: Ink, card: Card, rect: QRect, colour: QColor
) -> None:
    left, height = rect.left() + BAR + _PADDING, rect.height()
    width = rect.width() - BAR - _PADDING - 3
    pad = min((height - two_lines(ink)) // 2, 4)
    base = rect.top() + pad + ink.name_rise
    name = ink.name(card.appointment.client_name, width)
    words.names.append((left, base, name, colour))
    base += ink.name_drop + ink.detail_rise
    if height < two_lines(ink) + ink.mark:
        width -= marks_width(ink, kind_of(card.appointment))
    can_wrap = height >= two_lines(ink) + ink.detail_line
    for line in ink.details(card, width, can_wrap):
        words.details.append((left, base, line, colour))
        base += ink.detail_line


def _draw_words(painter: QPainter, font: QFont, words: list[_Word]) -> None:
    painter.setFont(font)
    pen = None
    for x, y, text, colour in words:
        if colour is not pen:
            painter.setPen(colour)
            pen = colour
        painter.drawText(x, y, text)
