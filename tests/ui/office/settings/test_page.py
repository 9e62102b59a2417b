"""The page of settings: each with its default and its effect, found, saved, refused."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from desk_app.domain.alignment import Alignment, AlignmentKind
from desk_app.domain.desk_rules import NoShowPolicy
from desk_app.domain.message_times import QuietHours
from desk_app.domain.practice_choices import LastChange, PracticeChoices
from desk_app.domain.rooms import Location
from desk_app.errors import Invalid, NotAllowed, Unavailable
from desk_app.settings import Settings, ThemeChoice
from desk_app.ui.office.settings.alignment import AlignmentExample
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import SettingsPorts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from desk_app.errors import DeskError
    from desk_app.ui.office.settings.section import Section
    from desk_app.ui.office.settings.setting import SettingRow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
USUAL = PracticeChoices()
# Who is told what by which channel has a page of its own.
ELSEWHERE = "message_plan."
# What a desk's file holds beside its settings: where its practice is.
PLACES = {"database", "login", "servers", "demo", "data_folder"}


class Kept:
    """Settings that are read at once, and written unless there is a `refusal`."""

    def __init__(self) -> None:
        self.choices, self.desk = USUAL, Settings()
        self.refusal: DeskError | None = None
        self.unread: DeskError | None = None
        self.unread_desk: DeskError | None = None
        self.changes: tuple[LastChange, ...] = ()
        self.asked: list[Any] = []
        self.looks: list[Any] = []

    def ports(self, *, may_manage: bool = True) -> SettingsPorts:
        """Return the ways to them."""
        return SettingsPorts(
            may_manage=may_manage,
            zone=ZoneInfo("Europe/Berlin"),
            read=self._read,
            last_changes=lambda then, _failed: then(self.changes),
            change=self._change,
            read_desk=self._read_desk,
            change_desk=self._change,
            show_desk=self.looks.append,
            locations=(Location(1, "North <b>"), Location(2, "South")),
            patience=(1,),
        )

    def _read(self, then: Callable[[Any], object], failed: Any) -> None:
        if self.unread is not None:
            failed(self.unread)
        else:
            then(self.choices)

    def _read_desk(self, then: Callable[[Any], object], failed: Any) -> None:
        if self.unread_desk is not None:
            failed(self.unread_desk)
        else:
            then(self.desk)

    def _change(self, change: Any, then: Any, failed: Any) -> None:
        self.asked.append(change)
        if self.refusal is not None:
            failed(self.refusal)
        else:
            then(change.wanted)


@pytest.fixture
def kept() -> Kept:
    """The settings of a practice that chose nothing."""
    return Kept()


@pytest.fixture
def page(kept: Kept, qtbot: QtBot) -> SettingsPage:
    """A manager's page, not shown yet."""
    return made(kept.ports(), qtbot)


@pytest.fixture
def shown(page: SettingsPage, qtbot: QtBot) -> SettingsPage:
    """A manager's page that has the keyboard."""
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def made(ports: SettingsPorts, qtbot: QtBot) -> SettingsPage:
    """Return a page."""
    page = SettingsPage(ports)
    qtbot.addWidget(page)
    page.begin()
    return page


