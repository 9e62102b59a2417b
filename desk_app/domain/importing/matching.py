"""Which provider, and which of their services, a name in a file stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from desk_app.domain.importing.twins import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk_app.domain.importing.plan import Match
    from desk_app.domain.people import Provider, Service

_TITLES = re.compile(
    r"\b(dr|prof|med|dent|dipl|phil|psych|mag|msc|bsc|phd|md|dds|mr|mrs|ms|miss|herr"
    r"|frau|m|mme|sr|sra|ing|univ)\b"
)
UNDECIDED = -1


class Providers:
    """Finds providers by what a file calls them; what was chosen by hand counts."""

    def __init__(
        self, providers: Sequence[Provider], chosen: Iterable[Match] = ()
    ) -> None:
        self._chosen = {match.text: match.number for match in chosen}
        self._only = providers[0].provider_id if len(providers) == 1 else UNDECIDED
        self._ids: dict[str, set[int]] = defaultdict(set)
        for provider in providers:
            # A file that says "Weber" means whoever is the only one called so.
            for key in (*_keys(provider.name), *_bare(provider.name).split()[-1:]):
                self._ids[key].add(provider.provider_id)

    def find(self, text: str) -> int | None:
        """Return a provider's number; None to leave out, UNDECIDED for nobody."""
        if text in self._chosen:
            return self._chosen[text]
        if not text:
            return self._only
        for key in _keys(text):
            found = self._ids.get(key, set())
            if len(found) == 1:
                return next(iter(found))
        return UNDECIDED


class Services:
    """Finds what a provider offers by what a file calls it."""

    def __init__(
        self, services: Sequence[Service], chosen: Iterable[Match] = ()
    ) -> None:
        names = {service.service_id: service.name for service in services}
        # A choice names one provider's service; the others' are called like it.
        self._chosen = {
            match.text: folded(names.get(match.number, "")) if match.number else None
            for match in chosen
        }
        self._offered: dict[int, dict[str, Service]] = defaultdict(dict)
        for service in services:
            self._offered[service.provider_id].setdefault(folded(service.name), service)

    def find(self, text: str, provider_id: int) -> Service | None:
        """Return the provider's service of this name, None if there is none."""
        offered: Mapping[str, Service] = self._offered[provider_id]
        if not text and text not in self._chosen and len(offered) == 1:
            return next(iter(offered.values()))
        key = self._chosen.get(text, folded(text))
        return offered.get(key) if key else None

    def is_left_out(self, text: str) -> bool:
        """Say whether lines with this name are to be left out."""
        return self._chosen.get(text, "") is None


def _keys(name: str) -> list[str]:
    """Return how somebody is called: all words, without titles, in any order."""
    whole = folded(name)
    bare = _bare(name)
    turned = " ".join(sorted(bare.split()))
    return [key for key in dict.fromkeys([whole, bare, turned]) if key]


def _bare(name: str) -> str:
    """Return a folded name without titles."""
    return " ".join(_TITLES.sub(" ", folded(name)).split())
