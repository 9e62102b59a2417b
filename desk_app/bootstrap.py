"""Opens the database of a practice and gives the Desk that works on it."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from desk_app import desk_courier
from desk_app.db import embedded, roles, schema
from desk_app.db.queries.pipeline import ask
from desk_app.db.queries.practice import (
    COUNTRY,
    CURRENCY,
    PRACTICE_NAME,
    TIMEZONE,
    set_setting,
)
from desk_app.db.session import open_sessions
from desk_app.db.worker import require_worker
from desk_app.desk import KEPT, THIS_COMPUTER, Desk, Means, joined
from desk_app.domain.staff import SignIn
from desk_app.doors import KeptDayKeys, KeptRings, LocalDoor, ServerDoor, secrets
from desk_app.errors import Invalid, NeedsChoice, NeedsLogin, NotAllowed, Unavailable
from desk_app.services.access import Access
from desk_app.services.contact import clean_name, prepare
from desk_app.services.kept import Kept
from desk_app.services.staff import StaffList, check_password, clean_login
from desk_app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.staff import NewStaff, Staff
    from desk_app.services.access import Door
    from desk_app.services.kept import DayKeys

# The databases of the bundled server; the demo's manager is called like its database.
DEMO = "demo"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class NewPractice:
    """A practice that is to begin: where it is decides its clock, phones and money."""

    name: str
    timezone: str = "UTC"
    country: str = ""
    currency: str = "EUR"


@dataclass(frozen=True)
class Database:
    """An open database, whatever its schema; `is_ours` when we run the server.

    `sessions` work in the name of the server's administrator where it is ours, else
    in the name of who keeps the password of this desk. `door` lets others in.
    """

    url: str = field(repr=False)
    is_ours: bool
    sessions: Sessions
    door: Door


def build(
    settings: Settings, sign_in: SignIn | None = None, *, upgrade: bool = False
) -> Desk:
    """Return the Desk for `settings`. Takes a moment: never on the GUI thread.

    Without `sign_in` the one who signed in last comes back, if the keyring or the
    server lets them. A database on this computer is brought to this program's schema
    by itself, that of a server only with `upgrade`. Raises NeedsLogin when somebody
    has to say who they are, WrongSchema where program and database do not fit, and
    what else keeps the database from being opened.
    """
    with ExitStack() as opened:
        people: tuple[Staff, ...] = ()
        if settings.demo or not settings.database:
            database = opened.enter_context(open_database(settings))
            _prepare(settings, database)
            door = database.door
            people = Access(database.sessions, door).people()
            # Nobody works as the server's administrator.
            database.sessions.lock()
        else:
            door = ServerDoor(settings.database)
        try:
            who = sign_in or _last_one(settings, door)
            sessions = open_sessions(door.address(who))
            opened.callback(sessions.close)
            _require_login(sessions, who, asked=sign_in is not None)
        except NeedsLogin as error:
            error.people = people
            raise
        if upgrade:
            _upgrade(sessions)
        schema.require(sessions)
        if who.keep:
            with suppress(Unavailable):
                door.keep(who)
        if sign_in is not None:
            login = "" if sign_in.login == THIS_COMPUTER else sign_in.login
            settings = dataclasses.replace(settings, login=login)
        prepare()
        means = Means(sessions, door, KeptRings(sessions), _day_keys(settings))
        means = dataclasses.replace(means, courier=desk_courier.beside(settings, means))
        return joined(settings, means, opened.pop_all())


def migrate(settings: Settings) -> str:
    """Bring the database to this program's schema; return a sentence on what was done.

    Raises WrongSchema when the database is newer than the program.
    """
    with open_database(settings) as database:
        changed = _upgrade(database.sessions)
        schema.require(database.sessions)
    return "The database is up to date now." if changed else "It was up to date."


def start_practice(
    settings: Settings, new: NewPractice, first: NewStaff | None
) -> Settings:
    """Begin a practice on this computer, with its first manager if there is one.

    Without a manager, or one without a password, everybody at this computer may do
    everything, and no password is asked. Returns the settings to open it with.
    Raises Invalid by field ("practice" for its name), before anything is made.
    """
    name = clean_name(new.name, "practice")
    person = clean_name(first.name) if first else "This computer"
    if first is not None and first.password:
        clean_login(first)
        check_password(first.password, first.login)
    chosen = dataclasses.replace(settings, demo=False, database="", login="")
    with open_database(chosen) as database:
        _upgrade(database.sessions)
        if first is not None and first.password:
            added = StaffList(database.sessions).add(first)
            chosen = dataclasses.replace(chosen, login=added.login)
        else:
            roles.ensure_manager(database.url, THIS_COMPUTER, person)
        with database.sessions.begin() as session:
            ask(session, set_setting(PRACTICE_NAME, name))
            ask(session, set_setting(TIMEZONE, new.timezone))
            ask(session, set_setting(COUNTRY, new.country))
            ask(session, set_setting(CURRENCY, new.currency))
    return chosen


@contextmanager
def once_chosen(settings: Settings) -> Iterator[None]:
    """Let a practice be opened, if somebody has chosen one or it is here already.

    Raises NeedsChoice where the settings name none, and on this computer there is
    none. Keeps the bundled server if it was needed to find that out.
    """
    names_one = settings.demo or settings.database
    if names_one or settings.data_folder != Settings().data_folder.absolute():
        yield
        return
    if not embedded.is_made(settings.data_folder):
        raise NeedsChoice
    with embedded.open_server(settings.data_folder) as server:
        if not embedded.has_database(server, PRACTICE):
            raise NeedsChoice
        yield


def init_server(settings: Settings, first: NewStaff) -> str:
    """Make the practice's database on its server, and the first manager.

    As the server's administrator. Safe to call again: what is there stays. Returns a
    sentence on what was done; raises Invalid by field, NotAllowed.
    """
    if not settings.database:
        raise Invalid("database", "Name the server: --database postgresql://…")
    url = ServerDoor(settings.database).address(SignIn(""))
    roles.make_database(url)
    schema.upgrade(url)
    sessions = open_sessions(url)
    try:
        practice = StaffList(sessions)
        if any(person.is_active for person in practice.everybody()):
            return "The database is ready; people work there already."
        manager = practice.add(first)
    finally:
        sessions.close()
    return f"The database is ready; {manager.login} may sign in as its manager."


def keep_password(settings: Settings, password: str) -> str:
    """Keep the password of the practice's server; return a sentence on what was done.

    Raises Invalid when the practice is on this computer, Unavailable without keyring.
    """
    if not settings.database:
        raise Invalid("database", "The database on this computer has no password.")
    door = ServerDoor(settings.database)
    login = settings.login or door.login
    secrets().keep_password(door.server, login, password)
    return f"The password of {login} at {door.server} is kept in the keyring."


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database of `settings`, starting the bundled server when it is there."""
    with ExitStack() as opened:
        door: Door
        if settings.demo or not settings.database:
            name = DEMO if settings.demo else PRACTICE
            server = embedded.open_server(settings.data_folder)
            opened.callback(server.close)
            url, is_ours = embedded.ensure_database(server, name), True
            door = LocalDoor(url, str(settings.data_folder))
        else:
            door = ServerDoor(settings.database)
            url, is_ours = door.address(SignIn(settings.login)), False
        sessions = open_sessions(url)
        opened.callback(sessions.close)
        yield Database(url, is_ours, sessions, door)


