"""The diary as a Qt model: columns are its rows, appointments their children.

Values are prepared when data arrives. The model keeps the newest it has seen of an
appointment: what the own click returns, what another desk's notice brings and what a
reload finds may come in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desk_app.domain.room_days import RoomDay
from desk_app.ui import format as written
from desk_app.ui.grid.clock import TimeLabels
from desk_app.ui.grid.columns import Card, Column, in_lanes, place
from desk_app.ui.grid.room_column import RoomColumn
from desk_app.ui.grid.words import appointment_name, appointment_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.rooms import RoomTimes
    from desk_app.ui.grid.columns import AnyDay, Tint

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_REMEMBERED = 500


class Role(IntEnum):
    """What `data` gives besides Qt's own roles."""

    APPOINTMENT = Qt.ItemDataRole.UserRole + 1
    PROVIDER_DAY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class _Area:
    """Minutes of one column."""

    column: int
    top: int
    bottom: int


class DiaryModel(QAbstractItemModel):
    """The days of providers, or of rooms, with their appointments.

    Signals:
        area_changed: something in a column looks different, between two wall
            minutes; covers where a card was and where it is now.
        rooms_changed: other rooms are busy than before, so other times are free.
    """

    area_changed = Signal(int, int, int)
    rooms_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = TimeLabels(QLocale())
        self._columns: list[Column] = []
        self._tint: Tint | None = None
        self._news: dict[int, Appointment] = {}
        self._areas: list[_Area] = []

    @property
    def columns(self) -> Sequence[Column]:
        """The columns from left to right; only for reading."""
        return self._columns

    @property
    def labels(self) -> TimeLabels:
        """How times are written."""
        return self._labels

    def set_days(self, days: Sequence[AnyDay]) -> None:
        """Show these columns. Nothing happens if they are what is shown already."""
        if self._shows_already(days):
            return
        self.beginResetModel()
        self._columns = [self._column(day) for day in days]
        self.endResetModel()
        if self._news:
            self._apply_news()

    def set_tint(self, tint: Tint | None) -> None:
        """Colour the cards by this, None by their status."""
        if tint is None and self._tint is None:
            return
        self._tint = tint
        days = [column.made_of() for column in self._columns]
        self.beginResetModel()
        self._columns = [self._column(day) for day in days]
        self.endResetModel()

    def put(self, appointment: Appointment) -> None:
        """Show an appointment as it is now; older versions are ignored."""
        number = appointment.appointment_id
        known = (self._news.get(number), self.appointment(number))
        if any(each and each.version >= appointment.version for each in known):
            return
        self._remember(appointment)
        self._show(appointment)
        self._tell_areas()

    def set_rooms(self, rooms: RoomTimes) -> None:
        """Learn anew when rooms are busy; nothing happens if that is known."""
        first = next((day for column in self._columns for day in column.days), None)
        if first is None or first.rooms == rooms:
            return
        for column in self._columns:
            column.set_rooms(rooms)
        self.rooms_changed.emit()

    def remove(self, appointment_id: int) -> None:
        """Take an appointment away that no longer exists."""
        self._news.pop(appointment_id, None)
        for row, column in enumerate(self._columns):
            place_in_column = column.find(appointment_id)
            if place_in_column >= 0:
                self._take(row, place_in_column)
        self._tell_areas()

    def appointment(self, appointment_id: int) -> Appointment | None:
        """Return a shown appointment by its number."""
        card = self.card(self.index_of(appointment_id))
        return card.appointment if card else None

    def index_of(self, appointment_id: int) -> QModelIndex:
        """Return where an appointment stands, an invalid index if it is not shown."""
        for row, column in enumerate(self._columns):
            place_in_column = column.find(appointment_id)
            if place_in_column >= 0:
                return self.createIndex(place_in_column, 0, row + 1)
        return QModelIndex()

    def card(self, index: AnyIndex) -> Card | None:
        """Return the card of an index, None for columns and nothing."""
        if not index.isValid() or not index.internalId():
            return None
        cards = self._columns[index.internalId() - 1].cards
        return cards[index.row()] if index.row() < len(cards) else None

    # A column has the number 0 inside, an appointment that of its column plus one.

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        inside = parent.row() + 1 if parent.isValid() else 0
        return self.createIndex(row, column, inside)

    def parent(self, index: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._columns)
        if parent.internalId() or parent.column():
            return 0
        return len(self._columns[parent.row()].cards)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() and parent.internalId() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.card(index)
        if card is not None:
            return self._card_data(card, index.internalId() - 1, role)
        if index.isValid():
            return self._column_data(self._columns[index.row()], role)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not index.internalId():
            return Qt.ItemFlag.ItemIsEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _column(self, day: AnyDay) -> Column:
        if isinstance(day, RoomDay):
            return RoomColumn(day, self._labels, self._tint)
        return Column(day, self._labels, self._tint)

    def _shows_already(self, days: Sequence[AnyDay]) -> bool:
        return len(days) == len(self._columns) and all(
            column.is_made_of(day)
            for column, day in zip(self._columns, days, strict=True)
        )

    def _card_data(self, card: Card, row: int, role: int) -> object:
        if role == Role.APPOINTMENT:
            return card.appointment
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return appointment_name(card, self._labels)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            whose = self._columns[row].beside(card.appointment)
            return f"{appointment_state(card.appointment)}, {whose}"
        return None

    def _column_data(self, column: Column, role: int) -> object:
        if role == Role.PROVIDER_DAY:
            return column.made_of()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{column.name}, {written.long_date(column.day)}"
        return None

    def _remember(self, appointment: Appointment) -> None:
        self._news[appointment.appointment_id] = appointment
        if len(self._news) > _REMEMBERED:
            del self._news[next(iter(self._news))]

    def _apply_news(self) -> None:
        """Replace what a slow reload brought by what has been heard since."""
        outdated = [
            self._news[card.appointment.appointment_id]
            for column in self._columns
            for card in column.cards
            if card.appointment.appointment_id in self._news
            and self._news[card.appointment.appointment_id].version
            > card.appointment.version
        ]
        for appointment in outdated:
            self._show(appointment)
        self._tell_areas()

    def _show(self, appointment: Appointment) -> None:
        for row, column in enumerate(self._columns):
            old = column.find(appointment.appointment_id)
            if not column.shows(appointment):
                if old >= 0:
                    self._take(row, old)
            elif old >= 0:
                self._replace(row, old, column.card_of(appointment))
            else:
                self._add(row, column.card_of(appointment))

    def _replace(self, row: int, old: int, card: Card) -> None:
        column = self._columns[row]
        cards = [*column.cards]
        cards[old] = card
        if sorted(cards, key=place) != cards:
            self._take(row, old)
            self._add(row, card)
            return
        self._lay_out(row, cards, [column.cards[old], card])

    def _add(self, row: int, card: Card) -> None:
        cards = self._columns[row].cards
        to = sum(place(other) < place(card) for other in cards)
        self.beginInsertRows(self.index(row, 0), to, to)
        cards.insert(to, card)
        self.endInsertRows()
        self._lay_out(row, cards, [card])

    def _take(self, row: int, old: int) -> None:
        cards = self._columns[row].cards
        self.beginRemoveRows(self.index(row, 0), old, old)
        card = cards.pop(old)
        self.endRemoveRows()
        self._lay_out(row, cards, [card])

    def _lay_out(self, row: int, cards: list[Card], touched: list[Card]) -> None:
        """Give the lanes anew and tell of each card that looks different."""
        column = self._columns[row]
        before = column.cards
        column.cards = in_lanes(cards)
        inside = row + 1
        for number, card in enumerate(column.cards):
            if number >= len(before) or card != before[number]:
                touched = [*touched, card]
                index = self.createIndex(number, 0, inside)
                self.dataChanged.emit(index, index)
        top = min(card.top for card in touched)
        self._areas.append(_Area(row, top, max(card.tail for card in touched)))

    def _tell_areas(self) -> None:
        """Say what looks different once all is in place, not in the midst of it."""
        areas, self._areas = self._areas, []
        for area in areas:
            self.area_changed.emit(area.column, area.top, area.bottom)
