"""Free times near the one that cannot be had, each one key away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui.notice_bar import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.banner import Banner
    from desk_app.ui.words import Words

MOST = 3
TOPIC = "time"


class NearTimes:
    """Says what is wrong with a time in a banner, with the times as its buttons.

    `named` writes a time on its button.
    """

    def __init__(self, banner: Banner, named: Callable[[Opening], str]) -> None:
        self._banner, self._named = banner, named

    def offer(
        self, words: Words, near: Iterable[Opening], take: Callable[[Opening], object]
    ) -> None:
        """Offer times to be looked at before they are asked for."""
        step = _tr("These times are free and near.")
        self._say(words, near, take, words.next_step or step)

    def offer_at_once(
        self, words: Words, near: Iterable[Opening], take: Callable[[Opening], object]
    ) -> None:
        """Offer times to somebody who has lost theirs: one key and it is done."""
        step = _tr("Alt+1, Alt+2 or Alt+3 takes one of these; what you typed is kept.")
        self._say(words, near, take, step)

    def _say(
        self,
        words: Words,
        near: Iterable[Opening],
        take: Callable[[Opening], object],
        step: str,
    ) -> None:
        near = list(near)[:MOST]
        if near:
            words = replace(words, next_step=step)
        actions = [Action(self._named(o), partial(take, o)) for o in near]
        self._banner.say(words, actions, topic=TOPIC, numbered=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NearTimes", text)