@contextmanager
def open_worker(settings: Settings, login: str = "") -> Iterator[Sessions]:
    """Give transactions by the login of a worker; the bundled server is started.

    Without `login` it is the one in the address, else the usual one. Raises NotAllowed
    for one that is refused or is no worker's, NeedsChoice where nobody has chosen a
    practice, and WrongSchema.
    """
    with ExitStack() as opened:
        if settings.database:
            door = ServerDoor(settings.database)
            who = login or door.given_login or desk_courier.COURIER
            address = door.address(SignIn(who))
        else:
            opened.enter_context(once_chosen(settings))
            database = opened.enter_context(open_database(settings))
            _upgrade(database.sessions)
            roles.ensure_worker(database.url, desk_courier.COURIER)
            address = LocalDoor(database.url, "").program(login or desk_courier.COURIER)
        sessions = open_sessions(address)
        opened.callback(sessions.close)
        require_worker(sessions)
        schema.require(sessions)
        yield sessions


def kept_days(settings: Settings) -> Kept:
    """Return what this desk keeps of the practice, whether or not it can be opened."""
    return Kept(settings.data_folder / KEPT, _day_keys(settings))


def _day_keys(settings: Settings) -> DayKeys | None:
    """Return the keys; None where the database is on the same disk as a copy were."""
    if settings.demo or not settings.database:
        return None
    return KeptDayKeys(ServerDoor(settings.database).place)


def _prepare(settings: Settings, database: Database) -> None:
    """Make a database of this computer one that can be worked with."""
    _upgrade(database.sessions)
    schema.require(database.sessions)
    with suppress(Invalid):
        # Somebody may be called so; this computer does not carry then.
        roles.ensure_worker(database.url, desk_courier.COURIER)
    if settings.demo:
        _fill_demo(database.sessions)
    else:
        roles.ensure_manager(database.url, THIS_COMPUTER, "This computer")


def _last_one(settings: Settings, door: Door) -> SignIn:
    """Return who comes back without being asked."""
    if settings.demo:
        return SignIn(DEMO)
    if isinstance(door, LocalDoor) and not settings.login:
        if roles.signs_in(door.url, THIS_COMPUTER):
            return SignIn(THIS_COMPUTER)
        raise NeedsLogin
    return SignIn(settings.login)


def _require_login(sessions: Sessions, who: SignIn, *, asked: bool) -> None:
    try:
        with sessions.begin():
            pass
    except NotAllowed as error:
        raise NeedsLogin(login=who.login, was_refused=asked) from error


def _upgrade(sessions: Sessions) -> bool:
    """Upgrade a database that is empty or older; say whether that was needed."""
    if schema.status(sessions) not in (schema.Fit.EMPTY, schema.Fit.OLDER):
        return False
    schema.upgrade(sessions.url())
    return True


def _fill_demo(sessions: Sessions) -> None:
    """Fill the demo, unless it is filled and its dates are still around today."""
    from desk_app.services import demo

    now = datetime.now().astimezone()
    demo.fill(sessions, now.date(), now=now)
