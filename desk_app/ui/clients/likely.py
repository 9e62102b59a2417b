"""Who may be the same client, in a strip: one line each, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.duplicates import Likeness
from desk_app.ui.dialogs import client_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.domain.client_file import Likely
    from desk_app.domain.people import Client

# More than these nobody reads in a strip.
MOST = 4


class LikelyStrip(QFrame):
    """Hidden while there is nobody.

    Signals:
        chosen: the button at one of them was pressed (`Client`).
    """

    chosen = Signal(object)

    def __init__(self, title: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = button
        self._buttons: list[PromptButton] = []
        self._clients: list[Client] = []
        self._family = PlainLabel()
        self._build(title)
        self.hide()

    @property
    def buttons(self) -> tuple[PromptButton, ...]:
        """One for each that is proposed."""
        return tuple(self._buttons)

    @property
    def family(self) -> str:
        """What is said of those who share the number."""
        return self._family.text() if not self._family.isHidden() else ""

    def show_likely(self, likely: Iterable[Likely]) -> None:
        """Propose who may be the same, and name who shares the number."""
        same = [one.client for one in likely if one.likeness is Likeness.SAME_PERSON]
        family = [one.client for one in likely if one.likeness is Likeness.FAMILY]
        self._clear()
        for client in same[:MOST]:
            self._add(client)
        self._card.setVisible(bool(same))
        self._family.setText(family_words(family))
        self._family.setVisible(bool(family))
        self.setVisible(bool(same or family))

    def _build(self, title: str) -> None:
        # Not wrapped: no layout that stacks pages asks how high wrapped words are.
        heading = PlainLabel(title)
        sized(heading, 1.0, bold=True)
        set_ink(heading, Ink.WARNING)
        self._card = QFrame()
        self._card.setObjectName("card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(12, 8, 12, 8)
        self._rows.setSpacing(6)
        self._rows.addWidget(heading)
        self._family.setWordWrap(True)
        set_ink(self._family, Ink.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._card)
        column.addWidget(self._family)

    def _add(self, client: Client) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        reached = (client_words.phone(client), client.email)
        below = " · ".join(part for part in reached if part)
        words = f"{client.name}, {below}"
        lines = QVBoxLayout()
        lines.setSpacing(0)
        name, small = ElidedLabel(client.name), ElidedLabel(below)
        set_ink(small, Ink.MUTED)
        for label in (name, small):
            lines.addWidget(label)
        row.addLayout(lines, 1)
        button = PromptButton(self._button)
        button.setAutoDefault(False)
        button.setAccessibleDescription(words)
        button.clicked.connect(self._on_clicked)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self._rows.addWidget(line)
        self._buttons.append(button)
        self._clients.append(client)
        # Only the first one can have the key.
        self._button = self._button.replace("&", "")

    def _clear(self) -> None:
        if self._buttons:
            self._button = self._buttons[0].text()
        self._buttons, self._clients = [], []
        while self._rows.count() > 1:
            item = self._rows.takeAt(1)
            line = item.widget() if item is not None else None
            if line is not None:
                line.hide()
                line.deleteLater()

    @Slot()
    def _on_clicked(self) -> None:
        pressed = self.sender()
        for button, client in zip(self._buttons, self._clients, strict=True):
            if button is pressed:
                self.chosen.emit(client)


def family_words(family: list[Client]) -> str:
    """Return who else has the number; nobody of them is taken for the same person."""
    if not family:
        return ""
    names = ", ".join(client.name for client in family[:MOST])
    text = QCoreApplication.translate("LikelyStrip", "The number is also that of %1.")
    if len(family) > MOST:
        more = QCoreApplication.translate("LikelyStrip", "%1 and %2 more")
        names = filled(more, names, str(len(family) - MOST))
    return filled(text, names)
