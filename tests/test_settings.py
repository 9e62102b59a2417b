"""Settings survive a round trip, and a broken file is told clearly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desk_app import settings
from desk_app.errors import Invalid
from desk_app.settings import Settings, ThemeChoice


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
            servers=("postgresql://desk@b/x", 'host=a dbname="x"'),
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
        ("colour = 'red'", "colour"),
        ("servers = 'db'", "servers"),
        ("servers = [5]", "servers"),
        ("database = 'postgresql://[::1/x'", "database"),
    ],
)
def test_a_broken_file_names_what_is_wrong(file: Path, text: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        settings.load(written(file, text))
    assert caught.value.field == field
    assert str(file) in str(caught.value)


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
    ],
)
def test_a_password_is_neither_written_nor_read(file: Path, database: str) -> None:
    with pytest.raises(Invalid, match="keyring"):
        settings.save(Settings(database=database), file)
    assert not file.exists()
    with pytest.raises(Invalid, match="keyring"):
        settings.save(Settings(servers=(database,)), file)
    assert not file.exists()
    for line in (f'database = "{database}"', f'servers = ["{database}"]'):
        with pytest.raises(Invalid, match="keyring") as caught:
            settings.load(written(file, line))
        assert "secret" not in str(caught.value)


def test_the_server_that_was_visited_last_comes_first() -> None:
    kept = Settings()
    for number in range(settings.MOST_SERVERS + 2):
        kept = settings.remembered(kept, f"host={number}")
    kept = settings.remembered(kept, "host=5")
    assert kept.servers[:3] == ("host=5", "host=9", "host=8")
    assert len(kept.servers) == settings.MOST_SERVERS
    assert settings.remembered(kept, "") == kept


def test_a_role_without_password_is_no_password() -> None:
    assert not settings.has_password("postgresql://desk@host/practice?user=password")
    assert not settings.has_password("host=password user=desk")
    assert not settings.has_password("")


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
