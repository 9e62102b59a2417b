"""What stands before the schedule: choosing a practice, signing in, the lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.errors import DeskError, NeedsLogin
from desk_app.settings import Settings
from desk_app.ui import notices
from desk_app.ui.access.choices import ChoicesPage
from desk_app.ui.access.covers import Cover
from desk_app.ui.access.enter_dialog import Door, EnterDialog
from desk_app.ui.access.password_dialog import PasswordDialog, PasswordPorts
from desk_app.ui.access.practice_page import PracticePage
from desk_app.ui.access.server_page import ServerPage
from desk_app.ui.access.sign_in import SignInPage
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from tests.hostile.screens.registry import SIZE, Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


def _show_page(scene: Scene, page: QWidget) -> None:
    window = scene.show(lambda: MainWindow(Memory(None)))
    with scene.turns.turn():
        window.resize(*SIZE)
        window.show_page(page)


@screen("signing in", shows="staff_user.name")
def sign_in(scene: Scene) -> Iterator[None]:
    """By name, then with a login that is typed, which nobody knows."""
    text, people = scene.text, scene.facts.catalogue.people
    needed = NeedsLogin(text, login=text[:200], was_refused=True, people=people)
    page = SignInPage()
    page.invite(Settings(database="", servers=(text[:200], "host=b")), needed)
    _show_page(scene, page)
    yield
    with scene.turns.turn():
        needed.people = ()
        page.invite(Settings(database=f"host={text[:200]}"), needed)
        page._login.setText(text)
        page._password.setText(text)
        page.show_trying()
        page.show_refusal(needed)
        page.show_refusal(DeskError(text))
    yield


@screen("first start")
def first_start(scene: Scene) -> Iterator[None]:
    """Three ways to begin, and why one of them led nowhere."""
    page = ChoicesPage()
    _show_page(scene, page)
    with scene.turns.turn():
        page.begin(can_go_back=True)
        page.say(replace(notices.cannot_open(DeskError(scene.text)), title=scene.text))
    yield


@screen("new practice, and its server")
def new_practice(scene: Scene) -> Iterator[None]:
    """The forms for a practice on this computer and on a server, filled in."""
    practice, server = PracticePage(), ServerPage()
    for page, fields in (
        (practice, (practice._practice, practice._name, practice._login)),
        (server, (server._host, server._database, server._login, server._certificate)),
    ):
        _show_page(scene, page)
        with scene.turns.turn():
            for field in fields:
                field.setText(scene.text)
            page.show_trying()
            page.show_refusal(DeskError(scene.text))
        yield


@screen("lock", shows="staff_user.name")
def lock(scene: Scene) -> Iterator[None]:
    """Who is away, then who else may come, over a covered window."""
    catalogue = scene.facts.catalogue
    desk = scene.front_desk()
    door = Door(catalogue.me, catalogue.people, bool)
    with scene.turns.turn():
        cover = Cover(desk.window())
        dialog = EnterDialog(door, desk.window())
        scene.windows.append(dialog)
        dialog.show_locked(loses_something=True)
    yield
    with scene.turns.turn():
        dialog._on_other()
        dialog.show_refusal(NeedsLogin(scene.text, was_refused=True))
    yield
    cover.hide()
    cover.deleteLater()


@screen("change my password", shows="staff_user.name")
def change_password(scene: Scene) -> Iterator[None]:
    """A new password of one's own."""
    person = scene.facts.catalogue.people[0]
    ports = PasswordPorts(lambda _new, _then, failed: failed(DeskError(scene.text)))
    dialog = scene.show(lambda: PasswordDialog(person, ports))
    with scene.turns.turn():
        dialog._password.setText(scene.text)
        dialog.submit()
    yield
