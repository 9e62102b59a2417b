"""Whoever is let go leaves nothing behind on the desk of the manager."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.kept import Noted
from desk_app.services.day_copy import DayCopy
from desk_app.services.kept import Kept
from tests.rings import DayRings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staff import Crew
    from tests.ui.admin.conftest import Office


def test_a_desk_keeps_nothing_for_who_is_let_go(
    crew: Crew, office: Office, tmp_path: Path
) -> None:
    jonas, rings = crew.add(name="Jonas"), DayRings()
    kept = Kept(tmp_path / "kept", rings)
    office.desk.day_copy.kept = kept
    kept.note(jonas.login, Noted(uuid4(), datetime.now(UTC), "Anna"))
    let_go: list[int] = []
    office.flows.staff_ports().let_go(jonas, let_go.append, let_go.append)
    office.settle()
    assert let_go == [0]
    assert list((tmp_path / "kept").iterdir()) == []
    assert rings.get(jonas.login) is None


def test_the_copy_belongs_to_the_desk(office: Office) -> None:
    assert isinstance(office.desk.day_copy, DayCopy)
    assert not office.desk.day_copy.is_wanted
