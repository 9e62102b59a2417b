"""Everything about one appointment, and what its status still allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
)

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.deeds import Mark
from desk_app.errors import Stale
from desk_app.ui.clients.export import ExportDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.history import HistoryDialog
from tests.ui.clients.archive import Archive
from tests.ui.dialogs.practice import NOW, Practice, at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from desk_app.ui.clients.erase import EraseDialog
    from tests.ui.dialogs.conftest import Hands


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return what is kept about clients."""
    return Archive(tmp_path)


def opened(
    practice: Practice, hands: Hands, more: Any = None, **given: Any
) -> AppointmentDialog:
    """Return a shown dialog about an appointment at 15:00, with `more` ports."""
    visit = replace(practice.put(1, 1, at(15), practice.clients[1]), **given)
    practice.appointments[visit.appointment_id] = visit
    ports = replace(practice.appointment_ports(), **more or {})
    dialog = AppointmentDialog(visit, practice.screen(), ports)
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


def in_next_dialog(act: Callable[[Any], object]) -> list[QDialog]:
    """Do something in the dialog that opens next; it is closed then."""
    met: list[QDialog] = []

    def person() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QDialog)
        met.append(asked)
        act(asked)
        asked.done(0)

    QTimer.singleShot(0, person)
    return met


def test_the_history_is_one_key_away(
    practice: Practice, hands: Hands, archive: Archive
) -> None:
    ports = {"history": archive.ports().history(1)}
    dialog = opened(practice, hands, ports)
    met = in_next_dialog(lambda _: None)
    hands.press(Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert [type(one) for one in met] == [HistoryDialog]
    assert dialog.isVisible()
    assert offered(dialog) == {"History", "Move…", "Cancel appointment…", "Close"}


def test_the_client_s_menu_leads_to_history_export_and_erasing(
    practice: Practice, hands: Hands, archive: Archive
) -> None:
    dialog = opened(practice, hands, {"client": archive.ports()})
    button = next(b for b in dialog.findChildren(QPushButton) if b.menu())
    names = [action.text().replace("&", "") for action in button.menu().actions()]
    assert names == ["History of Bernd Meiers", "Export data…", "", "Erase…"]
    met = in_next_dialog(lambda _: None)
    button.menu().actions()[1].trigger()
    assert [type(one) for one in met] == [ExportDialog]


def test_what_is_shown_of_an_erased_client_is_closed(
    practice: Practice, hands: Hands, archive: Archive
) -> None:
    dialog = opened(practice, hands, {"client": archive.ports()})
    button = next(b for b in dialog.findChildren(QPushButton) if b.menu())

    def confirm(asked: EraseDialog) -> None:
        asked.sure.setChecked(True)
        asked.buttons[0].click()

    QTimer.singleShot(0, lambda: confirm(QApplication.activeModalWidget()))
    button.menu().actions()[-1].trigger()
    assert archive.erased == [2]
    assert dialog.isHidden()
    assert dialog.answer is None


def test_a_refund_that_was_given_says_when_and_by_whom(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(
        practice,
        hands,
        status=Status.CANCELLED,
        cancelled_at=at(14),
        cancelled_by=CancelledBy.CLIENT,
        refund_due=practice.services[0].price,
        refund_given_at=at(14, 30),
        refund_given_by="jonas",
    )
    said = texts(dialog).replace("\xa0", " ")
    assert "Thu 26 Nov, 14:00 · by the client · late" in said
    assert "60,00 € · Thu 26 Nov, 14:30 (Jonas Krüger)" in said
    assert "Refund due" not in said


def test_what_was_set_aside_is_told_with_its_reason(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(
        practice, hands, overridden=("closed", "held"), override_reason="Pain"
    )
    assert "Set aside" in texts(dialog)
    assert "outside hours, in use at another desk – Pain" in texts(dialog)


def test_a_missed_one_says_who_marked_it_and_what_follows(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(
        practice,
        hands,
        status=Status.NO_SHOW,
        no_show_at=at(15, 12),
        no_show_by="jonas",
        lock_out_until=at(15, 12) + timedelta(days=30),
    )
    assert "Thu 26 Nov, 15:12 (Jonas Krüger)" in texts(dialog)
    assert "no same-day booking until Sat 26 Dec, 15:12" in texts(dialog)


def test_the_client_s_way_through_the_practice_is_told(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(
        practice,
        hands,
        status=Status.COMPLETED,
        arrived_at=at(14, 50),
        seen_at=at(15, 2),
        left_at=at(15, 31),
    )
    assert "14:50 · with the provider 15:02 · left 15:31" in texts(dialog)


def stepping(
    practice: Practice, hands: Hands, **given: Any
) -> tuple[AppointmentDialog, list[Mark]]:
    """Return a dialog that offers steps, and the list of those that were wished."""
    wished: list[Mark] = []
    more = {"mark": lambda _visit, step: wished.append(step)}
    return opened(practice, hands, more, **given), wished


def test_the_steps_of_a_visit_that_has_begun_are_offered_with_their_keys(
    practice: Practice, hands: Hands
) -> None:
    begun = {"start": NOW - timedelta(minutes=12)}
    dialog, _ = stepping(practice, hands, **begun)
    assert {"Arrived (A)", "With the provider (S)", "Did not come… (X)"} <= offered(
        dialog
    )
    assert "Left (O)" not in offered(dialog)


def test_nobody_is_missed_before_the_visit(practice: Practice, hands: Hands) -> None:
    dialog, wished = stepping(practice, hands, start=NOW + timedelta(hours=1))
    assert "Did not come… (X)" not in offered(dialog)
    hands.press(Qt.Key.Key_X)
    assert wished == []
    assert dialog.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_a_step_closes_the_dialog_and_is_marked_in_the_window(
    practice: Practice, hands: Hands, by_key: bool
) -> None:
    dialog, wished = stepping(practice, hands)
    if by_key:
        hands.press(Qt.Key.Key_A)
    else:
        named = [b for b in dialog.findChildren(QPushButton) if "(A)" in b.text()]
        named[0].click()
    assert wished == [Mark.ARRIVED]
    assert not dialog.isVisible()
