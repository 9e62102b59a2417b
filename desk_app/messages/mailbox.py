"""E-mail addresses as a mail server takes them: exactly one, without tricks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import idna

from desk_app.errors import Invalid

# Neither quoted names nor comments nor lists, by which one address becomes two.
_ADDRESS = re.compile(r'([^\s"(),:;<>@\[\\\]]{1,64})@([^\s"(),:;<>@\[\\\]]{1,253})')


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address; `domain` is as it stands in the name system, so plain ASCII."""

    name: str = field(repr=False)
    domain: str

    @classmethod
    def of(cls, address: str) -> Mailbox | None:
        """Return the mailbox of an address as typed, None if it is not just one."""
        found = _ADDRESS.fullmatch(address) if address.isprintable() else None
        if found is None:
            return None
        try:
            # By the newer rules: by the older ones "straße.de" was "strasse.de".
            domain = idna.encode(found[2], uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
        return cls(found[1], domain)

    @classmethod
    def checked(cls, field: str, address: str) -> Mailbox:
        """Return the mailbox of an address; raises Invalid for `field` otherwise."""
        mailbox = cls.of(address)
        if mailbox is None:
            raise Invalid(field, "This is not one e-mail address.")
        return mailbox

    @property
    def address(self) -> str:
        """Return the whole address."""
        return f"{self.name}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Tell whether only servers with SMTPUTF8 can take it."""
        return not self.name.isascii()
