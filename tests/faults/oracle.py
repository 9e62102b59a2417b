"""Compares what reached the far side with what the practice has; names every fault."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk_app.domain.event_ids import event_id
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.faults.far_side import FarSide
    from tests.faults.practice import Practice

_APPOINTMENTS = """SELECT appointment_id, provider_id, start_time, status
    FROM appointment ORDER BY appointment_id"""
_ROWS = """SELECT appointment_id, kind, state, channel, payload, outcome, attempts
    FROM outbox ORDER BY outbox_id"""
_PRACTICE = "SELECT value FROM practice_setting WHERE name = 'practice_id'"
_UNSETTLED = """SELECT count(*) FROM outbox WHERE state = 'SENDING'
    OR state = 'WAITING' AND run_at < now() + interval '1 hour'"""
CANCELLED = "CANCELLED"
LEFT = ("DONE", "UNSURE")
ONCE = ("confirmation", "cancellation_notice")
LISTED = ("UNSURE", "DEAD", "MISSED")


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment as it stands."""

    appointment_id: int
    provider_id: int
    start: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox."""

    appointment_id: int
    kind: str
    state: str
    channel: str
    payload: dict[str, Any]
    outcome: str
    attempts: int

    @property
    def place(self) -> tuple[object, object]:
        """Where a delivery says that the visit stands."""
        return self.payload.get("provider_id"), self.payload.get("start")


@dataclass(frozen=True, slots=True)
class Event:
    """What a provider's calendar shows; `appointment_id` is 0 for that of no visit."""

    appointment_id: int
    provider_id: int
    start: datetime


@dataclass
class World:
    """Everything that is stored, here and outside, when all is quiet."""

    visits: dict[int, Visit]
    rows: list[Row]
    events: list[Event]
    letters: Counter[str]
    poisoned: set[int] = field(default_factory=set)

    @property
    def deliveries(self) -> list[Row]:
        """What was to be sent by e-mail."""
        return [row for row in self.rows if row.channel]

    def states(self) -> dict[str, int]:
        """Return how many deliveries ended in each state."""
        return dict(Counter(row.state for row in self.deliveries))


def is_quiet(sessions: Sessions) -> bool:
    """Say whether nothing is left to be done now."""
    return not rows(sessions, _UNSETTLED)[0][0]


def look(practice: Practice, far: FarSide) -> World:
    """Read everything."""
    visits = [Visit(*row) for row in rows(practice.sessions, _APPOINTMENTS)]
    known_as = rows(practice.sessions, _PRACTICE)[0][0]
    ids = {
        event_id(known_as, visit.appointment_id): visit.appointment_id
        for visit in visits
    }
    events = [
        Event(ids.get(event, 0), int(provider), datetime.fromisoformat(said["start"]))
        for (provider, event), said in far.calendars.events.items()
    ]
    return World(
        {visit.appointment_id: visit for visit in visits},
        [Row(*row) for row in rows(practice.sessions, _ROWS)],
        events,
        Counter(message_id for _, message_id in far.mail.taken),
        set(practice.poisoned),
    )


def faults(world: World) -> list[str]:
    """Return every contradiction, in words; none if all is well."""
    return [
        *_calendars(world),
        *_letters(world),
        *_untold(world),
        *_dead(world),
        *_stuck(world),
    ]


def _calendars(world: World) -> Iterator[str]:
    """Each visit that stands is shown once, where and when it is; no other is."""
    shown: dict[int, list[Event]] = defaultdict(list)
    for event in world.events:
        shown[event.appointment_id].append(event)
    for number in shown.keys() - world.visits.keys():
        yield f"duplicate: {len(shown[number])} events of no visit"
    for number, visit in world.visits.items():
        events = shown[number]
        if number in world.poisoned:
            continue
        if visit.status != CANCELLED and not events:
            yield f"missing: {number} is not shown"
        if len(events) > 1:
            yield f"duplicate: {number} is shown {len(events)} times"
        for event in events:
            yield from _event(visit, event)


def _event(visit: Visit, event: Event) -> Iterator[str]:
    if visit.status == CANCELLED:
        yield f"gone: {visit.appointment_id} was cancelled and is shown"
    elif event.provider_id != visit.provider_id:
        yield f"gone: {visit.appointment_id} is shown where it no longer is"
    elif event.start != visit.start:
        yield f"stale: {visit.appointment_id} is shown when it no longer is"


def _letters(world: World) -> Iterator[str]:
    """No letter twice; what is said to have left has left, and nothing else has."""
    arrived: Counter[tuple[int, str]] = Counter()
    for message_id, times in world.letters.items():
        if times > 1:
            yield f"twice: {message_id} came {times} times"
        kind, number, *_ = message_id.strip(" <").split(".")
        arrived[int(number), kind] += times
    sure = _ended(world, "DONE")
    unsure = _ended(world, "UNSURE")
    for key in arrived.keys() | sure.keys():
        if arrived[key] < sure[key]:
            yield f"lost: {key} is said to have left and has not arrived"
        if arrived[key] > sure[key] + unsure[key]:
            yield f"twice: {key} arrived more often than anybody knows"
        if arrived[key] > 1 and key[1] in ONCE:
            yield f"twice: {key} came {arrived[key]} times"


def _ended(world: World, state: str) -> Counter[tuple[int, str]]:
    return Counter(
        (row.appointment_id, row.kind) for row in world.deliveries if row.state == state
    )


def _untold(world: World) -> Iterator[str]:
    """Everybody knows how their visit stands, or somebody here knows that not."""
    by_visit: dict[int, list[Row]] = defaultdict(list)
    for row in world.deliveries:
        by_visit[row.appointment_id].append(row)
    for number, visit in world.visits.items():
        sent = by_visit[number]
        here = visit.provider_id, round(visit.start.timestamp())
        known = [row for row in sent if row.state in (*LEFT, *LISTED)]
        if visit.status != CANCELLED:
            if not any(row.place == here for row in known):
                yield f"untold: {number} stands where nobody was told"
            continue
        was_told = any(r.state in LEFT for r in sent if "cancel" not in r.kind)
        if was_told and not any("cancel" in row.kind for row in known):
            yield f"untold: {number} was cancelled and nobody was told"


def _dead(world: World) -> Iterator[str]:
    """All poison is in the dead letters, and nothing else is."""
    dead = {row.appointment_id for row in world.rows if row.state == "DEAD"}
    for number in world.poisoned - dead:
        yield f"poison: {number} is not among the dead letters"
    for number in dead - world.poisoned:
        yield f"dead: {number} is no poison"


def _stuck(world: World) -> Iterator[str]:
    for row in world.rows:
        if row.state == "SENDING":
            yield f"stuck: {row.kind} of {row.appointment_id}"
