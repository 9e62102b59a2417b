"""A list of cards in the side pane: a time, a title, and lines below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import appearance
from desk_app.ui.dialogs.inks import Ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

CardRole = Qt.ItemDataRole.UserRole
_PAD, _ABOVE = 12, 6
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Line:
    """Some words and what their colour means."""

    text: str
    ink: Ink = Ink.MUTED


@dataclass(frozen=True, slots=True)
class Card:
    """One row: when, whose, how it stands at the right, and more below.

    `key` finds it again when the list is new; `what` is the thing itself. A `next`
    one is marked, a `quiet` one is drawn without emphasis.
    """

    key: object
    clock: str
    title: str
    state: Line = Line("")
    lines: tuple[Line, ...] = ()
    what: Any = None
    is_next: bool = False
    is_quiet: bool = False

    @property
    def spoken(self) -> str:
        """Everything, for a screen reader."""
        parts = (self.clock, self.title, self.state.text)
        below = tuple(line.text for line in self.lines)
        return ". ".join(part for part in (*parts, *below) if part)


class Cards(QAbstractListModel):
    """The cards of a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them, in order."""
        return self._cards

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a card up, or its words."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CardRole:
            return card
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return card.spoken if role in texts else None


class CardList(QListView):
    """Shows cards; the arrows walk, every other key is told as it is.

    Signals:
        opened: Enter on a card, or a double-click (`Card`).
        pressed_key: another key on a card (`Card`, the key).
        chosen: another card is chosen (`Card` or None).
    """

    opened = Signal(object)
    chosen = Signal(object)
    pressed_key = Signal(object, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = Cards(self)
        self.setObjectName("cards")
        self.setModel(self._cards)
        self.setItemDelegate(_CardRows(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards."""
        return self._cards.cards

    @property
    def current(self) -> Card | None:
        """The card that is chosen."""
        index = self.currentIndex()
        card: Card | None = index.data(CardRole) if index.isValid() else None
        return card

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show cards; the chosen one stays chosen, at first the next one is."""
        known = self.current
        self._cards.show_cards(cards)
        keys = [card.key for card in cards]
        if known is not None and known.key in keys:
            self.choose(keys.index(known.key))
        else:
            upcoming = (n for n, card in enumerate(cards) if card.is_next)
            self.choose(next(upcoming, 0))

    def choose(self, row: int) -> None:
        """Choose a card."""
        index = self._cards.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of keys that are no walking."""
        card, key = self.current, event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain or card is None or not _is_told(key):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card)
        else:
            self.pressed_key.emit(card, key)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self.current)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(CardRole))


def _is_told(key: int) -> bool:
    letters = Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9
    others = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_F2)
    return letters or key in others


class _CardRows(QStyledItemDelegate):
    """Draws cards."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for the title and the lines."""
        card: Card = index.data(CardRole)
        line = option.fontMetrics.height() + 2
        return QSize(200, (1 + len(card.lines)) * line + 2 * _ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one card."""
        card: Card = index.data(CardRole)
        painter.save()
        ground, ink = _ground_and_ink(option, card)
        painter.fillRect(option.rect, ground)
        if card.is_next:
            bar = QRect(option.rect.left(), option.rect.top(), 4, option.rect.height())
            painter.fillRect(bar, QColor(appearance.current().accent))
        line = option.fontMetrics.height() + 2
        box = option.rect.adjusted(_PAD, _ABOVE, -_PAD, 0)
        box.setHeight(line)
        self._paint_head(painter, option, box, card)
        indent = _clock_width(option)
        for below in card.lines:
            box.translate(0, line)
            painter.setFont(option.font)
            painter.setPen(_pen(option, below.ink))
            _put(painter, box.adjusted(indent, 0, 0, 0), below.text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(ink)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, card: Card
    ) -> None:
        painter.setFont(option.font)
        painter.setPen(_pen(option, card.state.ink))
        room = painter.fontMetrics().horizontalAdvance(card.state.text)
        painter.drawText(box, _RIGHT, card.state.text)
        painter.setPen(_pen(option, Ink.MUTED if card.is_quiet else Ink.NORMAL))
        _put(painter, box, card.clock)
        font = QFont(option.font)
        if not card.is_quiet:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        room = room + _PAD if room else 0
        _put(painter, box.adjusted(_clock_width(option), 0, -room, 0), card.title)


def _clock_width(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.horizontalAdvance("20:58 PM") + 4


def _ground_and_ink(option: QStyleOptionViewItem, card: Card) -> tuple[QColor, QColor]:
    palette, role = option.palette, QPalette.ColorRole
    if option.state & QStyle.StateFlag.State_Selected:
        return palette.color(role.Highlight), palette.color(role.HighlightedText)
    ground = QColor(appearance.current().hover) if card.is_next else None
    return ground or palette.color(role.Base), palette.color(role.Text)


def _pen(option: QStyleOptionViewItem, ink: Ink) -> QColor:
    palette, role = option.palette, QPalette.ColorRole
    if option.state & QStyle.StateFlag.State_Selected:
        return palette.color(role.HighlightedText)
    colours = appearance.current()
    return QColor(
        {
            Ink.NORMAL: colours.text,
            Ink.MUTED: colours.muted,
            Ink.DANGER: colours.danger,
            Ink.WARNING: colours.warning,
            Ink.SUCCESS: colours.success,
        }[ink]
    )


def _put(painter: QPainter, box: QRect, text: str) -> None:
    cut = painter.fontMetrics().elidedText(
        " ".join(text.split()), Qt.TextElideMode.ElideRight, max(box.width(), 0)
    )
    painter.drawText(box, _LEFT, cut)
