"""What a practice's server can fail to show before it is trusted, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.errors import Check


def failed(check: Check | None) -> tuple[str, str]:
    """Return what is wrong with a server, and what to do about it."""
    known = _checks().get(check) if check else None
    return known or (
        _tr("It does not show that it is the right one."),
        _tr("Ask an administrator of the practice to look at it."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)


def _checks() -> dict[Check, tuple[str, str]]:
    """What a server can fail to show, each with what to do; the title is the same."""
    ask = _tr("Ask an administrator of the practice to look at it, then try again.")
    return {
        Check.TLS: (
            _tr("It does not encrypt what it is told (TLS)."),
            _tr("Ask an administrator of the practice to turn TLS on at the server."),
        ),
        Check.CERTIFICATE: (
            _tr("Nobody this desk trusts vouches for it, or its certificate is old."),
            _tr("Ask an administrator of the practice for the certificate file."),
        ),
        Check.NAME: (
            _tr("It shows the certificate of a server with another name."),
            _tr("Check the server's name in the address, or ask an administrator."),
        ),
        Check.LOGIN: (
            _tr("It asks for the password in an unsafe way."),
            _tr("Ask an administrator of the practice to turn SCRAM on at the server."),
        ),
        Check.BINDING: (_tr("Somebody may stand between it and this desk."), ask),
        Check.PROOF: (_tr("It does not prove that it knows your login."), ask),
        Check.FILE: (
            _tr("The certificate file that vouches for it cannot be read here."),
            _tr("Ask an administrator of the practice for the certificate file."),
        ),
    }
