"""Notices inside the window: a bar that stays, a toast that goes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import appearance, icons
from desk_app.ui.plain import PlainLabel, without_mnemonic
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QPaintEvent

TOAST_MS = 6_000
_ICONS = {
    Tone.INFO: "info",
    Tone.SUCCESS: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.ERROR: "circle-alert",
}


@dataclass(frozen=True)
class Action:
    """A button on a notice: its words and what it does."""

    text: str
    run: Callable[[], object]


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a screen reader say `text`; nothing is said of what is not shown."""
    if not widget.isVisible():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class _Panel(QFrame):
    """A rounded panel with a coloured edge that says of which kind it is."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._tone = Tone.INFO
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)

    def _show_tone(self, tone: Tone) -> None:
        self._tone = tone
        size = self.fontMetrics().height() + 4
        picture = icons.pixmap(
            _ICONS[tone], self._edge(), size, self.devicePixelRatio()
        )
        self._icon.setPixmap(picture)
        self.update()

    def _edge(self) -> QColor:
        colours = appearance.current()
        return QColor(
            {
                Tone.INFO: colours.accent,
                Tone.SUCCESS: colours.success,
                Tone.WARNING: colours.warning,
                Tone.ERROR: colours.danger,
            }[self._tone]
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        edge = self._edge()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(edge)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(box, 8, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(edge)
            painter.drawRoundedRect(box.adjusted(0, 0, 5 - box.width(), 0), 2.5, 2.5)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_tone(self._tone)


@dataclass(frozen=True)
class _Notice:
    """One notice, shown or waiting below a newer one."""

    words: Words
    actions: tuple[Action, ...]
    topic: str


class NoticeBar(_Panel):
    """Stays above the schedule until it is closed or what it says is over.

    Its buttons are reached by Tab; Esc on one of them closes it. The newest notice
    shows; when it goes, the one before comes back.

    Signals:
        opened, closed: there is something to say, or nothing any more.
        left: the keyboard was in a notice that is closed.
    """

    opened = Signal()
    closed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[_Notice] = []
        self._action_buttons: list[QPushButton] = []
        self._build()
        self._connect()
        self.hide()

    def show_words(
        self, words: Words, actions: Sequence[Action] = (), topic: str = ""
    ) -> None:
        """Show `words` with a button for each action; `topic` names it for `clear`."""
        self._notices = [one for one in self._notices if one.topic != topic]
        self._notices.append(_Notice(words, tuple(actions), topic))
        self._show_newest()
        announce(self, words.spoken, urgent=words.tone is Tone.ERROR)

    def has(self, topic: str) -> bool:
        """Say whether there is a notice about `topic`, shown or below another."""
        return any(one.topic == topic for one in self._notices)

    def clear(self, topic: str) -> None:
        """Take the notice about `topic` away."""
        kept = [one for one in self._notices if one.topic != topic]
        if len(kept) < len(self._notices):
            self._keep(kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_notice()
        else:
            super().keyPressEvent(event)

    @Slot()
    def close_notice(self) -> None:
        """Take the notice away that is shown."""
        self._keep(self._notices[:-1])

    def _keep(self, notices: list[_Notice]) -> None:
        if not self._notices:
            return
        is_shown_one = notices[-1:] != self._notices[-1:]
        self._notices = notices
        if not is_shown_one:
            return
        inside = QApplication.focusWidget()
        had_focus = inside is not None and self.isAncestorOf(inside)
        if notices:
            self._show_newest()
        else:
            self.hide()
            self.closed.emit()
        if had_focus:
            self.left.emit()

    def _show_newest(self) -> None:
        words, actions = self._notices[-1].words, self._notices[-1].actions
        self._title.setText(words.title)
        self._body.setText(words.body)
        self._body.setVisible(bool(words.body))
        self._fill_actions(actions)
        self._show_tone(words.tone)
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.body)
        self.show()
        self.opened.emit()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = PlainLabel()
        self._body.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._close = QToolButton()
        self._close.setIcon(icons.icon("x"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 8, 10)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self._close.clicked.connect(self.close_notice)

    def _fill_actions(self, actions: Sequence[Action]) -> None:
        for old in self._action_buttons:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._action_buttons = []
        for action in actions:
            button = QPushButton(without_mnemonic(action.text))
            button.clicked.connect(_Press(self, action))
            self._buttons.addWidget(button)
            self._action_buttons.append(button)


class _Press:
    """Closes the notice, then does what its button says."""

    def __init__(self, bar: NoticeBar, action: Action) -> None:
        self._bar, self._action = bar, action

    def __call__(self) -> None:
        self._bar.close_notice()
        self._action.run()


class Toast(_Panel):
    """Says that something was done, over the lower edge of its parent, for a while.

    The status bar keeps saying it, so nothing is lost when it goes.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._area = parent
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self._title.setWordWrap(False)
        self._action: Action | None = None
        self._button = QPushButton()
        # It goes by itself, so the keyboard has the action's own key instead.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setObjectName("toastAction")
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 18, 10)
        row.setSpacing(10)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._icon)
        row.addWidget(self._title)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, tone: Tone = Tone.SUCCESS, action: Action | None = None
    ) -> None:
        """Show `text`, perhaps with a button, and let a screen reader say both."""
        self._show_tone(tone)
        self._show_action(action)
        self._title.setText(self._cut(text))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, f"{text}. {action.text}" if action else text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show_action(self, action: Action | None) -> None:
        """Only a button takes clicks; beside it they go to what lies below."""
        self._action = action
        self._button.setText(without_mnemonic(action.text) if action else "")
        self._button.setVisible(action is not None)
        transparent = Qt.WidgetAttribute.WA_TransparentForMouseEvents
        self.setAttribute(transparent, action is None)

    @Slot()
    def _on_clicked(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action.run()

    def _cut(self, text: str) -> str:
        width = max(240, self._area.width() - 160 - self._button.sizeHint().width())
        return self._title.fontMetrics().elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, width
        )

    def _place(self) -> None:
        area = self._area.size()
        size: QSize = self.sizeHint()
        left = (area.width() - size.width()) // 2
        self.setGeometry(left, area.height() - size.height() - 28, *size.toTuple())
