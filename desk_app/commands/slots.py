"""`desk-app slots` prints free times, for people and for scripts."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from desk_app.commands.misuse import DONE, Misuse
from desk_app.db.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desk_app.domain.people import Provider, Service
    from desk_app.domain.slots import Opening
    from desk_app.settings import Settings

LONGEST_QUESTION = 366


class Named(Protocol):
    """A provider or a service, for which only the name matters here."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("slots", parents=[common], help="print free times")
    parser.add_argument("--provider", required=True, metavar="NAME")
    parser.add_argument("--service", required=True, metavar="NAME")
    parser.add_argument("--date", required=True, type=_date, metavar="YYYY-MM-DD")
    parser.add_argument("--days", type=_days, default=1, metavar="N")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_slots)


def _slots(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap
    from desk_app.services.diary import OpeningQuery

    with bootstrap.build(chosen) as desk:
        catalogue = desk.diary.catalogue()
        provider = _the_one(catalogue.providers, arguments.provider, "provider")
        offered = [
            s for s in catalogue.services if s.provider_id == provider.provider_id
        ]
        service = _the_one(offered, arguments.service, f"service of {provider.name}")
        query = OpeningQuery(
            (service.service_id,), arguments.date, arguments.days, limit=None
        )
        openings = desk.diary.openings(query)
    _print_openings(openings, provider, service, as_json=arguments.json)
    return DONE


def _the_one(named: Iterable[N], wanted: str, kind: str) -> N:
    """Return the only one whose name is `wanted`, or else holds it as a part.

    Case and accents do not count, as in the search for clients.
    """
    folded = fold(wanted).strip()
    candidates = [item for item in named if folded in fold(item.name)]
    exact = [item for item in candidates if fold(item.name) == folded]
    found = exact or candidates
    if len(found) == 1:
        return found[0]
    if not found:
        raise Misuse(f"there is no {kind} called {wanted!r}")
    names = ", ".join(sorted(item.name for item in found))
    raise Misuse(f"{wanted!r} may be any {kind} of these: {names}")


def _print_openings(
    openings: Iterable[Opening], provider: Provider, service: Service, *, as_json: bool
) -> None:
    zone = ZoneInfo(provider.timezone)
    spans = [(o.start.astimezone(zone), o.end.astimezone(zone)) for o in openings]
    if as_json:
        records = [
            {
                "provider": provider.name,
                "service": service.name,
                "start": start.isoformat(),
                "end": end.isoformat(),
            }
            for start, end in spans
        ]
        print(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for start, end in spans:
        print(f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}")
    if not spans:
        print("no free time")


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date such as 2027-01-31"
        ) from None
    if not 1970 <= day.year <= 2200:
        raise argparse.ArgumentTypeError("a date lies between 1970 and 2200")
    return day


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_QUESTION:
        raise argparse.ArgumentTypeError(
            f"the number of days lies between 1 and {LONGEST_QUESTION}"
        )
    return int(text)
