"""What a practice decides about access: who reads what, locks, how long data stay."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LOCK_MINUTES = 240
LONGEST_RETENTION_YEARS = 30
LONGEST_HIDING_MINUTES = 240


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """The access settings; the defaults are what counts until a manager chooses.

    `providers_read_all` lets providers read everybody's schedule and clients, not just
    their own. A desk that nobody touches locks after `lock_minutes`, 0 for never.
    After `hide_names_minutes` without a touch it hides the names of clients, 0 for
    never. Clients who have not come for `retention_years` may be erased, 0 for never.
    """

    providers_read_all: bool = False
    lock_minutes: int = 10
    retention_years: int = 0
    hide_names_minutes: int = 0
