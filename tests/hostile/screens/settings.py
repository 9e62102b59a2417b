"""The page of settings, with whatever may stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    with scene.turns.turn():
        for section in page.sections:
            for path in ("rules.cancellation_reasons", "desk_name"):
                if path in section.rows:
                    value = (scene.text,) if path.startswith("rules") else scene.text
                    section.rows[path].control.show_value(value)
                    section.rows[path].complain(scene.text)
    yield
    with scene.turns.turn():
        page.search.setText(scene.text)
    yield
