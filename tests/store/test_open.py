"""Opening: what is made, and in which words everything else is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from rosterkey.store.schema import VERSION_TABLE
from tests.store.builders import LINES, account_line, apply, district_line, everything

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights than 0600")


def refused(url: str, *, upgrade: bool = True) -> str:
    """The sentence with which opening is refused."""
    with pytest.raises(StoreError) as caught:
        open_store(url, upgrade=upgrade)
    assert caught.value.__cause__ is None
    return str(caught.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a current database with two districts in it, closed."""
    file = tmp_path / "made.db"
    store = open_store(f"sqlite:///{file}")
    store.load(LINES)
    store.close()
    return file


def change_file(path: Path, statement: str) -> None:
    """Run one statement behind the back of the program."""
    database = sqlite3.connect(path)
    with database:
        database.execute(statement)
    database.close()


@POSIX
def test_a_new_file_and_its_folders_belong_to_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "one" / "two" / "accounts.db"
    mask = os.umask(0)
    try:
        store = open_store(f"sqlite:///{file}")
        store.load([district_line("D1")])
    finally:
        os.umask(mask)
    made = sorted(file.parent.iterdir())
    assert [f.name for f in made] == ["accounts.db", "accounts.db-shm", "accounts.db-wal"]
    assert {stat.S_IMODE(f.stat().st_mode) for f in made} == {0o600}
    assert {stat.S_IMODE(f.stat().st_mode) for f in file.parents[:2]} == {0o700}
    store.close()
    assert list(file.parent.iterdir()) == [file]


@POSIX
def test_the_rights_of_an_existing_folder_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_store(f"sqlite:///{tmp_path / 'accounts.db'}").close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_an_odd_path_is_a_path(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'Schüler 100%.db'}"
    store = open_store(url)
    store.load(LINES)
    store.close()
    assert (tmp_path / "Schüler 100%.db").exists()


def test_the_home_folder_may_be_written_short(home: Path) -> None:
    open_store("sqlite:///~/kept/accounts.db").close()
    assert (home / "kept" / "accounts.db").exists()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "accounts.db").touch()
    store = open_store(f"sqlite:///{tmp_path / 'accounts.db'}")
    assert store.districts() == ()
    store.close()


def test_upgrade_leaves_a_current_database_as_it_is(filled: Store) -> None:
    before = everything(filled)
    filled.upgrade()
    assert everything(filled) == before


def test_a_current_database_opens_without_alembic(path: Path) -> None:
    program = (
        "import sys; from rosterkey.store import open_store\n"
        "store = open_store(sys.argv[1]); store.upgrade(); store.snapshot('D1'); store.close()\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'alembic', 'argon2', 'mako'}))"
    )
    script = [sys.executable, "-c", program, f"sqlite:///{path}"]
    assert subprocess.run(script, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_journal_and_the_checks_of_every_connection(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    with store._reading() as connection:  # type: ignore[attr-defined]

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("foreign_keys") == 1
        assert pragma("synchronous") == 2
        assert pragma("busy_timeout") == 10_000
        # The driver begins and ends no transaction of its own accord.
        assert connection.connection.driver_connection.isolation_level is None
    store.close()


def test_without_upgrade_a_missing_file_is_not_made(tmp_path: Path) -> None:
    sentence = refused(f"sqlite:///{tmp_path / 'x' / 'accounts.db'}", upgrade=False)
    assert "rosterkey init" in sentence
    assert list(tmp_path.iterdir()) == []


def test_without_upgrade_an_empty_file_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "accounts.db").touch()
    assert "rosterkey init" in refused(f"sqlite:///{tmp_path / 'accounts.db'}", upgrade=False)
    assert (tmp_path / "accounts.db").stat().st_size == 0


def test_a_newer_schema(path: Path) -> None:
    change_file(path, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608
    content = path.read_bytes()
    assert "newer version" in refused(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_the_database_of_another_program(tmp_path: Path) -> None:
    change_file(tmp_path / "notes.db", "CREATE TABLE notes (text)")
    content = (tmp_path / "notes.db").read_bytes()
    assert "another program" in refused(f"sqlite:///{tmp_path / 'notes.db'}")
    assert (tmp_path / "notes.db").read_bytes() == content


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("Student ID,Username\n" * 100, encoding="utf-8")
    sentence = refused(f"sqlite:///{tmp_path / 'roster.csv'}")
    assert "not an account database" in sentence


def test_a_damaged_file(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert "damaged" in refused(f"sqlite:///{path}")


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert "is a folder" in refused(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "neither opened nor made" in refused(f"sqlite:///{tmp_path / 'file' / 'accounts.db'}")


def test_a_table_that_is_missing(path: Path) -> None:
    change_file(path, "DROP TABLE enrollment")
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="incomplete"):
        store.snapshot("D1")
    with pytest.raises(StoreError, match="incomplete"):
        store.load([account_line("D1", "n1", "new", classes=["1A"])])
    store.close()


def test_a_role_of_a_later_program(path: Path) -> None:
    change_file(path, "UPDATE account SET role = 'guardian' WHERE account_id = 'a1'")
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="role or a status"):
        store.snapshot("D1")
    store.close()


def test_a_file_that_another_program_locks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rosterkey.store.waiting.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="Someone else is writing"):
        apply(store)
    other.execute("ROLLBACK")
    other.close()
    assert apply(store) == 1
    store.close()


OPEN_AS_SOMEBODY_ELSE = """
import os, sys
import rosterkey.store.database
from rosterkey.store import contract, open_store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    store = open_store(sys.argv[1])
    store.load([{"kind": "district", "code": "D9"}])
except contract.StoreError as error:
    print(error)
"""


@POSIX
@pytest.mark.parametrize(
    ("of_folder", "of_file", "word"),
    [
        (0o555, 0o444, "right to write"),
        (0o777, 0o444, "right to write"),
        (0o777, 0o000, "may read and write"),
        (0o000, 0o666, "right to read and write"),
    ],
)
def test_rights_that_are_missing(path: Path, of_folder: int, of_file: int, word: str) -> None:
    # Not in the folder of the test, which is closed to others from its root on.
    folder = Path(tempfile.mkdtemp())
    file = folder / "accounts.db"
    try:
        shutil.copy(path, file)
        file.chmod(of_file)
        folder.chmod(of_folder)
        script = [sys.executable, "-c", OPEN_AS_SOMEBODY_ELSE, f"sqlite:///{file}"]
        run = subprocess.run(script, capture_output=True, text=True, check=True)
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
    assert word in run.stdout


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("accounts.db", "not a URL"),
        ("", "not a URL"),
        ("mysql://ana:secret@host/db", "'mysql'"),
        ("sqlite+aiosqlite:///accounts.db", "'sqlite+aiosqlite'"),
        ("postgresql+psycopg2://ana:secret@host/db", "'postgresql+psycopg2'"),
        ("sqlite:///accounts.db?mode=ro", "options"),
        ("sqlite:///file:accounts.db?uri=true", "options"),
    ],
)
def test_an_address_that_is_not_served(url: str, word: str) -> None:
    sentence = refused(url)
    assert word in sentence
    assert "sqlite:///" in sentence
    assert "secret" not in sentence


def test_a_database_in_memory_for_a_trial() -> None:
    store = open_store("sqlite://")
    store.load(LINES)
    assert list(store.dump()) == LINES
    assert apply(store) == 1
    store.close()
