"""What the page of settings is given: facts to show, and ways to ask.

A port returns at once; `then(answer)` or `failed(error)` follows on the GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.dialogs.ports import PATIENCE, Failed, Then

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from desk_app.domain.practice_choices import LastChange, PracticeChoices
    from desk_app.domain.rooms import Location
    from desk_app.settings import Settings
    from desk_app.ui.around import Around
    from desk_app.ui.office.settings.desk_file import DeskFile
    from desk_app.ui.office.settings.section import Change


@dataclass(frozen=True, slots=True)
class SettingsPorts:
    """Ways to read and change the settings of the practice and of this desk.

    `show_desk` lets the window look as was chosen. Who may not manage is shown this
    desk only. `zone` is that of the practice, `locations` are those in use.
    """

    may_manage: bool
    zone: tzinfo
    read: Callable[[Then[PracticeChoices], Failed], None]
    change: Callable[[Change, Then[PracticeChoices], Failed], None]
    last_changes: Callable[[Then[tuple[LastChange, ...]], Failed], None]
    read_desk: Callable[[Then[Settings], Failed], None]
    change_desk: Callable[[Change, Then[Settings], Failed], None]
    show_desk: Callable[[Change], None]
    locations: tuple[Location, ...] = ()
    patience: tuple[int, ...] = PATIENCE


def settings_ports(around: Around, desk_file: DeskFile) -> SettingsPorts:
    """Return the ways to read and change them for whoever works here now."""
    practice, run = around.desk.practice_settings, around.calls.run

    def read(then: Then[PracticeChoices], failed: Failed) -> None:
        run(practice.choices, then=then, failed=failed)

    def last_changes(then: Then[tuple[LastChange, ...]], failed: Failed) -> None:
        run(practice.last_changes, then=then, failed=failed)

    def read_desk(then: Then[Settings], failed: Failed) -> None:
        run(desk_file.read, desk_file.shown(), then=then, failed=failed)

    def change(change: Change) -> PracticeChoices:
        return practice.change(change.known, change.wanted)

    def show_desk(done: Change) -> None:
        desk_file.show(done.wanted)
        if done.known.locations != done.wanted.locations:
            around.place_chosen.emit(frozenset(done.wanted.locations))

    return SettingsPorts(
        may_manage=around.me.may_manage,
        zone=around.practice.zone,
        read=read,
        change=around.port(change),
        last_changes=last_changes,
        read_desk=read_desk,
        change_desk=around.port(desk_file.change),
        show_desk=show_desk,
        locations=around.practice.catalogue.locations,
    )
