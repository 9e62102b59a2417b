"""The page of settings, with whatever may stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.ui.office.settings.controls import NumberControl
from desk_app.ui.office.settings.page import SettingsPage
from desk_app.ui.office.settings.ports import settings_ports
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("settings", rare=True)
def settings(scene: Scene) -> Iterator[None]:
    """Every section; the text as a reason, as a name, and as what is looked for."""
    desk = scene.desk
    ports = settings_ports(desk.around, desk.features.desk_file(desk._looks))
    page = scene.show(lambda: SettingsPage(ports))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    rows = {path: row for each in page.sections for path, row in each.rows.items()}
    with scene.turns.turn():
        for path, value in (
            ("rules.cancellation_reasons", (scene.text,)),
            ("desk_name", scene.text),
        ):
            rows[path].control.show_value(value)
            rows[path].complain(scene.text)
        # One number stands for all of them: to fill in twenty takes seconds.
        for row in rows.values():
            is_number = isinstance(row.control, NumberControl)
            row.setEnabled(not is_number or row is rows["access.lock_minutes"])
    yield
    with scene.turns.turn():
        page.search.setText(scene.text)
    yield
