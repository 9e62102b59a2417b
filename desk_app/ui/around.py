"""What every part of the window works with, and how it tells what was done.

A part is a small QObject in a folder of its own; it is given this and nothing else,
connects itself, and hears here what concerns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desk_app.domain.deeds import Before, Undone
from desk_app.domain.slots import Alignment
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.ports import Screen
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.holds import Hold
    from desk_app.domain.schedule import ProviderDay
    from desk_app.domain.staff import Me
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls
    from desk_app.ui.grid.view import DiaryView
    from desk_app.ui.news import News
    from desk_app.ui.pager import Pager
    from desk_app.ui.practice import Practice
    from desk_app.ui.schedule_pane import SchedulePane
    from desk_app.ui.side.pane import SidePane

    Then = Callable[[Any], object]
    Failed = Callable[[DeskError], object]
    Port = Callable[[Any, Then, Failed], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: one line on it, the appointments as they are now, the way back.

    The first of `appointments` is the one to look at.
    """

    words: str
    appointments: tuple[Appointment, ...] = ()
    undone: tuple[Undone, ...] = ()


@dataclass(frozen=True)
class Parts:
    """The parts that all others look at."""

    desk: Desk
    calls: Calls
    pane: SchedulePane
    side: SidePane
    news: News
    pager: Pager


class Around(QObject):
    """The window, as its parts see it.

    Signals:
        done: something was done (`Done`), also long after its dialog was closed.
        said: a line for the status bar.
        hint: why nothing happens, shown where it is seen.
        practice_changed: the catalogue is another one, perhaps of another person.
        person_changed: somebody else works here now.
        reports_wanted: the reports are to be shown.
        queue_wanted: the messages that wait are to be shown.
        undo_wanted: the latest deed is to be taken back.
        day_wanted: a day is to be shown (date).
        appointment_wanted: an appointment is to be shown and chosen.
        place_chosen: this desk is at other locations (their numbers; all if empty).
        carried: how the courier at this desk stands (`OutboxStands`, `CourierLost` or
            `NotCarrying` of `worker/reports.py`); never where no courier runs.
    """

    done = Signal(object)
    said = Signal(str)
    hint = Signal(str)
    practice_changed = Signal()
    person_changed = Signal()
    reports_wanted = Signal()
    queue_wanted = Signal()
    undo_wanted = Signal()
    day_wanted = Signal(object)
    appointment_wanted = Signal(object)
    place_chosen = Signal(object)
    carried = Signal(object)

    def __init__(self, parts: Parts, practice: Practice) -> None:
        super().__init__(parts.pane)
        self.desk, self.calls, self.news = parts.desk, parts.calls, parts.news
        self.pane, self.side, self.pager = parts.pane, parts.side, parts.pager
        self.practice = practice
        self.days: tuple[ProviderDay, ...] = ()
        self.service = ""
        self.holds: tuple[Hold, ...] = ()
        self.at = frozenset(parts.desk.settings.locations)

    @property
    def view(self) -> DiaryView:
        """The grid."""
        return self.pane.view

    @property
    def me(self) -> Me:
        """Who is signed in."""
        return self.practice.catalogue.me

    def set_practice(self, practice: Practice) -> None:
        """Go on with another catalogue."""
        is_other = practice.catalogue.me.login != self.me.login
        self.practice = practice
        if is_other:
            self.person_changed.emit()
        self.practice_changed.emit()

    def screen(self) -> Screen:
        """Return what dialogs must know to show times and names."""
        catalogue = self.practice.catalogue
        return Screen(
            catalogue,
            self.practice.zone,
            datetime.now(UTC),
            self.days,
            catalogue.alignment or Alignment(),
            has_logins=self.desk.access.can_lock(catalogue.me),
            holds=self.holds,
        )

    def port(self, function: Callable[[Any], Any], replaces: str | None = None) -> Port:
        """Return a way to ask a service that returns at once.

        `then` or `failed` follows on the GUI thread. Of several wishes that replace
        each other only the latest is answered.
        """

        def ask(request: Any, then: Then, failed: Failed) -> None:
            self.calls.run(
                function, request, then=then, failed=failed, replaces=replaces
            )

        return ask

    def may_change(self, *provider_ids: int | None) -> bool:
        """Say whether these diaries are this person's to change, or hint why not."""
        may = all(map(self.me.may_change, provider_ids))
        if not may:
            self.hint.emit(
                self.tr("With your login you book and change your own diary.")
            )
        return may

    def words_of(self, appointment: Appointment) -> str:
        """Return whose visit it is, when and with whom."""
        return visit_words.visit(appointment, self.screen())

    def booked(self, text: str, *appointments: Appointment) -> None:
        """Tell of new appointments; `text` has a %1 for the first of them."""
        ways_back = [Undone(a.appointment_id, a.version, None) for a in appointments]
        self._tell(text, appointments, ways_back)

    def changed(
        self,
        text: str,
        before: Sequence[Appointment],
        after: Sequence[Appointment],
    ) -> None:
        """Tell of changed appointments, in the same order as they were before."""
        ways_back = [
            Undone(now.appointment_id, now.version, Before.of(was), was.version + 1)
            for was, now in zip(before, after, strict=True)
        ]
        self._tell(text, after, ways_back)

    def put(self, appointment: Appointment) -> None:
        """Show an appointment as it is now, with nothing to say or undo."""
        self.news.appointment_changed.emit(appointment)

    def _tell(
        self, text: str, now: Sequence[Appointment], ways_back: Sequence[Undone]
    ) -> None:
        words = filled(text, self.words_of(now[0]))
        self.done.emit(Done(words, tuple(now), tuple(ways_back)))
