"""An import stands as a whole or not at all, wherever it stops."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from tests.store.builders import (
    LINES,
    account_line,
    apply,
    changes_of_every_kind,
    created,
    everything,
    failing_at,
    statements,
)

ROOT = Path(__file__).resolve().parents[2]


def test_stopped_at_each_statement_nothing_is_written(filled: Store) -> None:
    before = everything(filled)
    changes = changes_of_every_kind(filled.snapshot("D1"))
    for number in range(1, 100):
        try:
            with failing_at(number):
                apply(filled, *changes)
        except RuntimeError:
            assert everything(filled) == before, f"statement {number}"
        else:
            break
    # Twelve kinds of rows at the least were written one after the other.
    assert 12 < number < 99
    assert everything(filled) != before
    assert [e.number for e in filled.imports("D1")] == [1]


def test_stopped_at_each_statement_of_a_load(store: Store) -> None:
    for number in range(1, 100):
        try:
            with failing_at(number):
                store.load(LINES)
        except RuntimeError:
            assert store.districts() == (), f"statement {number}"
        else:
            break
    assert 8 < number < 99
    assert list(store.dump()) == LINES


def test_stopped_at_each_statement_of_the_first_opening(url: str) -> None:
    """The tables come into being together; what stopped before leaves no debris."""
    for number in range(1, 200):
        try:
            with failing_at(number):
                store = open_store(url)
        except RuntimeError:
            with pytest.raises(StoreError, match="no tables yet"):
                open_store(url, upgrade=False)
        else:
            break
    assert 20 < number < 199
    store.load(LINES)
    assert list(store.dump()) == LINES
    store.close()


def test_the_row_of_the_import_is_the_first_that_is_written(filled: Store) -> None:
    changes = changes_of_every_kind(filled.snapshot("D1"))
    with statements() as seen:
        apply(filled, *changes)
    writes = [s for s in seen if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes[0].startswith('INSERT INTO "import"') or writes[0].startswith(
        "INSERT INTO import"
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed only where it can fork")
def test_killed_at_each_statement_the_database_opens_and_is_whole(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'before.db'}")
    store.load(LINES)
    before = everything(store)
    changes = changes_of_every_kind(store.snapshot("D1"))
    store.close()
    script = [sys.executable, "-m", "tests.store.crash_child", str(tmp_path)]
    run = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True)
    last = int(run.stdout)
    assert last > 12
    for number in range(1, last + 1):
        store = open_store(f"sqlite:///{tmp_path / f'{number}.db'}")
        if number < last:
            assert everything(store) == before, f"statement {number}"
            assert apply(store, *changes) == 1
        after = everything(store)
        store.close()
        if number == 1:
            expected = after
        assert after == expected, f"statement {number}"


def limit_pages(connection: Any, _entry: Any) -> None:
    """A disk that is full: the file may not grow."""
    connection.execute("PRAGMA max_page_count = 1").close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_full_disk_writes_nothing_and_says_so(url: str, filled: Store) -> None:
    before = everything(filled)
    filled.close()
    event.listen(Engine, "connect", limit_pages)
    try:
        small = open_store(url)
        many = [created(f"n{i}", f"user{i}", first_name="x" * 100) for i in range(2_000)]
        with pytest.raises(StoreError, match=r"disk .* is full"):
            apply(small, *many)
        with pytest.raises(StoreError, match=r"disk .* is full"):
            small.load(account_line("D1", f"n{i}", f"user{i}") for i in range(4_000))
        assert everything(small) == before
        small.close()
    finally:
        event.remove(Engine, "connect", limit_pages)
    assert everything(filled) == before
