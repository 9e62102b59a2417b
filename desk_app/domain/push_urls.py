"""The practice's push service and its SMS service, each as an address of apprise.

Such an address holds the key of the service, and `{address}` where the person comes:
a topic, a user key, a phone number. Whoever reads it can send in the practice's name,
so it is sealed as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from desk_app.domain.host_names import clean_server
from desk_app.domain.messages import Channel
from desk_app.errors import Invalid

ADDRESS = "{address}"
LONGEST_URL = 2_000
NTFY_SERVER = "ntfy.sh"

# What an address of one's own may begin with: services that send over an encrypted
# line, and whose address names one person. Nothing here runs a program or opens a file.
SCHEMES = frozenset(
    {
        *("ntfys", "pover", "gotifys", "pushy", "pbul", "join", "barks"),
        *("tgram", "signals", "threema", "matrixs", "jsons", "forms", "xmls"),
        *("twilio", "vonage", "nexmo", "sinch", "msgbird", "seven", "46elks", "elks"),
        *("plivo", "bulksms", "bulkvs", "clicksend", "clickatell", "d7sms", "httpsms"),
        *("smseagles", "smsmanager", "smsmgr", "voipms", "msg91", "burstsms", "sns"),
    }
)
# Of these the server is the practice's own choice.
_AT_OWN_SERVERS = frozenset(
    {"ntfys", "gotifys", "barks", "signals", "matrixs", "jsons", "forms", "xmls"}
    | {"smseagles"}
)


class ServiceName(StrEnum):
    """The services that a practice can choose; OTHER is given by its address."""

    NTFY = "NTFY"
    PUSHOVER = "PUSHOVER"
    GOTIFY = "GOTIFY"
    TWILIO = "TWILIO"
    VONAGE = "VONAGE"
    SINCH_EU = "SINCH_EU"
    SINCH_US = "SINCH_US"
    MESSAGEBIRD = "MESSAGEBIRD"
    SEVEN = "SEVEN"
    ELKS = "ELKS"
    OTHER = "OTHER"


PUSH_SERVICES = (
    ServiceName.NTFY,
    ServiceName.PUSHOVER,
    ServiceName.GOTIFY,
    ServiceName.OTHER,
)
SMS_SERVICES = (
    ServiceName.TWILIO,
    ServiceName.VONAGE,
    ServiceName.SINCH_EU,
    ServiceName.SINCH_US,
    ServiceName.MESSAGEBIRD,
    ServiceName.SEVEN,
    ServiceName.ELKS,
    ServiceName.OTHER,
)
OFFERED = {Channel.PUSH: PUSH_SERVICES, Channel.SMS: SMS_SERVICES}


class Part(StrEnum):
    """What a service must know; the names of the fields of `Relay`, and its key."""

    SERVER = "server"
    ACCOUNT = "account"
    SENDER = "sender"
    KEY = "secret"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a service is asked for; `optional` may stay empty."""

    parts: tuple[Part, ...]
    optional: frozenset[Part] = frozenset()


_SERVER, _ACCOUNT, _SENDER, _KEY = Part
NEEDS = {
    ServiceName.NTFY: Needs((_SERVER, _KEY), frozenset({_KEY})),
    ServiceName.PUSHOVER: Needs((_KEY,)),
    ServiceName.GOTIFY: Needs((_SERVER,)),
    ServiceName.TWILIO: Needs((_ACCOUNT, _KEY, _SENDER)),
    ServiceName.VONAGE: Needs((_ACCOUNT, _KEY, _SENDER)),
    ServiceName.SINCH_EU: Needs((_ACCOUNT, _KEY, _SENDER)),
    ServiceName.SINCH_US: Needs((_ACCOUNT, _KEY, _SENDER)),
    ServiceName.MESSAGEBIRD: Needs((_KEY, _SENDER)),
    ServiceName.SEVEN: Needs((_KEY, _SENDER), frozenset({_SENDER})),
    ServiceName.ELKS: Needs((_ACCOUNT, _KEY, _SENDER)),
    ServiceName.OTHER: Needs((_KEY,)),
}


