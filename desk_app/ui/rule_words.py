"""Words for every rule of the practice that can refuse something.

Each says what the rule forbids and what to do instead.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.policies import Policy
from desk_app.ui.words import Words


def of_all() -> dict[str, Words]:
    """The rules of the practice, each with what to do instead."""
    return _of_the_time() | _of_the_schedule() | _of_the_practice()


def _of_the_time() -> dict[str, Words]:
    another_time = _tr("Choose another time.")
    return {
        Policy.PAST: Words(
            _tr("This time has already begun"), next_step=_tr("Choose a later time.")
        ),
        Policy.PAST_DAY: Words(_tr("This day is over"), next_step=another_time),
        Policy.DAY_LIMIT: Words(
            _tr("This day is too far ahead"),
            _tr("This service is booked only so many days in advance."),
            _tr("Choose an earlier day."),
        ),
        Policy.CLOSED: Words(
            _tr("This is outside working hours"), next_step=another_time
        ),
        Policy.BLOCKED: Words(
            _tr("This time is blocked in the provider's schedule"),
            next_step=another_time,
        ),
        Policy.BUSY: Words(
            _tr("The provider has another appointment then"), next_step=another_time
        ),
    }


def _of_the_schedule() -> dict[str, Words]:
    another_time = _tr("Choose another time.")
    return {
        Policy.NO_ROOM: Words(
            _tr("No room is free then"),
            _tr("This service needs a room, and all that will do are taken."),
            another_time,
        ),
        Policy.NOT_ALIGNED: Words(
            _tr("This service does not start at this minute"),
            _tr("Appointments start so that no unusable gaps are left."),
            _tr("Choose one of the free times shown in the schedule."),
        ),
        Policy.RUNS_OVER: Words(
            _tr("The appointment would end after working hours"),
            next_step=_tr("Choose an earlier time or a shorter service."),
        ),
        Policy.LOCKED_OUT: Words(
            _tr("This client cannot book for today"),
            next_step=_tr("Offer a time on another day."),
        ),
        Policy.HELD: Words(
            _tr("Somebody is booking this time right now"), next_step=another_time
        ),
        Policy.INACTIVE: Words(
            _tr("This is no longer offered"),
            next_step=_tr("Choose another service or provider."),
        ),
        Policy.STATUS: Words(
            _tr("The appointment cannot be changed this way any more"),
            next_step=_tr("Look at how it stands in the schedule now."),
        ),
    }


def _of_the_practice() -> dict[str, Words]:
    return {
        Policy.LAST_MANAGER: Words(
            _tr("The practice needs a manager"),
            _tr("This is the only one who is left."),
            _tr("Make somebody else a manager first."),
        ),
        Policy.ONESELF: Words(
            _tr("Nobody lets themselves go"),
            _tr("You would lose access in the middle of it."),
            _tr("Ask another manager to do it."),
        ),
        Policy.VISITS_TO_COME: Words(
            _tr("This client has appointments to come"),
            next_step=_tr("Cancel them first, then erase the client."),
        ),
        Policy.ENROLMENT_CODE: Words(
            _tr("This code does not open anything"),
            _tr("It is wrong, has expired or was used already."),
            _tr("Let a manager show a new one."),
        ),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)
