"""Who works here: roles, staff members, and who is signed in at this desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


class Role(StrEnum):
    """What somebody does in the practice; PostgreSQL decides what that allows."""

    RECEPTIONIST = "RECEPTIONIST"
    PROVIDER = "PROVIDER"
    MANAGER = "MANAGER"


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in: the PostgreSQL login, and whom the practice knows by it.

    `role` is None for a login that is no member of the staff, such as that of the
    server's administrator. `provider_id` is whose diary this person keeps, if any.
    """

    login: str
    name: str = ""
    role: Role | None = None
    provider_id: int | None = None

    @property
    def may_manage(self) -> bool:
        """Whether managing is worth offering; the database has the last word."""
        return self.role in (Role.MANAGER, None)

    @property
    def shown_name(self) -> str:
        """The person's name, or the login where nobody knows a name for it."""
        return self.name or self.login

    def may_change(self, provider_id: int | None) -> bool:
        """Say whether booking with this provider is worth offering.

        A provider keeps a diary of their own; the database has the last word.
        """
        return self.role is not Role.PROVIDER or provider_id == self.provider_id


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff member; those who left are not active and keep their history."""

    user_id: int
    login: str
    name: str
    role: Role
    is_active: bool = True
    provider_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody typed to be let in; `keep` asks for the keyring.

    An empty password is the wish to use what the keyring has, or a login that needs
    none.
    """

    login: str
    password: str = field(default="", repr=False)
    keep: bool = False


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who is to be let in."""

    login: str
    name: str
    role: Role
    password: str = field(default="", repr=False)
    provider_id: int | None = None
