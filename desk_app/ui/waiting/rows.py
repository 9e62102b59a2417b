"""The waiting room as rows: who it is, for whom, since when, and what may be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    Qt,
)

from desk_app.domain.waiting_room import waited, waits_too_long
from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.side.rows import DetailRole, IconRole, OverRole, UrgentRole
from desk_app.ui.waiting import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.slots import Opening
    from desk_app.domain.waiting_room import Waiting
    from desk_app.ui.dialogs.ports import Screen

ThingRole = Qt.ItemDataRole.UserRole
# Whom a row is about, however long they wait by now.
WhoRole = Qt.ItemDataRole.UserRole + 6


def rows_of_here(
    here: Sequence[Waiting], fits: Mapping[int, Opening], screen: Screen
) -> list[dict[int, Any]]:
    """Return the rows of who is here; `fits` are free times by walk-in."""
    return [_row_of_waiting(one, fits.get(one.walk_in_id or 0), screen) for one in here]


def rows_of_expected(
    missing: Sequence[Appointment], screen: Screen
) -> list[dict[int, Any]]:
    """Return the rows of those who should be here."""
    return [_row_of_missing(one, screen) for one in missing]


def _row_of_waiting(
    one: Waiting, fit: Opening | None, screen: Screen
) -> dict[int, Any]:
    now: datetime = screen.now
    rules = screen.catalogue.rules
    is_late = waits_too_long(one, now, rules)
    what = written.what(one.appointment) if one.appointment else one.service_name
    parts = [_when(one, screen), _whom(one.provider_id, screen), what]
    length = words.minutes(waited(one, now))
    if one.is_with_provider:
        parts.insert(0, words.tr("with the provider"))
    elif is_late:
        parts.insert(0, words.tr("waits too long: %1", length))
    else:
        parts.insert(0, words.tr("waits %1", length))
    if fit is not None:
        clock = written.time(fit.start, screen.zone)
        whom = _whom(fit.provider_id, screen)
        # In front, where a narrow row does not cut it off.
        parts[1:3] = [words.tr("%1 with %2 is free: T", clock, whom)]
    icon = "user-check" if one.is_with_provider else "armchair"
    return _row(
        privacy.name(one.client_name), parts, "clock-alert" if is_late else icon
    ) | {
        ThingRole: one,
        WhoRole: (one.client_id, one.walk_in_id),
        UrgentRole: is_late,
        OverRole: one.is_with_provider,
    }


def _row_of_missing(one: Appointment, screen: Screen) -> dict[int, Any]:
    late = words.minutes(screen.now - one.start)
    clock = written.time(one.start, screen.zone)
    parts = [
        words.tr("%1, %2 ago", clock, late),
        _whom(one.provider_id, screen),
        one.room_name,
        privacy.phone(one.client_phone),
    ]
    return _row(privacy.name(one.client_name), parts, "user-x") | {
        ThingRole: one,
        WhoRole: one.appointment_id,
    }


def _row(name: str, parts: Sequence[str], icon: str) -> dict[int, Any]:
    detail = " · ".join(filter(None, parts))
    return {
        Qt.ItemDataRole.DisplayRole: name,
        Qt.ItemDataRole.AccessibleTextRole: f"{name}, {detail}",
        DetailRole: detail,
        IconRole: icon,
    }


def _when(one: Waiting, screen: Screen) -> str:
    if one.appointment is None:
        return words.tr("no time yet")
    return written.time(one.appointment.start, screen.zone)


def _whom(provider_id: int | None, screen: Screen) -> str:
    for provider in screen.catalogue.providers:
        if provider.provider_id == provider_id:
            return provider.name
    return words.tr("whoever is free") if provider_id is None else ""
