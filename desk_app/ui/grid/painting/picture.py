"""One repaint of the grid, from the ground up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.ui.grid.delegate import paint_cards
from desk_app.ui.grid.painting import background, cells, held, overlay, pinned
from desk_app.ui.grid.painting.scene import Scene
from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from desk_app.ui.grid.view import DiaryView

_FADED = 165


def paint(view: DiaryView, exposed: QRect) -> None:
    """Paint the exposed part of the viewport."""
    painter = QPainter(view.viewport())
    shift = QPoint(view.horizontalOffset(), view.verticalOffset())
    painter.translate(-shift)
    scene = Scene(view.columns, view.frame, view.plans, exposed.translated(shift))
    background.paint(painter, scene)
    if view.offers.is_shown:
        cells.paint_offers(painter, scene, view.offers, view.labels)
    overlay.paint_now(painter, scene, view.now, is_over_cards=False)
    held.paint_held(painter, scene, view.held.marks())
    paint_cards(painter, scene)
    pinned.paint_pins(painter, view, scene)
    overlay.paint_now(painter, scene, view.now, is_over_cards=True)
    _paint_attention(painter, view, scene)
    _paint_carried(painter, view, scene)
    if view.stretching.ghost is not None:
        overlay.paint_ghost(painter, scene, view.stretching.ghost)
    words = empty_words(view)
    if words is not None:
        room = view.viewport().rect().translated(shift)
        overlay.paint_empty(painter, view.ink, room, words)
    painter.end()


def empty_words(view: DiaryView) -> tuple[str, str] | None:
    """Return a title and a sentence if there is nothing to see, else None."""
    columns = view.columns
    if not columns:
        return (
            tr("No providers chosen"),
            tr("Tick at least one provider in the list to see the diary."),
        )
    if not all(map(background.is_closed, columns)):
        return None
    return (
        tr("Closed on this day"),
        tr("Nobody shown here has opening hours. Choose another day to book."),
    )


def _paint_attention(painter: QPainter, view: DiaryView, scene: Scene) -> None:
    """Paint what the pointer is on and what is selected."""
    hovered, place = view.pointer.hovered, view.place
    if hovered is not None and view.carrying.ghost is None and hovered != place:
        rect = view.place_rect(hovered)
        if hovered.appointment_id is not None:
            cells.paint_glow(painter, scene, rect)
        else:
            cells.paint_hover(painter, scene, hovered, view.labels)
    if place is None:
        return
    if place.appointment_id is None:
        cells.paint_chosen_time(painter, scene, place, view.labels)
    rect = view.place_rect(place)
    if rect.isValid() and (place.appointment_id is not None or view.hasFocus()):
        cells.paint_ring(painter, scene, rect, view.hasFocus())


def _paint_carried(painter: QPainter, view: DiaryView, scene: Scene) -> None:
    ghost = view.carrying.ghost
    if ghost is None:
        return
    origin = view.place_of(ghost.appointment.appointment_id)
    if origin is not None:
        veil = QColor(scene.ink.theme.grid_open)
        veil.setAlpha(_FADED)
        painter.fillRect(view.place_rect(origin), veil)
    overlay.paint_ghost(painter, scene, ghost)
