"""Who the people of a file are: clients there are already, or somebody new."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.importing.twins import Index, KnownClient, folded
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.importing.twins import NewPerson


@dataclass(frozen=True, slots=True)
class Met:
    """A client by number, or with 0 the newcomer who has this place, from 0."""

    client_id: int = 0
    newcomer: int = -1


class Acquaintance:
    """Meets the people of a file one after the other; gathers who is new."""

    def __init__(self, clients: Sequence[KnownClient]) -> None:
        self.newcomers: list[NewPerson] = []
        self._known = Index(clients)
        self._come = Index()
        self._same_name = Counter(folded(client.name) for client in clients)
        self._by_name = {folded(client.name): client for client in clients}
        self._new_by_name: dict[str, int] = {}

    def meet(self, person: NewPerson) -> Met:
        """Return who this is; raises Invalid where several clients could be meant."""
        known = self._known.find(person.name, person.phone, person.email)
        if known is not None and known[1].is_certain:
            return Met(known[0].client_id)
        name = folded(person.name)
        if not person.phone and not person.email:
            if self._same_name[name] > 1:
                words = "Several clients are called so. Add a phone number or e-mail."
                raise Invalid("client", words)
            if name in self._by_name:
                return Met(self._by_name[name].client_id)
        return Met(newcomer=self._newcomer(person, name))

    def _newcomer(self, person: NewPerson, name: str) -> int:
        earlier = self._come.find(person.name, person.phone, person.email)
        if earlier is not None and earlier[1].is_certain:
            return earlier[0].client_id
        if not person.phone and not person.email and name in self._new_by_name:
            return self._new_by_name[name]
        number = len(self.newcomers)
        self.newcomers.append(person)
        self._new_by_name.setdefault(name, number)
        self._come.add(KnownClient(number, person.name, person.phone, person.email))
        return number
