"""The dialogs of series: booking one, moving all that follow, one or all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.series import ShiftWish
from desk_app.ui.series.dialog import SeriesDialog
from desk_app.ui.series.ports import SeriesForm, SeriesPorts, ShiftPorts
from desk_app.ui.series.scope import ScopeDialog
from desk_app.ui.series.shift import ShiftDialog
from tests.hostile.screens.registry import Scene, screen
from tests.hostile.stage import port

if TYPE_CHECKING:
    from collections.abc import Iterator


def ports(scene: Scene) -> SeriesPorts:
    """Return the ways to look at a series and to book it."""
    desk = scene.stage.desk
    return SeriesPorts(
        port(desk.clients.find), port(desk.series.plan), port(desk.series.book)
    )


@screen("series", shows="client.name")
def series(scene: Scene) -> Iterator[None]:
    """A series of a known client over a taken time; then one without a client."""
    facts = scene.facts
    visit = facts.confirmed
    service = next(
        each for each in facts.catalogue.services if each.service_id == visit.service_id
    )
    first = visit.start - timedelta(weeks=1)
    for client in (facts.client, None):
        form = SeriesForm(facts.screen, service, first, client)
        scene.show(lambda form=form: SeriesDialog(form, ports(scene)))
        yield


@screen("shift", shows="client.name")
def shift(scene: Scene) -> Iterator[None]:
    """An appointment that moves onto another one."""
    facts, desk = scene.facts, scene.stage.desk
    wish = ShiftWish(
        facts.confirmed.appointment_id,
        facts.confirmed.provider_id,
        facts.pending.start,
    )
    ways = ShiftPorts(port(desk.series.plan_shift), port(desk.booking.move_all))
    scene.show(lambda: ShiftDialog(facts.confirmed, wish, facts.screen, ways))
    yield


@screen("scope", shows="client.name")
def scope(scene: Scene) -> Iterator[None]:
    """The question whether one is meant, or all."""
    facts = scene.facts
    both = (facts.pending, facts.confirmed)
    scene.show(lambda: ScopeDialog("", both, facts.screen))
    yield
