"""The office: its pages of the practice, of providers and of services."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from desk_app.domain.offering import ServiceDraft
from desk_app.errors import Invalid
from desk_app.ui.memory import Memory
from desk_app.ui.office.office import Office
from desk_app.ui.office.practice.page import PracticePage
from desk_app.ui.office.providers.form import ProviderDialog
from desk_app.ui.office.providers.page import ProvidersPage
from desk_app.ui.office.services.copying import CopyDialog
from desk_app.ui.office.services.form import ServiceDialog, Subject
from desk_app.ui.office.services.page import ServicesPage
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.ui.office.lists.page import ListPage


def _nowhere(*_: object) -> None:
    """Send nothing."""


def _read(scene: Scene, page: ListPage) -> ListPage:
    scene.show(lambda: page)
    with scene.turns.turn():
        page.begin()
    scene.settle()
    with scene.turns.turn():
        page.show_ended()
    return page


@screen("office", rare=True)
def office(scene: Scene) -> Iterator[None]:
    """The window with its list, and a page that opens a dialog."""
    around, offered = scene.desk.around, scene.desk.managing.office
    entries = offered._entries(around.me)
    window = scene.show(lambda: Office(around, entries, Memory(None)))
    with scene.turns.turn():
        window.show_page("staff")
    scene.settle()
    yield


@screen("the practice", rare=True)
def practice(scene: Scene) -> Iterator[None]:
    """Its facts, and one that is refused."""
    page = scene.show(lambda: PracticePage(scene.desk.around))
    with scene.turns.turn():
        page.begin()
    scene.settle()
    with scene.turns.turn():
        page.name.setText(scene.text)
        page.zone.setEditText(scene.text[:1000])
        page.complaints["timezone"].say(scene.text)
    yield


@screen("providers", shows="provider.name")
def providers(scene: Scene) -> Iterator[None]:
    """The list, the form of who is in it, and one for somebody new."""
    around = scene.desk.around
    page = _read(scene, ProvidersPage(around))
    everybody = page.found.everybody
    yield
    scene.show(lambda: ProviderDialog(around, everybody, everybody[0], _nowhere))
    new = scene.show(lambda: ProviderDialog(around, everybody, None, _nowhere))
    with scene.turns.turn():
        new.name.setText(scene.text)
        new.bio.setPlainText(scene.text)
        new.photo.take(QMimeData())
        new.photo.say(scene.text)
        new.show_refusal(Invalid("email", scene.text))
    yield


@screen("services", shows="service.name")
def services(scene: Scene) -> Iterator[None]:
    """The list in both orders, the form, and copying."""
    around = scene.desk.around
    page = _read(scene, ServicesPage(around))
    yield
    with scene.turns.turn():
        page.grouping.setCurrentIndex(1)
        page.search.setText(scene.text[:400])
    yield
    found = page.found
    known, everybody = found.services[0], tuple(found.providers.values())
    subject = Subject(ServiceDraft.of(known), everybody, known.provider_id, known)
    form = scene.show(partial(ServiceDialog, around, subject, _nowhere))
    scene.show(partial(CopyDialog, known, found.services, everybody, _nowhere))
    with scene.turns.turn():
        form.name.setText(scene.text)
        form.price.amount.setText(scene.text)
        form.show_refusal(Invalid("name", scene.text))
    yield
