"""Holding the time of an open form, and shading what other desks hold.

A form gets a `Holder`; it says which time is chosen, and lets go when it closes. The
calls follow each other, so that what was let go first is never held last.
"""

from __future__ import annotations

import platform
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.holds import RENEWED_EVERY, HoldRequest
from desk_app.errors import Unavailable
from desk_app.settings import LONGEST_DESK_NAME

if TYPE_CHECKING:
    from desk_app.domain.holds import Hold
    from desk_app.domain.people import Service
    from desk_app.errors import DeskError
    from desk_app.settings import Settings
    from desk_app.ui.around import Around, Failed, Port, Then


def desk_name(settings: Settings) -> str:
    """Return what this desk is called: by its settings, else by its computer."""
    name = settings.desk_name.strip() or platform.node()
    return "".join(letter for letter in name if letter.isprintable())[
        :LONGEST_DESK_NAME
    ]


class HoldingFlows(QObject):
    """Makes holders, and shows in the grid what others hold; the own is no news."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around
        self._own: set[UUID] = set()
        around.news.holds_changed.connect(self._on_holds_changed)
        around.person_changed.connect(self._on_person_changed)

    def holder(self) -> Holder:
        """Return what keeps one time for one form."""
        return Holder(self)

    def began(self, hold_id: UUID) -> None:
        """Know a hold as the own, also while news of it are still on their way."""
        self._own.add(hold_id)

    def send(self, wanted: HoldRequest | UUID, holder: Holder) -> None:
        """Hold a time, or let go of one; the holder hears what came of it."""
        holding, calls = self._around.desk.holding, self._around.calls
        work = holding.release if isinstance(wanted, UUID) else holding.hold
        calls.run(work, wanted, then=holder.on_answer, failed=holder.on_failed)

    @property
    def desk_name(self) -> str:
        """What the other desks call this one."""
        return desk_name(self._around.desk.settings)

    @Slot(object)
    def _on_holds_changed(self, holds: tuple[Hold, ...]) -> None:
        foreign = [hold for hold in holds if hold.hold_id not in self._own]
        self._around.view.held.show(foreign)
        # Forms compare with this desk's own clock.
        now = datetime.now(UTC)
        self._around.holds = tuple(
            replace(hold, expires_at=now + hold.left) for hold in foreign
        )

    @Slot()
    def _on_person_changed(self) -> None:
        """Who comes now may see other diaries: ask anew who holds what."""
        self._on_holds_changed(())
        diary, calls = self._around.desk.diary, self._around.calls
        calls.run(diary.holds, then=self._on_holds_changed, failed=self._on_unknown)

    @Slot(object)
    def _on_unknown(self, _error: DeskError) -> None:
        """Wait for the next notice: it brings all of them."""


class Holder(QObject):
    """Holds one time at once; another time gets a hold of its own."""

    def __init__(self, flows: HoldingFlows) -> None:
        super().__init__(flows)
        self._flows = flows
        self._wanted: HoldRequest | None = None
        self._held: UUID | None = None
        self._used: dict[Any, UUID | None] = {}
        self._is_asking = self._is_over = self._is_closed = False
        every = round(RENEWED_EVERY.total_seconds() * 1000)
        self._renewing = QTimer(self, interval=every)
        self._renewing.timeout.connect(self._renew)

    @property
    def hold_id(self) -> UUID | None:
        """The hold on the time that is chosen, for the request that books it."""
        return self._wanted.hold_id if self._wanted else None

    def hold(self, provider_id: int, start: datetime, end: datetime) -> None:
        """Hold `[start, end)` of a provider, buffer included, from now on."""
        wanted = self._wanted
        span = (provider_id, start, end)
        if wanted and (wanted.provider_id, wanted.start, wanted.end) == span:
            return
        self._wanted = HoldRequest(uuid4(), *span, self._flows.desk_name)
        self._flows.began(self._wanted.hold_id)
        self._is_over = False
        self._renewing.start()
        self._go_on()

    def choose(self, start: datetime | None, service: Service | None) -> None:
        """Hold the time of a service, buffer included; let go where one is missing."""
        if start is None or service is None:
            self.release()
        else:
            end = start + service.duration + service.buffer
            self.hold(service.provider_id, start, end)

    def used_by(self, send: Port) -> Port:
        """Return a way to send a request together with the hold on its time.

        A request that is sent again, even after letting go, is the same as before.
        """

        def with_hold(request: Any, then: Then, failed: Failed) -> None:
            hold_id = self._used.setdefault(request, self.hold_id)
            send(replace(request, hold_id=hold_id), then, failed)

        return with_hold

    def release(self) -> None:
        """Let go of the time; another may be held later."""
        self._wanted = None
        self._renewing.stop()
        self._go_on()

    def close(self) -> None:
        """Let go for good: the form is closed."""
        self._is_closed = True
        self.release()

    @Slot(object)
    def on_answer(self, answer: object) -> None:
        """Go on; one that was held for the longest is not asked for again."""
        self._is_asking = False
        if answer is False:
            self._is_over = True
            self._renewing.stop()
        self._go_on()

    @Slot(object)
    def on_failed(self, error: DeskError) -> None:
        """Nothing is lost: a hold is a courtesy, and ends by itself."""
        self._is_asking = False
        if not isinstance(error, Unavailable):
            self._is_over = True
            self._renewing.stop()
        if self._is_closed:
            self._end()

    @Slot()
    def _renew(self) -> None:
        if self._wanted is not None and not self._is_asking:
            self._ask(self._wanted)

    def _go_on(self) -> None:
        """Do what is next: let go of another time, hold the chosen one, or end."""
        if self._is_asking:
            return
        wanted = self._wanted
        if self._held is not None and self._held != self.hold_id:
            gone, self._held = self._held, None
            self._ask(gone)
        elif wanted is not None and self._held is None and not self._is_over:
            self._held = wanted.hold_id
            self._ask(wanted)
        elif self._is_closed:
            self._end()

    def _ask(self, wanted: HoldRequest | UUID) -> None:
        self._is_asking = True
        self._flows.send(wanted, self)

    def _end(self) -> None:
        self._renewing.stop()
        self.deleteLater()
