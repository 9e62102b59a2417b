"""The dialogs about clients' data: found, exported, erased, kept so long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.client_file import Likely, Merge, MergeWish
from desk_app.domain.duplicates import Likeness
from desk_app.domain.rights import Due, Retention, Saved
from desk_app.errors import Invalid, Stale
from desk_app.ui.clients.compare import MergeDialog
from desk_app.ui.clients.data import ClientsDataDialog
from desk_app.ui.clients.edit import EditClientDialog
from desk_app.ui.clients.erase import EraseDialog
from desk_app.ui.clients.erase_due import EraseDueDialog
from desk_app.ui.clients.export import ExportDialog
from desk_app.ui.clients.file_dialog import ClientFileDialog
from desk_app.ui.clients.ports import DataPorts, Named
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port

if TYPE_CHECKING:
    from collections.abc import Iterator


def _named(scene: Scene) -> Named:
    client = scene.facts.client
    return Named(client.client_id, client.name)


def _data_ports(scene: Scene) -> DataPorts:
    desk, of_client = scene.stage.desk, scene.desk._flows._clients_data.ports()
    due = Due(scene.facts.client.client_id, scene.facts.client.name, scene.facts.now)
    retention = Retention(3, (due,) * 3)
    return DataPorts(
        of_client, port(desk.clients.find), port(lambda _: retention), port(int)
    )


@screen("clients' data", shows="client.name")
def data(scene: Scene) -> Iterator[None]:
    """The data of one client, found among others."""
    dialog = scene.show(lambda: ClientsDataDialog(_data_ports(scene)))
    with scene.turns.turn():
        dialog.field.choose(scene.facts.client)
    scene.settle()
    yield


@screen("export", shows="client.name")
def export(scene: Scene) -> Iterator[None]:
    """The question for a folder, then a folder that is none, then what was written."""
    ports = scene.desk._flows._clients_data.ports()
    dialog = scene.show(lambda: ExportDialog(_named(scene), ports))
    with scene.turns.turn():
        dialog.show_refusal(Invalid("folder", "There is no such folder."))
    yield
    name = scene.text.replace("/", " ")[:200] or "x"
    with scene.turns.turn():
        dialog.answer = Saved(Path(f"/{name}.html"), Path(f"/{name}.json"))
        dialog.accept()
    yield


@screen("erase", shows="client.name")
def erase(scene: Scene) -> Iterator[None]:
    """What goes and what stays of a client."""
    ports = scene.desk._flows._clients_data.ports()
    scene.show(lambda: EraseDialog(_named(scene), ports))
    scene.settle()
    yield


@screen("erase those who are due", shows="client.name")
def erase_due(scene: Scene) -> Iterator[None]:
    """The list of those who were kept long enough."""
    due = Due(scene.facts.client.client_id, scene.facts.client.name, scene.facts.now)
    ports = _data_ports(scene)
    scene.show(lambda: EraseDueDialog(Retention(3, (due,) * 3), ports))
    yield


@screen("client's file", shows="client.name")
def file(scene: Scene) -> Iterator[None]:
    """A file beside the schedule, then with a note that another desk overtook."""
    part = scene.front_desk().features.client
    panel, number = part.panel, scene.facts.client.client_id
    with scene.turns.turn():
        part.show_client(number)
    scene.settle()
    yield
    file = panel.file
    theirs = replace(file.details, notes=scene.text[:1000])
    with scene.turns.turn():
        panel.note._is_overtaken = True
        panel.note.show_details(theirs, may_write=True)
        likely = (Likely(file.client, kind) for kind in Likeness)
        panel.likely.show_likely(tuple(likely))
        merge = Merge(1, scene.text[:200], scene.facts.now, scene.text[:60])
        panel.more.show_file(replace(file, merges=(merge,)), scene.facts.screen)
    yield
    with scene.turns.turn():
        panel.forget()
        scene.desk.side.close_page()
    scene.settle()


@screen("client's file over a dialog", shows="client.name", rare=True)
def glance(scene: Scene) -> Iterator[None]:
    """The file as the booking dialog shows it."""
    ports = scene.desk._flows.client_ports
    scene.show(lambda: ClientFileDialog(scene.facts.client, ports))
    scene.settle()
    yield


@screen("change a client", shows="client.name")
def change(scene: Scene) -> Iterator[None]:
    """All fields; then one that another desk has changed."""
    file = scene.stage.desk.client_files.read(scene.facts.client.client_id)
    ports = scene.desk._flows.client_ports
    dialog = scene.show(lambda: EditClientDialog(file, ports))
    yield
    with scene.turns.turn():
        dialog.show_refusal(Stale(field="name"))
    scene.settle()
    yield


@screen("merge two clients", shows="client.name")
def merge(scene: Scene) -> Iterator[None]:
    """Two entries side by side."""
    other = scene.stage.desk.clients.find("+493023125002")[0]
    wish = MergeWish(scene.facts.client.client_id, other.client_id)
    ports = scene.desk._flows.client_ports
    scene.show(lambda: MergeDialog(wish, ports))
    scene.settle()
    yield
