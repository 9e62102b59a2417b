"""What is kept about clients, in memory behind the ports.

It answers at once, or, after `hold()`, when `release()` is called. `failures` are
raised by the next requests, in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk_app.domain import history as told
from desk_app.domain.rights import Counts, Due, Retention, Saved
from desk_app.ui.clients.ports import ClientPorts, DataPorts, Named
from desk_app.ui.dialogs.ports import HistoryPorts
from tests.ui.dialogs.practice import BERLIN, CLIENTS, NOW, Practice, at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk_app.domain.progress import Work
    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import ExportWish

ANNA = Named(1, "Anna Meier")


class Archive:
    """Everything the ports reach."""

    def __init__(self, folder: Path) -> None:
        self.practice = Practice()
        self.folder = folder
        self.counts = Counts(14, 0, 1, at(9), at(10))
        self.retention = Retention(
            3, tuple(Due(c.client_id, c.name, NOW) for c in CLIENTS)
        )
        self.failures: list[DeskError] = []
        self.erased: list[int] = []
        self.shown: list[Path] = []
        self.wishes: list[ExportWish] = []
        self.work: Work | None = None
        self._held: list[Callable[[], None]] | None = None

    def hold(self) -> None:
        """Keep answers back until `release`."""
        self._held = []

    def release(self) -> None:
        """Give all answers that were held back, and those to come at once."""
        held, self._held = self._held or [], None
        for answer in held:
            answer()

    def ports(self, **given: Any) -> ClientPorts:
        """Return what can be asked about one client."""
        usual: dict[str, Any] = {
            "screen": self.practice.screen(),
            "history": lambda _number: HistoryPorts(self._history, BERLIN),
            "counts": self._port(lambda _number: self.counts),
            "save": self._port(self._saved),
            "erase": self._port(self.erased.append),
            "show_file": self.shown.append,
        }
        return ClientPorts(**usual | given)

    def data_ports(self, **given: Any) -> DataPorts:
        """Return what the dialog for all clients needs."""
        return DataPorts(
            of_client=self.ports(**given),
            find=self.practice.find_clients,
            retention=self._port(lambda _: self.retention),
            erase_due=self._erase_due,
        )

    def _history(self, _limit: int, then: Any, _failed: Any) -> None:
        author = told.Author("jonas", "Jonas Krüger")
        then(told.Story((told.Entry(author, NOW, told.ClientAdded()),)))

    def _saved(self, wish: ExportWish) -> Saved:
        self.wishes.append(wish)
        name = f"client-{wish.client_id}-2026-11-24"
        return Saved(wish.folder / f"{name}.html", wish.folder / f"{name}.json")

    def _erase_due(self, work: Work, then: Any, failed: Any) -> None:
        self.work = work
        self._port(lambda _: len(self.retention.due))(work, then, failed)

    def _port(self, work: Callable[[Any], Any]) -> Callable[[Any, Any, Any], None]:
        def ask(request: Any, then: Any, failed: Any) -> None:
            failure = self.failures.pop(0) if self.failures else None

            def answer() -> None:
                if failure is not None:
                    failed(failure)
                else:
                    then(work(request))

            if self._held is None:
                answer()
            else:
                self._held.append(answer)

        return ask
