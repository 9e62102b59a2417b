"""Draws appointment cards: one for Qt, or all exposed ones of the grid at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from PySide6.QtWidgets import QStyledItemDelegate

from desk_app.ui import privacy
from desk_app.ui.grid.painting.plans import LEFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from desk_app.ui.grid.columns import Card
    from desk_app.ui.grid.model import DiaryModel
    from desk_app.ui.grid.painting.letters import Letters
    from desk_app.ui.grid.painting.plans import Plan, Plans
    from desk_app.ui.grid.painting.scene import Scene


# Plain tuples where frozen dataclasses are usual here: hundreds of each are made in
# every repaint, and making the others would take a millisecond.
Spot: TypeAlias = "tuple[Card, int, int, int, int]"
"""A card with its x, y, width and height."""

_Word: TypeAlias = "tuple[int, int, str, QColor]"


class _Words(NamedTuple):
    """The text of one drawing, by font."""

    names: list[_Word]
    details: list[_Word]
    tiny: list[_Word]


class CardDelegate(QStyledItemDelegate):
    """Draws cards with its view's ink and plans; keeps nothing of what it draws."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one card into `option.rect`."""
        model: DiaryModel = index.model()  # type: ignore[assignment]
        card = model.card(index)
        if card is not None:
            rect: QRect = option.rect
            plans: Plans = option.widget.plans  # type: ignore[attr-defined]
            spot = (card, rect.x(), rect.y(), rect.width(), rect.height())
            draw_cards(painter, plans, [spot])


def paint_cards(painter: QPainter, scene: Scene) -> None:
    """Draw every exposed card of the grid, and the buffer that follows it."""
    spots = list(_exposed_cards(scene))
    _draw_tails(painter, scene, spots)
    draw_cards(painter, scene.plans, spots)


def draw_cards(painter: QPainter, plans: Plans, spots: Iterable[Spot]) -> None:
    """Draw pictures, then all words of one font after the other, as that is quicker."""
    painter.save()
    words = _Words([], [], [])
    plan_of, draw = plans.plan, painter.drawPixmap
    for spot in spots:
        card, x, y, width, height = spot
        plan = plan_of(card.kind, width, height)
        draw(x, y, plan.picture)
        if plan.detail_base >= 0:
            _set_lines(plans, plan, spot, words)
        elif plan.name_base >= 0:
            _set_line(plans, plan, spot, words)
    _draw_words(painter, plans.ink.names, words.names)
    _draw_words(painter, plans.ink.words, words.details)
    _draw_words(painter, plans.ink.tiny_names, words.tiny)
    painter.restore()


def _set_line(plans: Plans, plan: Plan, spot: Spot, words: _Words) -> None:
    """Set the one line of a low card: the name, then what fits."""
    card, x, y, _, _ = spot
    left, base, colour = x + LEFT, y + plan.name_base, plan.colour
    name, width = privacy.name(card.appointment.client_name), plan.name_width
    if plan.is_tiny:
        tiny = plans.ink.tiny_names.cut(name, width)
        words.tiny.append((left, base, tiny, colour))
        return
    name = plans.ink.names.cut(name, width)
    words.names.append((left, base, name, colour))
    shift, text = plans.beside(card, name, plan)
    if text:
        words.details.append((left + shift, base, text, colour))


def _set_lines(plans: Plans, plan: Plan, spot: Spot, words: _Words) -> None:
    """Set the lines of a card; on a narrow one the whole name comes first."""
    card, x, y, _, _ = spot
    left, base, colour = x + LEFT, y + plan.detail_base, plan.colour
    name, can_wrap = privacy.name(card.appointment.client_name), plan.can_wrap
    first = plans.ink.names.cut(name, plan.name_width)
    if plan.is_narrow and first != name and (halves := plans.split(name, plan)):
        first, second = halves
        words.names.append((left, base, second, colour))
        base += plans.ink.detail_line
    words.names.append((left, y + plan.name_base, first, colour))
    if base > y + plan.detail_base:
        if not can_wrap:
            return
        can_wrap = False
    for text in plans.details(card, plan.detail_width, can_wrap):
        words.details.append((left, base, text, colour))
        base += plans.ink.detail_line


def _exposed_cards(scene: Scene) -> Iterator[Spot]:
    frame, exposed = scene.frame, scene.exposed
    first, last = frame.minute(exposed.top()), frame.minute(exposed.bottom()) + 1
    for number in scene.shown_columns:
        for card in scene.columns[number].cards:
            if card.top > last:
                break
            if card.tail >= first:
                yield (card, *frame.card_place(number, card))


def _draw_tails(painter: QPainter, scene: Scene, spots: list[Spot]) -> None:
    """Show that the time after a card is kept free."""
    for card, x, y, width, height in spots:
        if card.tail > card.bottom:
            rest = scene.frame.y(card.tail) - y - height
            if rest > 0:
                painter.drawPixmap(x, y + height, scene.ink.tail(width, rest))


def _draw_words(painter: QPainter, letters: Letters, words: list[_Word]) -> None:
    font = None
    pen, draw = None, painter.drawText
    for x, y, text, colour in words:
        wanted = letters.font_for(text)
        if wanted is not font:
            painter.setFont(wanted)
            font = wanted
        if colour is not pen:
            painter.setPen(colour)
            pen = colour
        draw(x, y, text)
