"""The visits of a client: those to come first, then all others, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from desk_app.ui.clients import file_words
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.plain import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.client_file import ClientFile
    from desk_app.ui.dialogs.ports import Screen

RowRole = Qt.ItemDataRole.UserRole
_PAD = 10
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a visit, or a heading, or the wish for more."""

    text: str
    status: str = ""
    below: str = ""
    ink: Ink = Ink.MUTED
    appointment: Appointment | None = None
    is_more: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the keyboard passes it over."""
        return self.appointment is None and not self.is_more

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.text, self.below, self.status) if part)


class Visits(QAbstractListModel):
    """The rows, prepared when a file arrives."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_file(self, file: ClientFile, screen: Screen) -> None:
        """Show the visits of a file."""
        self.beginResetModel()
        self._rows = [
            Row(self.tr("To come")),
            *(_row(one, screen) for one in file.to_come),
        ]
        if not file.to_come:
            self._rows = [Row(self.tr("No appointment to come"))]
        if file.past:
            self._rows.append(Row(self.tr("Before")))
            self._rows += [_row(one, screen) for one in file.past]
        if file.has_more:
            self._rows.append(Row(self.tr("Show earlier ones"), is_more=True))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a prepared value up."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == RowRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the keyboard pass headings over."""
        if index.isValid() and self._rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def row_of(self, wanted: Iterable[int]) -> int:
        """Return the row of the first of these appointments, or of any; -1 for none."""
        numbers = set(wanted)
        stops = [n for n, row in enumerate(self._rows) if not row.is_heading]
        for number in stops:
            one = self._rows[number].appointment
            if one is not None and one.appointment_id in numbers:
                return number
        return next(iter(stops), -1)


class VisitList(QListView):
    """As high as its rows, within a pane that scrolls.

    Signals:
        opened: Enter or a double-click on a visit (`Appointment`).
        again_wanted: B on a visit: the same once more (`Appointment`).
        shown_wanted: G on a visit: where it stands in the schedule (`Appointment`).
        messages_wanted: M on a visit: what was sent about it (`Appointment`).
        more_wanted: earlier visits are to be read.
        row_reached: the keyboard went to a row; its place within the list.
    """

    opened = Signal(object)
    again_wanted = Signal(object)
    shown_wanted = Signal(object)
    messages_wanted = Signal(object)
    more_wanted = Signal()
    row_reached = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visits = Visits(self)
        self.setModel(self.visits)
        self.setObjectName("visits")
        self.setItemDelegate(VisitRows(self))
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Visits"))
        self.setAccessibleDescription(
            self.tr(
                "Enter opens a visit, B books it again, G goes to it, M shows what"
                " was sent about it."
            )
        )
        self.doubleClicked.connect(self._open)

    @property
    def chosen(self) -> Appointment | None:
        """The visit that the keyboard is on."""
        row = self._row()
        return row.appointment if row is not None else None

    def show_file(self, file: ClientFile, screen: Screen) -> None:
        """Show the visits of a file, and stay on the same one."""
        before = self.chosen
        self.visits.show_file(file, screen)
        wanted = () if before is None else (before.appointment_id,)
        row = self.visits.row_of(wanted)
        self.setCurrentIndex(self.visits.index(row, 0))
        self.setFixedHeight(self._needed())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, book again, or go there."""
        visit, key = self.chosen, event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_B and visit is not None:
            self.again_wanted.emit(visit)
        elif key == Qt.Key.Key_G and visit is not None:
            self.shown_wanted.emit(visit)
        elif key == Qt.Key.Key_M and visit is not None:
            self.messages_wanted.emit(visit)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the row into sight that the keyboard comes to."""
        super().focusInEvent(event)
        self.row_reached.emit(self.visualRect(self.currentIndex()))

    def currentChanged(self, current: _Index, before: _Index) -> None:
        """Tell where the keyboard is, for the pane to scroll there."""
        super().currentChanged(current, before)
        if self.hasFocus():
            self.row_reached.emit(self.visualRect(current))

    def _row(self) -> Row | None:
        row = self.currentIndex().data(RowRole)
        return row if isinstance(row, Row) else None

    def _open(self, index: QModelIndex) -> None:
        row = index.data(RowRole)
        if not isinstance(row, Row):
            return
        if row.is_more:
            self.more_wanted.emit()
        elif row.appointment is not None:
            self.opened.emit(row.appointment)

    def _needed(self) -> int:
        rows = range(self.visits.rowCount())
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth() + 2


class VisitRows(QStyledItemDelegate):
    """Draws a visit on two lines: when and how it stands, then what with whom."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for one or two lines."""
        row = index.data(RowRole)
        lines = 2 if isinstance(row, Row) and row.below else 1
        return QSize(120, lines * option.fontMetrics.height() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Row):
            return
        painter.save()
        is_chosen = self._is_chosen(option)
        palette, role = option.palette, QPalette.ColorRole
        if is_chosen:
            painter.fillRect(option.rect, palette.color(role.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver and not row.is_heading:
            painter.fillRect(option.rect, palette.color(role.Midlight))
        ink = palette.color(role.HighlightedText if is_chosen else role.Text)
        faint = ink if is_chosen else QColor(appearance.current().muted)
        box = option.rect.adjusted(_PAD, 5, -_PAD, -5)
        above = QRect(box.left(), box.top(), box.width(), option.fontMetrics.height())
        painter.setPen(faint if row.is_heading else ink)
        left = self._paint_status(painter, option, above, row, faint)
        painter.setPen(faint if row.is_heading else ink)
        _put(painter, above.adjusted(0, 0, -left, 0), row.text, self._font(option, row))
        painter.setPen(faint)
        below = above.translated(0, box.bottom() - above.bottom())
        if row.below:
            _put(painter, below, row.below, option.font)
        painter.restore()

    def _is_chosen(self, option: QStyleOptionViewItem) -> bool:
        flags = QStyle.StateFlag
        inside = isinstance(option.widget, QWidget) and option.widget.hasFocus()
        return bool(option.state & flags.State_Selected) and inside

    def _paint_status(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        row: Row,
        faint: QColor,
    ) -> int:
        """Draw how the visit stands at the right; return the room that it takes."""
        if not row.status:
            return 0
        colours = appearance.current()
        inks = {Ink.DANGER: colours.danger, Ink.WARNING: colours.warning}
        is_chosen = self._is_chosen(option)
        painter.setPen(faint if is_chosen else QColor(inks.get(row.ink, colours.muted)))
        width = min(option.fontMetrics.horizontalAdvance(row.status), box.width() // 2)
        right = QRect(box.right() - width, box.top(), width + 1, box.height())
        _put(painter, right, row.status, option.font, Qt.AlignmentFlag.AlignRight)
        return width + _PAD

    def _font(self, option: QStyleOptionViewItem, row: Row) -> QFont:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Normal if row.is_more else QFont.Weight.DemiBold)
        return font


def _row(appointment: Appointment, screen: Screen) -> Row:
    return Row(
        file_words.when_of_visit(appointment, screen),
        file_words.of_visit(appointment),
        shortened(" ".join(file_words.what_of_visit(appointment, screen).split()), 200),
        file_words.ink_of_visit(appointment),
        appointment,
    )


def _put(
    painter: QPainter,
    box: QRect,
    text: str,
    font: QFont,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    cut = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, box.width()
    )
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, cut)
