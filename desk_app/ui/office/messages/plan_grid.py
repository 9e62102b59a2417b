"""Who is told what by which channel, as ticks in a table that arrows walk over."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desk_app.domain.message_plan import FOR_CLIENTS, FOR_PROVIDERS, MessagePlan, Ways
from desk_app.domain.messages import Channel, Recipient
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.outgoing import words as outgoing
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

KINDS = tuple(each.name for each in fields(MessagePlan))
COLUMNS = (
    *((Recipient.CLIENT, channel) for channel in FOR_CLIENTS),
    *((Recipient.PROVIDER, channel) for channel in FOR_PROVIDERS),
)
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
# Between those for clients and those for providers.
GAP = 22
_FIRST_ROW = 2


class PlanGrid(QWidget):
    """A row for each kind of message, a tick for each person and channel.

    One tick can be reached by Tab; arrows go on from there.

    Signals:
        changed: another tick is set, or one less.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: dict[tuple[int, int], QCheckBox] = {}
        self._heads: dict[int, PlainLabel] = {}
        self._build()
        self._rove((0, 0))

    @property
    def plan(self) -> MessagePlan:
        """What is ticked."""
        ways = {kind: self._ways(row) for row, kind in enumerate(KINDS)}
        return replace(MessagePlan(), **ways)

    def show_plan(self, plan: MessagePlan) -> None:
        """Tick what is chosen."""
        for (row, column), tick in self._ticks.items():
            recipient, channel = COLUMNS[column]
            ways: Ways = getattr(plan, KINDS[row])
            chosen = ways.client if recipient is Recipient.CLIENT else ways.provider
            tick.setChecked(channel in chosen)

    def show_set_up(self, channels: Iterable[Channel]) -> None:
        """Show of which channels nothing leaves yet, whatever is ticked."""
        ready = {*channels, Channel.DESKTOP}
        for column, head in self._heads.items():
            is_ready = COLUMNS[column][1] in ready
            set_ink(head, Ink.NORMAL if is_ready else Ink.MUTED)

    def tick(self, kind: str, recipient: Recipient, channel: Channel) -> QCheckBox:
        """Return the tick of a person and a channel."""
        return self._ticks[KINDS.index(kind), COLUMNS.index((recipient, channel))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk over the ticks by arrows."""
        place = self._place_of(watched)
        if place is not None and event.type() == QEvent.Type.FocusIn:
            self._rove(place)
        if place is None or event.type() != QEvent.Type.KeyPress:
            return False
        key_event: QKeyEvent = event  # type: ignore[assignment]
        step = _STEPS.get(Qt.Key(key_event.key()))
        if step is None:
            return False
        self._go(place, step)
        return True

    def _ways(self, row: int) -> Ways:
        def of(recipient: Recipient) -> tuple[Channel, ...]:
            return tuple(
                channel
                for column, (whom, channel) in enumerate(COLUMNS)
                if whom is recipient and self._ticks[row, column].isChecked()
            )

        return Ways(of(Recipient.CLIENT), of(Recipient.PROVIDER))

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        gap = len(FOR_CLIENTS) + 1
        grid.setColumnMinimumWidth(gap, GAP)
        self._add_heads(grid)
        for row, kind in enumerate(KINDS):
            grid.addWidget(_name(kind), _FIRST_ROW + row, 0)
            for column in range(len(COLUMNS)):
                self._add_tick(grid, row, column)

    def _add_heads(self, grid: QGridLayout) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        for recipient, first, wide in (
            (Recipient.CLIENT, 0, len(FOR_CLIENTS)),
            (Recipient.PROVIDER, len(FOR_CLIENTS), len(FOR_PROVIDERS)),
        ):
            label = PlainLabel(_person(recipient))
            sized(label, 1.0, bold=True)
            grid.addWidget(label, 0, _place(first), 1, wide, centre)
        for column, (_recipient, channel) in enumerate(COLUMNS):
            head = self._heads[column] = PlainLabel(short(channel))
            grid.addWidget(head, 1, _place(column), centre)

    def _add_tick(self, grid: QGridLayout, row: int, column: int) -> None:
        recipient, channel = COLUMNS[column]
        tick = self._ticks[row, column] = QCheckBox(self)
        text = filled(
            _tr("%1, to the %2, by %3"),
            outgoing.kind(KINDS[row]),
            _person(recipient).lower(),
            outgoing.channel(channel),
        )
        tick.setAccessibleName(text)
        tick.setObjectName("tick")
        tick.installEventFilter(self)
        tick.toggled.connect(self.changed)
        centre = Qt.AlignmentFlag.AlignCenter
        grid.addWidget(tick, _FIRST_ROW + row, _place(column), centre)

    def _place_of(self, watched: QObject) -> tuple[int, int] | None:
        return next((at for at, tick in self._ticks.items() if tick is watched), None)

    def _go(self, place: tuple[int, int], step: tuple[int, int]) -> None:
        target = self._ticks.get((place[0] + step[0], place[1] + step[1]))
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rove(self, place: tuple[int, int]) -> None:
        """Let Tab come to this tick, and to no other."""
        for at, tick in self._ticks.items():
            is_here = at == place
            policy = (
                Qt.FocusPolicy.StrongFocus if is_here else Qt.FocusPolicy.ClickFocus
            )
            tick.setFocusPolicy(policy)
        self.setFocusProxy(self._ticks[place])


def short(channel: Channel) -> str:
    """Return what a column is called."""
    return {
        Channel.EMAIL: _tr("E-mail"),
        Channel.PUSH: _tr("Push"),
        Channel.SMS: _tr("Text"),
        Channel.DESKTOP: _tr("Desk"),
    }[channel]


def _name(kind: str) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(0)
    label = PlainLabel(outgoing.kind(kind))
    sized(label, 1.0, bold=True)
    grid.addWidget(label, 0, 0)
    grid.addWidget(hint(_when(kind)), 1, 0)
    return box


def _when(kind: str) -> str:
    """Return when a message of a kind leaves."""
    return {
        "confirmation": _tr("when a visit is booked"),
        "change_notice": _tr("when it is moved"),
        "cancellation_notice": _tr("when it is cancelled"),
        "no_show_notice": _tr("when they did not come"),
        "reminder_48h": _tr("in time to find another client"),
        "reminder_1h": _tr("in time to set out"),
    }[kind]


def _person(recipient: Recipient) -> str:
    if recipient is Recipient.CLIENT:
        return _tr("Client")
    return _tr("Provider")


def _place(column: int) -> int:
    """Return where a column stands: a name before them, a gap between both persons."""
    return 1 + column + (column >= len(FOR_CLIENTS))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlanGrid", text)
