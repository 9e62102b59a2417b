"""Every dialog by keyboard and by ear, and with names that try to be markup."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from desk_app import paths
from desk_app.domain.appointment import Status
from desk_app.ui import dialogs
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import MoveForm
from tests.ui.dialogs.practice import HOSTILE, Practice, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.dialogs.conftest import Hands

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 6
KINDS = ("booking", "misfit", "cancel", "move", "details")


def made(kind: str, practice: Practice) -> QDialog:
    """Return a dialog of each kind, filled with what the practice has."""
    visit = practice.put(1, 1, at(15), practice.clients[1])
    visit = replace(visit, status=Status.PENDING, notes=practice.clients[1].notes)
    practice.appointments[visit.appointment_id] = visit
    screen = practice.screen()
    if kind in ("booking", "misfit"):
        start = at(10, 20) if kind == "booking" else at(9, 50)
        client = practice.clients[1]
        form = practice.form(provider_id=1, start=start, client=client)
        return BookingDialog(form, practice.ports())
    if kind == "cancel":
        return CancelDialog(visit, screen, practice.cancel_ports())
    if kind == "move":
        form = MoveForm(screen, visit, 2, at(11))
        return MoveDialog(form, practice.move_ports())
    return AppointmentDialog(visit, screen, practice.appointment_ports())


def seen(dialog: QDialog) -> Iterator[QWidget]:
    """Yield the widgets a person can see."""
    return (w for w in dialog.findChildren(QWidget) if w.isVisible())


def focusable(dialog: QDialog) -> list[str]:
    """Return the names of what Tab goes to, in order, from where the focus is."""
    found: list[str] = []
    while True:
        widget = dialog.focusWidget()
        name = widget.accessibleName() or widget.text().replace("&", "")
        if name in found:
            return found
        found.append(name)
        dialog.focusNextPrevChild(True)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_takes_the_focus_or_a_press_has_a_name(
    practice: Practice, hands: Hands, kind: str
) -> None:
    dialog = made(kind, practice)
    hands.open(dialog)
    for widget in seen(dialog):
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_reached or isinstance(widget, QAbstractButton):
            spoken = QAccessible.queryAccessibleInterface(widget)
            assert spoken.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_look_like_markup_are_shown_letter_by_letter(
    practice: Practice, hands: Hands, kind: str
) -> None:
    practice.rename(HOSTILE)
    dialog = made(kind, practice)
    hands.open(dialog)
    for widget in dialog.findChildren(QWidget):
        if isinstance(widget, QLabel) and widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
        assert not isinstance(widget, QTextEdit)
        assert "<img" not in widget.toolTip()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    words += [line.text() for line in dialog.findChildren(QLineEdit)]
    assert any(HOSTILE in text for text in words)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [LONG, "Ünïcödé 👩🏽‍⚕️ שלום عليكم", "a " * 100])
def test_names_of_any_kind_do_not_widen_a_dialog(
    practice: Practice, hands: Hands, kind: str, name: str
) -> None:
    usual = made(kind, practice).sizeHint().width()
    practice.appointments.pop(2)
    practice.rename(name)
    dialog = made(kind, practice)
    hands.open(dialog)
    assert dialog.sizeHint().width() <= usual


def test_tab_goes_through_a_booking_as_a_call_goes(
    practice: Practice, hands: Hands
) -> None:
    dialog = made("booking", practice)
    hands.open(dialog)
    assert focusable(dialog) == [
        "Client",
        "Service",
        "Provider",
        "Note",
        "Confirmed",
        "Later days",
        "Thursday, 26 November 2026, 9 free times",
        "10:20, Thursday, 26 November 2026, Dr. Ada Brandt",
        # The client is locked out of bookings for today.
        "Reason for setting it aside",
        "Book anyway",
        "Close",
    ]


def test_tab_goes_through_a_cancellation_in_order(
    practice: Practice, hands: Hands
) -> None:
    dialog = made("cancel", practice)
    hands.open(dialog)
    assert focusable(dialog) == [
        "Ill",
        "Reason in words",
        "Cancel appointment",
        "Keep",
        "The client wishes it",
    ]


def test_focus_starts_in_the_client_field(practice: Practice, hands: Hands) -> None:
    dialog = made("booking", practice)
    hands.open(dialog)
    assert dialog.focusWidget().accessibleName() == "Client"


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_keys_of_a_dialog_are_the_same(
    practice: Practice, hands: Hands, kind: str
) -> None:
    dialog = made(kind, practice)
    hands.open(dialog)
    keys = []
    for widget in dialog.findChildren(QWidget):
        text = widget.text() if hasattr(widget, "text") else ""
        if isinstance(widget, (QAbstractButton, QLabel)) and widget.isVisible():
            at_key = text.replace("&&", "").find("&")
            is_label = isinstance(widget, QLabel) and widget.buddy() is None
            if at_key >= 0 and not is_label:
                keys.append(text.replace("&&", "")[at_key + 1].lower())
    assert len(keys) == len(set(keys)), keys


def test_every_colour_comes_from_the_theme() -> None:
    sources = [*Path(dialogs.__path__[0]).glob("*.py")]
    sources.append(paths.resources() / "style" / "dialogs.qss")
    for source in sources:
        text = source.read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgba?\(", text), source
