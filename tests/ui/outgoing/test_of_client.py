"""A client's ways to be written to, and what was sent, from the client's panel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.ui.clients.panel import Page
from tests import factories
from tests.factories import rows
from tests.ui.conftest import press_in_focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.clients.panel import ClientPanel
    from tests.ui.conftest import Front

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONSENTS = "SELECT consent_email, consent_sms, consent_push FROM client"


@pytest.fixture
def panel(at_visit: Front) -> ClientPanel:
    """Anna's panel, opened by its key."""
    at_visit.press(Key.Key_P)
    panel = at_visit.desk.features.client.panel
    at_visit.until(lambda: panel.page is Page.FILE)
    return panel


def ticked(panel: ClientPanel) -> list[bool]:
    return [tick.isChecked() for tick in panel.consents.ticks.values()]


def test_a_key_takes_a_consent_back_and_gives_it(
    panel: ClientPanel, at_visit: Front, sessions: Sessions
) -> None:
    assert ticked(panel) == [True, False, True]
    press_in_focus(Key.Key_E, ALT)
    at_visit.until(lambda: rows(sessions, CONSENTS) == [(False, False, True)])
    at_visit.until(lambda: "push message" in at_visit.desk.status.said)
    QTest.mouseClick(panel.consents.ticks["consent_sms"], Qt.MouseButton.LeftButton)
    at_visit.until(lambda: rows(sessions, CONSENTS) == [(False, True, True)])


def test_what_could_not_be_changed_stays_as_it_was_and_says_why(
    panel: ClientPanel, at_visit: Front
) -> None:
    assert panel.file is not None
    known = replace(panel.file.details, client_id=0)
    panel.consents.ticks["consent_email"].setChecked(False)
    wanted = replace(known, consent_email=False)
    panel.consents.change_wanted.emit(known, wanted)
    at_visit.until(lambda: panel.banner.words is not None)
    assert ticked(panel) == [True, False, True]


def test_who_may_not_change_them_sees_how_they_stand(panel: ClientPanel) -> None:
    assert panel.file is not None
    panel.consents.show_file(replace(panel.file, may_change=frozenset({"notes"})))
    ticks = panel.consents.ticks.values()
    assert not any(tick.isEnabled() for tick in ticks)
    assert ticked(panel) == [True, False, True]


def test_everything_that_was_sent_to_the_client_is_listed(
    write: Callable[..., int], panel: ClientPanel, at_visit: Front
) -> None:
    write()
    QTest.mouseClick(panel.consents.messages, Qt.MouseButton.LeftButton)
    page = at_visit.desk.features.messages.page
    at_visit.until(lambda: page.model.rowCount() == 4)
    texts = [page.model.index(row).data() for row in range(4)]
    assert all("09:00" in text or ":00" in text for text in texts)
    assert page.send.isHidden()


def test_m_on_a_visit_shows_its_messages(
    panel: ClientPanel, at_visit: Front, visit: Appointment, sessions: Sessions
) -> None:
    factories.delivery(sessions, visit.appointment_id)
    assert panel.visits.hasFocus()
    press_in_focus(Key.Key_M)
    page = at_visit.desk.features.messages.page
    at_visit.until(lambda: page.model.rowCount() == 4)
    assert "confirmation" in page.offered
