"""Every screen of the program, by name: a function that opens it on a stage.

A new screen gets a function here. It is given a `Scene`, opens its windows with
`scene.show`, and yields each time there is something new to see; what it showed is
closed after that. A test fails for a widget of `desk_app/ui` that no screen brings up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from desk_app.errors import DeskError
from desk_app.ui import notices, plain
from desk_app.ui.calls import Calls
from desk_app.ui.dialogs.booking import BookingDialog
from desk_app.ui.dialogs.cancel import CancelDialog
from desk_app.ui.dialogs.details import AppointmentDialog
from desk_app.ui.dialogs.move import MoveDialog
from desk_app.ui.dialogs.ports import BookingForm, MoveForm
from desk_app.ui.front_desk import FrontDesk
from desk_app.ui.go_to_date import GoToDate
from desk_app.ui.grid.menu import PlaceMenu
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from desk_app.ui.notice_bar import Action
from desk_app.ui.notices import Words
from desk_app.ui.shortcuts import KeysDialog
from desk_app.ui.top_bar import View
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desk_app.ui.dialogs.client_field import ClientField
    from desk_app.ui.grid.view import DiaryView
    from tests.hostile.freeze import Turns
    from tests.hostile.stage import Stage

SIZE = 1200, 760


@dataclass
class Scene:
    """What a screen is opened with: a stage, a person, and the text of the stage."""

    stage: Stage
    text: str
    desk: FrontDesk
    qtbot: QtBot
    turns: Turns
    windows: list[QWidget] = field(default_factory=list)

    def show(self, make: Callable[[], QWidget]) -> Any:
        """Make a window and show it, which is one turn of the event loop."""
        with self.turns.turn():
            window = make()
            self.windows.append(window)
            window.show()
        return window

    def front_desk(self) -> FrontDesk:
        """Return the open front desk, on the day that has everything."""
        self.windows.append(self.desk.window())
        with self.turns.turn():
            self.desk.pager.show_day_alone(tomorrow())
        self.settle()
        return self.desk

    def settle(self) -> None:
        """Wait until the front desk shows everything."""
        desk, calls = self.desk, self.desk._calls
        self.qtbot.waitUntil(
            lambda: desk.is_settled and not calls.is_busy, timeout=10_000
        )

    def close(self) -> None:
        """Close what was shown, the last first; the front desk stays."""
        for window in reversed(self.windows):
            if window is not self.desk.window():
                window.hide()
                window.deleteLater()
        self.windows.clear()


Open: TypeAlias = Callable[[Scene], Iterator[None]]


@dataclass(frozen=True, slots=True)
class Screen:
    """How one screen opens.

    `shows` is the column whose text stands on it. What is `rare` opens for the texts
    that are likeliest to do harm, and for all of them with --hostile-all.
    """

    open: Open
    shows: str = ""
    rare: bool = False


SCREENS: dict[str, Screen] = {}


def screen(name: str, shows: str = "", *, rare: bool = False) -> Callable[[Open], Open]:
    """Take a function into the registry."""

    def enter(opens: Open) -> Open:
        SCREENS[name] = Screen(opens, shows, rare)
        return opens

    return enter


# -- the window


@screen("opening", shows="client.name", rare=True)
def opening(scene: Scene) -> Iterator[None]:
    """The front desk as it opens: the first reading of everything."""
    stage, known, calls = scene.stage, scene.desk, Calls()

    def make() -> MainWindow:
        window = MainWindow(Memory(None))
        window.resize(*SIZE)
        catalogue = stage.facts.catalogue
        window.show_desk(FrontDesk(stage.desk, catalogue, calls, Memory(None)))
        return window

    scene.desk = scene.show(make).desk
    scene.settle()
    yield
    scene.desk.stop()
    scene.desk = known
    calls.close()


@screen("day", shows="client.name")
def day(scene: Scene) -> Iterator[None]:
    """Everybody's day, with free times, then with a card under the pointer."""
    desk, facts = scene.front_desk(), scene.stage.facts
    view = desk.pane.view
    with scene.turns.turn():
        desk.rail.choose_service(facts.confirmed.service_name)
        view.focus_appointment(facts.pending.appointment_id)
    yield
    with scene.turns.turn():
        view.hover_card.toggle(facts.pending.appointment_id)
    yield
    view.hover_card.hide_now()


