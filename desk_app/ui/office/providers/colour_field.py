"""The colour of a provider: a palette, with who has which already."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap

from desk_app.domain.offering import PALETTE
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.people import Provider

DOT = 20


class ColourField(RovingButtons):
    """One dot for each colour; arrows walk, Space chooses."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        self._colours = PALETTE if colour in PALETTE else (*PALETTE, colour)
        super().__init__(len(self._colours), parent)
        self.setAccessibleName(self.tr("Colour"))
        self._show(colour, {})

    @property
    def colour(self) -> str:
        """The chosen one."""
        return self._colours[max(self.current, 0)]

    def show_users(self, providers: Iterable[Provider]) -> None:
        """Say at each colour who has it."""
        users: dict[str, list[str]] = defaultdict(list)
        for provider in providers:
            users[provider.colour].append(provider.name)
        self._show(self.colour, users)

    def _show(self, colour: str, users: dict[str, list[str]]) -> None:
        names = _names()
        choices = []
        for each in self._colours:
            name = names.get(each, self.tr("Own colour"))
            if users.get(each):
                name = filled(self.tr("%1: %2"), name, ", ".join(users[each]))
            choices.append(Choice("", name, name))
        self.show_sections((Section("", tuple(choices)),), self._colours.index(colour))
        for at, each in enumerate(self._colours):
            chip = self.chip(at)
            chip.setIconSize(QSize(DOT, DOT))
            chip.setIcon(QIcon(self._dot(each)))

    def _dot(self, colour: str) -> QPixmap:
        ratio = self.devicePixelRatio()
        picture = QPixmap(round(DOT * ratio), round(DOT * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # The ring shows on any ground, also on that of the chosen one.
            painter.setPen(self.palette().color(QPalette.ColorRole.Base))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(1, 1, DOT - 2, DOT - 2))
        return picture


def _names() -> dict[str, str]:
    words = ("Blue", "Orange", "Green", "Pink", "Teal", "Brown", "Violet", "Sand")
    translate = QCoreApplication.translate
    return {
        colour: translate("colours", word)
        for colour, word in zip(PALETTE, words, strict=True)
    }
