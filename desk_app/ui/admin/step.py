"""Asks once before something is ended or taken back, and says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desk_app.ui.admin.form import FormDialog
from desk_app.ui.admin.staff_words import tr
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desk_app.ui.admin.ports import StaffPorts

WIDE = 440


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked, by which way it is done, and what is said then.

    `title` and `done` name whom it is about as %1. Enter does what `is_safe`, else it
    leaves. `window` is what the window is called.
    """

    title: str
    text: str
    done: str
    verbs: Verbs
    send: Callable[..., None]
    is_safe: bool = False
    window: str = ""


class Named(Protocol):
    """Whom or what a step is about; it is also what is sent."""

    @property
    def name(self) -> str:
        """What it is called."""


class StepDialog(FormDialog):
    """One question about one person, which stays until its outcome is known."""

    def __init__(
        self,
        person: Named,
        step: Step,
        patience: tuple[int, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(step.verbs, parent)
        self._person, self._step = person, step
        self.wire(step.send, patience)
        self._build()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        person: Named,
        step: Step,
        patience: tuple[int, ...] = PATIENCE,
    ) -> bool:
        """Say whether it was done."""
        dialog = cls(person, step, patience, parent)
        is_done = bool(dialog.exec())
        dialog.deleteLater()
        return is_done

    def submit(self) -> None:
        """Do it."""
        self.send(self._person)

    def _build(self) -> None:
        self.setWindowTitle(self._step.window or self.tr("Staff"))
        self.build_head(filled(self._step.title, self._person.name))
        text = PlainLabel(self._step.text)
        text.setWordWrap(True)
        column = self.build_column(WIDE)
        column.addWidget(text)
        column.addStretch(1)
        go, leave = self.buttons
        chosen = go if self._step.is_safe else leave
        self.make_default(chosen)
        chosen.setFocus()


def letting_go(ports: StaffPorts) -> Step:
    """Return what is asked before somebody is let go."""
    return Step(
        tr("Let %1 go?"),
        tr(
            "Loses access at once, also where they are signed in now; what they did"
            " stays under their name. They can be taken back."
        ),
        tr("%1 has left and can sign in no more."),
        Verbs(tr("&Let go"), tr("Letting go…"), tr("&Keep")),
        ports.let_go,
    )


def taking_back(ports: StaffPorts) -> Step:
    """Return what is asked before somebody is taken back."""
    return Step(
        tr("Take %1 back?"),
        tr("Signs in again with the login, the password and the role they had."),
        tr("%1 works here again."),
        Verbs(tr("&Take back"), tr("Taking back…"), tr("Close")),
        ports.take_back,
        is_safe=True,
    )


def ending_sessions(ports: StaffPorts) -> Step:
    """Return what is asked before what somebody has open is ended."""
    return Step(
        tr("End what %1 has open?"),
        tr(
            "Cuts their connections at every desk; what is not saved yet is lost. A"
            " desk that knows the password connects again by itself: to keep it out,"
            " give a new password or let them go."
        ),
        tr("What %1 had open was ended."),
        Verbs(tr("&End"), tr("Ending…"), tr("Close")),
        ports.end_sessions,
    )
