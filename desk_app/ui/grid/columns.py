"""The columns of the grid with their cards, prepared for painting when data arrives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Status
from desk_app.domain.deeds import Mark
from desk_app.domain.interval import Interval
from desk_app.domain.lanes import assign_lanes
from desk_app.domain.schedule import ProviderDay
from desk_app.domain.waiting_room import stage_of
from desk_app.ui import format as written
from desk_app.ui.grid.clock import DAY, wall_clock
from desk_app.ui.grid.wishes import SlotChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.room_days import RoomDay
    from desk_app.domain.rooms import RoomTimes
    from desk_app.domain.schedule import Block, Source
    from desk_app.errors import Refused
    from desk_app.ui.grid.clock import TimeLabels, WallClock

    AnyDay: TypeAlias = ProviderDay | RoomDay
    Tint = Callable[[Appointment], str]

_AXIS = datetime(2000, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_STATUS_MARKS = {Status.PENDING: "?", Status.COMPLETED: "check", Status.NO_SHOW: "x"}

_STAGE_MARKS = {
    Mark.ARRIVED: "armchair",
    Mark.WITH_PROVIDER: "user-check",
    Mark.LEFT: "log-out",
}


class CardKind:
    """What decides over the look of an empty card; there is one object per kind.

    `marks` are icons, and "?" for what is not confirmed: no status is told by its
    colour alone. `tint` is "#rrggbb" where its colour says something else, or "".
    """

    __slots__ = ("marks", "status", "tint")

    def __init__(self, status: Status, marks: tuple[str, ...], tint: str) -> None:
        self.status, self.marks, self.tint = status, marks, tint


# Not frozen: 600 are made for each day that is turned to, and setting fields through
# object.__setattr__ would cost a millisecond. Once laid out, nobody changes one.
@dataclass(slots=True)
class Card:
    """One appointment as it is drawn.

    `top` and `bottom` are wall minutes, `tail` the end of its buffer, `times` the
    words for both, `what` those for what it is. Up to `free_until` a very low card
    may be drawn higher, so that its name can be read. It takes `lane_span` of
    `lane_count` lanes from `lane`.
    """

    appointment: Appointment
    top: int
    bottom: int
    tail: int
    times: str
    kind: CardKind
    free_until: int
    what: str = ""
    lane: int = 0
    lane_count: int = 1
    lane_span: int = 1


@dataclass(frozen=True, slots=True)
class BlockMark:
    """Blocked time as it is drawn."""

    top: int
    bottom: int
    reason: str
    source: Source


class Column:
    """One provider on one day: hours, blocks and cards in the order of time.

    `name`, `kind` and `colour` stand above it. `provider_id` is whose times these
    are, `room_id` in which room, each None where the column does not say.
    """

    provider_id: int | None
    room_id: int | None = None

    def __init__(
        self, provider_day: ProviderDay, labels: TimeLabels, tint: Tint | None = None
    ) -> None:
        self._provider_day = provider_day
        self._provider = provider = provider_day.provider
        self.provider_id = provider.provider_id
        self.name, self.colour = provider.name, provider.colour
        self.kind = written.provider_type(provider.type)
        self._begin(provider_day.day, provider.timezone, labels, tint)
        self._fill(
            provider_day.open_windows, provider_day.blocks, provider_day.appointments
        )

    def _begin(
        self, day: date, timezone: str, labels: TimeLabels, tint: Tint | None
    ) -> None:
        self._tint, self._labels = tint, labels
        self.day = day
        self.clock: WallClock = wall_clock(day, ZoneInfo(timezone))

    def _fill(
        self,
        hours: Iterable[Interval],
        blocks: Iterable[Block],
        appointments: Iterable[Appointment],
    ) -> None:
        self.hours = tuple(
            span for window in hours for span in self.clock.spans(window)
        )
        self.blocks = tuple(
            BlockMark(span.top, span.bottom, block.reason, block.source)
            for block in blocks
            for span in self.clock.spans(block.span)
        )
        self.cards: list[Card] = in_lanes([self.card_of(each) for each in appointments])

    @property
    def key(self) -> tuple[int, date]:
        """What makes a column the same after a reload."""
        return self._provider.provider_id, self.day

    @property
    def days(self) -> tuple[ProviderDay, ...]:
        """The days that decide over what is free here."""
        return (self._day_now(),)

    def is_made_of(self, day: object) -> bool:
        """Say whether a column made of this would look the same."""
        if not isinstance(day, ProviderDay):
            return False
        return self._day_now() == replace(day, version=self._provider_day.version)

    def set_rooms(self, rooms: RoomTimes) -> None:
        """Learn anew when rooms are busy."""
        self._provider_day = replace(self._provider_day, rooms=rooms)

    def made_of(self) -> AnyDay:
        """Return the day with the appointments as they are now."""
        return self._day_now()

    def card_of(self, appointment: Appointment) -> Card:
        """Prepare a card; its lanes come later."""
        top, bottom = self.clock.hull(appointment.start, appointment.end)
        tail = bottom
        if appointment.busy_until > appointment.end:
            tail = self.clock.hull(appointment.start, appointment.busy_until)[1]
        times = self._labels.span(top, bottom)
        kind = kind_of(
            appointment.status,
            appointment.is_virtual,
            appointment.no_show_flag,
            stage_of(appointment),
            self._tint(appointment) if self._tint else "",
        )
        what = self.what(appointment)
        return Card(appointment, top, bottom, tail, times, kind, bottom, what)

    def shows(self, appointment: Appointment) -> bool:
        """Say whether an appointment belongs into this column."""
        return (
            appointment.provider_id == self.provider_id
            and appointment.status is not Status.CANCELLED
            and appointment.start < self.clock.end
            and self.clock.start < appointment.end
        )

    def find(self, appointment_id: int) -> int:
        """Return the row of an appointment, -1 if it is not here."""
        for row, card in enumerate(self.cards):
            if card.appointment.appointment_id == appointment_id:
                return row
        return -1

    # What a time here means, and what an appointment here would be.

    def slot(self, start: datetime) -> SlotChoice:
        """Return what a free time of it means."""
        return SlotChoice(self.provider_id, start, self.day)

    def owner_of(self, _moved: Appointment) -> int:
        """Return with whom an appointment would be here."""
        return self._provider.provider_id

    def day_for(self, _provider_id: int) -> ProviderDay | None:
        """Return the day that decides over a provider's free times here."""
        return self._day_now()

    def fitting(self, service: Service | None) -> Service | None:
        """Return a service as it can be here, None if it cannot."""
        return service

    def refused(self, _start: datetime) -> Refused | None:
        """Return what speaks against every service then, None for nothing."""
        return None

    def what(self, appointment: Appointment) -> str:
        """Return what stands on a card below the name."""
        return written.what(appointment)

    def beside(self, _appointment: Appointment) -> str:
        """Return with whom an appointment of this column is."""
        return self.name

    def _day_now(self) -> ProviderDay:
        appointments = tuple(card.appointment for card in self.cards)
        return replace(self._provider_day, appointments=appointments)


