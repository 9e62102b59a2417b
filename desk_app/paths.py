"""Where things are: what the program ships, and where a person's files go.

What is shipped is found from a checkout, from the wheel (which carries both
folders inside the package) and in a folder that PyInstaller built.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "desk_app"
_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder of icons, styles and demo words."""
    return _shipped("resources")


def migrations() -> Path:
    """Return the folder of Alembic's scripts."""
    return _shipped("migrations")


def config_folder() -> Path:
    """Return the folder of the settings file; it need not exist yet."""
    return platformdirs.user_config_path(_APP, appauthor=False)


def log_folder() -> Path:
    """Return the folder of log files; it need not exist yet."""
    return platformdirs.user_log_path(_APP, appauthor=False)


def data_folder() -> Path:
    """Return the folder of the bundled database; it need not exist yet.

    Root cannot run PostgreSQL, so the bundled server runs as a user of its own
    then; that user cannot enter /root, and opening root's home to everyone for it
    would be a poor trade. Root's data therefore goes where services keep theirs.
    """
    if _is_root_on_linux() and not os.environ.get("XDG_DATA_HOME"):
        return Path("/var/lib") / _APP
    return platformdirs.user_data_path(_APP, appauthor=False)


def _shipped(name: str) -> Path:
    for base in (_frozen_base(), _PACKAGE / "_shipped"):
        if base is not None and (base / name).is_dir():
            return base / name
    return _PACKAGE.parent / name


def _frozen_base() -> Path | None:
    # PyInstaller sets this to the folder of everything it unpacked.
    base = getattr(sys, "_MEIPASS", None)
    return Path(base) if base else None


def _is_root_on_linux() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0
