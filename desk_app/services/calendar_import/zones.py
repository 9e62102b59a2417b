"""The zones that calendars name: by IANA, by Windows, or by rules of their own."""

from __future__ import annotations

import warnings
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from icalendar import Timezone

    from desk_app.domain.calendar_file.scan import Component, Scanned

LONGEST_NAME = 200
# Rules of a zone that has changed its clock every half year for a century.
MOST_RULES = 400
MOST_ZONES = 200


class Zones:
    """Finds zones by name; `here` is that of times without a place."""

    def __init__(self, scanned: Scanned, here: ZoneInfo) -> None:
        self._own = {part.value("TZID"): part for part in scanned.zones[:MOST_ZONES]}
        self._known: dict[str, tzinfo | None] = {"UTC": UTC}
        self.unknown: dict[str, None] = {}
        self.here: tzinfo = here
        self.here = self.find(scanned.zone)

    def find(self, name: str) -> tzinfo:
        """Return a zone; where nobody knows it, and for "", that of `here`."""
        if not name:
            return self.here
        if name not in self._known:
            self._known[name] = _named(name) or self._described(name)
        found = self._known[name]
        if found is None:
            self.unknown[name[:LONGEST_NAME]] = None
            return self.here
        return found

    def _described(self, name: str) -> tzinfo | None:
        """Return the zone as the file itself describes it."""
        part = self._own.get(name)
        if part is None or not _is_sane(part):
            return None
        from icalendar import Timezone

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read = Timezone.from_ical(_as_text(part))
                return read.to_tz(lookup_tzid=False) if _is_zone(read) else None
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None


def _named(name: str) -> tzinfo | None:
    if len(name) > LONGEST_NAME:
        return None
    from icalendar.timezone import tzp

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tzp.timezone(name)
    except (ValueError, KeyError, OSError):
        return None


def _is_zone(read: object) -> TypeGuard[Timezone]:
    """Say whether what was read is a zone."""
    return getattr(read, "name", "") == "VTIMEZONE"


def _is_sane(part: Component) -> bool:
    """Say whether the rules of a zone are few, and of whole years."""
    rules = [line.value.upper() for each in part.inside for line in each.every("RRULE")]
    return 0 < len(part.inside) <= MOST_RULES and all(
        "FREQ=YEARLY" in rule and len(rule) < 200 for rule in rules
    )


def _as_text(part: Component) -> str:
    lines = [f"BEGIN:{part.name}"]
    lines += [f"{line.name}:{line.value}" for line in part.lines]
    for each in part.inside:
        lines.append(f"BEGIN:{each.name}")
        lines += [f"{line.name}:{line.value}" for line in each.lines]
        lines.append(f"END:{each.name}")
    lines.append(f"END:{part.name}")
    return "\r\n".join(lines) + "\r\n"
