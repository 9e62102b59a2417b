"""Exports into a folder of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.exports import ExportWish, FileFormat, Subject
from desk_app.services.exporting import exports as exporting
from desk_app.services.exporting.exports import Exports
from tests.services.exporting.wishes import at_number

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice


@pytest.fixture
def exports(sessions: Sessions) -> Exports:
    return Exports(sessions)


@pytest.fixture
def wish(tmp_path: Path) -> ExportWish:
    return ExportWish(Subject.CLIENTS, FileFormat.CSV, tmp_path)


@pytest.fixture
def two_visits(booking: Booking, practice: Practice) -> None:
    booking.book(at_number(practice, 0))
    booking.book(at_number(practice, 1))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PIECE", 1)
