"""Push and text messages, by a service that the practice has chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from desk_app.domain.messages import Channel
from desk_app.errors import Invalid, NeedsSignIn, Rejected, Transient, Unsure
from desk_app.messages.plugins import schemes, service
from desk_app.net.deadline import Deadline
from desk_app.net.retry_after import seconds_to_wait
from desk_app.net.trust import trusting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apprise import NotifyBase

    from desk_app.domain.messages import Message
    from desk_app.errors import ProviderError
    from desk_app.net.watched import Call, Question

PLACEHOLDER = "{address}"
# For each single step: to connect, to send.
STEP_SECONDS = 10.0
WHOLE_SECONDS = 28.0
# What is longer is no push, and a text message would cost as many as it fills.
LONGEST = 1000
_ADDRESS = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9_.@+=:-]{1,200}")
_FIELDS = {Channel.PUSH: "push_url", Channel.SMS: "sms_url"}
# Over these nothing is encrypted.
_PLAIN = {"ntfy", "gotify", "signal", "matrix", "bark", "smseagle", "json", "form"}
_NEAR = (".local", ".lan", ".internal", ".home.arpa")
# Addresses in each of the forms in which services know people.
_EXAMPLES = ("+4915112345678", "uQiRzpo4DXghDmr9QzzfQu27cmVRsG", "ABCD1234")


@dataclass(frozen=True, slots=True)
class PushService:
    """The service of a practice: an apprise URL in which {address} stands for people.

    Raises Invalid ("push_url" or "sms_url") for what is no such URL, for services that
    are not known to send to one person at a time, and where the text or the password
    would leave the practice unencrypted.
    """

    url_template: str = field(repr=False)
    channel: Channel = Channel.PUSH

    def __post_init__(self) -> None:
        if self.channel not in _FIELDS:
            raise Invalid("channel", "This channel has no such service.")
        fault = self._fault()
        if fault:
            raise Invalid(_FIELDS[self.channel], fault)

    def url(self, address: str) -> str:
        """Return the URL of one person; raises Rejected if it cannot be in one."""
        if not _ADDRESS.fullmatch(address):
            raise Rejected("This is no address that a service could know.")
        return self.url_template.replace(PLACEHOLDER, quote(address, safe=""))

    def reaching(self, address: str) -> NotifyBase:
        """Return what speaks to the service about one person, and only one."""
        spoken_to = service(self.url(address), self.channel)
        if spoken_to is None or len(spoken_to) != 1:
            raise Rejected("The service takes no such address.")
        return spoken_to

    def _fault(self) -> str:
        url = self.url_template
        scheme = url.partition("://")[0].lower()
        if not url.isprintable() or scheme not in schemes(self.channel):
            return "This is no service that is known here."
        if PLACEHOLDER not in url:
            return "The address must hold {address}."
        if scheme in _PLAIN and not _is_near(url):
            return "Such a line is not encrypted; add an “s”, as in ntfys://."
        known = [self._tried(address) for address in _EXAMPLES]
        if not any(known):
            return "The service does not know this form of address."
        if not all(one.verify_certificate for one in known if one):
            return "Certificates must be verified."
        return ""

    def _tried(self, address: str) -> NotifyBase | None:
        try:
            return self.reaching(address)
        except Rejected:
            return None


class Push:
    """Carries push and text messages; each has a line of its own.

    `cafile` names the only authorities to trust, by default those of the system.
    """

    def __init__(
        self,
        practice: PushService,
        *,
        cafile: Path | None = None,
        step_seconds: float = STEP_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._practice = practice
        self._cafile = cafile
        self._step_seconds = step_seconds
        self._whole_seconds = whole_seconds

    def send(self, message: Message, at_the_edge: Callable[[], None]) -> None:
        """Hand one message over, as `base.Carrier` says."""
        from desk_app.net.watched import Call

        if len(message.text) > LONGEST:
            raise Rejected("This text is too long for a push or text message.")
        spoken_to = self._practice.reaching(message.address)
        trusted = trusting(self._cafile)
        with (
            Deadline(self._whole_seconds) as deadline,
            Call(deadline, self._step_seconds, trusted, at_the_edge) as call,
        ):
            is_taken = _told(spoken_to, message)
        if call.stopped is not None:
            raise call.stopped
        if not is_taken or not call.questions:
            raise _failure(call)


def _told(spoken_to: NotifyBase, message: Message) -> bool:
    from apprise import NotifyFormat, OverflowMode

    # A text message has no subject; others would put it before the text.
    subject = "" if message.channel is Channel.SMS else message.subject
    try:
        return spoken_to.notify(
            title=subject,
            body=message.text,
            body_format=NotifyFormat.TEXT,
            # One message stays one: half of it cannot be sent again.
            overflow=OverflowMode.UPSTREAM,
        )
    # A plug-in may stumble over an answer in any way; what was asked is known.
    except Exception:  # noqa: BLE001
        return False


def _failure(call: Call) -> ProviderError:
    """Return what the last question of a plug-in means that says it went wrong."""
    if not call.questions:
        return Rejected("The service takes no such message.")
    question = call.questions[-1]
    if question.status:
        return _answered(question)
    if question.is_unsafe:
        return NeedsSignIn("The service’s certificate is not trusted.")
    if question.is_open:
        return Unsure("The service did not say whether it took the message.")
    return Transient("The service cannot be reached.")


def _answered(question: Question) -> ProviderError:
    status = question.status
    if status in (408, 425, 429) or status >= 500:
        words = f"The service is busy or unwell (status {status})."
        return Transient(words, after=seconds_to_wait(question.headers))
    if status in (401, 407):
        return NeedsSignIn(f"The service refused the login (status {status}).")
    if 300 <= status < 400:
        return Rejected(f"The service has moved elsewhere (status {status}).")
    if status >= 400:
        return Rejected(f"The service refused the message (status {status}).")
    return Unsure("The service’s answer cannot be understood.")


def _is_near(url: str) -> bool:
    """Tell whether a service stands in the practice itself, so far as a name tells."""
    try:
        host = urlsplit(url.replace(PLACEHOLDER, "address")).hostname or ""
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_NEAR)