@lru_cache(maxsize=1024)
def kind_of(
    status: Status,
    is_virtual: bool,
    no_show_flag: bool,
    stage: Mark = Mark.EXPECTED,
    tint: str = "",
) -> CardKind:
    """Return the kind of card for an appointment like this."""
    marks = []
    if no_show_flag:
        marks.append("triangle-alert")
    if is_virtual:
        marks.append("video")
    if status in _STATUS_MARKS:
        marks.append(_STATUS_MARKS[status])
    if stage in _STAGE_MARKS:
        marks.append(_STAGE_MARKS[stage])
    return CardKind(status, tuple(marks), tint)


def in_lanes(cards: Iterable[Card]) -> list[Card]:
    """Sort cards by time and put overlapping ones side by side."""
    ordered = sorted(cards, key=place)
    if not _is_single_file(ordered):
        return _side_by_side(ordered)
    for card, after in pairwise(ordered):
        card.free_until = after.top
    if ordered:
        ordered[-1].free_until = DAY
    return ordered


def place(card: Card) -> tuple[int, int, int]:
    """Return what cards of a column are sorted by."""
    return card.top, card.bottom, card.appointment.appointment_id


def _is_single_file(cards: Sequence[Card]) -> bool:
    end = 0
    for card in cards:
        if card.top < end:
            return False
        end = card.bottom
    return True


def _side_by_side(cards: Sequence[Card]) -> list[Card]:
    # The lanes are those of the axis, so the wall clock stands in for instants.
    lanes = assign_lanes([_on_axis(card) for card in cards])
    return [
        replace(
            card,
            free_until=card.bottom,
            lane=lane.first,
            lane_count=lane.count,
            lane_span=lane.span,
        )
        for card, lane in zip(cards, lanes, strict=True)
    ]


def _on_axis(card: Card) -> Interval:
    return Interval(_AXIS + card.top * _MINUTE, _AXIS + card.bottom * _MINUTE)
