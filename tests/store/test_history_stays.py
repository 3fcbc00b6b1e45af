"""The history stays as it is: SQLite itself refuses to change it, except for a purge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Decision
from rosterkey.store import open_store
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from tests.reliability import Figures
from tests.store.builders import (
    LINES,
    apply,
    changes_of_every_kind,
    created,
    edited,
    everything,
    header,
    removed,
)

COLUMNS = {
    "import": "purged_by",
    "change": "after",
    "account_image": "difference",
    "decision": "word",
    "retired_username": "username",
}


_EACH_TABLE = """
DELETE FROM "{table}"
UPDATE "{table}" SET "{column}" = 1
UPDATE OR REPLACE "{table}" SET district_id = district_id
REPLACE INTO "{table}" SELECT * FROM "{table}"
INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1
INSERT INTO "{table}" SELECT * FROM "{table}" WHERE TRUE ON CONFLICT DO UPDATE SET "{column}" = 1
INSERT INTO "{table}" SELECT * FROM "{table}" WHERE TRUE ON CONFLICT DO NOTHING
"""
_EACH_COLUMN = """UPDATE "import" SET "{column}" = '9'"""
_EACH_NUMBER = 'UPDATE "import" SET purged_by = {number} WHERE import_number = 1'


def _hostile() -> Iterator[str]:
    """Every way in which a statement can change or remove a row of the history."""
    for table, column in COLUMNS.items():
        yield from _EACH_TABLE.format(table=table, column=column).strip().splitlines()
    for column in ("actor", "at", "digest", "counts", "confirmed", "sheet_hash", "kind", "source"):
        yield _EACH_COLUMN.format(column=column)
    # A purge that never was, the import itself, and one that is no purge.
    for number in (0, 1, 2, 99):
        yield _EACH_NUMBER.format(number=number)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A database with a row in every table of the history; no import of it is a purge."""
    path = tmp_path / "accounts.db"
    store = open_store(f"sqlite:///{path}")
    store.load(LINES)
    decided = Decision(2, "probable-duplicate", "really new", ("1", "ann"), ("a1",), lasting=True)
    with store.write("D1") as writer:
        changes = changes_of_every_kind(writer.snapshot())
        writer.apply(header(), changes, [decided])
    apply(store, removed(store.snapshot("D1"), "a3"), digest="2", kind=ImportKind.DELETE)
    store.close()
    return path


def test_the_database_refuses_every_change_of_the_history(written: Path, figures: Figures) -> None:
    hostile = list(_hostile())
    with sqlite3.connect(written) as connection:
        before = [connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in COLUMNS]  # noqa: S608
        assert all(before), "every table has a row to attack"
        for statement in hostile:
            with pytest.raises(sqlite3.DatabaseError, match="the history stays as it is"):
                connection.execute(statement)
        after = [connection.execute(f'SELECT * FROM "{t}"').fetchall() for t in COLUMNS]  # noqa: S608
        assert after == before
    connection.close()
    figures.add("attempts to edit the history", len(hostile), "sqlite:")


def test_everything_that_changes_accounts_still_works(written: Path) -> None:
    store = open_store(f"sqlite:///{written}")
    apply(store, edited(store.snapshot("D1"), "a2", grade="2"), digest="3")
    assert [entry.number for entry in store.imports("D1")] == [3, 2, 1]
    store.close()


def _purge(store: Store, *numbers: int, digest: str = "purge") -> int:
    with store.write("D1") as writer:
        return writer.purge(header(digest, kind=ImportKind.PURGE, source="old"), numbers)


def test_a_purge_deletes_what_imports_changed_and_keeps_their_lines(filled: Store) -> None:
    decided = Decision(2, "probable-duplicate", "really new", ("1", "ann"), ("a1",), lasting=True)
    gone = replace(decided, accounts=("a9",))
    with filled.write("D1") as writer:
        change = edited(writer.snapshot(), "a1", grade="2")
        named = header(source="Ann.xlsx", reason="Ann", decisions=("row 2 Ann",))
        writer.apply(named, [change], [decided, gone])
    apply(filled, edited(filled.snapshot("D1"), "a2", grade="1"), digest="kept")
    accounts = list(filled.dump())
    assert _purge(filled, 1) == 3
    purge, kept, old = filled.imports("D1")
    assert (purge.header.kind, old.purged_by, kept.purged_by) == (ImportKind.PURGE, 3, None)
    assert old.header == header(source="", reason="", decisions=())
    assert filled.field_changes("D1", 1) == []
    assert len(filled.field_changes("D1", 2)) == len(filled.images("D1", 2).changes)
    assert set(filled.snapshot("D1").decided) == set(decided.pairs), "still to be asked otherwise"
    assert list(filled.dump()) == accounts


def test_a_purged_import_cannot_be_taken_back_and_says_why(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="2"))
    _purge(filled, 1)
    with pytest.raises(StoreError, match="purged from the history by import 2"):
        filled.images("D1", 1)


def test_a_purge_of_what_is_not_there_writes_nothing(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="2"))
    before = everything(filled)
    for numbers in ((1, 7), (7,)):
        with pytest.raises(StoreError, match="was to be purged is not in the history"):
            _purge(filled, *numbers)
    assert everything(filled) == before
    _purge(filled, 1)
    with pytest.raises(StoreError, match="was purged by now"):
        _purge(filled, 1, digest="again")
    with pytest.raises(AlreadyImported):
        _purge(filled, 1)


def test_a_purge_stays_in_its_district(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="2"))
    apply(filled, edited(filled.snapshot("D2"), "a1", grade="2"), district="D2")
    _purge(filled, 1)
    assert filled.imports("D2")[0].purged_by is None
    assert filled.field_changes("D2", 1) != []


def test_the_trail_of_an_account(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="2", username="ann.lee"))
    apply(filled, created("n1", "new"), digest="2")
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="1"), digest="3")
    trail = filled.trail("D1", "a1")
    assert {n: [(c.field, c.before, c.after) for c in found] for n, found in trail.items()} == {
        1: [("username", "ann", "ann.lee"), ("grade", "1", "2")],
        3: [("grade", "2", "1")],
    }
    assert filled.trail("D2", "a1") == {}
    assert filled.once_known_as("D1", "ann") == ["a1"]
    assert filled.once_known_as("D1", "new") == ["n1"]
    assert filled.once_known_as("D1", "2") == [], "a grade is no name"
    assert filled.once_known_as("D2", "ann") == []
