"""What the window remembers between starts: its size, its view, whom it shows.

Colours and zoom stand in the settings, which a person may also write by hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from desk_app import paths, settings
from desk_app.errors import Invalid
from desk_app.ui.top_bar import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from desk_app.settings import Settings

LARGEST_FILE = 100_000
LONGEST_ID = 10
LONGEST_WORD = 4_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """How the window was left."""

    geometry: bytes = b""
    view: View = View.DAY
    week_of: int | None = None
    hidden: frozenset[int] = frozenset()
    rail_is_open: bool = True


class Memory:
    """Reads and writes `Remembered`, apart for the demo and for the practice.

    Without a folder it starts afresh each time, as drawing a picture does.
    """

    def __init__(self, folder: Path | None, *, is_demo: bool = False) -> None:
        self._folder = folder
        self._group = "demo" if is_demo else "practice"

    @classmethod
    def of(cls, chosen: Settings) -> Memory:
        """Return the memory of a person at this computer."""
        return cls(paths.config_folder(), is_demo=chosen.demo)

    def load(self) -> Remembered:
        """Return how the window was left; what cannot be read is left out."""
        store = self._store()
        if store is None:
            return Remembered()
        geometry = store.value("geometry")
        hidden = store.value("hidden", [])
        listed = hidden if isinstance(hidden, list) else [hidden]
        return Remembered(
            bytes(geometry.data()) if isinstance(geometry, QByteArray) else b"",
            View.WEEK if store.value("view") == View.WEEK else View.DAY,
            _number(store.value("week_of")),
            frozenset(n for one in listed if (n := _number(one)) is not None),
            str(store.value("rail", "true")).lower() != "false",
        )

    def save(self, remembered: Remembered) -> None:
        """Remember how the window is left."""
        store = self._store()
        if store is None:
            return
        store.setValue("geometry", QByteArray(remembered.geometry))
        store.setValue("view", str(remembered.view))
        store.setValue("week_of", remembered.week_of)
        store.setValue("hidden", [str(one) for one in sorted(remembered.hidden)])
        store.setValue("rail", "true" if remembered.rail_is_open else "false")
        store.sync()

    def load_pins(self, chosen: Settings) -> tuple[int, ...]:
        """Return the numbers of the appointments that were pinned in this practice."""
        store = self._store()
        if store is None or store.value("pinned_in") != _practice_mark(chosen):
            return ()
        pinned = store.value("pinned", [])
        listed = pinned if isinstance(pinned, list) else [pinned]
        return tuple(n for one in listed if (n := _number(one)) is not None)

    def save_pins(self, chosen: Settings, ids: Iterable[int]) -> None:
        """Remember what is pinned: numbers only, nothing of a person."""
        store = self._store()
        if store is not None:
            store.setValue("pinned_in", _practice_mark(chosen))
            store.setValue("pinned", [str(one) for one in ids])
            store.sync()

    def word(self, name: str) -> str:
        """Return a word that was kept under `name`, "" for none."""
        store = self._store()
        return "" if store is None else str(store.value(name, ""))[:LONGEST_WORD]

    def keep_word(self, name: str, word: str) -> None:
        """Keep a word of the program's own: nothing of a person stands here."""
        store = self._store()
        if store is not None:
            store.setValue(name, word)
            store.sync()

    def save_choices(
        self,
        theme: settings.ThemeChoice | None,
        zoom: int,
        *,
        single_letters: bool = True,
    ) -> None:
        """Write what was chosen into the settings, colours only if switched."""
        self._change(
            lambda kept: replace(
                kept,
                theme=theme or kept.theme,
                zoom=zoom,
                single_letters=single_letters,
            )
        )

    def read_settings(self, otherwise: Settings) -> Settings:
        """Return what stands in the file of settings; raises Invalid.

        Without a folder nothing does, and `otherwise` counts.
        """
        return otherwise if self._folder is None else settings.load(self._file)

    def change_settings(self, known: Settings, wanted: Settings) -> Settings:
        """Write what differs in `wanted` from what a person saw; return what counts.

        Raises Invalid when the file cannot be read or written.
        """
        kept = self.read_settings(known)
        changed = {
            field.name: value
            for field in fields(kept)
            if (value := getattr(wanted, field.name)) != getattr(known, field.name)
        }
        chosen = replace(kept, **changed)
        if self._folder is not None and chosen != kept:
            settings.save(chosen, self._file)
        return chosen

    def save_opened(self, opened: Settings, *, is_chosen: bool) -> None:
        """Write who signed in and where; the practice itself only if it was chosen."""

        def change(kept: Settings) -> Settings:
            if not opened.demo:
                kept = replace(kept, login=opened.login)
                if opened.database:
                    kept = settings.remembered(kept, opened.database)
            if is_chosen:
                kept = replace(kept, database=opened.database, demo=opened.demo)
            return kept

        self._change(change)

    def of_practice(self, chosen: Settings) -> Memory:
        """Return the memory of another practice in the same place."""
        return Memory(self._folder, is_demo=chosen.demo)

    def _change(self, change: Callable[[Settings], Settings]) -> None:
        if self._folder is None:
            return
        try:
            kept = settings.load(self._file)
            chosen = change(kept)
            if chosen != kept:
                settings.save(chosen, self._file)
        except Invalid:
            # A file the person broke by hand is theirs to mend, not ours to replace.
            return

    @property
    def _file(self) -> Path:
        folder = self._folder or paths.config_folder()
        return folder / settings.settings_file().name

    def _store(self) -> QSettings | None:
        if self._folder is None:
            return None
        file = self._folder / "window.ini"
        if file.is_file() and file.stat().st_size > LARGEST_FILE:
            file.unlink()  # No window was ever left like that.
        store = QSettings(str(file), QSettings.Format.IniFormat)
        store.beginGroup(self._group)
        return store


def _practice_mark(chosen: Settings) -> str:
    """Return a word for the practice, so that numbers of another one are not taken."""
    place = f"{chosen.demo} {chosen.database} {chosen.data_folder}"
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else None
