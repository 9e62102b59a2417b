"""The window: as it opens, its days and weeks, what is laid over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.errors import DeskError
from desk_app.ui import notices, plain
from desk_app.ui.calls import Calls
from desk_app.ui.front_desk import FrontDesk
from desk_app.ui.go_to_date import GoToDate
from desk_app.ui.grid.menu import PlaceMenu
from desk_app.ui.keys_dialog import KeysDialog
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from desk_app.ui.notice_bar import Action
from desk_app.ui.top_bar import View
from desk_app.ui.words import Words
from tests.hostile.screens.registry import SIZE, Scene, screen
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.ui.grid.view import DiaryView


@screen("opening", shows="client.name", rare=True)
def opening(scene: Scene) -> Iterator[None]:
    """The front desk as it opens: the first reading of everything."""
    stage, known, calls = scene.stage, scene.desk, Calls()

    def make() -> MainWindow:
        window = MainWindow(Memory(None))
        window.resize(*SIZE)
        catalogue = stage.facts.catalogue
        desk = FrontDesk(stage.desk, catalogue, calls, Memory(None))
        window.show_desk(desk, Memory(None))
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
    desk, facts = scene.front_desk(), scene.facts
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
    desk, name = scene.front_desk(), scene.facts.client.name
    words = Words(name, name, name)
    with scene.turns.turn():
        desk.notice.show_words(words, [Action(name, list)], topic="hostile")
        desk.status.say(name)
        desk.voice._toast.say(name)
        desk.pane.show_waiting(True)
    yield
    desk.notice.clear("hostile")
    desk.voice._toast.hide()
    desk.pane.show_waiting(False)


@screen("menus", shows="provider.name")
def menus(scene: Scene) -> Iterator[None]:
    """What can be done with an appointment, and why a time cannot be booked."""
    view, visit = scene.front_desk().pane.view, scene.facts.pending
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


@screen("keys", rare=True)
def keys(scene: Scene) -> Iterator[None]:
    """The list of keys."""
    scene.show(KeysDialog)
    yield


@screen("go to a date", rare=True)
def go_to_date(scene: Scene) -> Iterator[None]:
    """The question for a date."""
    scene.show(lambda: GoToDate(tomorrow()))
    yield
