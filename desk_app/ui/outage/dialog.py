"""Today and tomorrow as this desk kept them: to be read, searched and printed.

Whoever opens this has opened the keyring of the operating system's account, and that is
the door: the server, which knows passwords, is away, and a second password kept on this
disk would be one more thing to steal and to forget. The key is looked up under the
login of whoever works at the desk; at the start, when nobody could sign in, under the
login that was here last and no other, so that nobody reads by a name they only typed.
What stands here is as of its time and cannot be changed: the server decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.kept import DAYS_KEPT
from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.outage.rows import KeptModel
from desk_app.ui.paper.dialog import Choice, Head, PaperDialog
from desk_app.ui.paper.sheet import Options
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.kept import KeptDays
    from desk_app.ui.around import Failed, Then

LONGEST = 200
SIZE = 1080, 700
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Away:
    """How the desk stands: what time it is, and the way to note something, if any."""

    now: datetime
    note: Callable[[QWidget], object] | None = None


def as_of(kept: KeptDays, now: datetime) -> str:
    """Return "08:12", or "Yesterday, 08:12"."""
    zone = ZoneInfo(kept.timezone)
    if written.is_same_day(kept.as_of, now, zone):
        return written.time(kept.as_of, zone)
    return written.moment(kept.as_of, zone, now.astimezone(zone).date())


class KeptDialog(QDialog):
    """The keyboard stays in the search field; arrows walk the visits."""

    def __init__(
        self, kept: KeptDays, away: Away, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kept, self._away = kept, away
        today = away.now.astimezone(ZoneInfo(kept.timezone)).date()
        self.model = KeptModel(kept, today, self)
        self._build()
        self._connect()
        self._write()
        self.field.setFocus()

    @classmethod
    def show_for(cls, parent: QWidget, kept: KeptDays, away: Away) -> None:
        """Show what was kept until it is closed."""
        dialog = cls(kept, away, parent)
        dialog.exec()
        dialog.deleteLater()

    def choices(self) -> tuple[Choice, ...]:
        """Return what can be printed."""
        days = self._kept.days
        providers = {day.provider.provider_id: day.provider.name for day in days}
        dates = sorted({day.day for day in days})
        all_of_them = tuple(providers)
        return (
            *(
                Choice(
                    filled(self.tr("%1, everybody"), written.long_date(day)),
                    day,
                    1,
                    all_of_them,
                )
                for day in dates
            ),
            *(
                Choice(
                    filled(self.tr("Both days, %1"), name),
                    dates[0],
                    DAYS_KEPT,
                    (number,),
                )
                for number, name in providers.items()
            ),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WALKING:
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        clock = as_of(self._kept, self._away.now)
        title = filled(self.tr("As of %1, read only"), clock)
        self.setWindowTitle(title)
        self.banner = Banner()
        text = self.tr("Kept on this desk. What was done since does not stand here.")
        self.banner.say(Words(title, text, tone=Tone.WARNING))
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(self.tr("Search the kept days"))
        self.field.setPlaceholderText(self.tr("Client, phone, service, provider…"))
        self._state = PlainLabel()
        set_ink(self._state, Ink.MUTED)
        self._make_list()
        self.print = PromptButton(self.tr("&Print or save as PDF…"))
        self.note = PromptButton(self.tr("&Note something for later…"))
        self.note.setVisible(self._away.note is not None)
        self._close = PromptButton(self.tr("Close"))
        for button in (self.print, self.note, self._close):
            button.setAutoDefault(False)
        self._lay_out()

    def _make_list(self) -> None:
        self.list = QTreeView()
        self.list.setObjectName("kept")
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Kept appointments"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setTabKeyNavigation(False)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.print)
        below.addWidget(self.note)
        below.addStretch(1)
        below.addWidget(self._close)
        # All in one: behind the lock nothing of it shows.
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for widget in (self.banner, self.field, self._state):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addLayout(below)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(whole)
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._write)
        self.print.clicked.connect(self._on_print)
        self.note.clicked.connect(self._on_note)
        self._close.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._on_print)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.field.setFocus)
        privacy.current().changed.connect(self._write)
        privacy.listen(self)

    @Slot()
    def _write(self) -> None:
        self.model.write(self.field.text())
        root = self.list.rootIndex()
        for row in self.model.headings:
            self.list.setFirstColumnSpanned(row, root, True)
        self._size_columns()
        count = self.model.count
        text = self.tr("1 appointment") if count == 1 else self.tr("%1 appointments")
        self._state.setText(filled(text, str(count)))
        first = next((r for r in range(count + 1) if r not in self.model.headings), 0)
        self.list.setCurrentIndex(self.model.index(first, 0))

    def _size_columns(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate((15, 26, 17, 28)):
            self.list.setColumnWidth(column, letter * letters)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    @Slot()
    def _on_note(self) -> None:
        if self._away.note is not None:
            self._away.note(self)

    @Slot()
    def _on_print(self) -> None:
        if not self._kept.days:
            return
        dialog = PaperDialog(self.choices(), self._head(), self._read, self)
        self.rejected.connect(dialog.reject)
        dialog.exec()
        dialog.deleteLater()

    def _read(self, choice: Choice, then: Then, _failed: Failed) -> None:
        then(
            tuple(
                day
                for day in self._kept.days
                if day.provider.provider_id in choice.provider_ids
                if 0 <= (day.day - choice.first).days < choice.count
            )
        )

    def _head(self) -> Head:
        zone = ZoneInfo(self._kept.timezone)
        day = written.long_date(self._kept.as_of.astimezone(zone).date())
        at = f"{day}, {written.time(self._kept.as_of, zone)}"
        footer = filled(self.tr("As of %1, kept on this desk"), at)
        options = Options(self._kept.practice_name, zone, footer)
        return Head(options, self._kept.days[0].day.isoformat())
