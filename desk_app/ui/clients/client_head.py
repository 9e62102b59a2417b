"""Who a client is: name and phone large, what to know before booking, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.clients import file_words
from desk_app.ui.dialogs import client_words
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.privacy import ClientLabel

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientFile
    from desk_app.ui.dialogs.ports import Screen


class ClientHead(QWidget):
    """The top of a client's file; only to read and to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()

    @property
    def warnings(self) -> str:
        """What is said in red."""
        return self._warnings.text() if not self._warnings.isHidden() else ""

    @property
    def facts(self) -> dict[str, str]:
        """What is said of language and zone, by the words before it."""
        return dict(self._shown)

    def show_file(self, file: ClientFile, screen: Screen) -> None:
        """Show whose file it is."""
        client = file.client
        self._name.write(lambda: privacy.name(client.name))
        self._phone.write(lambda: client_words.phone(client))
        self._email.write(lambda: privacy.phone(client.email))
        self._email.setVisible(bool(client.email))
        warnings = client_words.warnings(client, screen)
        self._warnings.setText("\n".join(f"⚑ {text}" for text in warnings))
        self._warnings.setVisible(bool(warnings))
        why = file_words.why_read_only(file)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._show_facts(_facts(file, screen))
        self.setAccessibleName(client_words.spoken(client, screen))

    def _build(self) -> None:
        self._name, self._phone = ClientLabel(), ClientLabel()
        self._email = ClientLabel()
        self._warnings, self._why = PlainLabel(), PlainLabel()
        sized(self._name, 1.5, bold=True)
        sized(self._phone, 1.35)
        set_ink(self._email, Ink.MUTED)
        set_ink(self._warnings, Ink.DANGER)
        set_ink(self._why, Ink.MUTED)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        for label in (self._phone, self._email):
            label.setTextInteractionFlags(selectable)
        for words in (self._warnings, self._why):
            words.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        lines = (self._name, self._phone, self._email, self._warnings, self._why)
        for line in lines:
            column.addWidget(line)
        column.addSpacing(4)
        column.addLayout(self._grid)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, (name, text) in enumerate(facts):
            label, value = PlainLabel(name), PlainLabel(text)
            set_ink(label, Ink.MUTED)
            value.setWordWrap(True)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)
        self._shown = facts


def _facts(file: ClientFile, screen: Screen) -> tuple[tuple[str, str], ...]:
    """Return what is known beside the name; lines with nothing in them are left out."""
    details = file.details
    facts = []
    if details.language:
        facts.append((_tr("Language"), file_words.language(details.language)))
    if details.timezone:
        facts.append((_tr("Time there"), _clock(details.timezone, screen)))
    facts += [(_tr("Waits for"), file_words.waiting(w, screen)) for w in file.waiting]
    if not file.is_active and not file.is_erased:
        facts.append((_tr("Entry"), _tr("no longer in use")))
    if not file.sees_all:
        facts.append((_tr("Visits"), _tr("only those in your own diary")))
    return tuple(facts)


def _clock(name: str, screen: Screen) -> str:
    """Return "08:12, Lisbon"; of a zone that nobody knows its name alone."""
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return name
    return filled("%1, %2", shown.time(screen.now, zone), shown.place(zone))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClientHead", text)
