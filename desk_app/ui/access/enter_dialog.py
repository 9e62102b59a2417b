"""Lets somebody in: the one who is away, or somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.staff import SignIn
from desk_app.errors import NeedsLogin
from desk_app.ui import appearance, icons
from desk_app.ui.access import words
from desk_app.ui.access.form import Form, Named
from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.access.people_list import PeopleList
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from desk_app.domain.staff import Me, Staff
    from desk_app.errors import DeskError

ICON = 26
WIDE = 450
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Door:
    """Who was here, who else may come, and who of them needs a password."""

    me: Me
    others: tuple[Staff, ...]
    asks_password: Callable[[str], bool]

    @property
    def is_open(self) -> bool:
        """Whether nobody needs a password, as in the demo."""
        logins = [self.me.login, *(person.login for person in self.others)]
        return not any(map(self.asks_password, logins))


class Asks(Enum):
    """Whom the dialog waits for."""

    ME = auto()
    ANYBODY = auto()


class EnterDialog(QDialog):
    """Stays until somebody is let in; Esc leaves it only while nobody is locked out.

    Signals:
        wanted: somebody wants to be let in (`SignIn`).
        close_wanted: the program shall end.
    """

    wanted = Signal(object)
    close_wanted = Signal()

    def __init__(self, door: Door, parent: QWidget) -> None:
        super().__init__(parent)
        self._door = door
        self._asks = Asks.ANYBODY
        self._is_locked = self._is_busy = False
        self._loses_something = False
        self._build()
        self._connect()

    @property
    def is_locked(self) -> bool:
        """Whether nobody is let past without signing in."""
        return self._is_locked

    @property
    def chosen_login(self) -> str:
        """Who wants to come in, "" where a login has to be typed."""
        if self._asks is Asks.ME:
            return self._door.me.login
        return self.people.login

    def show_locked(self, *, loses_something: bool) -> None:
        """Keep everybody out; `loses_something` if ending the program would."""
        self._is_locked, self._loses_something = True, loses_something
        if self._is_busy:
            self._show_state()
        else:
            self._ask(Asks.ME)
        self._show_on_top()

    def show_change(self) -> None:
        """Let somebody else take over; the one who is here may also stay."""
        self._ask(Asks.ANYBODY)
        self._show_on_top()

    def come_forward(self) -> None:
        """Stand before a window that has come later."""
        if self.isVisible():
            self.hide()
            self._show_on_top()

    def show_refusal(self, error: DeskError) -> None:
        """Say why nobody was let in; the password can be typed over."""
        self._set_busy(busy=False)
        said = words.cannot_enter(error)
        if isinstance(error, NeedsLogin) and not self._is_hidden(self.password):
            self._form.complain("password", f"{said.title}. {said.body}")
            self.password.selectAll()
        else:
            self._banner.say(said)

    def forget(self) -> None:
        """Forget the password."""
        self.password.forget()

    def reject(self) -> None:
        """Go one step back, and out of here if that keeps nobody out."""
        if self._is_busy:
            return
        if self._banner.topic == "closing":
            self._banner.clear()
        elif self._is_locked and self._asks is Asks.ANYBODY:
            self._ask(Asks.ME)
        elif not self._is_locked:
            super().reject()

    def event(self, event: QEvent) -> bool:
        """Be as high as what is said needs, at the width it has."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while it is locked, whatever the window's frame offers."""
        if self._is_locked or self._is_busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter: to the password, or in."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and not self._is_busy:
            focused = self.focusWidget()
            button = focused if isinstance(focused, PromptButton) else self._go
            button.click()

    # -- building

    def _build(self) -> None:
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        self._title, self._who = PlainLabel(), ElidedLabel()
        sized(self._title, 1.4, bold=True)
        set_ink(self._who, Ink.MUTED)
        self.people = PeopleList()
        self._login = QLineEdit()
        self.password = PasswordField(self.tr("Password"))
        self._form, self._banner = Form(), Banner()
        self._form.add(Named("people", self.tr("&Who are you?"), self.people))
        self._form.add(Named("login", self.tr("&Login"), self._login))
        self._form.add(Named("password", self.tr("&Password"), self.password))
        self._close = PromptButton(self.tr("&Close the program"))
        self._other = PromptButton(self.tr("Somebody &else…"))
        self._back = PromptButton(self.tr("&Back"))
        self._go = PromptButton("")
        for button in (self._close, self._other, self._back):
            button.setAutoDefault(False)
        self._go.setDefault(True)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setObjectName("dialogHead")
        picture = QLabel()
        colour = QColor(appearance.current().accent)
        ratio = self.devicePixelRatio()
        picture.setPixmap(icons.pixmap("lock", colour, ICON, ratio))
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self._title)
        names.addWidget(self._who)
        across = QHBoxLayout(head)
        across.setContentsMargins(20, 16, 20, 14)
        across.setSpacing(14)
        across.addWidget(picture)
        across.addLayout(names, 1)
        body = QVBoxLayout()
        body.setContentsMargins(20, 0, 20, 0)
        body.addWidget(self._form)
        body.addWidget(self._banner)
        footer = QHBoxLayout()
        footer.setContentsMargins(20, 4, 20, 16)
        footer.setSpacing(10)
        footer.addWidget(self._close)
        footer.addStretch(1)
        for button in (self._other, self._back, self._go):
            footer.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        layout.addLayout(body)
        layout.addStretch(1)
        layout.addLayout(footer)
        self._go.setMinimumWidth(self._widest())

    def _widest(self) -> int:
        """Return the width at which the main button never changes its size."""
        texts = (self.tr("Signing in…"), self.tr("&Unlock"), self.tr("&Sign in"))
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(text) for text in texts) + 44

    def _connect(self) -> None:
        self.people.chosen.connect(self._on_person)
        self.people.activated.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._back.clicked.connect(self.reject)
        self._other.clicked.connect(self._on_other)
        self._close.clicked.connect(self._on_close)

    # -- whom it waits for

    def _ask(self, whom: Asks) -> None:
        self._asks = whom
        self._banner.clear()
        self._form.clear()
        self.forget()
        self.people.show_people(self._door.others, are_all=self._door.is_open)
        self._show_state()
        self._on_person()
        self._begin()

    def _show_state(self) -> None:
        """Say whether it is locked, and offer what leads on from here."""
        is_me = self._asks is Asks.ME
        title = self.tr("Locked") if self._is_locked else self.tr("Change person")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._who.setText(words.person(self._door.me))
        self._form.show_field("people", is_shown=not is_me)
        self._other.setVisible(is_me)
        self._back.setVisible(not is_me)
        self._close.setVisible(self._is_locked)

    def _begin(self) -> None:
        """Put the keyboard where somebody begins."""
        first = self.password if self._asks is Asks.ME else self.people
        (self._go if self._is_hidden(first) else first).setFocus()

    def _is_hidden(self, field: QWidget) -> bool:
        return not field.isVisibleTo(self)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            wanted = self.fontMetrics().height() * WIDE // 16
            width = max(wanted, layout.totalMinimumSize().width())
            self.resize(width, layout.totalHeightForWidth(width))

    def _show_on_top(self) -> None:
        self.show()
        self.activateWindow()

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        focus = self.focusWidget()
        for widget in (self._form, self._close, self._other, self._back, self._go):
            widget.setEnabled(not busy)
        self._go.setText(self.tr("Signing in…") if busy else self._go_words())
        if not busy and focus is not None:
            focus.setFocus()

    def _go_words(self) -> str:
        is_me = self._asks is Asks.ME
        return self.tr("&Unlock") if is_me else self.tr("&Sign in")

    @Slot()
    def _on_person(self) -> None:
        """Ask this person for what is needed."""
        login = self.chosen_login
        self._form.show_field("login", is_shown=not login)
        needs = not login or self._door.asks_password(login)
        self._form.show_field("password", is_shown=needs)
        self.password.forget()
        self._go.setText(self._go_words())

    @Slot()
    def _on_go(self) -> None:
        """Ask to be let in, or for what is missing."""
        login = self.chosen_login or self._login.text().strip()
        if not login:
            self._form.complain("login", self.tr("Type your login."))
        elif not (self._is_hidden(self.password) or self.password.text()):
            if self.password.hasFocus():
                self._form.complain("password", self.tr("Type your password."))
            self.password.setFocus()
        elif not self._is_busy:
            self._form.clear()
            self._banner.clear()
            self._set_busy(busy=True)
            self.wanted.emit(SignIn(login, self.password.text()))

    @Slot()
    def _on_other(self) -> None:
        self._ask(Asks.ANYBODY)

    @Slot()
    def _on_close(self) -> None:
        """End the program, but not what somebody has typed without a word."""
        if not self._loses_something or self._banner.topic == "closing":
            self.close_wanted.emit()
            return
        said = Words(
            self.tr("Throw away what was typed?"),
            self.tr("A window is open in which something is not saved yet."),
            tone=Tone.WARNING,
        )
        close = Action(self.tr("Close all the same"), self.close_wanted.emit)
        self._banner.say(said, [close], topic="closing")