@screen("notices", shows="client.name")
def notice(scene: Scene) -> Iterator[None]:
    """What is said of an appointment: in a bar, in a toast, at the lower edge."""
    desk, name = scene.front_desk(), scene.stage.facts.client.name
    words = Words(name, name, name)
    with scene.turns.turn():
        desk.notice.show_words(words, [Action(name, list)], topic="hostile")
        desk.status.say(name)
        desk._toast.say(name)
        desk.pane.show_waiting(True)
    yield
    desk.notice.clear("hostile")
    desk._toast.hide()
    desk.pane.show_waiting(False)


@screen("menus", shows="provider.name")
def menus(scene: Scene) -> Iterator[None]:
    """What can be done with an appointment, and why a time cannot be booked."""
    view, visit = scene.front_desk().pane.view, scene.stage.facts.pending
    view.focus_appointment(visit.appointment_id)
    _open_menu(scene, view)
    yield
    view.focus_time(visit.provider_id, visit.start.replace(hour=15, minute=0))
    _open_menu(scene, view)
    yield


def _open_menu(scene: Scene, view: DiaryView) -> None:
    with scene.turns.turn():
        menu = PlaceMenu(view)
        scene.windows.append(menu)
        # A menu that pops up wants the mouse, which no test has.
        menu.adjustSize()
        menu.grab()


@screen("week", shows="client.name")
def week(scene: Scene) -> Iterator[None]:
    """One provider's week."""
    desk = scene.front_desk()
    with scene.turns.turn():
        desk.pager.show_view(View.WEEK)
    scene.settle()
    yield


@screen("start page")
def start_page(scene: Scene) -> Iterator[None]:
    """Why nothing can be opened."""
    words = replace(notices.cannot_open(DeskError(scene.text)), title=scene.text)
    window = scene.show(lambda: MainWindow(Memory(None)))
    with scene.turns.turn():
        window.show_starting()
        window.show_problem(words, [Action(scene.text, list)])
    yield


@screen("message box")
def message_box(scene: Scene) -> Iterator[None]:
    """A question, as `plain.ask` puts it."""
    text = scene.text
    scene.show(lambda: plain.message_box(None, text, text, text))
    yield


@screen("keys")
def keys(scene: Scene) -> Iterator[None]:
    """The list of keys."""
    scene.show(KeysDialog)
    yield


@screen("go to a date")
def go_to_date(scene: Scene) -> Iterator[None]:
    """The question for a date."""
    scene.show(lambda: GoToDate(tomorrow()))
    yield


# -- dialogs


@screen("booking", shows="client.name")
def booking(scene: Scene) -> Iterator[None]:
    """A time that is not free, with a note; clients found, one of them, a new one."""
    stage, facts = scene.stage, scene.stage.facts
    visit = facts.confirmed
    form = BookingForm(
        facts.screen, visit.provider_id, visit.start, notes=facts.pending.notes
    )
    dialog = scene.show(lambda: BookingDialog(form, stage.booking_ports()))
    field: ClientField = dialog.fields.client
    with scene.turns.turn():
        field.search.setText("+49302312500")
        field._ask()
    assert field.found.rowCount() == 2
    yield
    with scene.turns.turn():
        field.choose(facts.client)
    yield
    with scene.turns.turn():
        field._asked = facts.client.name
        field._on_found(())
        dialog.submit()
    yield


@screen("cancel", shows="client.name")
def cancel(scene: Scene) -> Iterator[None]:
    """The question for the reason."""
    facts = scene.stage.facts
    ports = scene.stage.appointment_ports().cancelling
    scene.show(lambda: CancelDialog(facts.confirmed, facts.screen, ports))
    yield


@screen("move", shows="client.name")
def move(scene: Scene) -> Iterator[None]:
    """The move to another provider, at a time that is not free."""
    facts = scene.stage.facts
    ports = scene.stage.appointment_ports().moving
    other = facts.catalogue.providers[-1].provider_id
    form = MoveForm(facts.screen, facts.confirmed, other, facts.pending.start)
    scene.show(lambda: MoveDialog(form, ports))
    yield


@screen("details", shows="appointment.notes")
def details(scene: Scene) -> Iterator[None]:
    """An appointment that is not confirmed, with note and link; then one cancelled."""
    facts, ports = scene.stage.facts, scene.stage.appointment_ports()
    for visit in (facts.pending, facts.cancelled):
        scene.show(partial(AppointmentDialog, visit, facts.screen, ports))
        yield


# Widgets that no screen brings up, each with the reason.
NEVER_SHOWN: dict[str, str] = {}
