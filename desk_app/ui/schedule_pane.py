"""The middle of the window: the grid, and what is laid over it while it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui import appearance
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.grid.view import DiaryView
from desk_app.ui.notice_bar import Action, NoticeBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from desk_app.ui.grid.columns import AnyDay

LINE = 3
DIMMED = 110


class SchedulePane(QWidget):
    """Shows notices, and below them the grid or why there is nothing to show.

    Signals:
        everybody_wanted: all providers shall be shown, where none is.
    """

    everybody_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.notice = DiaryView(), NoticeBar()
        self._covers: list[QWidget] = []
        self._has_days, self._stays = True, False
        self._build()
        self._connect()

    def show_days(self, days: Sequence[AnyDay], *, is_staffed: bool) -> None:
        """Show these columns; without any, say how to get some.

        `is_staffed` says whether the practice has providers at all.
        """
        self.view.diary.set_days(days)
        self.empty.say(self._none_ticked() if is_staffed else self._none_there())
        self._has_days = bool(days)
        if self.cover is None:
            self.uncover()

    @property
    def cover(self) -> QWidget | None:
        """What stands in place of the grid, None where the grid does."""
        page = self._pages.currentWidget()
        return page if page in self._covers else None

    def add_cover(self, page: QWidget) -> None:
        """Keep a page ready that may stand in place of the grid."""
        self._covers.append(page)
        self._pages.addWidget(page)

    def show_cover(self, page: QWidget, *, stays: bool = False) -> None:
        """Show a page in place of the grid; days are still kept up below it.

        One that `stays` goes by `take_off` only: there is no schedule without it.
        """
        self._stays = stays
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)

    def take_off(self, page: QWidget) -> None:
        """Take a page off that stayed."""
        if self.cover is page:
            self._stays = False
            # The days are about to be read.
            self.empty.say(EmptyWords("calendar-days", self.tr("Reading…")))
            self.uncover()

    @Slot()
    def uncover(self) -> None:
        """Show the grid again, or why there is nothing to show."""
        if self._stays:
            return
        self._pages.setCurrentIndex(0 if self._has_days else 1)
        self.setFocusProxy(self.view if self._has_days else self.empty)

    @property
    def middle(self) -> QWidget:
        """Where the grid is, between what stands above and below it."""
        return self._pages

    def add_below(self, strip: QWidget) -> None:
        """Let a line stand below the grid."""
        self._column.addWidget(strip)

    @Slot(bool)
    def show_waiting(self, is_waiting: bool) -> None:
        """Dim the old picture until the new one has come."""
        self._veil.setVisible(is_waiting)
        if is_waiting:
            self._veil.raise_()

    def _build(self) -> None:
        self.empty = EmptyState()
        grid = QWidget()
        inside = QVBoxLayout(grid)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.view)
        self._pages = QStackedWidget()
        self._pages.addWidget(grid)
        self._pages.addWidget(self.empty)
        self._veil = _Veil(grid)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(12, 0, 12, 8)
        above.addWidget(self.notice)
        self._above.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(self._pages, 1)

    def _none_ticked(self) -> EmptyWords:
        return EmptyWords(
            "users",
            self.tr("Nobody is shown"),
            self.tr("The schedule has a column for each provider ticked at the left."),
            Action(self.tr("Show &everybody"), self.everybody_wanted.emit),
        )

    def _none_there(self) -> EmptyWords:
        return EmptyWords(
            "stethoscope",
            self.tr("This practice has no providers yet"),
            self.tr(
                "Providers give appointments. A manager adds them in the practice’s"
                " pages; then their days stand here, on every desk."
            ),
        )

    def _connect(self) -> None:
        self.setFocusProxy(self.view)
        self.notice.opened.connect(self._above.show)
        self.notice.closed.connect(self._above.hide)


class _Veil(QWidget):
    """Dims what lies below and draws a line along its upper edge."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Loading"))
        over.installEventFilter(self)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = appearance.current()
        with QPainter(self) as painter:
            ground = QColor(theme.window)
            ground.setAlpha(DIMMED)
            painter.fillRect(self.rect(), ground)
            painter.fillRect(0, 0, self.width(), LINE, QColor(theme.accent))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)
