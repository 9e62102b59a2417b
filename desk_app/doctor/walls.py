"""Whether PostgreSQL still keeps people to what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import health
from desk_app.db.queries.pipeline import ask
from desk_app.db.roles import Group
from desk_app.doctor.finding import Finding, fault, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

AUDITED = (
    "appointment",
    "availability",
    "availability_override",
    "calendar_sync",
    "client",
    "client_merge",
    "closure",
    "location",
    "message_text",
    "practice_setting",
    "provider",
    "provider_location",
    "room",
    "service",
    "service_room",
    "staff_user",
    "transfer",
    "waitlist_entry",
    "walk_in",
)
_MIGRATE = "Let the administrator run: desk-app migrate"
_ASK = "Somebody has changed the database by hand; ask who, and restore a backup."


def examine(session: Session) -> Iterator[Finding]:
    """Look at roles, grants, row-level security and the audit log."""
    yield _roles(session)
    yield _makers(session)
    yield _closed(session)
    yield _rows(session)
    yield _audit(session)


def _roles(session: Session) -> Finding:
    wanted = (*health.OWNERS, "desk_staff", *Group)
    if missing := ask(session, health.missing_roles(wanted)):
        return fault("roles", f"missing: {', '.join(missing)}", _MIGRATE)
    if open_ones := ask(session, health.open_owners()):
        names = ", ".join(open_ones)
        return fault("roles", f"somebody may act as {names}", _ASK)
    return Finding("roles", "are all there; nobody can act as the owners")


def _makers(session: Session) -> Finding:
    if count := ask(session, health.makers_of_roles()):
        return warning(
            "who makes roles",
            f"{count} logins may make roles (CREATEROLE)",
            "Take that from each: ALTER ROLE … NOCREATEROLE",
        )
    return Finding("who makes roles", "the administrator alone")


def _closed(session: Session) -> Finding:
    if found := ask(session, health.open_to_everybody()):
        words = f"every login of the server may: {', '.join(found)}"
        return fault("strangers", words, _MIGRATE)
    return Finding("strangers", "are kept out of this database")


def _rows(session: Session) -> Finding:
    if tables := ask(session, health.unguarded_tables()):
        words = f"not guarded by rules on rows: {', '.join(tables)}"
        return fault("row security", words, _ASK)
    return Finding("row security", "guards every table")


def _audit(session: Session) -> Finding:
    audited = ask(session, health.audited_tables())
    asleep = ask(session, health.sleeping_triggers())
    if asleep:
        words = f"triggers are switched off: {', '.join(asleep)}"
        return fault("audit", words, f"ALTER TABLE … ENABLE TRIGGER ALL. {_ASK}")
    if missing := sorted(set(AUDITED) - set(audited)):
        words = f"triggers are missing: {', '.join(missing)}"
        return fault("audit", words, _ASK)
    return Finding("audit", f"writes down the changes of {len(audited)} tables")
