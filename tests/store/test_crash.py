"""An import stands as a whole or not at all, wherever it stops."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from tests.postgresql import SERVERS
from tests.reliability import Figures
from tests.store import crash_child
from tests.store.beginning import Beginning
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
from tests.store.crash_child import LONG, prepare, write

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


@pytest.fixture
def dying() -> Iterator[Callable[[str, str, int], int]]:
    """Does a work on a database in a process that is killed at a step, and gives its exit code."""
    if not hasattr(os, "fork"):
        pytest.skip("a process is killed at a statement only where it can fork")
    script = [sys.executable, "-m", "tests.store.crash_child"]
    with subprocess.Popen(
        script, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None

        def die(url: str, work: str, step: int) -> int:
            print(url, work, step, file=child.stdin, flush=True)
            assert child.stdout is not None
            return int(child.stdout.readline())

        yield die
        child.stdin.close()


@pytest.mark.parametrize(
    ("work", "url"),
    [
        (crash_child.IMPORT, "sqlite"),
        (crash_child.UNDO, "sqlite"),
        (crash_child.IMPORT, SERVERS[0]),
        *((crash_child.UNDO, server) for server in SERVERS if LONG),
        *((crash_child.IMPORT, server) for server in SERVERS[1:] if LONG),
    ],
    indirect=["url"],
)
def test_killed_at_each_statement_the_database_is_whole(
    work: str,
    filled: Store,
    url: str,
    dying: Callable[[str, str, int], int],
    figures: Figures,
) -> None:
    """After each death the database is as before or as after, and the same work ends right."""
    begin = Beginning(filled, url)
    if work == crash_child.UNDO:
        write(filled, prepare(filled, crash_child.IMPORT))
        begin = Beginning(filled, url)
    write(filled, prepare(filled, work))
    after = everything(filled)
    seen = []
    for step in itertools.count(1):
        begin.again()
        code = dying(url, work, step)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        found = everything(filled)
        assert found in (begin.state, after), f"step {step}"
        seen.append(found == after)
        if found == begin.state:
            write(filled, prepare(filled, work))
            assert everything(filled) == after, f"step {step}"
    # Nothing was there before the commit, and everything after it.
    assert seen == [False] * (len(seen) - 1) + [True]
    assert len(seen) > 15
    figures.add(f"kill -9 at a statement of an {work}", len(seen), url)


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
