"""What is said about providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.ui import format as written
from desk_app.ui.admin.step import Step
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.office.lists.page import ListWords
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.offering import ListedProvider
    from desk_app.ui.around import Port


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("providers", text)


def page() -> ListWords:
    """Return what the page says."""
    return ListWords(
        icon="user-round",
        about=tr("Who sees clients. Each has services, hours and a column."),
        name=tr("Providers"),
        find=tr("Find by name, type or zone"),
        shows_ended=tr("Also who is &not active"),
        keys=tr("Insert or N adds, Enter changes, Del ends, F5 reads again."),
        empty=tr(
            "There is nobody yet who sees clients.\nAdd each doctor, consultant,"
            " trainer or therapist; then say what they offer and when they work."
        ),
        first=tr("&Add the first provider…"),
    )


def below(listed: ListedProvider, practice_zone: str) -> str:
    """Return the second line of a row: the type, and a zone that differs."""
    provider = listed.provider
    parts = [written.provider_type(provider.type)]
    if provider.timezone != practice_zone:
        parts.append(provider.timezone.replace("_", " "))
    return " · ".join(parts)


def state(listed: ListedProvider) -> str:
    """Return what stands at the right end of a row."""
    return "" if listed.provider.is_active else tr("not active")


def spoken(listed: ListedProvider, practice_zone: str) -> str:
    """Return everything in a row, for a screen reader."""
    parts = (listed.provider.name, below(listed, practice_zone), state(listed))
    return ", ".join(part for part in parts if part)


def facts(listed: ListedProvider, services: int) -> str:
    """Return what is worth knowing about who is chosen, line by line."""
    provider = listed.provider
    lines = [
        written.provider_type(provider.type),
        provider.timezone.replace("_", " "),
        listed.email,
        _offered(services),
        _login(listed.login),
    ]
    return "\n".join(line for line in lines if line)


def ending(send: Port, listed: ListedProvider) -> Step:
    """Return what is asked before a provider is no longer active."""
    text = tr(
        "Nobody can book with them any more, and their column goes. What was before"
        " stays: appointments, search and reports. Appointments to come are listed"
        " next, and you decide about each. They can be made active again."
    )
    if listed.login:
        text += "\n\n" + filled(
            tr(
                "They still sign in as “%1” and see their diary. To end that, let them"
                " go on the page Staff."
            ),
            listed.login,
        )
    return Step(
        tr("End the work of %1?"),
        text,
        tr("%1 is not active any more; what was before stays."),
        Verbs(tr("&End"), tr("Ending…"), tr("&Keep")),
        send,
        window=tr("Providers"),
    )


def reviving(send: Port) -> Step:
    """Return what is asked before a provider is active again."""
    return Step(
        tr("Make %1 active again?"),
        tr("With the services, the hours and the colour they had."),
        tr("%1 is active again."),
        Verbs(tr("&Make active"), tr("Saving…"), tr("Close")),
        send,
        is_safe=True,
        window=tr("Providers"),
    )


def _offered(services: int) -> str:
    few = {0: tr("Offers nothing yet"), 1: tr("Offers one service")}
    return few.get(services) or filled(tr("Offers %1 services"), str(services))


def _login(login: str) -> str:
    if not login:
        return tr("Does not sign in here")
    return filled(tr("Signs in as “%1”"), login)
