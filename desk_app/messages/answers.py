"""What a mail server's answers mean, in words that hold nothing it wrote itself.

Servers like to repeat the address, or whole headers, in what they answer. So only
its two status codes are read (RFC 5321 and RFC 3463).
"""

from __future__ import annotations

import re
import ssl

from desk_app.errors import NeedsSignIn, ProviderError, Rejected, Transient
from desk_app.net.trust import is_unsafe

# Signing in is asked for, refused, or refused without better encryption (RFC 4954).
_LOGIN_CODES = (530, 534, 535, 538)
_DETAIL = re.compile(r"[245](\.\d{1,3}\.\d{1,3})(?!\d)")
_REASONS = {
    ".1.1": "there is no such mailbox",
    ".1.2": "there is no such domain",
    ".1.3": "it is no valid address",
    ".1.6": "the mailbox has moved",
    ".1.8": "the sender’s domain is not known",
    ".1.10": "the domain takes no mail",
    ".2.1": "the mailbox is closed",
    ".2.2": "the mailbox is full",
    ".2.3": "the message is too large",
    ".3.4": "the message is too large",
    ".4.1": "the other side does not answer",
    ".7.0": "a rule of the server forbids it",
    ".7.1": "a rule of the server forbids it",
    ".7.8": "login or password is wrong",
    ".7.9": "this way to sign in is too weak for it",
}
# Numbers of OpenSSL, from its x509_vfy.h.
_CERTIFICATE = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by nobody but its owner",
    19: "is signed by an authority that is not trusted",
    20: "is signed by an authority that is not trusted",
    21: "is signed by an authority that is not trusted",
    62: "is for another name",
    64: "is for another address",
}


def refusal(code: int, said: bytes | str, what: str) -> ProviderError:
    """Return what it means that a server did not take `what`."""
    words = f"The mail server refused {what} ({_status(code, said)})."
    if code in _LOGIN_CODES:
        return NeedsSignIn(words)
    return Rejected(words) if 500 <= code < 600 else Transient(words)


def outage(code: int, said: bytes | str, what: str) -> ProviderError:
    """Return what it means that a server refused to serve the practice at all.

    That is no fault of one message, so a person has to look.
    """
    words = f"The mail server refused {what} ({_status(code, said)})."
    return NeedsSignIn(words) if 500 <= code < 600 else Transient(words)


def broken(error: Exception) -> ProviderError:
    """Return what an end of the conversation means before anything was sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        fault = _CERTIFICATE.get(error.verify_code, "is not trusted")
        return NeedsSignIn(f"The mail server’s certificate {fault}.")
    if isinstance(error, ssl.SSLError) and is_unsafe(error):
        return NeedsSignIn("The mail server does not encrypt the line as it must.")
    if isinstance(error, UnicodeError):
        return NeedsSignIn("The mail server’s name or the login is no valid text.")
    return Transient("The mail server cannot be reached or does not answer.")


def _status(code: int, said: bytes | str) -> str:
    if code < 200:
        return "no proper answer"
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    detail = _DETAIL.match(text)
    if detail is None:
        return str(code)
    known = _REASONS.get(detail[1])
    status = f"{code} {detail[0]}"
    return f"{status}: {known}" if known else status
