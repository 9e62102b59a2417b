"""A booking in one line, and what is read to the caller afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.read_back import Speech
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("command line", shows="client.name")
def command_line(scene: Scene) -> Iterator[None]:
    """The line with a client's name typed, and what would be booked."""
    desk, facts = scene.front_desk(), scene.facts
    command = desk.features.command
    for typed in (facts.client.name, f"{facts.confirmed.service_name} tomorrow 9"):
        with scene.turns.turn():
            command.open(typed)
        scene.settle()
        yield
    with scene.turns.turn():
        command.close()


@screen("read back", shows="provider.name")
def read_back(scene: Scene) -> Iterator[None]:
    """The line for the caller, in both languages."""
    desk, facts = scene.front_desk(), scene.facts
    reading = desk.features.read_back
    for language in ("en", "de"):
        with scene.turns.turn():
            reading._show(facts.confirmed, Speech(language, "Asia/Tokyo"))
        yield
    with scene.turns.turn():
        reading.forget()
