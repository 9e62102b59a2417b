"""What every carrier keeps to, whatever is on its other side.

A test of a carrier inherits these rules and gives `far`, its other side.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest

from desk_app.domain.messages import Channel, Message
from desk_app.errors import LeaseLost, NeedsSignIn, Rejected, Transient, Unsure

if TYPE_CHECKING:
    from desk_app.messages.base import Carrier

HOSTILE = {
    "lines": "one\r\ntwo\n\nX-Evil: yes\r\n.\r\nthree\n..four",
    "end of a mail": "before\r\n.\r\nMAIL FROM:<evil@example.org>\r\nafter",
    "NUL": "before\x00after",
    "right to left": "\u202eevil\u202c שלום \u2066x\u2069",
    "four bytes": "🦷 𝕬𝖓𝖓𝖆 👩🏽\u200d⚕️",
    "markup": "<script>alert(1)</script> & <b>bold</b> *x* _y_ [z](http://e)",
    "braces": "{address} %s %(x)s ${y} {0}",
    "very long": "wörd " * 20_000,
    "one long word": "x" * 20_000,
}


class Far(Protocol):
    """The other side of a carrier, which can be told to fail the next message."""

    carrier: Carrier
    channel: Channel
    address: str

    def arrived(self) -> list[str]:
        """Return the text of each message that it has, decoded."""

    def refuse(self) -> None:
        """Refuse the next message for good."""

    def be_busy(self) -> None:
        """Refuse the next message for now."""

    def refuse_login(self) -> None:
        """Refuse the practice's login."""

    def lose_answer(self) -> None:
        """Take the next message and say nothing."""


class Edge:
    """Counts how often the edge is reached."""

    def __init__(self, error: Exception | None = None) -> None:
        self.reached = 0
        self._error = error

    def __call__(self) -> None:
        self.reached += 1
        if self._error is not None:
            raise self._error


def message(far: Far, text: str = "See you on Monday.") -> Message:
    """Return a message to the other side."""
    return Message(
        channel=far.channel,
        address=far.address,
        subject="Your appointment",
        text=text,
        message_id="<1-confirmation@desk-app.example>",
        language="en",
    )


def plain(text: str) -> str:
    """Return a text as it is compared: ends of lines are those of the channel."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


class CarrierRules:
    """The rules of `desk_app/messages/base.py`; `refused` names what is too much."""

    refused: frozenset[str] = frozenset()

    def test_a_message_arrives_once_with_its_text(self, far: Far) -> None:
        edge = Edge()
        far.carrier.send(message(far, "Am Montag, 9 Uhr: Zahnärztin Özdemir."), edge)
        assert far.arrived() == ["Am Montag, 9 Uhr: Zahnärztin Özdemir."]
        assert edge.reached == 1

    def test_whoever_is_stopped_at_the_edge_sends_nothing(self, far: Far) -> None:
        with pytest.raises(LeaseLost):
            far.carrier.send(message(far), Edge(LeaseLost()))
        assert far.arrived() == []

    def test_an_edge_that_fails_oddly_stops_as_well(self, far: Far) -> None:
        with pytest.raises(OSError, match="no database"):
            far.carrier.send(message(far), Edge(OSError("no database")))
        assert far.arrived() == []

    def test_what_is_refused_for_good_is_rejected(self, far: Far) -> None:
        far.refuse()
        with pytest.raises(Rejected):
            far.carrier.send(message(far), Edge())
        assert far.arrived() == []

    def test_what_is_refused_for_now_may_be_tried_again(self, far: Far) -> None:
        far.be_busy()
        with pytest.raises(Transient):
            far.carrier.send(message(far), Edge())
        assert far.arrived() == []
        far.carrier.send(message(far), Edge())
        assert far.arrived() == ["See you on Monday."]

    def test_a_lost_answer_leaves_everybody_unsure(self, far: Far) -> None:
        far.lose_answer()
        edge = Edge()
        with pytest.raises(Unsure):
            far.carrier.send(message(far), edge)
        assert far.arrived() == ["See you on Monday."]
        assert edge.reached == 1

    def test_a_refused_login_needs_a_person(self, far: Far) -> None:
        far.refuse_login()
        with pytest.raises(NeedsSignIn):
            far.carrier.send(message(far), Edge())
        assert far.arrived() == []

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_text_arrives_as_text(self, far: Far, name: str) -> None:
        if name in self.refused:
            with pytest.raises(Rejected):
                far.carrier.send(message(far, HOSTILE[name]), Edge())
            assert far.arrived() == []
            return
        far.carrier.send(message(far, HOSTILE[name]), Edge())
        (arrived,) = far.arrived()
        assert plain(arrived) == plain(HOSTILE[name])

    def test_half_a_letter_is_refused_or_arrives(self, far: Far) -> None:
        broken = message(far, "before \ud800 after")
        try:
            far.carrier.send(broken, Edge())
        except Rejected:
            assert far.arrived() == []
        else:
            (arrived,) = far.arrived()
            assert arrived.startswith("before ")

    def test_several_threads_send_at_once(self, far: Far) -> None:
        texts = [f"message {number}" for number in range(8)]
        threads = [
            threading.Thread(target=far.carrier.send, args=(message(far, text), Edge()))
            for text in texts
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(far.arrived()) == texts

    def test_nothing_private_is_in_what_is_raised(self, far: Far) -> None:
        private = replace(message(far, "private words"), subject="private subject")
        for fail in (far.refuse, far.be_busy, far.lose_answer, far.refuse_login):
            fail()
            with pytest.raises((Rejected, Transient, Unsure, NeedsSignIn)) as caught:
                far.carrier.send(private, Edge())
            told = repr(caught.value)
            assert "private" not in told
            assert far.address not in told
            assert caught.value.__suppress_context__ or not caught.value.__context__
