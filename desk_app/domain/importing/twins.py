"""Lines about the same person, and lines about somebody who is a client already.

A phone number says it, and so does an e-mail address with the same name. What is done
then a person decides, who sees each of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.duplicates import is_similar
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.importing.plan import Known, Twins
from desk_app.domain.spelling import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desk_app.domain.importing.plan import Options

# A number that more than these share is that of a home or a firm.
MOST_COMPARED = 20
# What may be filled in where a client has nothing.
FILLABLE = ("phone", "email", "notes", "language", "timezone")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A client as they will be stored, and the line they come from."""

    line: int
    name: str
    phone: str = ""
    email: str = ""
    notes: str = ""
    language: str = ""
    timezone: str = ""
    consent_email: bool = True
    consent_sms: bool = False


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client there is, with what has to be compared; `lacks` names what is empty."""

    client_id: int
    name: str
    phone: str = ""
    email: str = ""
    lacks: frozenset[str] = frozenset()


class Likeness(StrEnum):
    """By what two are taken for one."""

    PHONE = "PHONE"
    PHONE_OTHER_NAME = "PHONE_OTHER_NAME"
    EMAIL = "EMAIL"

    @property
    def is_certain(self) -> bool:
        """Whether that is more than a number that a family shares."""
        return self is not Likeness.PHONE_OTHER_NAME


class Fate(StrEnum):
    """What is done with a line that is like another one, or like a client."""

    SKIPPED = "SKIPPED"
    FILLED = "FILLED"
    ADDED = "ADDED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A line that is like an earlier line, or like the client `client_id`."""

    line: int
    name: str
    other_name: str
    likeness: Likeness
    fate: Fate
    other_line: int = 0
    client_id: int = 0


@dataclass(frozen=True, slots=True)
class Filling:
    """What a client who lacks it is given: values by the names of columns."""

    client_id: int
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Who is added, who is filled in, and what was found twice."""

    new: tuple[NewPerson, ...] = ()
    fillings: tuple[Filling, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    faults: tuple[Fault, ...] = ()


def sort_out(
    people: Iterable[NewPerson],
    clients: Iterable[KnownClient],
    options: Options,
    phone_column: str = "",
) -> Sorted:
    """Decide about each person by what was chosen for those found twice."""
    sorting = _Sorting(options, phone_column)
    sorting.know(clients)
    for person in people:
        sorting.put(person)
    return Sorted(
        tuple(sorting.new),
        tuple(sorting.fillings),
        tuple(sorting.duplicates),
        tuple(sorting.faults),
    )


def folded(name: str) -> str:
    """Return a name as it is compared."""
    return " ".join(words_of(name))


class Index:
    """Finds clients by phone, or by e-mail and name."""

    def __init__(self, clients: Iterable[KnownClient] = ()) -> None:
        self._by_phone: dict[str, list[KnownClient]] = defaultdict(list)
        self._by_email: dict[tuple[str, str], KnownClient] = {}
        for client in clients:
            self.add(client)

    def add(self, client: KnownClient) -> None:
        """Know one more; the first of several that are alike is found."""
        if client.phone:
            self._by_phone[client.phone].append(client)
        if client.email:
            self._by_email.setdefault(_email_key(client.email, client.name), client)

    def find(
        self, name: str, phone: str, email: str
    ) -> tuple[KnownClient, Likeness] | None:
        """Return who is meant and by what that is said."""
        with_phone = self._by_phone.get(phone, []) if phone else []
        for client in with_phone[:MOST_COMPARED]:
            if is_similar(folded(name), folded(client.name)):
                return client, Likeness.PHONE
        found = self._by_email.get(_email_key(email, name)) if email else None
        if found is not None:
            return found, Likeness.EMAIL
        if with_phone:
            return with_phone[0], Likeness.PHONE_OTHER_NAME
        return None


@dataclass
class _Sorting:
    """Goes through the people in the order of the file."""

    options: Options
    phone_column: str
    new: list[NewPerson] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._clients, self._lines = Index(), Index()
        self._filled: set[int] = set()

    def know(self, clients: Iterable[KnownClient]) -> None:
        self._clients = Index(clients)

    def put(self, person: NewPerson) -> None:
        known = self._clients.find(person.name, person.phone, person.email)
        if known is not None and not self._put_known(person, *known):
            return
        twin = self._lines.find(person.name, person.phone, person.email)
        if twin is not None and not self._put_twin(person, *twin):
            return
        self.new.append(person)
        self._lines.add(
            KnownClient(person.line, person.name, person.phone, person.email)
        )

    def _put_known(
        self, person: NewPerson, client: KnownClient, likeness: Likeness
    ) -> bool:
        """Note that somebody is a client; say whether they are added all the same."""
        fate = Fate.SKIPPED
        if self.options.known is Known.ADD:
            fate = Fate.ADDED
        elif self.options.known is Known.FILL and self._fill(person, client, likeness):
            fate = Fate.FILLED
        self.duplicates.append(
            Duplicate(
                person.line,
                person.name,
                client.name,
                likeness,
                fate,
                client_id=client.client_id,
            )
        )
        return fate is Fate.ADDED

    def _fill(self, person: NewPerson, client: KnownClient, likeness: Likeness) -> bool:
        # One of a family who shares a phone is given nothing of another one.
        if likeness is Likeness.PHONE_OTHER_NAME or client.client_id in self._filled:
            return False
        values = tuple(_values(person, client))
        if values:
            self._filled.add(client.client_id)
            self.fillings.append(Filling(client.client_id, values))
        return bool(values)

    def _put_twin(
        self, person: NewPerson, earlier: KnownClient, likeness: Likeness
    ) -> bool:
        """Note that a line is like an earlier one; say whether it is added too."""
        fates = {
            Twins.REFUSE: Fate.REFUSED,
            Twins.FIRST: Fate.SKIPPED,
            Twins.ALL: Fate.ADDED,
        }
        fate = fates[self.options.twins]
        self.duplicates.append(
            Duplicate(
                person.line,
                person.name,
                earlier.name,
                likeness,
                fate,
                other_line=earlier.client_id,
            )
        )
        if fate is Fate.REFUSED:
            self.faults.append(self._refused(person, earlier, likeness))
        return fate is Fate.ADDED

    def _refused(
        self, person: NewPerson, earlier: KnownClient, likeness: Likeness
    ) -> Fault:
        what = "phone number"
        if likeness is Likeness.EMAIL:
            what = "name and e-mail address"
        words = f"The same {what} as in line {earlier.client_id}: {earlier.name}."
        column = "" if likeness is Likeness.EMAIL else self.phone_column
        return fault(person.line, words, person.phone or person.email, column)


def _email_key(email: str, name: str) -> tuple[str, str]:
    return email.lower(), folded(name)


def _values(person: NewPerson, client: KnownClient) -> Iterator[tuple[str, str]]:
    for name in FILLABLE:
        value = getattr(person, name)
        if value and name in client.lacks:
            yield name, value


def unreachable(people: Sequence[NewPerson]) -> int:
    """Return how many have neither a phone number nor an e-mail address."""
    return sum(1 for person in people if not person.phone and not person.email)
