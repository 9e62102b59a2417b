"""The attack list: each role, each attack, as a real login; none of them works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db import schema
from desk_app.db.connect import address_of
from tests import postgres
from tests.attacks import booking, powers, reading, sending, writing
from tests.attacks.oracle import Attack, Line, Watch, attempt
from tests.attacks.world import Who, found, opened
from tests.restored import restored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.attacks.world import World

ATTACKS = [
    *reading.ATTACKS,
    *powers.ATTACKS,
    *booking.ATTACKS,
    *writing.ATTACKS,
    *sending.ATTACKS,
]
# Outside, a few of each kind do: nothing gets as far as the statement.
OUTSIDE = frozenset({Who.LEAVER, Who.STRANGER})
FEWEST = 177
# Together on one worker, which starts their servers once for all.
OLDEST = pytest.mark.xdist_group("attacks on the oldest server")
RESTORED = pytest.mark.xdist_group("attacks on a restored backup")


def chosen(who: Who) -> list[Attack]:
    """Return the attacks that somebody tries."""
    if who in OUTSIDE:
        return ATTACKS[::10]
    return [attack for attack in ATTACKS if who in attack.by]


@pytest.fixture(scope="module")
def world(url_of: Callable[[str], str]) -> Iterator[World]:
    """The practice on the server of all tests, as a rule the bundled one."""
    postgres.make_database(url_of, "attacked", postgres.TEMPLATE)
    yield found(url_of("attacked"))
    postgres.drop_database(url_of, "attacked")
    postgres.drop_people(url_of)


@pytest.fixture(scope="module")
def restored_world() -> Iterator[World]:
    """The practice of a backup; nothing was done to it after it was restored."""
    with postgres.bundled_server() as url_of:
        postgres.make_template(url_of)
        world = found(url_of(postgres.TEMPLATE))
        yield replace(world, admin_url=restored(world.admin_url))


@pytest.fixture(scope="module")
def distant() -> Iterator[World]:
    """The practice on an own server of the oldest version, reached by TLS."""
    if not (postgres.INSTALLED / postgres.OLDEST / "bin" / "postgres").exists():
        pytest.skip(f"PostgreSQL {postgres.OLDEST} is not installed")
    access = "local all all scram-sha-256\nhostssl all all samehost scram-sha-256"
    with postgres.tls_server(access=access) as server:
        postgres.make_database(server.superuser_url, "attacked", "template0")
        admin_url = server.superuser_url("attacked")
        schema.upgrade(admin_url)
        yield found(
            admin_url,
            lambda login: address_of(server.url("attacked", login, postgres.PASSWORD)),
        )


@pytest.fixture(scope="module")
def distant_restored(distant: World) -> World:
    """The same, lost and restored from a backup by PostgreSQL's own commands."""
    return replace(distant, admin_url=restored(distant.admin_url))


@pytest.fixture
def copy(url_of: Callable[[str], str], world: World) -> Iterator[World]:
    """The same practice once more, to open gaps in."""
    postgres.make_database(url_of, "gap", "attacked")
    yield opened(url_of("gap"))
    postgres.drop_database(url_of, "gap")


def attacked(world: World, who: Who) -> str:
    """Try everything; return what has worked, and how."""
    with Watch(world) as watch, Line(world, who) as line:
        tries = [(one.name, attempt(line, watch, one)) for one in chosen(who)]
        tries.append(("all together changed", ", ".join(watch.changed())))
        return "\n".join(f"{name}: {how}" for name, how in tries if how)


@pytest.mark.parametrize("who", Who)
def test_no_attack_works(world: World, who: Who) -> None:
    assert not attacked(world, who)


@pytest.mark.slow
@OLDEST
@pytest.mark.parametrize("who", Who)
def test_no_attack_works_on_the_oldest_server(distant: World, who: Who) -> None:
    assert not attacked(distant, who)


@pytest.mark.slow
@RESTORED
@pytest.mark.parametrize("who", Who)
def test_no_attack_works_on_a_restored_backup(restored_world: World, who: Who) -> None:
    assert not attacked(restored_world, who)


