"""A provider at a desk is reminded by the desktop, and nobody else is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from desk_app.domain.staff import Me, Role
from desk_app.ui import privacy
from desk_app.ui.outgoing.reminding import REMINDER, Reminding
from desk_app.ui.outgoing.tray import Tray
from desk_app.worker.reports import ReminderDue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front


class Icon(QSystemTrayIcon):
    """An icon on a desktop that shows notices, which no test has."""

    said: list[tuple[str, str]]

    def show(self) -> None:
        """Stand on a desktop that does not exist."""

    def hide(self) -> None:
        """Leave it."""

    def isSystemTrayAvailable(self) -> bool:  # type: ignore[override]
        return True

    def supportsMessages(self) -> bool:  # type: ignore[override]
        return True

    def showMessage(self, title: str, text: str, *_: object) -> None:  # type: ignore[override]
        self.said = [*getattr(self, "said", []), (title, text)]


@pytest.fixture
def at_weber(at_visit: Front, practice: Practice) -> Front:
    """The desk of Dr Weber, whose visit it is."""
    sits_down(at_visit, practice.provider_id)
    return at_visit


def sits_down(front: Front, provider_id: int) -> None:
    source = front.desk._source
    me = Me("weber", "Dr Weber", Role.PROVIDER, provider_id)
    source.know(replace(source.practice.catalogue, me=me))


@pytest.fixture
def reminding(at_weber: Front) -> Iterator[Reminding]:
    """What reminds by such an icon."""
    one = Reminding(at_weber.desk.around, Tray(make=Icon))
    yield one
    one.tray.take_away()


def icon(reminding: Reminding) -> Icon:
    found = reminding.tray._icon
    assert isinstance(found, Icon)
    return found


def test_the_desktop_shows_whose_visit_is_next_and_leads_there(
    at_weber: Front, reminding: Reminding, visit: Appointment
) -> None:
    at_weber.desk.news.tell(ReminderDue(visit.appointment_id))
    assert icon(reminding).said == [("Your next visit: 09:00", "Anna Weiß")]
    at_weber.desk.pager.show_today()
    at_weber.settle()
    icon(reminding).messageClicked.emit()
    at_weber.until(lambda: at_weber.view.chosen_appointment() is not None)
    shown = at_weber.view.chosen_appointment()
    assert shown is not None
    assert shown.appointment_id == visit.appointment_id
    assert not reminding.tray.is_shown


def test_with_hidden_names_only_the_time_is_told(
    at_weber: Front, reminding: Reminding, visit: Appointment
) -> None:
    privacy.current().set_on(True)
    try:
        at_weber.desk.news.tell(ReminderDue(visit.appointment_id))
        assert icon(reminding).said == [("Your next visit: 09:00", "")]
    finally:
        privacy.current().set_on(False)


def test_at_a_locked_desk_only_the_time_is_told(
    at_weber: Front, reminding: Reminding, visit: Appointment
) -> None:
    at_weber.desk.around.desk.access.lock()
    at_weber.desk.news.tell(ReminderDue(visit.appointment_id))
    assert icon(reminding).said == [("Your next visit: 09:00", "")]


def test_where_the_desktop_shows_nothing_the_window_does(
    at_weber: Front, visit: Appointment
) -> None:
    at_weber.desk.news.tell(ReminderDue(visit.appointment_id))
    notice = at_weber.desk.notice
    at_weber.until(lambda: notice.has(REMINDER))
    assert notice.accessibleName() == "Your next visit: 09:00"
    assert not at_weber.desk.features.reminding.tray.is_shown


def test_a_visit_of_another_provider_reminds_nobody_here(
    at_visit: Front, practice: Practice, visit: Appointment
) -> None:
    sits_down(at_visit, practice.provider_id + 1)
    at_visit.desk.news.tell(ReminderDue(visit.appointment_id))
    at_visit.settle()
    assert not at_visit.desk.notice.has(REMINDER)


def test_a_receptionist_is_not_reminded(at_visit: Front, visit: Appointment) -> None:
    at_visit.desk.news.tell(ReminderDue(visit.appointment_id))
    at_visit.settle()
    assert not at_visit.desk.notice.has(REMINDER)


def test_the_next_person_sees_nothing_of_it(
    at_weber: Front, reminding: Reminding, practice: Practice, visit: Appointment
) -> None:
    at_weber.desk.news.tell(ReminderDue(visit.appointment_id))
    assert reminding.tray.is_shown
    source = at_weber.desk._source
    source.know(replace(source.practice.catalogue, me=Me("ben", "Ben")))
    assert not reminding.tray.is_shown
