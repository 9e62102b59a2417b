"""By which channels somebody is told, and why one of them is left out."""

from __future__ import annotations

import pytest

from desk_app.domain.message_plan import Contact, MessagePlan, Way, channels_for
from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.queue import Outcome

EMAIL, PUSH, SMS, DESKTOP = Channel
ALL = frozenset(Channel)
ANNA = {EMAIL: "anna@example.org", PUSH: "anna", SMS: "+49301234567"}


@pytest.mark.parametrize(
    ("kind", "client", "provider"),
    [
        (MessageKind.CONFIRMATION, (EMAIL,), ()),
        (MessageKind.CHANGE_NOTICE, (EMAIL,), ()),
        (MessageKind.CANCELLATION_NOTICE, (EMAIL,), ()),
        (MessageKind.NO_SHOW_NOTICE, (EMAIL,), ()),
        (MessageKind.REMINDER_48H, (EMAIL, PUSH), (EMAIL, PUSH)),
        (MessageKind.REMINDER_1H, (PUSH,), (PUSH, DESKTOP)),
        (MessageKind.TEST, (), ()),
    ],
)
def test_what_is_usual(
    kind: MessageKind, client: tuple[Channel, ...], provider: tuple[Channel, ...]
) -> None:
    plan = MessagePlan()
    assert plan.channels(kind, Recipient.CLIENT) == client
    assert plan.channels(kind, Recipient.PROVIDER) == provider


@pytest.mark.parametrize(
    ("contact", "set_up", "channel", "left_out"),
    [
        (Contact(ANNA), ALL, EMAIL, None),
        (Contact(ANNA), ALL, SMS, None),
        (Contact(ANNA, frozenset({EMAIL})), ALL, PUSH, Outcome.OPTED_OUT),
        (Contact({}, frozenset({EMAIL})), ALL, PUSH, Outcome.OPTED_OUT),
        (Contact(ANNA | {PUSH: ""}), ALL, PUSH, Outcome.NO_ADDRESS),
        (Contact({}), ALL, PUSH, Outcome.NO_ADDRESS),
        (Contact(ANNA), frozenset({EMAIL}), PUSH, Outcome.NOT_SET_UP),
        (Contact({}), frozenset({EMAIL}), PUSH, Outcome.NOT_SET_UP),
        (Contact({}), frozenset(), DESKTOP, None),
    ],
)
def test_why_a_channel_is_left_out(
    contact: Contact,
    set_up: frozenset[Channel],
    channel: Channel,
    left_out: Outcome | None,
) -> None:
    assert channels_for((channel,), contact, set_up) == (Way(channel, left_out),)


def test_an_address_is_not_printed() -> None:
    assert "anna" not in repr(Contact(ANNA))
