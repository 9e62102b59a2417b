"""Who carries messages now, as managers have set it up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from desk_app.domain.mail_hosts import Security
from desk_app.domain.message_settings import MailSettings
from desk_app.domain.messages import Channel
from desk_app.errors import KeyMissing, NeedsSignIn
from desk_app.messages.mail import Mail
from desk_app.messages.push import Push
from desk_app.services.accounts import MailAccount
from desk_app.worker.channels import KEPT_SECONDS, Channels

PUSH = "ntfys://ntfy.example.org/{address}"
SETTINGS = MailSettings(
    "mail.example.org", 587, Security.STARTTLS, sender="a@b.example"
)


@dataclass
class Office:
    """What a manager has set up, and what opens it."""

    account: MailAccount | None = None
    relays: dict[Channel, str] = field(default_factory=dict)
    has_key: bool = True
    now: float = 0.0

    def mail(self) -> MailAccount | None:
        return self.account

    def relay(self, channel: Channel) -> str | None:
        if not self.has_key:
            raise KeyMissing
        return self.relays.get(channel)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def channels(office: Office) -> Channels:
    return Channels(office, lambda: office.now)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PUSH, Channel.SMS])
def test_what_nobody_set_up_has_no_carrier(
    channels: Channels, channel: Channel
) -> None:
    assert channels.carrier(channel) is None


def test_what_was_changed_counts_in_a_moment(
    channels: Channels, office: Office
) -> None:
    assert channels.carrier(Channel.EMAIL) is None
    office.account = MailAccount(SETTINGS)
    office.now = KEPT_SECONDS - 0.1
    assert channels.carrier(Channel.EMAIL) is None
    office.now = KEPT_SECONDS
    first = channels.carrier(Channel.EMAIL)
    assert isinstance(first, Mail)
    assert channels.carrier(Channel.EMAIL) is first
    office.account = MailAccount(replace(SETTINGS, host="other.example.org"))
    office.now *= 2
    assert channels.carrier(Channel.EMAIL) not in (None, first)


def test_the_key_is_asked_for_again_at_once(channels: Channels, office: Office) -> None:
    office.relays, office.has_key = {Channel.PUSH: PUSH}, False
    with pytest.raises(KeyMissing):
        channels.carrier(Channel.PUSH)
    office.has_key = True
    assert isinstance(channels.carrier(Channel.PUSH), Push)


@pytest.mark.parametrize("url", ["", "ntfys://ntfy.example.org/", "file:///{address}"])
def test_an_address_that_is_none_is_for_a_manager_to_mend(
    channels: Channels, office: Office, url: str
) -> None:
    office.relays = {Channel.SMS: url}
    with pytest.raises(NeedsSignIn):
        channels.carrier(Channel.SMS)
