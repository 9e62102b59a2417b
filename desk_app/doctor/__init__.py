"""`desk-app doctor`: what is right and wrong here, for whoever helps by telephone.

Says no passwords and no names of persons: not even a login, nor the folder of a home.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.doctor import computer, database
from desk_app.doctor.finding import Finding, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.settings import Settings

__all__ = ["Finding", "State", "examine"]


def examine(chosen: Settings) -> Iterator[Finding]:
    """Look at everything, one after the other; the database last."""
    for part in (computer.examine, database.examine):
        for finding in part(chosen):
            yield replace(
                finding,
                words=_without_home(finding.words),
                to_do=_without_home(finding.to_do),
            )


def _without_home(words: str) -> str:
    """Return words that do not say whose home it is."""
    home = str(Path.home())
    return words.replace(home, "~") if len(home) > 1 else words
