"""The dialogs of managers: who works here, keys for other desks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desk_app.errors import DeskError, Invalid
from desk_app.ui.admin import step
from desk_app.ui.admin.enrolment import EnrolmentPorts, EnterCodeDialog, OfferDialog
from desk_app.ui.admin.flows import AdminFlows
from desk_app.ui.admin.hand_over import HandOverDialog
from desk_app.ui.admin.new_password import NewPasswordDialog
from desk_app.ui.admin.person import PersonDialog
from desk_app.ui.admin.ports import StaffBoard
from desk_app.ui.admin.staff import StaffDialog
from desk_app.ui.admin.step import StepDialog
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.staff import Staff


def _flows(scene: Scene) -> AdminFlows:
    desk = scene.desk
    return AdminFlows(scene.stage.desk, desk._calls, desk.practice, desk.window())


def _person(scene: Scene) -> Staff:
    return scene.facts.catalogue.people[0]


@screen("staff", shows="staff_user.name")
def staff(scene: Scene) -> Iterator[None]:
    """Who works here, and whom one looks for."""
    ports = _flows(scene).staff_ports()
    dialog = scene.show(lambda: StaffDialog(ports))
    scene.settle()
    yield
    with scene.turns.turn():
        dialog.pane.search.setText(scene.text[:400])
    yield


@screen("somebody of the staff", shows="staff_user.name")
def person(scene: Scene) -> Iterator[None]:
    """The form for somebody who is known; then for somebody new, who is refused."""
    catalogue, ports = scene.facts.catalogue, _flows(scene).staff_ports()
    board = StaffBoard(catalogue.people, catalogue.providers, catalogue.me)
    scene.show(lambda: PersonDialog(board, _person(scene), ports))
    yield
    new = scene.show(lambda: PersonDialog(board, None, ports))
    with scene.turns.turn():
        new.name.setText(scene.text)
        new._on_name(scene.text)
        new.show_refusal(Invalid("name", "This is no name."))
    yield


@screen("steps with somebody", shows="staff_user.name")
def steps(scene: Scene) -> Iterator[None]:
    """Letting go, a new password, and what is handed over then."""
    who, ports = _person(scene), _flows(scene).staff_ports()
    letting_go = step.letting_go(ports)
    scene.show(partial(StepDialog, who, letting_go, ports.patience))
    scene.show(lambda: NewPasswordDialog(who, ports))
    scene.show(lambda: HandOverDialog(who, scene.text[:200]))
    yield


@screen("codes for other desks", rare=True)
def codes(scene: Scene) -> Iterator[None]:
    """A code that is shown, and one that is typed and refused."""
    error = DeskError(scene.text)
    ports = EnrolmentPorts(
        offer=lambda _then, failed: failed(error),
        start_over=lambda _then, failed: failed(error),
        take=lambda _code, _then, failed: failed(Invalid("code", scene.text)),
    )
    offered = scene.show(lambda: OfferDialog(ports))
    typed = scene.show(lambda: EnterCodeDialog(ports))
    with scene.turns.turn():
        offered.ask_for_code()
        typed._code.setText("X")
        typed._on_go()
    yield
