"""How staff are spoken of: their roles, whether they still work here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desk_app.domain.staff import Role, Staff
from desk_app.ui.phrases import filled


def tr(text: str) -> str:
    """Translate within this subject."""
    return QCoreApplication.translate("staff", text)


def role(which: Role) -> str:
    """Return what somebody is called who has this role."""
    return {
        Role.RECEPTIONIST: tr("Receptionist"),
        Role.PROVIDER: tr("Provider"),
        Role.MANAGER: tr("Manager"),
    }[which]


def may(which: Role) -> str:
    """Return one sentence on what this role may do."""
    return {
        Role.RECEPTIONIST: tr("Books for everybody and sees every client."),
        Role.PROVIDER: tr("Sees and changes only their own diary and its clients."),
        Role.MANAGER: tr(
            "As a receptionist; also sees to staff, settings and services."
        ),
    }[which]


def states() -> tuple[str, str]:
    """Return the words for who works here and for who has left."""
    return tr("Works here"), tr("Left")


def state(person: Staff) -> str:
    """Say whether somebody still works here."""
    here, left = states()
    return here if person.is_active else left


def name(person: Staff, *, is_me: bool) -> str:
    """Return a name, marked for who is looking."""
    return filled(tr("%1 (you)"), person.name) if is_me else person.name


def spoken(person: Staff, provider: str, *, is_me: bool) -> str:
    """Return everything about somebody in one line, for a screen reader."""
    parts = [
        name(person, is_me=is_me),
        role(person.role),
        filled(tr("provider: %1"), provider) if provider else "",
        filled(tr("login: %1"), person.login),
        state(person),
    ]
    return ", ".join(part for part in parts if part)


def count(people: int, left: int) -> str:
    """Say how many work here and how many have left."""
    here = people - left
    few = {0: tr("Nobody works here yet"), 1: tr("One person works here")}
    text = few.get(here) or filled(tr("%1 people work here"), str(here))
    if left:
        text += " · " + filled(tr("%1 have left"), str(left))
    return text
