"""The page of Ctrl+F: a field, and below it what was found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.appointment import Status
from desk_app.ui import privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.grid.words import status_word
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, OverRole, make_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.search import Found
    from desk_app.ui.dialogs.ports import Screen

AppointmentRole = Qt.ItemDataRole.UserRole
LONGEST = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FoundModel(RowsModel):
    """Appointments as rows; the last row leads to more of them."""

    def show(
        self, found: Sequence[Appointment], screen: Screen, *, has_more: bool
    ) -> None:
        """Write the rows."""
        rows = [_row(each, screen) for each in found]
        if has_more:
            more = self.tr("More…")
            role = Qt.ItemDataRole
            rows.append({role.DisplayRole: more, role.AccessibleTextRole: more})
        self.put_rows(rows)


class SearchPage(QWidget):
    """The keyboard stays in the field; arrows walk the list, Enter goes there.

    Signals:
        typed: what is to be searched for.
        more_wanted: the next page of it.
        chosen: the day of this appointment shall be shown.
    """

    typed = Signal(str)
    more_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FoundModel(self)
        self._found: tuple[Appointment, ...] = ()
        self._has_more = False
        self._build()
        self._connect()

    @property
    def found(self) -> tuple[Appointment, ...]:
        """What is listed."""
        return self._found

    @property
    def said(self) -> str:
        """What stands below the field."""
        return self._state.text()

    def show_found(self, found: Found, screen: Screen, *, goes_on: bool) -> None:
        """List a page of results; `goes_on` puts it below those that are listed."""
        row = len(self._found) if goes_on else 0
        before = self._found if goes_on else ()
        self._found = (*before, *found.appointments)
        self._has_more = found.has_more
        self.write(screen)
        self.list.setCurrentIndex(self.model.index(row))
        count = str(len(self._found))
        text = self.tr("More than %1 appointments") if found.has_more else ""
        text = text or self.tr("%1 appointments")
        self.say(filled(text, count) if self._found else self.tr("Nothing found."))
        self._stand_in(is_empty=not self._found)

    def list_found(self, found: Found, screen: Screen, words: str) -> None:
        """List what nobody typed; the words say what it is."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.show_found(found, screen, goes_on=False)
        self.say(words)

    def write(self, screen: Screen) -> None:
        """Write the rows anew, as names may be shown now."""
        row = self.list.currentIndex().row()
        self.model.show(self._found, screen, has_more=self._has_more)
        self.list.setCurrentIndex(self.model.index(row))

    def clear(self, screen: Screen) -> None:
        """List nothing."""
        self._found, self._has_more = (), False
        self.write(screen)
        self.say(self._help())
        self._stand_in(is_empty=False)

    def say(self, text: str) -> None:
        """Say how the search stands."""
        self._state.setText(text)
        announce(self._state, text)

    def _stand_in(self, *, is_empty: bool) -> None:
        self.list.setVisible(not is_empty)
        self.empty.setVisible(is_empty)

    def _nothing_found(self) -> EmptyWords:
        return EmptyWords(
            "search",
            self.tr("No appointment fits"),
            self.tr(
                "All words must fit: client, phone, service, provider, date or status."
                " Fewer words find more."
            ),
            Action(self.tr("Search for something &else"), self.field.clear),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._choose(self.list.currentIndex())
        elif event.key() in _WALKING:
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(self.tr("Search appointments"))
        self.field.setPlaceholderText(self.tr("Client, phone, service, provider…"))
        self.field.setClearButtonEnabled(True)
        self._state = PlainLabel(self._help())
        self._state.setWordWrap(True)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.list = make_list(self.model, self.tr("Appointments found"))
        self.empty = EmptyState(self._nothing_found())
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 0, 16, 0)
        inside.setSpacing(8)
        inside.addWidget(self.field)
        inside.addWidget(self._state)
        column.addLayout(inside)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.field)

    def _help(self) -> str:
        return self.tr(
            "Any words of the appointment, a status (“cancelled”), or a day"
            " (“tomorrow”, “24.11.”, “november”)."
        )

    def _connect(self) -> None:
        self.field.textChanged.connect(self.typed)
        self.list.activated.connect(self._choose)
        self.list.clicked.connect(self._choose)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        appointment = index.data(AppointmentRole)
        if appointment is None:
            self.more_wanted.emit()
        else:
            self.chosen.emit(appointment)


def _row(of: Appointment, screen: Screen) -> dict[int, Any]:
    role = Qt.ItemDataRole
    parts = [of.service_name, privacy.phone(of.client_phone)]
    if of.status is not Status.CONFIRMED:
        parts.insert(0, status_word(of.status))
    detail = " · ".join(part for part in parts if part)
    visit = visit_words.visit(of, screen)
    said = f"{visit}, {detail}"
    return {
        role.DisplayRole: visit,
        role.AccessibleTextRole: said,
        role.ToolTipRole: tool_tip(said),
        AppointmentRole: of,
        DetailRole: detail,
        IconRole: "calendar-x" if of.status is Status.CANCELLED else "",
        OverRole: of.end < screen.now or of.status is Status.CANCELLED,
    }
