"""Compares what the desks were told with what is stored; lists every contradiction."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk_app.domain.appointment import (
    CancelRequest,
    ConfirmRequest,
    MoveRequest,
    Status,
)
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desk_app.db.session import Sessions
    from tests.stress.journal import Journal, Told

_APPOINTMENTS = """SELECT appointment_id, provider_id, start_time, busy_until, status,
    version, room_id FROM appointment ORDER BY provider_id, start_time"""
_TASKS = """SELECT appointment_id, (payload ->> 'version')::int, kind FROM outbox
    WHERE kind IN ('calendar_push', 'calendar_remove')"""
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True, slots=True)
class Stored:
    """An appointment as it is stored."""

    appointment_id: int
    provider_id: int
    start: datetime
    busy_until: datetime
    status: str
    version: int
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is stored when the desks have stopped."""

    appointments: dict[int, Stored]
    tasks: Counter[tuple[int, int, str]]
    keys: list[tuple[Any, ...]]
    clients: int
    day_versions: int
    deadlocks: int


def look(sessions: Sessions) -> World:
    """Read everything that is stored."""
    stored = [Stored(*row) for row in rows(sessions, _APPOINTMENTS)]
    return World(
        {each.appointment_id: each for each in stored},
        Counter(rows(sessions, _TASKS)),
        rows(sessions, "SELECT key, appointment_id FROM idempotency_key"),
        rows(sessions, "SELECT count(*) FROM client")[0][0],
        rows(sessions, "SELECT coalesce(sum(version), 0) FROM schedule_day")[0][0],
        rows(sessions, _DEADLOCKS)[0][0],
    )


def faults(journal: Journal, world: World, clients_before: int) -> list[str]:
    """Return every contradiction, in words; none if all is well."""
    return [
        *_overlaps(world, "provider_id"),
        *_overlaps(world, "room_id"),
        *_bookings(journal, world),
        *_versions(journal, world),
        *_tasks(journal, world),
        *_keys(journal, world),
        *_sums(journal, world, clients_before),
    ]


def _overlaps(world: World, what: str) -> Iterator[str]:
    last: dict[int, Stored] = {}
    for each in sorted(world.appointments.values(), key=lambda stored: stored.start):
        of = getattr(each, what)
        if each.status == Status.CANCELLED or of is None:
            continue
        before = last.get(of)
        if before and each.start < before.busy_until:
            yield f"overlap: {before} and {each}"
        if before is None or each.busy_until > before.busy_until:
            last[of] = each


def _bookings(journal: Journal, world: World) -> Iterator[str]:
    told = Counter(each.answer.appointment_id for each in journal.bookings())
    for number in told.keys() - world.appointments.keys():
        yield f"lost: appointment {number} was promised and is not stored"
    for number in world.appointments.keys() - told.keys():
        yield f"ghost: appointment {number} is stored and nobody was told of it"
    for number, times in told.items():
        if times > 1:
            yield f"twice: appointment {number} was given to {times} requests"


def _versions(journal: Journal, world: World) -> Iterator[str]:
    """Each version was told once, the last one is stored as it was told."""
    chains: dict[int, list[Told]] = defaultdict(list)
    for each in journal.told:
        chains[each.answer.appointment_id].append(each)
    for number, chain in chains.items():
        stored = world.appointments.get(number)
        chain.sort(key=lambda told: told.version)
        versions = [told.version for told in chain]
        if stored is None:
            continue
        if versions != list(range(1, stored.version + 1)):
            yield f"chain: {number} is {stored.version}, told were {versions}"
        elif not _is_as_told(chain[-1], stored):
            yield f"state: {stored} is not as told by {chain[-1].request}"


def _is_as_told(told: Told, stored: Stored) -> bool:
    request, answer = told.request, told.answer
    if answer.version != told.version:
        return False
    if isinstance(request, CancelRequest):
        return stored.status == Status.CANCELLED
    if isinstance(request, ConfirmRequest):
        return stored.status == Status.CONFIRMED
    if isinstance(request, MoveRequest) and stored.status == Status.CANCELLED:
        return False
    place = request.provider_id, request.start
    return place == (stored.provider_id, stored.start)


def _tasks(journal: Journal, world: World) -> Iterator[str]:
    """Each change has its rows in the outbox, and there are no others."""
    due: Counter[tuple[int, int, str]] = Counter()
    for told in journal.told:
        made = told.answer.appointment_id, told.version
        if isinstance(told.request, CancelRequest):
            due[*made, "calendar_remove"] += 1
            continue
        due[*made, "calendar_push"] += 1
        if isinstance(told.request, MoveRequest):
            before = told.before
            moved_away = before and before.provider_id != told.request.provider_id
            due[*made, "calendar_remove"] += int(bool(moved_away))
    for task in +(due - world.tasks):
        yield f"outbox: {task} is missing"
    for task in +(world.tasks - due):
        yield f"outbox: {task} belongs to nothing anybody was told of"


def _keys(journal: Journal, world: World) -> Iterator[str]:
    used = {told.request.idempotency_key for told in journal.told}
    kept = dict(world.keys)
    for key in used ^ kept.keys():
        yield f"key: {key} was used or kept alone"
    for key, number in kept.items():
        if number is None:
            yield f"key: {key} led to nothing"


def _sums(journal: Journal, world: World, clients_before: int) -> Iterator[str]:
    made = sum(
        getattr(told.request, "new_client", None) is not None for told in journal.told
    )
    if world.clients != clients_before + made:
        yield f"clients: {world.clients} instead of {clients_before + made}"
    raised = sum(len(told.days) for told in journal.told)
    if world.day_versions != raised:
        yield f"days: versions add up to {world.day_versions} instead of {raised}"
    if world.deadlocks:
        yield f"deadlocks: {world.deadlocks}"
    for request in journal.unresolved:
        yield f"unresolved: {request}"
