"""One page of the office: what it is for, and what the office asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.staff import Me
    from desk_app.ui.around import Around


class OfficePage(QWidget):
    """The base of every page.

    `about` is one sentence on what it is for; the office shows it below the title.

    Signals:
        about_changed: there is another sentence.
        readable: it has been read, and can take the keyboard from now on.
    """

    about_changed = Signal(str)
    readable = Signal()

    def __init__(self, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = about

    @property
    def about(self) -> str:
        """What it is for."""
        return self._about

    def say_about(self, text: str) -> None:
        """Say something else below the title."""
        self._about = text
        self.about_changed.emit(text)

    def begin(self) -> None:
        """Read and show what there is; called each time the page is shown."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show what another desk has changed; what is typed stays as it is."""

    def enter(self) -> None:
        """Put the keyboard to where one begins."""
        self.focusNextChild()

    def is_touched(self) -> bool:
        """Say whether leaving would lose something that was typed."""
        return False

    def may_leave(self) -> bool:
        """Say whether another page may be shown; ask about what is not saved."""
        return not self.is_touched() or plain.ask(self.window(), _question())


class Group(Enum):
    """The parts of the list of pages, from top to bottom."""

    PRACTICE = auto()
    PEOPLE = auto()
    TIMES = auto()
    PLACES = auto()
    MESSAGES = auto()
    DATA = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as the list offers it; `name` is what is remembered of it.

    `make` builds it when it is shown first, `may` says to whom it is offered.
    """

    group: Group
    name: str
    title: str
    icon: str
    make: Callable[[Around], OfficePage]
    may: Callable[[Me], bool]


def group_title(group: Group) -> str:
    """Return what a part of the list is called."""
    translate = QCoreApplication.translate
    return {
        Group.PRACTICE: translate("office", "Practice"),
        Group.PEOPLE: translate("office", "People"),
        Group.TIMES: translate("office", "Times"),
        Group.PLACES: translate("office", "Places"),
        Group.MESSAGES: translate("office", "Messages"),
        Group.DATA: translate("office", "Data"),
    }[group]


def managers(me: Me) -> bool:
    """Say whether somebody may change what managers set."""
    return me.may_manage


def everybody(_me: Me) -> bool:
    """Say that whoever is signed in may change something there."""
    return True


def focus(widget: QWidget) -> None:
    """Put the keyboard into a field as a key would."""
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _question() -> plain.Question:
    translate = QCoreApplication.translate
    return plain.Question(
        translate("office", "Not saved yet"),
        translate("office", "Throw away what you changed here?"),
        translate("office", "&Throw away"),
        translate("office", "&Go on"),
    )
