"""The carrier that keeps messages is one like the others."""

from __future__ import annotations

import pytest

from desk_app.domain.messages import Channel
from desk_app.errors import Unsure
from desk_app.messages.memory import Fault, Memory
from tests.messages.contract import CarrierRules, Edge, message


class Shelf:
    """The other side of a `Memory`."""

    channel = Channel.EMAIL
    address = "anna.keller@example.org"

    def __init__(self) -> None:
        self.carrier = Memory()

    def arrived(self) -> list[str]:
        return [kept.text for kept in self.carrier.kept]

    def refuse(self) -> None:
        self.carrier.fail(Fault.REFUSED)

    def be_busy(self) -> None:
        self.carrier.fail(Fault.BUSY)

    def refuse_login(self) -> None:
        self.carrier.fail(Fault.SIGNED_OUT)

    def lose_answer(self) -> None:
        self.carrier.fail(Fault.ANSWER_LOST)


@pytest.fixture
def far() -> Shelf:
    return Shelf()


class TestMemory(CarrierRules):
    pass


def test_a_message_can_be_lost_behind_the_edge(far: Shelf) -> None:
    edge = Edge()
    far.carrier.fail(Fault.LOST)
    with pytest.raises(Unsure):
        far.carrier.send(message(far), edge)
    assert (far.arrived(), edge.reached) == ([], 1)
