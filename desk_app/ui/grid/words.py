"""How the grid speaks: names and states of appointments, as one hears them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Mark
from desk_app.domain.policies import Policy
from desk_app.domain.waiting_room import stage_of, waited, waiting_of
from desk_app.ui import privacy
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waiting_room import Waiting
    from desk_app.ui.grid.clock import TimeLabels
    from desk_app.ui.grid.columns import Card, Column
    from desk_app.ui.grid.roving import Cursor

# The keys of the steps of a client's way, in the schedule and in dialogs.
STEP_KEYS = {
    Mark.ARRIVED: "A",
    Mark.WITH_PROVIDER: "S",
    Mark.LEFT: "O",
    Mark.COMPLETED: "C",
    Mark.EXPECTED: "E",
    Mark.NO_SHOW: "X",
}


def tr(text: str, *values: str) -> str:
    """Translate a text of the grid and put `values` where %1, %2 and so on stand."""
    return filled(QCoreApplication.translate("DiaryView", text), *values)


def status_word(status: Status) -> str:
    """Return what a person calls a status."""
    words = {
        Status.PENDING: QCoreApplication.translate("DiaryView", "Not confirmed yet"),
        Status.CONFIRMED: QCoreApplication.translate("DiaryView", "Confirmed"),
        Status.CANCELLED: QCoreApplication.translate("DiaryView", "Cancelled"),
        Status.COMPLETED: QCoreApplication.translate("DiaryView", "Completed"),
        Status.NO_SHOW: QCoreApplication.translate("DiaryView", "No-show"),
    }
    return words[status]


def appointment_name(card: Card, labels: TimeLabels) -> str:
    """Return for example "Anna Berg, Follow-up, 10:00 to 10:30"."""
    appointment = card.appointment
    return tr(
        "%1, %2, %3 to %4",
        privacy.name(appointment.client_name),
        card.what or appointment.service_name,
        labels.text(card.top),
        labels.text(card.bottom),
    )


def appointment_state(appointment: Appointment) -> str:
    """Return for example "Confirmed, video call"."""
    words = [status_word(appointment.status)]
    stage = stage_word(appointment)
    if stage:
        words.append(stage)
    if appointment.is_virtual:
        words.append(tr("video call"))
    if appointment.no_show_flag:
        words.append(tr("client has missed visits"))
    return ", ".join(words)


def stage_word(appointment: Appointment) -> str:
    """Return how far the client has come, "" before they arrive and when it is over."""
    words = {
        Mark.ARRIVED: tr("arrived"),
        Mark.WITH_PROVIDER: tr("with the provider"),
        Mark.LEFT: tr("left without being seen"),
    }
    return words.get(stage_of(appointment), "")


def step_word(step: Mark) -> str:
    """Return what a step of a client's way is called where it is offered."""
    words = {
        Mark.EXPECTED: QCoreApplication.translate("DiaryView", "Expected again"),
        Mark.ARRIVED: QCoreApplication.translate("DiaryView", "Arrived"),
        Mark.WITH_PROVIDER: QCoreApplication.translate(
            "DiaryView", "With the provider"
        ),
        Mark.LEFT: QCoreApplication.translate("DiaryView", "Left"),
        Mark.COMPLETED: QCoreApplication.translate("DiaryView", "Completed"),
        Mark.NO_SHOW: QCoreApplication.translate("DiaryView", "Did not come…"),
    }
    return words[step]


def waiting_in(column: Column) -> list[Waiting]:
    """Return who has come to a provider and is not seen yet."""
    here = (waiting_of(card.appointment) for card in column.cards)
    return [one for one in here if one and not one.is_with_provider]


def waiting_note(here: Iterable[Waiting], now: datetime) -> str:
    """Return for example "2 waiting, 12 min": how many, and the longest wait."""
    waits = [int(waited(one, now).total_seconds() // 60) for one in here]
    if not waits:
        return ""
    return tr("%1 waiting, %2 min", str(len(waits)), str(max(waits)))


def refused_words(policy: str) -> str:
    """Return in two or three words why a time cannot be had."""
    words = {
        Policy.INACTIVE: QCoreApplication.translate("DiaryView", "Not offered"),
        Policy.PAST: QCoreApplication.translate("DiaryView", "In the past"),
        Policy.PAST_DAY: QCoreApplication.translate("DiaryView", "In the past"),
        Policy.HELD: QCoreApplication.translate("DiaryView", "Being booked"),
        Policy.DAY_LIMIT: QCoreApplication.translate("DiaryView", "Too far ahead"),
        Policy.BLOCKED: QCoreApplication.translate("DiaryView", "Blocked"),
        Policy.CLOSED: QCoreApplication.translate("DiaryView", "Closed"),
        Policy.RUNS_OVER: QCoreApplication.translate("DiaryView", "Ends after hours"),
        Policy.BUSY: QCoreApplication.translate("DiaryView", "Taken"),
        Policy.NO_ROOM: QCoreApplication.translate("DiaryView", "No room free"),
        Policy.NOT_ALIGNED: QCoreApplication.translate("DiaryView", "No start here"),
    }
    return words.get(Policy(policy), tr("Not possible"))


def time_name(column: Column, place: Cursor, labels: TimeLabels, offered: bool) -> str:
    """Return for example "10:15, free" or "13:00, blocked: Lunch"."""
    minute = place.minute
    for block in column.blocks:
        if block.top <= minute < block.bottom:
            reason = block.reason or tr("no reason given")
            return tr("%1, blocked: %2", labels.text(minute), reason)
    if offered:
        return tr("%1, offered", labels.text(minute))
    if any(hours.top <= minute < hours.bottom for hours in column.hours):
        return tr("%1, free", labels.text(minute))
    return tr("%1, closed", labels.text(minute))
