"""Opens the settings, by which services they are read and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout

from desk_app.ui import format as written
from desk_app.ui import plain, privacy
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import SettingsPorts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.practice_choices import PracticeChoices
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.office.settings.desk_file import DeskFile
    from desk_app.ui.office.settings.section import Change

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]

WIDE, HIGH = 900, 720


class SettingsFlows(QObject):
    """The settings of the practice, for managers, and those of this desk."""

    def __init__(self, around: Around, desk_file: DeskFile) -> None:
        super().__init__(around)
        self._around, self._file = around, desk_file
        self._page: SettingsPage | None = None
        around.practice_changed.connect(self._on_practice_changed)

    @property
    def offer(self) -> Action:
        """The entry of a menu that opens them."""
        return Action(self.tr("Settin&gs…"), self.open)

    @Slot()
    def open(self) -> None:
        """Show them over the window."""
        dialog = SettingsDialog(SettingsPage(self.ports()), self._around.pane)
        self._page = dialog.page
        dialog.exec()
        self._page = None
        dialog.deleteLater()

    def ports(self) -> SettingsPorts:
        """Return the ways to read and change them for whoever works here now."""
        around, port = self._around, self._around.port
        return SettingsPorts(
            may_manage=around.me.may_manage,
            place=written.place(around.practice.zone),
            read=self._read,
            change=port(self._change),
            read_desk=self._read_desk,
            change_desk=port(self._file.change),
            show_desk=self._file.show,
        )

    def _read(self, then: Then, failed: Failed) -> None:
        read = self._around.desk.practice_settings.choices
        self._around.calls.run(read, then=then, failed=failed)

    def _read_desk(self, then: Then, failed: Failed) -> None:
        self._around.calls.run(self._file.read, then=then, failed=failed)

    def _change(self, change: Change) -> PracticeChoices:
        settings = self._around.desk.practice_settings
        return settings.change(change.known, change.wanted)

    @Slot()
    def _on_practice_changed(self) -> None:
        """Show what somebody else has chosen meanwhile."""
        if self._page is not None:
            self._page.read()


class SettingsDialog(QDialog):
    """Holds the page; Esc asks before choices are thrown away."""

    def __init__(self, page: SettingsPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setWindowTitle(self.tr("Settings"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        privacy.listen(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        height = self.fontMetrics().height()
        room = self.screen().availableSize() * 0.94
        self.resize(WIDE * height // 16, HIGH * height // 16)
        self.resize(self.size().boundedTo(room))

    def reject(self) -> None:
        """Close, unless something would be lost and a person wants to keep it."""
        question = plain.Question(
            self.tr("Settings"),
            self.tr("Throw away what you chose?"),
            self.tr("&Throw away"),
            self.tr("&Go on"),
            self.tr("It has not been saved yet."),
        )
        if not self.page.is_touched or plain.ask(self, question):
            super().reject()
