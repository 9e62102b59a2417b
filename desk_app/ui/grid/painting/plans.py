"""How a card of one kind and size looks: its empty picture, and where its words go.

A day has hundreds of cards but few kinds and sizes, so all that can be worked out
before the words is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desk_app.domain.appointment import Status
from desk_app.ui import icons
from desk_app.ui.grid.painting.ink import blank, rounded, smooth

if TYPE_CHECKING:
    from desk_app.ui.grid.columns import Card, CardKind
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.theme import StatusColours

BAR = 4
LEFT = BAR + 5
_RIGHT = 3
_MOST_PLANS = 600
_MOST_TEXTS = 20_000
# How many line heights must be left beside a name to write the time there.
_ENOUGH = 3.5
# Below this many line heights times and service would be cut to nothing.
_NARROW = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of card at one size.

    `name_base` and `detail_base` are baselines, the widths those of the words. A low
    card has one line, on which details follow the name; -1 says there is no line. On
    a narrow card a long name goes on in the second line, on a tiny one it is small.
    """

    picture: QPixmap
    colour: QColor
    name_base: int
    name_width: int
    detail_base: int
    detail_width: int
    can_wrap: bool
    is_narrow: bool
    is_tiny: bool


class Plans:
    """The plans that were needed so far, and the details that were fitted."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self._plans: dict[tuple[CardKind, int, int], Plan] = {}
        self._details: dict[tuple[str, str, int, bool], tuple[str, ...]] = {}

    def plan(self, kind: CardKind, width: int, height: int) -> Plan:
        """Return how a card of this kind and size looks."""
        key = (kind, width, height)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) > _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[key] = _plan(self.ink, kind, width, height)
        return plan

    def details(self, card: Card, width: int, can_wrap: bool) -> tuple[str, ...]:
        """Return the lines below a card's name: times and service as there is room.

        Where both do not fit side by side, the service goes to a line of its own, or
        else the end of the visit is left out.
        """
        key = (card.times, card.what, width, can_wrap)
        lines = self._details.get(key)
        if lines is None:
            if len(self._details) > _MOST_TEXTS:
                self._details.clear()
            lines = self._details[key] = self._fitted(key)
        return lines

    def split(self, name: str, plan: Plan) -> tuple[str, str] | None:
        """Return a long name on two lines of a narrow card, None if it has one word."""
        first, _, rest = name.partition(" ")
        if not rest:
            return None
        cut = self.ink.names.cut
        return cut(first, plan.name_width), cut(rest, plan.detail_width)

    def beside(self, card: Card, name: str, plan: Plan) -> tuple[int, str]:
        """Return where the details of a low card begin, and their words if any."""
        taken = self.ink.names.width(name) + BAR
        rest = plan.name_width - taken
        if rest < _ENOUGH * self.ink.line:
            return taken, ""
        return taken, self.details(card, rest, False)[0]

    def _fitted(self, key: tuple[str, str, int, bool]) -> tuple[str, ...]:
        times, service, width, can_wrap = key
        letters = self.ink.words
        whole = f"{times}  {service}"
        if letters.width(whole) <= width:
            return (whole,)
        if can_wrap:
            return letters.cut(times, width), letters.cut(service, width)
        start = times.partition("–")[0]
        return (letters.cut(f"{start}  {service}", width),)


def _plan(ink: Ink, kind: CardKind, width: int, height: int) -> Plan:
    # Fonts have some air above and below: two pixels less still hold two lines.
    two_lines = ink.line + ink.detail_line
    room = max(width - LEFT - _RIGHT, 0)
    can_wrap = height >= two_lines + ink.detail_line - 2
    marks = _marks_that_fit(ink, kind, room)
    name_width, detail_width = room, room
    name_base = detail_base = -1
    is_tiny = False
    mark_top = (height - ink.mark) // 2
    if height >= two_lines - 2:
        whole = two_lines + (ink.detail_line if can_wrap else 0)
        name_base = min((height - whole) // 2, 4) + ink.name_rise
        detail_base = name_base + ink.name_drop + ink.detail_rise
        mark_top = height - ink.mark - 3
        if mark_top < detail_base + (ink.detail_line if can_wrap else 0):
            detail_width -= len(marks) * (ink.mark + 2)
    elif height >= ink.tiny_cap + 2:
        is_tiny = height < ink.detail_line - 4
        name_base = (height - ink.line) // 2 + ink.name_rise
        if is_tiny:
            name_base = (height + ink.tiny_cap) // 2
        name_width -= len(marks) * (ink.mark + 2)
    return Plan(
        picture=_picture(ink, kind, marks, QRect(0, mark_top, width, height)),
        colour=ink.colour(ink.colours_of(kind.status, kind.tint).text),
        name_base=name_base,
        name_width=name_width,
        detail_base=detail_base,
        detail_width=detail_width,
        can_wrap=can_wrap,
        is_narrow=room < _NARROW * ink.line,
        is_tiny=is_tiny,
    )


def _marks_that_fit(ink: Ink, kind: CardKind, room: int) -> tuple[str, ...]:
    """Return the marks that leave most of the room to the name; the last is first."""
    count = max(int(room * 0.35) // (ink.mark + 2), 1)
    return kind.marks[-count:]


def _picture(ink: Ink, kind: CardKind, marks: tuple[str, ...], room: QRect) -> QPixmap:
    """Draw the empty card; the top of `room` is where its marks begin."""
    colours, size = ink.colours_of(kind.status, kind.tint), room.size()
    picture = blank(size, ink.ratio)
    painter = smooth(picture)
    pen = QPen(QColor(colours.line), 1)
    if kind.status is Status.PENDING:
        pen.setDashPattern([4, 3])
    painter.setClipPath(rounded(painter, size, colours.fill, pen))
    painter.fillRect(QRectF(0, 0, BAR, size.height()), QColor(colours.bar))
    x = size.width() - 2
    for name in reversed(marks if room.top() >= 0 else ()):
        x -= ink.mark + 2
        if name == "?":
            spot = QRectF(x, room.top(), ink.mark, ink.mark)
            _draw_question(painter, spot, colours)
        else:
            icon = icons.pixmap(name, QColor(colours.text), ink.mark, ink.ratio)
            painter.drawPixmap(x, room.top(), icon)
    painter.end()
    return picture


def _draw_question(painter: QPainter, rect: QRectF, colours: StatusColours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.bar))
    painter.drawEllipse(rect)
    font = painter.font()
    font.setPixelSize(max(round(rect.height() * 0.78), 6))
    painter.setFont(font)
    painter.setPen(QColor(colours.fill))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
