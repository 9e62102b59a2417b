"""Settings survive a round trip, and a broken file is told clearly."""

from __future__ import annotations

import sys
from pathlib import Path

import hypothesis
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import conninfo, pq

from desk_app import settings
from desk_app.errors import Invalid
from desk_app.settings import Settings, ThemeChoice

SECRETS = {
    "password",
    "sslpassword",
    "scram_client_key",
    "scram_server_key",
    "oauth_client_secret",
}
WORDS = [*SECRETS, "user", "host", "options", "pass%77ord", "%3A", "%40", "%3D", "x"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_practice_is_on_this_computer(file: Path) -> None:
    assert settings.load(file) == Settings()
    assert Settings().database == ""
    assert not Settings().demo


@pytest.mark.parametrize(
    "kept",
    [
        Settings(),
        Settings(
            database="postgresql://desk@a:5432,b:5432/x?target_session_attrs=read-write",
            demo=True,
            data_folder=Path(Path.cwd().anchor, "Übung", 'a "b"', "c\\d", "\x7f"),
            theme=ThemeChoice.DARK,
            zoom=6,
            desk_name='Reception "2"',
            single_letters=False,
            hide_names_at_start=True,
            dates_as="CH",
            carries=False,
            servers=("postgresql://desk@b/x", "host='db \\' \"x' user=desk", "\x7f"),
        ),
    ],
)
def test_what_is_saved_is_loaded_again(file: Path, kept: Settings) -> None:
    settings.save(kept, file)
    assert settings.load(file) == kept


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("database = ", "settings"),
        ("zoom = 'big'", "zoom"),
        ("zoom = 7", "zoom"),
        ("zoom = true", "zoom"),
        ("demo = 1", "demo"),
        ("database = 5", "database"),
        ("theme = 'pink'", "theme"),
        ("data_folder = 'here'", "data_folder"),
        ("hide_names_at_start = 'yes'", "hide_names_at_start"),
        ("dates_as = 'Germany'", "dates_as"),
        ("carries = 'no'", "carries"),
        ("colour = 'red'", "colour"),
        ("database = 'postgresql://[::1/x'", "database"),
        ("database = ['postgresql://desk:s3cret@host/x']", "database"),
        ("servers = 'host=a'", "servers"),
        ("servers = ['host=a', 5]", "servers"),
        ("servers = ['host=a', 'host=b password=s3cret']", "servers"),
    ],
)
def test_a_broken_file_names_what_is_wrong(file: Path, text: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        settings.load(written(file, text))
    assert caught.value.field == field
    assert str(file) in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_file_of_bytes_is_refused(file: Path) -> None:
    written(file, "").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="not a TOML file"):
        settings.load(file)


@pytest.mark.parametrize(
    "database",
    [
        "postgresql://desk:secret@host/practice",
        "postgresql://desk@host/practice?password=secret",
        "postgresql://host/practice?sslpassword=secret",
        "host=db password = secret",
        "password=secret",
        "dbname='x'password=secret",
        "host=db scram_client_key=secret",
        "host=db oauth_client_secret=secret",
        "host=db options='-c app.password=secret'",
        "HOST=db PASSWORD=secret",
        "postgresql+psycopg://desk:secret@host/practice",
        "POSTGRESQL://desk:secret@host/practice",
        "postgresql://desk:sec?ret@host/practice",
        "postgresql://desk:sec?a=ret@host/practice",
        "postgresql://desk:sec#ret@host/practice",
        "postgresql://desk:sec/ret@host/practice",
        "postgresql://desk:sec@ret@host/practice",
        "postgresql://desk:se\u2100cret@host/practice",
        "postgresql://desk%3Asecret@host/practice",
        "postgresql://:secret@host/practice",
        "postgresql://host:5432?user=desk@secret",
        "postgresql://host/practice?pass%77ord=secret",
        "postgresql://host/practice?options=-c%20app.password%3Dsecret",
        "desk:secret@host/practice",
    ],
)
def test_a_password_is_neither_written_nor_read(file: Path, database: str) -> None:
    with pytest.raises(Invalid, match="keyring"):
        settings.save(Settings(database=database), file)
    assert not file.exists()
    with pytest.raises(Invalid, match="keyring") as caught:
        settings.load(written(file, f'database = "{database}"'))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "database",
    [
        "",
        "postgresql://desk@host/practice?user=password",
        "postgresql://desk@a:5432,b:5432/practice?target_session_attrs=read-write",
        "postgresql://desk@[2001:db8::1]:5432/practice",
        "postgresql://host:5432/practice?user=desk@practice",
        "postgresql://ann%40mail.example@host:5432/practice",
        "postgresql:///practice?host=/run/postgresql&passfile=/root/.pgpass",
        "host=password user=desk",
        "host=a,b user=ann@mail.example hostaddr=::1,::2",
    ],
)
def test_an_address_without_a_password_is_kept(file: Path, database: str) -> None:
    settings.save(Settings(database=database, servers=(database,)), file)
    assert settings.load(file).servers == (database,)


@given(
    st.sampled_from(["", "postgresql://", "postgres://", "postgresql+psycopg://"]),
    st.lists(st.sampled_from([*" '\\=:@/?&#,[]%\t\n\v", *WORDS]), max_size=12),
)
@hypothesis.settings(max_examples=2000)
def test_what_libpq_takes_for_a_password_is_one(scheme: str, words: list[str]) -> None:
    address = scheme + "".join(words)
    try:
        found = conninfo.conninfo_to_dict(address.replace("+psycopg", ""))
    except psycopg.Error:
        return
    if any(found.get(word) for word in SECRETS):
        assert settings.has_password(address)


def test_what_libpq_never_shows_is_a_password() -> None:
    options = pq.Conninfo.get_defaults()
    assert {o.keyword.decode() for o in options if o.dispchar == b"*"} <= SECRETS


def test_the_server_that_was_used_last_stands_first() -> None:
    kept = Settings(servers=("host=a", "host=b", "host=c"))
    assert settings.remembered(kept, "host=b").servers == ("host=b", "host=a", "host=c")
    assert settings.remembered(kept, "host=d").servers[:2] == ("host=d", "host=a")


def test_eight_servers_are_remembered(file: Path) -> None:
    kept = Settings()
    for number in range(10):
        kept = settings.remembered(kept, f"host=server-{number}")
    assert [len(kept.servers), kept.servers[-1]] == [8, "host=server-2"]
    settings.save(kept, file)
    assert settings.load(file) == kept
    many = [f'"host={number}"' for number in range(20)]
    assert (
        len(settings.load(written(file, f"servers = [{','.join(many)}]")).servers) == 8
    )


def test_a_server_with_a_password_is_not_remembered(file: Path) -> None:
    with pytest.raises(Invalid, match="keyring") as caught:
        settings.remembered(Settings(), "postgresql://desk:s3cret@host/practice")
    assert caught.value.field == "servers"
    with pytest.raises(Invalid, match="keyring"):
        settings.save(Settings(servers=("host=a password=s3cret",)), file)
    assert not file.exists()


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(file: Path) -> None:
    settings.save(Settings(zoom=1), file)
    with pytest.raises(Invalid):
        settings.save(Settings(database="host=\ud800"), file)
    assert settings.load(file).zoom == 1
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_for_its_owner_only(file: Path) -> None:
    settings.save(Settings(), file)
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_in_the_way_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(Invalid, match="cannot be read"):
        settings.load(file)
