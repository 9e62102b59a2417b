"""Everything about one appointment, and what its status still allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton

from desk_app.domain.appointment import Status
from desk_app.errors import Stale
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from tests.ui.dialogs.practice import NOW, Practice, at

if TYPE_CHECKING:
    from typing import Any

    from tests.ui.dialogs.conftest import Hands


def opened(practice: Practice, hands: Hands, **given: Any) -> AppointmentDialog:
    """Return a shown dialog about an appointment at 15:00."""
    visit = replace(practice.put(1, 1, at(15), practice.clients[1]), **given)
    practice.appointments[visit.appointment_id] = visit
    dialog = AppointmentDialog(visit, practice.screen(), practice.appointment_ports())
    hands.open(dialog)
    return dialog


def offered(dialog: AppointmentDialog) -> set[str]:
    """Return what the visible buttons say."""
    buttons = dialog.findChildren(QPushButton)
    return {b.text().replace("&", "") for b in buttons if b.isVisible()}


def texts(dialog: AppointmentDialog) -> str:
    """Return everything that is read on the dialog."""
    said = [label.text() for label in dialog.findChildren(QLabel)]
    said += [text.toPlainText() for text in dialog.findChildren(QPlainTextEdit)]
    return "\n".join(said)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.PENDING, {"Confirm", "Move…", "Cancel appointment…", "Close"}),
        (Status.CONFIRMED, {"Move…", "Cancel appointment…", "Close"}),
        (Status.COMPLETED, {"Close"}),
        (Status.NO_SHOW, {"Close"}),
        (Status.CANCELLED, {"Close"}),
    ],
)
def test_only_what_the_status_allows_is_offered(
    practice: Practice, hands: Hands, status: Status, allowed: set[str]
) -> None:
    assert offered(opened(practice, hands, status=status)) == allowed


def test_enter_confirms_what_is_pending(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, status=Status.PENDING)
    hands.enter()
    assert dialog.answer.status is Status.CONFIRMED


def test_a_refused_confirmation_is_said(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, status=Status.PENDING)
    practice.failures = [Stale()]
    hands.enter()
    assert dialog.isVisible()
    assert dialog.banner.words.title.startswith("Somebody changed this appointment")


def test_phone_notes_and_missed_visits_are_told(
    practice: Practice, hands: Hands
) -> None:
    said = texts(opened(practice, hands, notes="Needs the ramp."))
    assert "030 777888" in said
    assert "Needs the ramp." in said
    assert "This client has missed visits" in said
    assert "was free until Wed 25 Nov, 15:00" in said


def test_a_cancelled_one_tells_when_why_and_the_refund(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(
        practice,
        hands,
        status=Status.CANCELLED,
        cancelled_at=NOW,
        cancellation_reason="Ill",
        refund_due=practice.services[0].price,
    )
    assert "Ill" in texts(dialog)
    assert "Refund due\n60,00\xa0€" in texts(dialog)


def test_cancelling_from_here_closes_both(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands)

    def person() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, CancelDialog)
        asked.choose_reason(0)
        asked.buttons[0].click()

    QTimer.singleShot(0, person)
    dialog.findChildren(QPushButton)
    next(
        b for b in dialog.findChildren(QPushButton) if "appointment" in b.text()
    ).click()
    assert dialog.answer.status is Status.CANCELLED
    assert dialog.isHidden()
