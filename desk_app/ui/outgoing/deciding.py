"""Has messages tried again, settled, or sent by hand; says what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desk_app.ui import privacy
from desk_app.ui.outgoing import words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.domain.deliveries import Delivery
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around


class Deciding(QObject):
    """One wish at a time for each row; the page that asks shows the answer.

    Signals:
        decided: something is otherwise now; what is shown should be read again.
        refused: why something could not be done (`Words`).
    """

    decided = Signal()
    refused = Signal(object)

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around, self._deliveries = around, around.desk.deliveries
        self._asked: set[Any] = set()

    def try_again(self, row: Delivery) -> None:
        """Have one message tried anew."""
        said = filled(self.tr("Tried again: %1"), self._name(row))
        self._ask(row.outbox_id, self._deliveries.try_again, row.outbox_id, said)

    def settle(self, row: Delivery) -> None:
        """Let one message rest."""
        said = filled(self.tr("Settled: %1"), self._name(row))
        self._ask(row.outbox_id, self._deliveries.give_up, row.outbox_id, said)

    def try_all_again(self, rows: Sequence[Delivery]) -> None:
        """Have many messages tried anew."""
        numbers = tuple(row.outbox_id for row in rows)
        said = filled(self.tr("Tried again: %1 messages"), str(len(numbers)))
        self._ask(numbers, self._deliveries.try_all_again, numbers, said)

    def send(self, appointment_id: int, kind: str) -> None:
        """Send a message by hand."""
        said = filled(self.tr("Is being sent: %1"), words.kind(kind))
        send = partial(self._deliveries.send_again, appointment_id)
        self._ask((appointment_id, kind), send, kind, said)

    def _ask(
        self, wish: Any, verb: Callable[[Any], object], request: Any, said: str
    ) -> None:
        if wish in self._asked:
            return
        self._asked.add(wish)

        def then(_answer: object) -> None:
            self._asked.discard(wish)
            self._around.said.emit(said)
            self.decided.emit()

        def failed(error: DeskError) -> None:
            self._asked.discard(wish)
            self.refused.emit(words.refusal(error))
            self.decided.emit()

        self._around.port(verb)(request, then, failed)

    def _name(self, row: Delivery) -> str:
        if not row.client_name:
            return words.what(row)
        return f"{words.what(row)}, {privacy.name(row.client_name)}"
