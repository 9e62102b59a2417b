"""A client's file in words, and what a login may write of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.client_file import (
    ClientDetails,
    ClientFile,
    Likely,
    Merge,
    Moving,
    Waiting,
)
from desk_app.domain.duplicates import Likeness
from desk_app.domain.staff import Role, Staff
from desk_app.ui.clients import file_words
from desk_app.ui.clients.client_head import ClientHead
from desk_app.ui.clients.edit import EditClientDialog
from desk_app.ui.clients.file_ports import FilePorts
from desk_app.ui.clients.likely import LikelyStrip
from desk_app.ui.dialogs.inks import Ink
from tests.ui.dialogs.practice import CLIENTS, NOW, Practice, at

if TYPE_CHECKING:
    from desk_app.ui.dialogs.ports import Screen
    from tests.ui.clients.archive import Archive
    from tests.ui.dialogs.conftest import Hands

ALL = frozenset({"name", "phone", "email", "notes", "consent_email"})
LOCKED = replace(
    CLIENTS[1], locked_out_since=at(9), locked_out_by="jonas", no_show_count=2
)


def screen() -> Screen:
    """Return a practice in which Jonas works."""
    known = Practice().screen()
    jonas = Staff(1, "jonas", "Jonas Krüger", Role.RECEPTIONIST)
    return replace(known, catalogue=replace(known.catalogue, people=(jonas,)))


def file_of(**given: Any) -> ClientFile:
    details = ClientDetails(1, "Anna Meier", "030 123456", language="de")
    usual = {"client": CLIENTS[0], "details": details, "may_change": ALL}
    return ClientFile(**(usual | given))


def test_a_lock_out_is_said_at_the_top() -> None:
    head = ClientHead()
    head.show_file(file_of(client=LOCKED), screen())
    assert "No same-day booking until 23:59" in head.warnings
    assert "Jonas Krüger" in head.warnings
    assert head.warnings.endswith("⚑ Missed 2 visits")


@pytest.mark.parametrize(
    ("changes", "words", "ink"),
    [
        ({"status": Status.CONFIRMED}, "Confirmed", Ink.MUTED),
        ({"status": Status.PENDING}, "Not confirmed yet", Ink.WARNING),
        ({"status": Status.NO_SHOW}, "No-show", Ink.DANGER),
        ({"cancelled_by": CancelledBy.CLIENT, "at": -30}, "Cancelled", Ink.MUTED),
        ({"cancelled_by": CancelledBy.CLIENT, "at": -1}, "Cancelled late", Ink.DANGER),
        (
            {"cancelled_by": CancelledBy.PRACTICE, "at": -1},
            "Cancelled by us",
            Ink.MUTED,
        ),
        ({"cancelled_by": CancelledBy.UNDO, "at": -1}, "Booked by mistake", Ink.MUTED),
    ],
)
def test_each_visit_says_how_it_stands(
    changes: dict[str, Any], words: str, ink: Ink
) -> None:
    practice = Practice()
    visit = practice.put(1, 1, at(9), CLIENTS[0])
    changes = dict(changes)
    hours = changes.pop("at", None)
    if hours is not None:
        when = visit.start + timedelta(hours=hours)
        changes |= {"status": Status.CANCELLED, "cancelled_at": when}
    visit = replace(visit, **changes)
    assert file_words.of_visit(visit) == words
    assert file_words.ink_of_visit(visit) is ink


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (Moving(), "Moves to the kept entry: no appointments."),
        (Moving(1), "Moves to the kept entry: 1 appointment."),
        (
            Moving(5, 2, 1, 1),
            "Moves to the kept entry: 5 appointments (2 to come),"
            " 1 on the waiting list, 1 walk-in.",
        ),
    ],
)
def test_what_moves_is_counted(rows: Moving, words: str) -> None:
    assert file_words.moving(rows) == words


def test_what_a_client_waits_for_is_said_in_one_line() -> None:
    entry = Waiting(1, "Check-up", 2, None, None, True, NOW, "mornings")
    words = file_words.waiting(entry, screen())
    assert words == "Urgent · Check-up · Dr. Kofi Mensah · since Thu 26 Nov · mornings"


def test_a_merge_says_with_whom_when_and_by_whom() -> None:
    words = file_words.merged(Merge(1, "Ana", NOW, "jonas"), screen())
    assert words == "Merged with Ana on Thu 26 Nov by Jonas Krüger"


def test_the_head_says_how_a_client_may_be_written_to() -> None:
    head = ClientHead()
    details = replace(file_of().details, consent_email=False, consent_push=False)
    head.show_file(replace(file_of(), details=details), screen())
    assert head.facts == {"Language": "German"}
    assert head.warnings == ""


def test_who_shares_the_number_is_named_and_has_no_button() -> None:
    strip = LikelyStrip("Perhaps the same person", "&Compare")
    strip.show_likely(
        (
            Likely(CLIENTS[0], Likeness.SAME_PERSON),
            Likely(CLIENTS[1], Likeness.SAME_PERSON),
            Likely(CLIENTS[2], Likeness.FAMILY),
        )
    )
    assert [button.text() for button in strip.buttons] == ["&Compare", "Compare"]
    assert strip.family == "The number is also that of Chiara Rossi."
    strip.show_likely(())
    assert strip.isHidden()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        (
            {"may_change": frozenset({"notes"})},
            "With your login you write the notes; the rest is the reception’s.",
        ),
        (
            {"may_change": frozenset()},
            "Not your client: with your login you can only read this.",
        ),
        ({"is_erased": True}, "This client was erased."),
    ],
)
def test_why_something_cannot_be_changed_is_said(
    given: dict[str, Any], words: str
) -> None:
    assert file_words.why_read_only(file_of(**given)) == words


def test_a_provider_writes_the_note_alone(hands: Hands, archive: Archive) -> None:
    ports = FilePorts(
        screen, *[archive._port(lambda wish: wish)] * 6, data=archive.ports
    )
    file = file_of(may_change=frozenset({"notes"}))
    dialog = EditClientDialog(file, ports)
    hands.open(dialog)
    lines = dialog.findChildren(QLineEdit)
    assert all(line.isReadOnly() for line in lines)
    assert not any(tick.isEnabled() for tick in dialog.consents.values())
    assert not dialog.note.isReadOnly()
    assert dialog.note.hasFocus()
