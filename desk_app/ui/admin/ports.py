"""What the dialogs of managers are given: facts to show, and ways to ask.

A port returns at once; `then(answer)` or `failed(error)` follows on the GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.schedule import NOBODY
from desk_app.ui.dialogs.ports import PATIENCE, Failed, Then

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.people import Provider
    from desk_app.domain.staff import Me, NewStaff, Staff


@dataclass(frozen=True, slots=True)
class StaffBoard:
    """Who works here, which providers there are, and who is looking.

    `is_open` says that who is looking was let in without a password.
    """

    people: tuple[Staff, ...] = ()
    providers: tuple[Provider, ...] = ()
    me: Me = NOBODY
    is_open: bool = False

    def is_me(self, person: Staff) -> bool:
        """Say whether this is who is looking."""
        return person.login == self.me.login

    def free_providers(self, person: Staff | None = None) -> tuple[Provider, ...]:
        """Return the providers whom nobody but `person`, if anybody, signs in as."""
        own = person.user_id if person else None
        taken = {
            one.provider_id
            for one in self.people
            if one.is_active and one.user_id != own
        }
        return tuple(p for p in self.providers if p.provider_id not in taken)

    def provider_name(self, person: Staff) -> str:
        """Return which provider a person signs in as, "" for none."""
        names = {one.provider_id: one.name for one in self.providers}
        return names.get(person.provider_id or 0, "")


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that somebody shall have, and whether what is open shall end."""

    person: Staff
    password: str = field(repr=False)
    ends_sessions: bool = True


@dataclass(frozen=True, slots=True)
class StaffPorts:
    """Ways to read and change who works here; three return how much was ended."""

    read: Callable[[Then[StaffBoard], Failed], None]
    add: Callable[[NewStaff, Then[Staff], Failed], None]
    change: Callable[[Staff, Then[Staff], Failed], None]
    set_password: Callable[[NewPassword, Then[int], Failed], None]
    let_go: Callable[[Staff, Then[int], Failed], None]
    take_back: Callable[[Staff, Then[Staff], Failed], None]
    end_sessions: Callable[[Staff, Then[int], Failed], None]
    patience: tuple[int, ...] = PATIENCE
