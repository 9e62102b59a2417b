"""The dialogs about clients' data: found, exported, erased, kept so long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.rights import Due, Retention, Saved
from desk_app.errors import Invalid
from desk_app.ui.clients.data import ClientsDataDialog
from desk_app.ui.clients.erase import EraseDialog
from desk_app.ui.clients.erase_due import EraseDueDialog
from desk_app.ui.clients.export import ExportDialog
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
