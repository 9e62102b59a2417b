"""The settings in the window: for managers by keys, and for others only their desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_app import settings
from desk_app.domain.staff import Role
from desk_app.services.practice import PracticeSettings
from desk_app.settings import ThemeChoice
from desk_app.ui import appearance
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import settings_ports
from tests.staff import Crew

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.ui.office.settings.setting import SettingRow
    from tests.ui.conftest import Front

CTRL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a key in whatever has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def row(page: SettingsPage, path: str) -> SettingRow:
    """Return a setting's row."""
    (found,) = (s.rows[path] for s in page.sections if path in s.rows)
    return found


def test_a_manager_chooses_by_keys_and_the_window_follows(
    front: Front, database: Desk, tmp_path: Path
) -> None:
    def choose(dialog: QDialog) -> None:
        (page,) = dialog.findChildren(SettingsPage)
        front.settle()
        press(Qt.Key.Key_F, CTRL)
        QTest.keyClicks(page.search, "quiet")
        quiet = row(page, "rules.messages.quiet").control
        quiet.setFocus()
        QTest.keyClick(quiet.field, Qt.Key.Key_Space)
        for path, value in (("theme", ThemeChoice.DARK), ("single_letters", False)):
            row(page, path).control.show_value(value)
        row(page, "zoom").control.show_value(5)
        press(Qt.Key.Key_S, CTRL)
        front.until(lambda: not page.is_touched())
        front.settle()

    timer = front.answer_dialog(choose)
    front.desk.managing.office.show_page("settings")
    assert not timer.isActive()
    assert database.practice_settings.choices().rules.messages.quiet is not None
    assert front.desk.practice.catalogue.rules.messages.quiet is not None
    kept = settings.load(tmp_path / "settings.toml")
    assert (kept.theme, kept.zoom, kept.single_letters) == (ThemeChoice.DARK, 5, False)
    assert appearance.current().is_dark
    assert (front.view.zoom, front.view.keys.has_letters) == (5, False)


def test_who_is_no_manager_is_refused_by_the_database_too(
    front: Front, database_url: str
) -> None:
    crew = Crew(database_url)
    person = crew.add(role=Role.RECEPTIONIST)
    around = front.desk.around
    ports = settings_ports(around, front.desk.features.desk_file(front.desk._looks))
    assert ports.may_manage
    around.desk.practice_settings._sessions.sign_in(crew.address(person))
    page = SettingsPage(ports)
    front.qtbot.addWidget(page)
    page.begin()
    front.settle()
    row(page, "access.lock_minutes").control.show_value(99)
    page.save()
    front.settle()
    words = [s.banner.words for s in page.sections if s.banner.words]
    assert [said.title for said in words] == ["Your login may not do this"]
    assert PracticeSettings(crew.admin).choices().access.lock_minutes == 10
    crew.close()