@dataclass(frozen=True, slots=True)
class Relay:
    """The service that a practice has for a channel, without its key.

    `server` is "host", "host:port" or "host/path"; what is not asked for is "".
    """

    service: ServiceName | None = None
    server: str = ""
    account: str = ""
    sender: str = ""

    @property
    def is_set_up(self) -> bool:
        """Whether messages can be sent by it."""
        return self.service is not None


def url_template(relay: Relay, key: str) -> str:
    """Return the address of a service with `{address}` in it, each value quoted.

    Raises Invalid by part ("server", "account", "sender", "secret").
    """
    if relay.service is None:
        raise Invalid("service", "Choose a service.")
    if relay.service is ServiceName.OTHER:
        return _own(key)
    checked = clean_relay(relay)
    _check_key(relay.service, key.strip())
    return _WRITERS[relay.service].format(
        server=checked.server,
        account=quote(checked.account, safe=""),
        sender=quote(checked.sender, safe=""),
        key=quote(key.strip(), safe=""),
        user=f"{quote(key.strip(), safe='')}@" if key.strip() else "",
        by="?auth=token" if key.strip() else "",
        said=f"?from={quote(checked.sender, safe='')}" if checked.sender else "",
        address=ADDRESS,
    )


def clean_relay(relay: Relay) -> Relay:
    """Return a service as it is stored; raises Invalid by part.

    What a service does not ask for is left out.
    """
    if relay.service is None:
        return Relay()
    needs = NEEDS[relay.service]
    said: dict[str, str] = {}
    for part in needs.parts:
        if part is not Part.KEY:
            said[part] = _clean(relay.service, part, getattr(relay, part).strip())
    return Relay(relay.service, **said)


def clean_address(text: str, field: str = "push_address") -> str:
    """Return by what a push service knows somebody; "" stays "".

    Raises Invalid by `field`.
    """
    address = text.strip()
    if address and not _KNOWN_BY.fullmatch(address):
        raise Invalid(
            field,
            "Type what the push service calls this person: letters, digits and"
            " . _ @ + = : - only, without spaces.",
        )
    return address


# The address goes into a URL; with these letters it cannot become more of it.
_KNOWN_BY = re.compile(r"[A-Za-z0-9_.@+=:-]{1,254}")
_WRITERS = {
    ServiceName.NTFY: "ntfys://{user}{server}/{address}{by}",
    ServiceName.PUSHOVER: "pover://{address}@{key}",
    ServiceName.GOTIFY: "gotifys://{server}/{address}",
    ServiceName.TWILIO: "twilio://{account}:{key}@{sender}/{address}",
    ServiceName.VONAGE: "vonage://{account}:{key}@{sender}/{address}",
    ServiceName.SINCH_EU: "sinch://{account}:{key}@{sender}/{address}?region=eu",
    ServiceName.SINCH_US: "sinch://{account}:{key}@{sender}/{address}?region=us",
    ServiceName.MESSAGEBIRD: "msgbird://{key}/{sender}/{address}",
    ServiceName.SEVEN: "seven://{key}/{address}{said}",
    ServiceName.ELKS: "46elks://{account}:{key}@{sender}/{address}",
}
_PHONE = re.compile(r"\+?[0-9]{11,14}")
_WORD_OR_PHONE = re.compile(r"\+?[0-9]{11,14}|[A-Za-z][A-Za-z0-9]{0,10}")
_LETTERS = re.compile(r"[A-Za-z0-9]+")
_ACCOUNTS = {
    ServiceName.TWILIO: (
        re.compile(r"AC[A-Fa-f0-9]{32}"),
        "An account SID of Twilio begins with AC and has 34 letters and digits.",
    ),
    ServiceName.SINCH_EU: (re.compile(r"[A-Fa-f0-9]+"), "This is no service plan ID."),
    ServiceName.SINCH_US: (re.compile(r"[A-Fa-f0-9]+"), "This is no service plan ID."),
}
_KEYS = {
    ServiceName.NTFY: (
        re.compile(r"[A-Za-z0-9_.-]{4,200}|"),
        "An access token of ntfy begins with tk_ and has no spaces.",
    ),
    ServiceName.PUSHOVER: (
        re.compile(r"[A-Za-z0-9]{30}"),
        "An application token of Pushover has 30 letters and digits.",
    ),
    ServiceName.MESSAGEBIRD: (
        re.compile(r"[A-Za-z0-9]{25}"),
        "An access key of MessageBird has 25 letters and digits.",
    ),
    ServiceName.SINCH_EU: (re.compile(r"[A-Fa-f0-9]+"), "This is no API token."),
    ServiceName.SINCH_US: (re.compile(r"[A-Fa-f0-9]+"), "This is no API token."),
    ServiceName.SEVEN: (
        re.compile(r"[A-Za-z0-9_-]+"),
        "An API key of seven has letters and digits only.",
    ),
    ServiceName.ELKS: (_LETTERS, "An API password of 46elks has letters and digits."),
}
_WORDY_SENDERS = (ServiceName.SEVEN, ServiceName.ELKS)


