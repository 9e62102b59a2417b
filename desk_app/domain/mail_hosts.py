"""Mail providers that many practices have, and how programs send by them.

From the providers' own help pages. A practice may type anything else: this only fills
in a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    """How the line to a mail server is encrypted; there is none that is not."""

    STARTTLS = "STARTTLS"
    """It begins in the open and is encrypted before anything is told."""
    TLS = "TLS"
    """It is encrypted from the first letter."""


USUAL_PORTS = {Security.STARTTLS: 587, Security.TLS: 465}


class Signing(StrEnum):
    """What a provider wants as a password of a program."""

    USUAL = "USUAL"
    """The one of the mailbox."""
    APP_PASSWORD = "APP_PASSWORD"  # noqa: S105 - what it is called
    """One made for this program alone; the usual one is refused."""
    ALLOWED_FIRST = "ALLOWED_FIRST"
    """The one of the mailbox, once sending by programs is switched on there."""
    SMTP_AUTH = "SMTP_AUTH"
    """The one of the mailbox, where the organisation allows it at all."""


@dataclass(frozen=True, slots=True)
class MailHost:
    """A provider; `name` is what people call it."""

    name: str
    host: str
    port: int
    security: Security
    signing: Signing = Signing.USUAL


KNOWN = (
    MailHost(
        "Gmail, Google Workspace",
        "smtp.gmail.com",
        587,
        Security.STARTTLS,
        Signing.APP_PASSWORD,
    ),
    MailHost(
        "Microsoft 365",
        "smtp.office365.com",
        587,
        Security.STARTTLS,
        Signing.SMTP_AUTH,
    ),
    MailHost("IONOS", "smtp.ionos.de", 465, Security.TLS),
    MailHost("Strato", "smtp.strato.de", 465, Security.TLS),
    MailHost("GMX", "mail.gmx.net", 587, Security.STARTTLS, Signing.ALLOWED_FIRST),
    MailHost("web.de", "smtp.web.de", 587, Security.STARTTLS, Signing.ALLOWED_FIRST),
    MailHost(
        "iCloud",
        "smtp.mail.me.com",
        587,
        Security.STARTTLS,
        Signing.APP_PASSWORD,
    ),
    MailHost("Fastmail", "smtp.fastmail.com", 465, Security.TLS, Signing.APP_PASSWORD),
    MailHost("OVH", "ssl0.ovh.net", 465, Security.TLS),
)


def known(host: str) -> MailHost | None:
    """Return the provider whose server this is, None for a server of one's own."""
    return next((each for each in KNOWN if each.host == host.strip().lower()), None)