@pytest.mark.slow
@OLDEST
@pytest.mark.parametrize("who", Who)
def test_no_attack_works_on_a_backup_restored_on_the_oldest_server(
    distant_restored: World, who: Who
) -> None:
    assert not attacked(distant_restored, who)


def test_the_list_is_long_enough() -> None:
    assert sum(len(chosen(who)) for who in Who) >= FEWEST
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


# A wall taken down, who walks through the gap, and what for.
GAPS = [
    (
        "GRANT SELECT ON calendar_sync TO desk_receptionist;"
        "CREATE POLICY gap ON calendar_sync TO desk_receptionist USING (true)",
        Who.RECEPTIONIST,
        "tokens",
    ),
    (
        "ALTER TABLE appointment DISABLE ROW LEVEL SECURITY",
        Who.PROVIDER,
        "an appointment by its number",
    ),
    (
        "ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap",
        Who.RECEPTIONIST,
        "a time that is taken",
    ),
    (
        "ALTER TABLE appointment DISABLE TRIGGER appointment_before_update",
        Who.RECEPTIONIST,
        "a visit that is over becomes PENDING",
    ),
    (
        "GRANT UPDATE (price) ON appointment TO desk_receptionist",
        Who.RECEPTIONIST,
        "another price of a visit",
    ),
    (
        "DROP TRIGGER audit_log_stays ON audit_log; GRANT DELETE ON audit_log"
        " TO desk_receptionist; CREATE POLICY gap ON audit_log TO desk_receptionist"
        " USING (true)",
        Who.RECEPTIONIST,
        "nobody's: a line less",
    ),
    (
        "DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO PUBLIC',"
        " current_database()); END $$",
        Who.WEBHOOK,
        "a table for a while",
    ),
    (
        "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC",
        Who.WORKER,
        "a large object",
    ),
    (
        "GRANT EXECUTE ON FUNCTION staff_set_group(text, text) TO desk_receptionist;"
        "ALTER FUNCTION staff_set_group(text, text) SECURITY DEFINER;"
        "GRANT EXECUTE ON FUNCTION staff_group(text) TO desk_receptionist",
        Who.RECEPTIONIST,
        "inner function staff_set_group('ben', 'MANAGER')",
    ),
    (
        "ALTER TABLE client DISABLE TRIGGER client_import_is_open",
        Who.MANAGER,
        "an import: that has ended, and more",
    ),
    (
        "GRANT UPDATE (sent_to) ON outbox TO desk_receptionist;"
        "ALTER POLICY desk_deciding ON outbox USING (true) WITH CHECK (true)",
        Who.RECEPTIONIST,
        "of what is sent, the sent_to",
    ),
    (
        "GRANT INSERT (recipient, channel, sent_to) ON outbox TO desk_receptionist",
        Who.RECEPTIONIST,
        "something to be sent: a message to an address of one's own",
    ),
    (
        "DROP POLICY purging ON outbox",
        Who.WORKER,
        "by the courier: what waits, forgotten",
    ),
    (
        "ALTER POLICY desk_adding ON outbox WITH CHECK (true)",
        Who.MANAGER,
        "something to be sent: a kind of one's own",
    ),
    (
        "ALTER POLICY own_deciding ON outbox USING (true)",
        Who.PROVIDER,
        "what is DONE made WAITING",
    ),
    (
        "ALTER TABLE client DISABLE ROW LEVEL SECURITY",
        Who.PROVIDER,
        "clients by dividing by zero",
    ),
]


@pytest.mark.parametrize(("gap", "who", "name"), GAPS, ids=[g[2] for g in GAPS])
def test_a_gap_in_the_wall_is_found(copy: World, gap: str, who: Who, name: str) -> None:
    attack = next(one for one in ATTACKS if one.name == name)
    with psycopg.connect(copy.admin_url, autocommit=True) as connection:
        connection.execute(gap)
    with Watch(copy) as watch, Line(copy, who) as line:
        assert attempt(line, watch, attack)
