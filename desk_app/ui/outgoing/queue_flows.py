"""Ctrl+Shift+E: the queue in place of the schedule; and the light that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desk_app.domain.deliveries import Lamp, Part, Standing, is_moving, lamp
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.outgoing.messages_flows import GLANCE_MS, show_visit
from desk_app.worker.reports import NotCarrying, OutboxStands

if TYPE_CHECKING:
    from desk_app.domain.deliveries import Delivery, Queued
    from desk_app.domain.queue import Backlog
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.outgoing.deciding import Deciding
    from desk_app.ui.outgoing.queue_page import QueuePage
    from desk_app.ui.words import Words
    from desk_app.worker.reports import CourierLost, Why

# Several reports come of one change.
SOON_MS = 120


class QueueFlows(QObject):
    """Reads how messages stand when that may be otherwise; keeps the page up.

    The page is made when it is first wanted: on most days nobody needs it.

    Signals:
        stands: how messages stand for who is signed in (`Lamp`, `Standing`), and why
            this desk does not carry, if it says so (`Why` or None).
    """

    stands = Signal(object, object, object)

    def __init__(self, around: Around, deciding: Deciding) -> None:
        super().__init__(around)
        self._around, self._deciding = around, deciding
        self._page: QueuePage | None = None
        self._queued: Queued | None = None
        self._carries = False
        self._told: tuple[int, ...] = ()
        self._why: Why | None = None
        self._place = around.pager.place
        self._latest = Latest(
            around.port(around.desk.deliveries.queue, replaces="queue"),
            self._on_read,
            self._on_not_read,
            self,
        )
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._glance = QTimer(self, singleShot=True, interval=GLANCE_MS)
        self._connect()

    @property
    def page(self) -> QueuePage:
        """The page, made when it is first asked for."""
        if self._page is None:
            self._page = self._made()
        return self._page

    @property
    def is_shown(self) -> bool:
        """Whether the queue stands where the schedule was."""
        return self._page is not None and self._around.pane.cover is self._page

    @Slot()
    def switch(self) -> None:
        """Show the queue, or the schedule again."""
        if self.is_shown:
            self.leave()
        else:
            self.open()

    @Slot()
    def open(self) -> None:
        """Show the queue from its beginning."""
        self._place = self._around.pager.place
        self._around.pane.show_cover(self.page)
        self.page.setFocus()
        self.page.choose_part(Part.ALL)

    @Slot()
    def leave(self) -> None:
        """Show the schedule as it was, with the keyboard in it."""
        self._latest.drop()
        self._around.pane.uncover()
        self._around.view.setFocus()

    @Slot()
    def look(self) -> None:
        """Read how messages stand, and the queue if it is shown."""
        if self.is_shown:
            self._latest.ask(self.page.part)
        self._around.calls.run(
            self._around.desk.deliveries.standing,
            then=self._on_standing,
            failed=self._on_not_known,
            replaces="standing",
        )

    def _connect(self) -> None:
        around, news = self._around, self._around.news
        for told in (
            news.queue_changed,
            news.refresh_due,
            news.connected,
            self._deciding.decided,
        ):
            told.connect(self._soon.start)
        self._soon.timeout.connect(self.look)
        self._glance.timeout.connect(self._on_glance)
        around.carried.connect(self._on_carried)
        around.queue_wanted.connect(self.open)
        around.person_changed.connect(self._on_person_changed)
        around.pager.turned.connect(self._on_turned)
        privacy.current().changed.connect(self._write)

    def _made(self) -> QueuePage:
        # Read and built when it is wanted: no start should wait for it.
        from desk_app.ui.outgoing.queue_page import QueuePage

        page = QueuePage()
        self._around.pane.add_cover(page)
        page.part_wanted.connect(self._latest.ask)
        page.detail.again_wanted.connect(self._deciding.try_again)
        page.detail.settle_wanted.connect(self._deciding.settle)
        page.all_again_wanted.connect(self._deciding.try_all_again)
        page.visit_wanted.connect(self._on_visit_wanted)
        page.left.connect(self.leave)
        self._deciding.refused.connect(self._on_refused)
        return page

    # -- the light

    @Slot(object)
    def _on_carried(self, report: OutboxStands | CourierLost | NotCarrying) -> None:
        """Look again when the courier here sees something else than before.

        It counts everybody's messages; what is shown is what this person may see.
        """
        carries = isinstance(report, OutboxStands)
        why = report.why if isinstance(report, NotCarrying) else None
        told = _told(report.backlog) if isinstance(report, OutboxStands) else ()
        now = (carries, why, told)
        if now != (self._carries, self._why, self._told) or self.is_shown:
            self._carries, self._why, self._told = now
            if not self._soon.isActive():
                self._soon.start()

    @Slot(object)
    def _on_standing(self, standing: Standing) -> None:
        said = lamp(standing, carries=self._carries)
        self.stands.emit(said, standing, self._why)

    @Slot(object)
    def _on_not_known(self, _error: DeskError) -> None:
        """Leave the light as it is: that the server is away is said beside it."""

    # -- the page

    def _on_read(self, queued: Queued) -> None:
        self._queued = queued
        self._write()
        if is_moving(queued.rows, queued.now):
            self._glance.start()

    def _on_not_read(self, error: DeskError) -> None:
        self.page.complain(notices.cannot_show(error), topic="reading")
        if self._queued is None:
            self.page.say(self.tr("The messages could not be read."))

    @Slot()
    def _on_glance(self) -> None:
        """Look again at what was just leaving, while somebody sees it."""
        if self.is_shown:
            self.look()

    @Slot()
    def _write(self) -> None:
        if self._queued is not None and self._page is not None:
            self.page.show_queue(self._queued, self._around.screen())

    @Slot(object)
    def _on_refused(self, said: Words) -> None:
        """Say it where it was asked for: the page of a visit has the same deeds."""
        if self.is_shown:
            self.page.complain(said)

    @Slot(object)
    def _on_visit_wanted(self, row: Delivery) -> None:
        self._around.pane.uncover()
        show_visit(self._around, row)

    @Slot()
    def _on_turned(self) -> None:
        """Give way when other days are wanted."""
        if self.is_shown and self._around.pager.place != self._place:
            self._latest.drop()
            self._around.pane.uncover()

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nobody what the one before has seen."""
        self._latest.drop()
        self._queued = None
        if self._page is not None:
            self._page.clear()
        if self.is_shown:
            self._around.pane.uncover()
        self.stands.emit(Lamp.CALM, Standing(), self._why)
        self._soon.start()


def _told(backlog: Backlog) -> tuple[int, ...]:
    """Return what makes a look worth while: trouble, and each minute of delay."""
    overdue = int(backlog.overdue_seconds // 60)
    return (*(backlog.trouble[state] for state in sorted(backlog.trouble)), overdue)