def _clean(service: ServiceName, part: Part, text: str) -> str:
    if not text:
        if part in NEEDS[service].optional:
            return ""
        raise Invalid(part, _MISSING[part])
    if part is Part.SERVER:
        return clean_server(text, part)
    if part is Part.ACCOUNT:
        shape, words = _ACCOUNTS.get(service, (_LETTERS, "Letters and digits only."))
        if not shape.fullmatch(text):
            raise Invalid(part, words)
        return text
    return _clean_sender(service, text)


def _clean_sender(service: ServiceName, text: str) -> str:
    number = re.sub(r"[\s()/-]+", "", text)
    if _PHONE.fullmatch(number):
        return number
    if service not in _WORDY_SENDERS:
        words = "Type the number that sends, with its country code: +49 …"
        raise Invalid(Part.SENDER, words)
    if not _WORD_OR_PHONE.fullmatch(text):
        raise Invalid(
            Part.SENDER,
            "Type a number with its country code, or a word of at most 11 letters and"
            " digits that begins with a letter.",
        )
    return text


def _check_key(service: ServiceName, key: str) -> None:
    needs = NEEDS[service]
    if Part.KEY not in needs.parts:
        return
    if not key:
        if Part.KEY in needs.optional:
            return
        raise Invalid(Part.KEY, _MISSING[Part.KEY])
    shape, words = _KEYS.get(service, (_LETTERS, "Letters and digits only."))
    if not shape.fullmatch(key):
        raise Invalid(Part.KEY, words)


_MISSING = {
    Part.SERVER: "Type the name of the server.",
    Part.ACCOUNT: "Type what the service calls your account.",
    Part.SENDER: "Type the number or name that messages come from.",
    Part.KEY: "Type the key that the service gave you.",
}


def _own(text: str) -> str:
    """Return an address of one's own; raises Invalid("secret")."""
    url = text.strip()
    if not url:
        raise Invalid(Part.KEY, "Type the address of the service.")
    scheme, found, rest = url.partition("://")
    if not found or not rest:
        words = "An address looks like jsons://user:key@host/path?to={address}."
        raise Invalid(Part.KEY, words)
    if scheme.lower() not in SCHEMES:
        raise Invalid(
            Part.KEY,
            f"{scheme[:20]}:// cannot be used here: it is not known, or its line is"
            " not encrypted.",
        )
    if url.count(ADDRESS) != 1:
        words = "Write {address} once, where the person’s address or number comes."
        raise Invalid(Part.KEY, words)
    if len(url) > LONGEST_URL or not url.isascii() or re.search(r"[\s\x00-\x1f]", url):
        raise Invalid(Part.KEY, "An address has no spaces and plain letters only.")
    _check_host(url)
    return url


def _check_host(url: str) -> None:
    """Keep the person's address out of the name of the server it is sent to."""
    try:
        netloc = urlsplit(url).netloc
    except ValueError:
        raise Invalid(Part.KEY, "This is not an address.") from None
    scheme = url.partition("://")[0].lower()
    if scheme in _AT_OWN_SERVERS and ADDRESS in netloc.rpartition("@")[2]:
        words = "{address} cannot stand in the name of the server."
        raise Invalid(Part.KEY, words)
