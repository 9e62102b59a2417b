"""What was done at this desk by the person who works here now, the latest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Before

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Undone
    from desk_app.domain.desk_rules import Telling

MOST = 50
_TELLS_NOBODY = frozenset({Status.COMPLETED})


class State(Enum):
    """How a deed stands."""

    DONE = auto()
    BEING_UNDONE = auto()
    UNDONE = auto()
    CHANGED = auto()
    """Somebody changed the appointment since."""
    TAKEN = auto()
    """Its time was given to somebody else since."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: in words, how to take it back, and when it was.

    `is_told` says that clients hear of it, once the grace time has passed and unless
    it is quiet then; each of its `visits` stands and stood there. `names` are those
    that stand in the words, where they are not hidden. `left` is how it left each of
    its appointments.
    """

    number: int
    words: str
    undone: tuple[Undone, ...]
    at: datetime
    is_told: bool
    names: tuple[str, ...] = ()
    state: State = State.DONE
    undone_at: datetime | None = None
    visits: tuple[tuple[datetime, ...], ...] = ()
    left: tuple[Before, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether it can still be taken back, as far as is known."""
        return self.state is State.DONE

    def leaves_at(self, telling: Telling) -> datetime:
        """Return when the first of the messages about it leaves."""
        return min(telling.told_at(self.at, starts) for starts in self.visits)

    def has_left(self, telling: Telling, now: datetime) -> bool:
        """Say whether clients have heard of it by now."""
        return self.is_told and now >= self.leaves_at(telling)


class Deeds:
    """The last fifty deeds; an older one is taken back after the later ones."""

    def __init__(self) -> None:
        self._deeds: list[Deed] = []
        self._count = 0

    @property
    def latest_first(self) -> Sequence[Deed]:
        """All of them."""
        return self._deeds

    def record(
        self,
        words: str,
        undone: tuple[Undone, ...],
        now: Sequence[Appointment],
        at: datetime,
    ) -> None:
        """Keep a deed; `now` are the appointments as it left them."""
        self._count += 1
        is_told = any(map(_is_told, undone, now))
        deed = Deed(
            self._count,
            words,
            undone,
            at,
            is_told,
            names=tuple(each.client_name for each in now),
            visits=tuple(map(_starts, undone, now)),
            left=tuple(map(Before.of, now)),
        )
        self._deeds.insert(0, deed)
        del self._deeds[MOST:]

    def clear(self) -> None:
        """Forget all: somebody else works here now."""
        self._deeds.clear()

    def latest(self) -> Deed | None:
        """Return what would be taken back next."""
        return next((deed for deed in self._deeds if deed.is_open), None)

    def find(self, number: int) -> Deed | None:
        """Return a deed as it stands."""
        return next((deed for deed in self._deeds if deed.number == number), None)

    def set_state(
        self, number: int, state: State, undone_at: datetime | None = None
    ) -> None:
        """Say how a deed stands now."""
        self._deeds = [
            replace(deed, state=state, undone_at=undone_at)
            if deed.number == number
            else deed
            for deed in self._deeds
        ]

    def see(self, appointment: Appointment) -> None:
        """Let the deed that an appointment stands by know of its later version.

        A link that comes or goes changes nothing that was done. Whatever else is new
        keeps the deed from being undone.
        """
        number, stands = appointment.appointment_id, Before.of(appointment)
        for at, deed in enumerate(self._deeds):
            concerned = [u for u in deed.undone if u.appointment_id == number]
            if not deed.is_open or not concerned:
                continue
            if stands in deed.left and concerned[0].version < appointment.version:
                versions = {(number, concerned[0].version): appointment.version}
                self._deeds[at] = _at_versions(deed, versions)
            return

    def follow(self, undone: Iterable[Undone], now: Iterable[Appointment]) -> None:
        """Let older deeds know the versions that stand there again.

        What was taken back left each appointment as the deed before had made it.
        """
        versions = {
            (each.appointment_id, each.since - 1): after.version
            for each, after in zip(undone, now, strict=True)
        }
        self._deeds = [_at_versions(deed, versions) for deed in self._deeds]


def _at_versions(deed: Deed, versions: dict[tuple[int, int], int]) -> Deed:
    return replace(deed, undone=tuple(_followed(u, versions) for u in deed.undone))


def _followed(undone: Undone, versions: dict[tuple[int, int], int]) -> Undone:
    version = versions.get((undone.appointment_id, undone.version))
    if version is None:
        return undone
    return replace(undone, version=version, made=undone.since)


def _starts(undone: Undone, now: Appointment) -> tuple[datetime, ...]:
    """Return where a visit stands, and where it stood."""
    before = undone.before
    return (now.start, before.start) if before else (now.start,)


def _is_told(undone: Undone, now: Appointment) -> bool:
    """Say whether a client hears of what was done to an appointment."""
    before = undone.before
    if before is None:
        return now.status is Status.CONFIRMED
    if now.status is not before.status:
        return now.status not in _TELLS_NOBODY
    place = (before.provider_id, before.start, before.end)
    return place != (now.provider_id, now.start, now.end)
