"""What the services for push messages and SMS are called, and what they ask for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desk_app.domain.messages import Channel
from desk_app.domain.push_urls import Part, ServiceName


@dataclass(frozen=True, slots=True)
class RelayWords:
    """What a page says of its channel."""

    about: str
    icon: str
    nothing: str
    why: str
    step: str
    removal: str
    test_name: str
    test_example: str
    test_about: str


def page(channel: Channel) -> RelayWords:
    """Return what the page of a channel says."""
    return _push() if channel is Channel.PUSH else _sms()


def name(service: ServiceName | None) -> str:
    """Return what a service is called."""
    return {
        None: tr("None"),
        ServiceName.NTFY: "ntfy",
        ServiceName.PUSHOVER: "Pushover",
        ServiceName.GOTIFY: "Gotify",
        ServiceName.TWILIO: "Twilio",
        ServiceName.VONAGE: "Vonage",
        ServiceName.SINCH_EU: tr("Sinch (Europe)"),
        ServiceName.SINCH_US: tr("Sinch (United States)"),
        ServiceName.MESSAGEBIRD: "MessageBird",
        ServiceName.SEVEN: "seven",
        ServiceName.ELKS: "46elks",
        ServiceName.OTHER: tr("Another, by its address"),
    }[service]


def label(part: Part, service: ServiceName | None) -> str:
    """Return what a service calls a part."""
    return (
        _own_labels().get((part, service))
        or {
            Part.SERVER: tr("Ser&ver"),
            Part.ACCOUNT: tr("&Account"),
            Part.SENDER: tr("Sen&der"),
            Part.KEY: tr("&Key"),
        }[part]
    )


def help_with(part: Part, service: ServiceName | None) -> str:
    """Return what helps to fill a part in, "" where its name says all."""
    return _helps().get((part, service), "")


def person(service: ServiceName | None) -> str:
    """Return by what a service knows somebody: what is kept with clients."""
    if service is None:
        return ""
    return {
        ServiceName.NTFY: tr(
            "Each person has a topic of their own, a name that nobody can guess; they"
            " subscribe to it in the ntfy app. It is kept with the client or provider"
            " as push address."
        ),
        ServiceName.PUSHOVER: tr(
            "Each person has the Pushover app and tells you their user key (30 letters"
            " and digits). It is kept with them as push address."
        ),
        ServiceName.GOTIFY: tr(
            "Make an application for each person on your Gotify server; its token is"
            " kept with them as push address."
        ),
        ServiceName.OTHER: tr(
            "What stands with a person as push address or telephone takes the place of"
            " {address}."
        ),
    }.get(service, "")


def _own_labels() -> dict[tuple[Part, ServiceName | None], str]:
    return {
        (Part.KEY, ServiceName.NTFY): tr("Access to&ken"),
        (Part.KEY, ServiceName.PUSHOVER): tr("Application to&ken"),
        (Part.ACCOUNT, ServiceName.TWILIO): tr("&Account SID"),
        (Part.KEY, ServiceName.TWILIO): tr("Auth to&ken"),
        (Part.ACCOUNT, ServiceName.VONAGE): tr("&API key"),
        (Part.KEY, ServiceName.VONAGE): tr("API secret (&key)"),
        (Part.ACCOUNT, ServiceName.SINCH_EU): tr("Service pl&an ID"),
        (Part.ACCOUNT, ServiceName.SINCH_US): tr("Service pl&an ID"),
        (Part.KEY, ServiceName.SINCH_EU): tr("API to&ken"),
        (Part.KEY, ServiceName.SINCH_US): tr("API to&ken"),
        (Part.KEY, ServiceName.MESSAGEBIRD): tr("Access &key"),
        (Part.KEY, ServiceName.SEVEN): tr("API &key"),
        (Part.ACCOUNT, ServiceName.ELKS): tr("&API user name"),
        (Part.KEY, ServiceName.ELKS): tr("API password (&key)"),
        (Part.KEY, ServiceName.OTHER): tr("Address (&key)"),
    }


def _helps() -> dict[tuple[Part, ServiceName | None], str]:
    own = tr(
        "As apprise writes it, with {address} where the person comes, such as"
        " jsons://user:key@host/path?:to={address}. It is sealed as a whole."
    )
    word = tr("A number with its country code, or a word of at most 11 letters.")
    number = tr("The number that you rent there, with its country code.")
    return {
        (Part.SERVER, ServiceName.NTFY): tr(
            "ntfy.sh is open to everybody; a server of your own is better for"
            " a practice."
        ),
        (Part.KEY, ServiceName.NTFY): tr(
            "Needed where the server lets only those who have one send. May stay empty."
        ),
        (Part.SERVER, ServiceName.GOTIFY): tr("The name of your Gotify server."),
        (Part.KEY, ServiceName.PUSHOVER): tr(
            "Make an application at pushover.net; it shows the token."
        ),
        (Part.SENDER, ServiceName.TWILIO): number,
        (Part.SENDER, ServiceName.VONAGE): number,
        (Part.SENDER, ServiceName.SINCH_EU): number,
        (Part.SENDER, ServiceName.SINCH_US): number,
        (Part.SENDER, ServiceName.MESSAGEBIRD): number,
        (Part.SENDER, ServiceName.SEVEN): word,
        (Part.SENDER, ServiceName.ELKS): word,
        (Part.KEY, ServiceName.OTHER): own,
    }


def _push() -> RelayWords:
    return RelayWords(
        about=tr("By which service short notices reach telephones."),
        icon="smartphone",
        nothing=tr("No push messages leave yet"),
        why=tr(
            "Reminders can appear on the telephones of clients and providers, through"
            " an app such as ntfy or Pushover. Without a service they get them by"
            " e-mail or SMS only, as you chose in “What is sent”."
        ),
        step=tr("&Choose a push service"),
        removal=tr("No push message leaves from then on, until another one is typed."),
        test_name=tr("Push address for the test"),
        test_example=tr("topic or user key"),
        test_about=tr("Sends one message to this topic, user key or token."),
    )


def _sms() -> RelayWords:
    return RelayWords(
        about=tr("By which service text messages leave."),
        icon="message-square",
        nothing=tr("No text messages leave yet"),
        why=tr(
            "Text messages reach everybody who has a telephone. Each costs money: you"
            " need an account at a service that sends them, such as Twilio or seven."
        ),
        step=tr("&Choose an SMS service"),
        removal=tr("No text message leaves from then on, until another one is typed."),
        test_name=tr("Telephone number for the test"),
        test_example="+49 151 23456789",
        test_about=tr("Sends one text message, which costs as much as any other."),
    )


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("RelayPage", text)
