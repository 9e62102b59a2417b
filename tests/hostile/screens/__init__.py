"""All screens, entered by the modules of this folder."""

from __future__ import annotations

from tests.hostile.screens import (
    clients,
    command,
    entrance,
    moving,
    my_day,
    outage,
    series,
    settings,
    staff,
    times,
    transfer,
    views,
    visits,
    waiting,
    waitlist,
    window,
)
from tests.hostile.screens.registry import NEVER_SHOWN, SCREENS, SIZE, Scene, Screen

__all__ = [
    "NEVER_SHOWN",
    "SCREENS",
    "SIZE",
    "Scene",
    "Screen",
    "clients",
    "command",
    "entrance",
    "moving",
    "my_day",
    "outage",
    "series",
    "settings",
    "staff",
    "times",
    "transfer",
    "views",
    "visits",
    "waiting",
    "waitlist",
    "window",
]
