"""Sends a change; asks about whom it would strand, as often as that is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from desk_app.domain.stranding import NOTHING_DECIDED
from desk_app.errors import Refused, SlotTaken, Stale, Strands
from desk_app.ui.office.stranded.dialog import Round, StrandedDialog
from desk_app.ui.office.stranded.times import anything

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.stranding import Settlement
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Failed, Port, Then
    from desk_app.ui.office.stranded.times import Fits


@dataclass(frozen=True)
class _Wish:
    request: Any
    then: Then
    failed: Failed
    fits: Fits


class Settling:
    """A port for requests that have a field `settlement`.

    It is asked like the port it is made of. `then` follows when the change is made;
    `failed` with Strands if the person leaves everything as it is, and with what has
    nothing to do with appointments.
    """

    def __init__(self, send: Port, around: Around, parent: QWidget) -> None:
        self._send, self._around, self._parent = send, around, parent
        self._fits: Fits = anything
        self._last: tuple[Any, Settlement] | None = None

    def __call__(self, request: Any, then: Then, failed: Failed) -> None:
        """Send a request; one whose outcome is in doubt is sent as it was settled."""
        wish = _Wish(request, then, failed, self._fits)
        settled = request.settlement
        if self._last is not None and self._last[0] is request:
            settled = self._last[1]
        self._try(wish, settled)

    def offer_only(self, fits: Fits) -> None:
        """Say which free times will still be open after the changes to come."""
        self._fits = fits

    def _try(self, wish: _Wish, settled: Settlement) -> None:
        self._last = (wish.request, settled)
        request = replace(wish.request, settlement=settled)
        self._send(request, wish.then, partial(self._on_failed, wish, settled))

    def _on_failed(self, wish: _Wish, settled: Settlement, error: DeskError) -> None:
        if isinstance(error, Strands):
            self._ask(wish, settled, None, error)
        elif settled.decisions and _is_about_a_visit(error):
            # What is stranded now? An answer without decisions changes nothing.
            request = replace(wish.request, settlement=NOTHING_DECIDED)
            ask_again = partial(self._on_looked, wish, settled, error)
            self._send(request, wish.then, ask_again)
        else:
            wish.failed(error)

    def _on_looked(
        self, wish: _Wish, settled: Settlement, why: DeskError, error: DeskError
    ) -> None:
        if isinstance(error, Strands):
            self._ask(wish, settled, why, error)
        else:
            wish.failed(error)

    def _ask(
        self,
        wish: _Wish,
        settled: Settlement,
        why: DeskError | None,
        strands: Strands,
    ) -> None:
        earlier = settled if settled.decisions else None
        round_ = Round(earlier, why, wish.fits)
        answer = StrandedDialog.ask(self._parent, strands, self._around, round_)
        if answer is None:
            wish.failed(strands)
        else:
            self._try(wish, answer)


def _is_about_a_visit(error: DeskError) -> bool:
    if isinstance(error, Stale):
        return not error.field
    return isinstance(error, SlotTaken | Refused)
