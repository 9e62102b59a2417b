"""Joins the parts into a Desk: the only place that knows all of them."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

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
from desk_app.domain.staff import SignIn
from desk_app.doors import KeptDayKeys, KeptRings, LocalDoor, ServerDoor, secrets
from desk_app.errors import Invalid, NeedsChoice, NeedsLogin, NotAllowed, Unavailable
from desk_app.services.access import Access
from desk_app.services.booking import Booking
from desk_app.services.client_file import ClientFiles
from desk_app.services.clients import Clients
from desk_app.services.closures import Closures
from desk_app.services.contact import clean_name
from desk_app.services.day_copy import DayCopy
from desk_app.services.diary import Diary
from desk_app.services.history import History
from desk_app.services.holding import Holding
from desk_app.services.identity import PracticeIdentity
from desk_app.services.kept import Kept
from desk_app.services.my_day import MyDay
from desk_app.services.offering import Offers
from desk_app.services.practice import PracticeSettings
from desk_app.services.providers import Providers
from desk_app.services.rights import Rights
from desk_app.services.schedule_blocks import ScheduleBlocks
from desk_app.services.search import Search
from desk_app.services.series import Series
from desk_app.services.staff import StaffList, check_password, clean_login
from desk_app.services.vault import Vault
from desk_app.services.waiting_room import WaitingRoom
from desk_app.services.waitlist import Waitlist
from desk_app.services.weekly_hours import WeeklyHours
from desk_app.settings import Settings
from desk_app.worker.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.staff import NewStaff, Staff
    from desk_app.services.access import Door
    from desk_app.services.kept import DayKeys
    from desk_app.services.vault import Rings

# Who opens a practice on this computer for which nobody has a login yet.
THIS_COMPUTER = "computer"
# The databases of the bundled server; the demo's manager is called like its database.
DEMO = "demo"
PRACTICE = "practice"
# Where a desk keeps the days for the time when its server is away.
KEPT = "kept"


@dataclass(frozen=True)
class Desk:
    """What a front desk works with; close it when the desk closes."""

    settings: Settings
    diary: Diary
    booking: Booking
    holding: Holding
    waiting_room: WaitingRoom
    waitlist: Waitlist
    series: Series
    schedule_blocks: ScheduleBlocks
    my_day: MyDay
    clients: Clients
    client_files: ClientFiles
    history: History
    search: Search
    rights: Rights
    access: Access
    staff: StaffList
    practice_settings: PracticeSettings
    practice_identity: PracticeIdentity
    providers: Providers
    offers: Offers
    weekly_hours: WeeklyHours
    closures: Closures
    vault: Vault
    day_copy: DayCopy
    listener: Listener
    _closing: ExitStack = field(repr=False)

    def close(self) -> None:
        """Close the connections, and stop the bundled server if nobody else uses it."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


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


@dataclass(frozen=True)
class Means:
    """The transactions a desk makes, the door it came in by, the keys it has.

    `day_keys` are there where a copy of the days is kept: beside a server only.
    """

    sessions: Sessions
    door: Door
    rings: Rings
    day_keys: DayKeys | None = None


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
        means = Means(sessions, door, KeptRings(sessions), _day_keys(settings))
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


def joined(settings: Settings, means: Means, closing: ExitStack) -> Desk:
    """Return the Desk that works by these means; `closing` is closed with it."""
    sessions = means.sessions
    diary = Diary(sessions)
    access = _access(settings, sessions, means.door)
    kept = Kept(settings.data_folder / KEPT, means.day_keys)
    return Desk(
        settings=settings,
        diary=diary,
        booking=Booking(sessions),
        holding=Holding(sessions),
        waiting_room=WaitingRoom(sessions),
        waitlist=Waitlist(sessions),
        series=Series(sessions),
        schedule_blocks=ScheduleBlocks(sessions),
        my_day=MyDay(sessions, diary),
        clients=Clients(sessions),
        client_files=ClientFiles(sessions),
        history=History(sessions),
        search=Search(sessions),
        rights=Rights(sessions),
        access=access,
        staff=StaffList(sessions),
        practice_settings=PracticeSettings(sessions),
        practice_identity=PracticeIdentity(sessions),
        providers=Providers(sessions),
        offers=Offers(sessions),
        weekly_hours=WeeklyHours(sessions),
        closures=Closures(sessions),
        vault=Vault(sessions, means.rings),
        day_copy=DayCopy(diary, access, kept),
        listener=Listener(sessions.url, diary.get, get_holds=diary.holds),
        _closing=closing,
    )


def kept_days(settings: Settings) -> Kept:
    """Return what this desk keeps of the practice, whether or not it can be opened."""
    return Kept(settings.data_folder / KEPT, _day_keys(settings))


def _day_keys(settings: Settings) -> DayKeys | None:
    """Return the keys; None where the database is on the same disk as a copy were."""
    if settings.demo or not settings.database:
        return None
    return KeptDayKeys(ServerDoor(settings.database).place)


def _access(settings: Settings, sessions: Sessions, door: Door) -> Access:
    is_here = isinstance(door, LocalDoor)
    open_login = THIS_COMPUTER if is_here else ""
    return Access(sessions, door, open_login, is_open=settings.demo)


def _prepare(settings: Settings, database: Database) -> None:
    """Make a database of this computer one that can be worked with."""
    _upgrade(database.sessions)
    schema.require(database.sessions)
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
