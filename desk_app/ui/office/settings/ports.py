"""What the page of settings is given: facts to show, and ways to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.ui.dialogs.ports import PATIENCE, Failed, Then

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.practice_choices import PracticeChoices
    from desk_app.settings import Settings
    from desk_app.ui.office.settings.section import Change


@dataclass(frozen=True, slots=True)
class SettingsPorts:
    """Ways to read and change the settings of the practice and of this desk.

    `show_desk` lets the window look as was chosen. Who may not manage is shown this
    desk only. `place` is where the practice's clock stands ("Berlin").
    """

    may_manage: bool
    place: str
    read: Callable[[Then[PracticeChoices], Failed], None]
    change: Callable[[Change, Then[PracticeChoices], Failed], None]
    read_desk: Callable[[Then[Settings], Failed], None]
    change_desk: Callable[[Change, Then[Settings], Failed], None]
    show_desk: Callable[[Settings], None]
    patience: tuple[int, ...] = PATIENCE