def press(page: SettingsPage, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    """Press a key in whatever has the keyboard."""
    modifier = held[0] if held else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(page.focusWidget() or page, key, modifier)


def row(page: SettingsPage, path: str) -> SettingRow:
    """Return a setting's row."""
    (found,) = (s.rows[path] for s in page.sections if path in s.rows)
    return found


def section(page: SettingsPage, title: str) -> Section:
    """Return a section."""
    (found,) = (s for s in page.sections if s.title == title)
    return found


def leaves(record: object, before: str = "") -> Iterator[str]:
    """Yield the ways to all that can be chosen in a record."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if is_dataclass(value) and not isinstance(value, Alignment):
            yield from leaves(value, f"{before}{field.name}.")
        else:
            yield before + field.name


def chosen_here() -> list[str]:
    """Return the ways to what is chosen on this page."""
    return [path for path in leaves(USUAL) if not path.startswith(ELSEWHERE)]


def test_all_that_can_be_chosen_stands_on_the_page_once(page: SettingsPage) -> None:
    paths = [path for each in page.of_practice for path in each.rows]
    assert sorted(paths) == sorted(chosen_here())
    assert set(page.of_desk.rows) == set(leaves(Settings())) - PLACES


def test_each_says_its_effect_and_what_is_usual(page: SettingsPage) -> None:
    for each in page.sections:
        for one in each.rows.values():
            words = [label.text() for label in one.findChildren(QLabel)]
            assert one.setting.effect in words
            assert len([said for said in words if said.startswith("Usually ")]) == 1
    grace = row(page, "rules.grace_seconds")
    assert "Usually 3 minutes" in [label.text() for label in grace.findChildren(QLabel)]


def test_what_counts_is_shown_and_what_is_unusual_has_a_mark(
    kept: Kept, page: SettingsPage
) -> None:
    policy = NoShowPolicy(5, False, True, 3, False, 14)
    quiet = replace(USUAL.rules.messages, quiet=QuietHours(time(21), time(6, 30)))
    rules = replace(USUAL.rules, no_show=policy, messages=quiet)
    kept.choices = replace(USUAL, rules=rules)
    page.read()
    assert section(page, "No-shows").wanted == kept.choices
    assert not page.is_touched()
    assert row(page, "rules.messages.quiet").differs
    assert row(page, "rules.messages.quiet").back.isVisibleTo(page)
    assert not row(page, "rules.grace_seconds").back.isVisibleTo(page)


def test_a_key_goes_back_to_what_is_usual(kept: Kept, shown: SettingsPage) -> None:
    page = shown
    kept.choices = replace(USUAL, access=replace(USUAL.access, lock_minutes=25))
    page.read()
    lock = row(page, "access.lock_minutes")
    lock.back.setFocus()
    press(page, Qt.Key.Key_Space)
    assert (lock.value, lock.differs, page.is_touched()) == (10, False, True)
    press(page, Qt.Key.Key_S, CTRL)
    assert [change.wanted for change in kept.asked] == [USUAL]


def test_a_section_is_saved_by_keys_and_nothing_else_is_sent(
    kept: Kept, shown: SettingsPage
) -> None:
    page = shown
    press(page, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(page.search, "waiting alarm")
    waiting = row(page, "rules.waiting_minutes")
    press(page, Qt.Key.Key_PageDown, ALT)
    assert QApplication.focusWidget() is waiting.control.field
    waiting.control.field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(waiting.control.field, "25")
    press(page, Qt.Key.Key_S, CTRL)
    rules = replace(USUAL.rules, waiting_minutes=25)
    assert [change.wanted for change in kept.asked] == [replace(USUAL, rules=rules)]
    assert not page.is_touched()


def test_the_line_at_the_top_finds_settings_by_their_words(page: SettingsPage) -> None:
    def shown() -> set[str]:
        rows = (r for each in page.sections for r in each.rows.items())
        return {path for path, one in rows if one.isVisibleTo(page)}

    page.search.setText("LOCK touches")
    assert shown() == {"access.lock_minutes"}
    page.search.setText("no-shows price")
    assert shown() == {"rules.no_show.keeps_price"}
    page.search.setText("<b>zebra</b>")
    assert shown() == set()
    (said,) = (w for w in page.findChildren(QLabel) if "zebra" in w.text())
    assert said.textFormat() is Qt.TextFormat.PlainText
    press(page, Qt.Key.Key_Escape)
    assert shown() >= {*chosen_here()}


def test_what_somebody_else_chose_meanwhile_is_shown_beside_the_own(
    kept: Kept, page: SettingsPage
) -> None:
    row(page, "access.retention_years").control.show_value(2)
    kept.choices = replace(USUAL, access=replace(USUAL.access, lock_minutes=4))
    page.read()
    access = replace(USUAL.access, lock_minutes=4, retention_years=2)
    page.save()
    (change,) = kept.asked
    assert change.known == kept.choices
    assert change.wanted == replace(USUAL, access=access)


def test_what_is_wrong_is_said_at_its_setting_until_it_is_mended(
    kept: Kept, page: SettingsPage
) -> None:
    kept.refusal = Invalid("short_hours", "The short one leaves later.")
    short = row(page, "rules.messages.short_hours")
    short.control.show_value(72)
    page.save()
    words = [w.text() for w in short.findChildren(QLabel) if w.isVisibleTo(page)]
    assert "The short one leaves later." in words
    assert page.is_touched()
    short.control.show_value(2)
    words = [w.text() for w in short.findChildren(QLabel) if w.isVisibleTo(page)]
    assert "The short one leaves later." not in words
    assert "Usually" in short.control.field.accessibleDescription()


def test_a_no_is_said_below_the_section_and_nothing_is_lost(
    kept: Kept, page: SettingsPage
) -> None:
    kept.refusal = NotAllowed()
    for name in ("keeps_price", "flags"):
        row(page, f"rules.no_show.{name}").control.field.click()  # type: ignore[attr-defined]
    assert not row(page, "rules.no_show.flags_after").isEnabled()
    page.save()
    words = section(page, "No-shows").banner.words
    assert words is not None
    assert words.title == "Your login may not do this"
    assert row(page, "rules.no_show.keeps_price").value is False


def test_who_changed_a_section_last_is_said_below_it(
    kept: Kept, page: SettingsPage
) -> None:
    now = datetime.now(UTC)
    kept.changes = (
        LastChange("rules.no_show", "Mia <b>", now - timedelta(days=400)),
        LastChange("rules.grace_seconds", "Ben", now - timedelta(days=400)),
        LastChange("rules.messages.quiet", "Zoe", now),
    )
    page.read()
    said = [label.text() for label in page.findChildren(QLabel)]
    (mia, zoe) = sorted(text for text in said if text.startswith("Last changed by"))
    assert mia.startswith("Last changed by Mia <b>, ")
    assert zoe.startswith("Last changed by Zoe, Today, ")


def test_an_answer_that_was_lost_is_asked_for_again(
    kept: Kept, page: SettingsPage, qtbot: QtBot
) -> None:
    kept.refusal = Unavailable(undecided=True)
    row(page, "access.lock_minutes").control.show_value(3)
    page.save()
    kept.refusal = None
    qtbot.waitUntil(lambda: not page.is_touched())
    assert kept.asked[0] == kept.asked[-1]


def test_settings_that_cannot_be_read_are_not_made_up(kept: Kept, qtbot: QtBot) -> None:
    kept.unread = Unavailable()
    page = made(kept.ports(), qtbot)
    assert not row(page, "access.lock_minutes").isEnabled()
    assert row(page, "theme").isEnabled()
    kept.unread, kept.unread_desk = None, Invalid("settings", "x.toml is no TOML file")
    page.banner.buttons[0].click()
    assert row(page, "access.lock_minutes").isEnabled()
    assert page.banner.words is None
    assert not row(page, "theme").isEnabled()
    assert page.of_desk.banner.words is not None


def test_who_may_not_manage_sees_this_desk_only(kept: Kept, qtbot: QtBot) -> None:
    page = made(kept.ports(may_manage=False), qtbot)
    assert [each.title for each in page.sections] == ["This desk"]
    row(page, "theme").control.show_value(ThemeChoice.DARK)
    row(page, "desk_name").control.show_value("Reception <2>")
    row(page, "locations").control.show_value((2,))
    page.save()
    (done,) = kept.looks
    assert (done.known, done.wanted) == (Settings(), kept.asked[0].wanted)
    chosen = done.wanted
    assert (chosen.theme, chosen.desk_name) == (ThemeChoice.DARK, "Reception <2>")
    assert chosen.locations == (2,)


def test_a_desk_that_is_at_several_places_stays_there(kept: Kept, qtbot: QtBot) -> None:
    kept.desk = Settings(locations=(1, 2))
    page = made(kept.ports(), qtbot)
    place = row(page, "locations").control
    assert place.words(place.value) == "North <b>, South"
    assert not page.is_touched()


def test_reasons_are_lines_that_can_be_written(kept: Kept, page: SettingsPage) -> None:
    reasons = row(page, "rules.cancellation_reasons")
    reasons.control.field.setPlainText("Ill\n\n  On holiday  \n")  # type: ignore[attr-defined]
    page.save()
    rules = kept.asked[0].wanted.rules
    assert rules.cancellation_reasons == ("Ill", "On holiday")


def test_hours_and_starts_are_chosen_by_keys(shown: SettingsPage) -> None:
    page = shown
    quiet = row(page, "rules.messages.quiet")
    quiet.control.setFocus()
    press(page, Qt.Key.Key_Space)
    assert quiet.value == QuietHours(time(20), time(7))
    press(page, Qt.Key.Key_Tab)
    press(page, Qt.Key.Key_Down)
    assert quiet.value == QuietHours(time(19), time(7))
    assert quiet.control.words(quiet.value) == "19:00 to 07:00"
    alignment = row(page, "alignment")
    (example,) = alignment.findChildren(AlignmentExample)
    assert example.words.text().endswith("08:00, 08:45, 10:15, 11:00.")
    alignment.control.setFocus()
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Tab)
    press(page, Qt.Key.Key_Up)
    assert alignment.value == Alignment(AlignmentKind.EVERY, 20)
    assert example.words.text().endswith("10:00, 10:20, 10:40, 11:00.")
    assert example.morning.starts[-1] == 11 * 60


def test_whatever_takes_the_focus_has_a_name_and_all_words_are_plain(
    shown: SettingsPage,
) -> None:
    for widget in shown.findChildren(QWidget):
        if not widget.isVisibleTo(shown):
            continue
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_reached or isinstance(widget, QAbstractButton):
            spoken = QAccessible.queryAccessibleInterface(widget)
            is_inner = isinstance(widget.parent(), QLineEdit | QAbstractSpinBox)
            is_inner |= widget.objectName().startswith("qt_")
            assert is_inner or spoken.text(QAccessible.Text.Name), widget
        if isinstance(widget, QLabel) and widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()


def test_the_wheel_turns_the_page_and_no_number(page: SettingsPage) -> None:
    lock = row(page, "access.lock_minutes")
    here = QPointF(5, 5)
    down = QPoint(0, -120)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(lock.control.field.mapToGlobal(here.toPoint()))
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(
        lock.control.field,
        QWheelEvent(here, place, down, down, no_button, no_key, phase, False),
    )
    assert lock.value == 10
