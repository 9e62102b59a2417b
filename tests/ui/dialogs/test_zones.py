"""A provider elsewhere: nobody can mistake one clock for the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from desk_app.ui.dialogs import move_words, visit_words
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from tests.ui.dialogs.practice import Practice, at

if TYPE_CHECKING:
    from tests.ui.dialogs.conftest import Hands

BOTH = "10:20–10:50 Berlin · 09:20–09:50 London"


@pytest.fixture
def abroad(practice: Practice) -> Practice:
    """Return the practice with Dr. Brandt in London, an hour behind."""
    here, other = practice.providers
    practice.providers = (replace(here, timezone="Europe/London"), other)
    return practice


def test_the_booking_dialog_names_both_clocks(abroad: Practice, hands: Hands) -> None:
    form = abroad.form(provider_id=1, start=at(10, 20))
    dialog = BookingDialog(form, abroad.ports())
    hands.open(dialog)
    assert dialog.heading.clocks == BOTH
    chips = dialog.fields.times.chips
    spoken = [chips.chip(n).accessibleName() for n in range(chips.count)]
    assert any("(09:20 London)" in name for name in spoken)


def test_a_provider_here_needs_one_clock(abroad: Practice, hands: Hands) -> None:
    form = abroad.form(provider_id=2, start=at(10, 20))
    dialog = BookingDialog(form, abroad.ports())
    hands.open(dialog)
    assert dialog.heading.clocks == ""


def test_the_details_name_both_clocks(abroad: Practice, hands: Hands) -> None:
    visit = abroad.put(1, 1, at(10, 20), abroad.clients[0])
    dialog = AppointmentDialog(visit, abroad.screen(), abroad.appointment_ports())
    hands.open(dialog)
    assert BOTH in [label.text() for label in dialog.findChildren(QLabel)]


def test_a_move_names_both_clocks(abroad: Practice) -> None:
    place = move_words.place(at(10, 20), at(10, 50), 1, abroad.screen())
    assert place.splitlines() == [
        "Thu 26 Nov, 10:20–10:50 Berlin",
        "09:20–09:50 London",
        "Dr. Ada Brandt",
    ]


def test_what_was_done_names_both_clocks(abroad: Practice) -> None:
    visit = abroad.put(1, 1, at(10, 20), abroad.clients[0])
    said = visit_words.visit(visit, abroad.screen())
    assert said == ("Anna Meier · Today, 10:20 Berlin · 09:20 London · Dr. Ada Brandt")
