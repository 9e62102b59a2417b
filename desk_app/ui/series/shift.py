"""Moves an appointment and all that follow: from where to where, clashes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.deeds import Move, MoveAllRequest
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.series.dates_dialog import DatesDialog
from desk_app.ui.series.dates_words import DatesWords

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.series import ShiftWish
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.series.ports import ShiftPorts


class ShiftDialog(DatesDialog):
    """Lists what will happen; Enter moves all of them together."""

    def __init__(
        self,
        appointment: Appointment,
        wish: ShiftWish,
        screen: Screen,
        ports: ShiftPorts,
        parent: QWidget | None = None,
    ) -> None:
        words = DatesWords(screen, moves=True)
        super().__init__(_verbs(), words, ports.plan, parent)
        self._appointment, self._wish, self._screen = appointment, wish, screen
        self._desk = self.wire(ports.move_all, ports.patience, ports.take_over)
        self._build()
        self.plan()
        self.buttons[0].setFocus()

    def plan(self) -> None:
        """Look at where all of them would go."""
        self.look_at(self._wish)

    def carry_out(self) -> None:
        """Move those that go somewhere else."""
        moves = tuple(
            Move(seen.appointment_id, seen.version, self._wish.provider_id, row.start)
            for row in self.dates.rows
            if (seen := row.planned.appointment) is not None and row.start is not None
        )
        self.send(MoveAllRequest(self._desk.key, moves, self.aside.override))

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the first of them."""
        words = visit_words.visit(self._appointment, self._screen)
        return Unsettled(asking, words)

    def moved(self) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
        """Return the appointments that were moved, as they were and as they are."""
        after: tuple[Appointment, ...] = self.answer or ()
        seen = {
            row.planned.appointment.appointment_id: row.planned.appointment
            for row in self.dates.rows
            if row.planned.appointment is not None
        }
        return tuple(seen[each.appointment_id] for each in after), after

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Move this and all that follow"))
        heading = Heading(self._screen)
        heading.show_moving(self._appointment)
        self.header.addWidget(heading)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.addWidget(self.build_dates())


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("ShiftDialog", "&Move all"),
        busy=translate("ShiftDialog", "Moving…"),
        leave=translate("ShiftDialog", "&Keep as they are"),
    )
