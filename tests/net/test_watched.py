"""A plug-in asks nobody behind the back of the one who uses it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import requests

from desk_app.net.deadline import Deadline
from desk_app.net.trust import trusting
from desk_app.net.watched import Call, Requests
from tests.messages.contract import Edge
from tests.messages.receiver import Receiver, receiving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving("http://127.0.0.1:PORT/") as receiver:
        yield receiver


@contextmanager
def calling(edge: Edge) -> Iterator[Call]:
    with Deadline(5.0) as deadline, Call(deadline, 1.0, trusting(), edge) as call:
        yield call


def ask(receiver: Receiver, **more: object) -> requests.Response:
    url = receiver.template.replace("PORT", str(receiver.port))
    return Requests().post(url, json={"message": "x"}, **more)


def test_nothing_is_asked_outside_of_a_call(receiver: Receiver) -> None:
    with pytest.raises(LookupError):
        ask(receiver)
    assert receiver.paths == []


def test_the_edge_is_reached_once_for_all_questions(receiver: Receiver) -> None:
    edge = Edge()
    with calling(edge) as call:
        assert ask(receiver).json() == {"id": "1"}
        ask(receiver)
    assert edge.reached == 1
    assert [question.status for question in call.questions] == [200, 200]


def test_nothing_more_is_asked_when_an_answer_did_not_come(receiver: Receiver) -> None:
    receiver.lose_answer()
    with calling(Edge()) as call:
        for _ in range(3):
            with pytest.raises(requests.ConnectionError):
                ask(receiver)
    assert receiver.arrived() == ["x"]
    assert call.questions[-1].is_open


def test_whoever_was_stopped_once_asks_nothing_more(receiver: Receiver) -> None:
    with calling(Edge(OSError("stopped"))) as call:
        for _ in range(2):
            with pytest.raises(OSError, match="stopped"):
                ask(receiver)
    assert receiver.paths == []
    assert str(call.stopped) == "stopped"


def test_what_a_plugin_wishes_does_not_loosen_the_bounds(receiver: Receiver) -> None:
    receiver.answer(302, Location="/elsewhere")
    with calling(Edge()) as call:
        ask(receiver, verify=False, allow_redirects=True, timeout=None)
    assert receiver.paths == ["/"]
    assert call.questions[0].status == 302


def test_the_rest_of_the_library_is_there() -> None:
    assert Requests().codes.ok == 200
    assert Requests().RequestException is requests.RequestException
