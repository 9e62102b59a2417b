"""Wishes that go on after their dialog was closed, until their outcome is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desk_app.ui import notices
from desk_app.ui.notice_bar import Action
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import Unsettled
    from desk_app.ui.notice_bar import NoticeBar


@dataclass(frozen=True)
class Ending:
    """What follows: when it was done, and how to ask for it once more.

    `refused` is the sentence that it was not done, with %1 for the visit. `near` gives
    buttons for what can be had instead, `words` says why not.
    """

    done: Callable[[Any], object]
    refused: str
    again: Callable[[], object]
    near: Callable[[DeskError], Sequence[Action]] = lambda _: ()
    words: Callable[[DeskError], Words] = notices.words


class StillAsking(QObject):
    """Keeps such wishes and says in the window how they stand.

    Signals:
        said: a line for the status bar.
    """

    said = Signal(str)

    def __init__(self, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._notice = notice

    def keep(self, wish: Unsettled, ending: Ending) -> None:
        """Go on with a wish; its notice goes when its outcome is known."""
        asking = wish.asking
        asking.setParent(self)
        asking.answered.connect(partial(self._on_answered, wish, ending))
        asking.refused.connect(partial(self._on_refused, wish, ending))
        if asking.is_in_doubt:
            self._say_checking(wish)
        else:
            asking.doubted.connect(partial(self._on_doubted, wish))

    def _say_checking(self, wish: Unsettled) -> None:
        title = self.tr("Checking whether this was saved…")
        text = self.tr("The desk keeps asking. You can go on working meanwhile.")
        self._notice.show_words(
            Words(title, f"{wish.words}.", text, Tone.INFO), topic=_topic(wish)
        )
        line = self.tr("Checking whether “%1” was saved")
        self.said.emit(filled(line, wish.words))

    def _on_doubted(self, wish: Unsettled, _error: DeskError) -> None:
        if not self._notice.has(_topic(wish)):
            self._say_checking(wish)

    def _on_answered(self, wish: Unsettled, ending: Ending, answer: object) -> None:
        self._settle(wish)
        ending.done(answer)

    def _on_refused(self, wish: Unsettled, ending: Ending, error: DeskError) -> None:
        self._settle(wish)
        said = ending.words(error)
        what = filled(ending.refused, wish.words)
        words = replace(said, text=f"{what} {said.text}".strip())
        again = Action(self.tr("Open again"), ending.again)
        actions = [*ending.near(error), again]
        self._notice.show_words(words, actions, topic=_topic(wish))
        self.said.emit(what)

    def _settle(self, wish: Unsettled) -> None:
        self._notice.clear(_topic(wish))
        wish.asking.deleteLater()


def _topic(wish: Unsettled) -> str:
    return f"asking {id(wish.asking)}"
