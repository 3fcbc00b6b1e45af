"""One phase of the product alone, in a process of its own: `python -m bench.speed.phases VERB ...`.

    apply DATABASE FILE SERVER            the transaction that writes the plan, begin to commit
    insert-sheet DATABASE EXPECTED        its floor: the accounts of the sheet, inserted bare
    copy-sheet DATABASE EXPECTED SERVER   the same on PostgreSQL, with COPY
    insert DATABASE IMPORTED              all that the import wrote, history included, inserted bare
    copy DATABASE IMPORTED SERVER         the same on PostgreSQL, with COPY
    mark DATABASE FILE MARKS              the findings into the workbook; MARKS gets them as JSON
    passwords COUNT                       as many password hashes

Each prints its CPU and wall seconds as JSON. What comes before the phase is not counted. SERVER is
the process of PostgreSQL's server, whose CPU seconds are counted too, or 0.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.speed.files import INDEXES, TABLE
from bench.speed.postgres import cpu_seconds
from bench.speed.unhashed import FIXED
from rosterkey.core.history import ImportHeader, ImportKind
from rosterkey.core.model import AccountChange
from rosterkey.files.marks.mark import Marks, mark_workbook
from rosterkey.store import open_store
from rosterkey.store.passwords import hash_passwords
from rosterkey.usecases.mark import marks_of
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import Validated, validate

_OF_THE_IMPORT = {
    "import": "true",
    "account": "account_id IN (SELECT account_id FROM account_image)",
    "username_claim": "account_id IN (SELECT account_id FROM change WHERE field = 'username')",
    "past_username": "account_id IN (SELECT account_id FROM change WHERE field = 'username')",
    "enrollment": "account_id IN (SELECT account_id FROM change WHERE field = 'classes')",
    "change": "true",
    "account_image": "true",
}
"""Which rows of each table the only import of a database wrote."""


_TABLE = (TABLE, *(f"CREATE INDEX account_{column} ON account ({column})" for column in INDEXES))


@contextmanager
def timed(server: str = "0") -> Iterator[None]:
    """Measures what happens inside of it, and prints it."""
    cpu, wall = _cpu(server), time.perf_counter()
    yield
    wall = time.perf_counter() - wall
    print(json.dumps({"cpu": _cpu(server) - cpu, "wall": wall}))


def _cpu(server: str) -> float:
    return time.process_time() + (cpu_seconds(int(server)) if int(server) else 0.0)


def apply(database: str, file: str, server: str) -> None:
    """Write the plan of the file as an import does, once everything is read and planned."""
    settings = Settings(database)
    store = open_store(settings.database)
    planned = validate(Path(file), store, settings)
    plan = planned.plan
    changes = [_hashed(change) for change in plan.changes]
    header = ImportHeader(plan.digest, "bench", datetime.now(UTC), ImportKind.SHEET, counts={})
    with timed(server), store.write(planned.snapshot.district.code) as writer:
        writer.apply(header, changes, plan.decisions)
    store.close()


def insert(database: str, imported: str) -> None:
    """Insert what the import wrote into the empty tables of a new database, by the bare driver."""
    open_store(f"sqlite:///{database}").close()
    with closing(sqlite3.connect(imported)) as source:
        rows = {
            table: source.execute(f'SELECT * FROM "{table}" WHERE {where}').fetchall()
            for table, where in _OF_THE_IMPORT.items()
        }
    with _opened(database) as target, timed():
        target.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            if found:
                _insert(target, table, found)
        target.execute("COMMIT")


def insert_sheet(database: str, expected: str) -> None:
    """Insert every account of the sheet, as it is in the end, into a table with its indexes."""
    rows = _accounts(expected)
    with _opened(database) as target:
        for statement in _TABLE:
            target.execute(statement)
        with timed():
            target.execute("BEGIN IMMEDIATE")
            _insert(target, "account", rows)
            target.execute("COMMIT")


def copy_sheet(database: str, expected: str, server: str) -> None:
    """Copy every account of the sheet, as it is in the end, into a table with its indexes."""
    import psycopg

    rows = _accounts(expected)
    with psycopg.connect(database) as target:
        for statement in _TABLE:
            target.execute(statement.encode())
        target.commit()
        with timed(server):
            with target.cursor().copy("COPY account FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
            target.commit()


def _accounts(expected: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(expected)) as source:
        return source.execute("SELECT * FROM account").fetchall()


@contextmanager
def _opened(database: str) -> Iterator[sqlite3.Connection]:
    """As the product's own connection, so that both do the same for safety."""
    with closing(sqlite3.connect(database, isolation_level=None)) as target:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
            target.execute(f"PRAGMA {pragma}")
        yield target


def _insert(target: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(rows[0]))
    target.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def copy(database: str, imported: str, server: str) -> None:
    """Copy what the import wrote into the empty tables of another database of PostgreSQL."""
    import psycopg

    with psycopg.connect(imported) as source:
        written = {table: _copied(source, table, where) for table, where in _OF_THE_IMPORT.items()}
        districts = _copied(source, "district", "true")
    with psycopg.connect(database) as target:
        _copy(target, "district", districts)
        target.commit()
        with timed(server):
            for table, rows in written.items():
                _copy(target, table, rows)
            target.commit()


def _copied(source: Any, table: str, where: str) -> list[bytes]:
    query = f'COPY (SELECT * FROM "{table}" WHERE {where}) TO STDOUT'
    with source.cursor().copy(query) as stream:
        return [bytes(block) for block in stream]


def _copy(target: Any, table: str, rows: list[bytes]) -> None:
    with target.cursor().copy(f'COPY "{table}" FROM STDIN') as stream:
        stream.write(b"".join(rows))


def mark(database: str, file: str, listed: str) -> None:
    """Patch the findings into the file, which was read and planned before."""
    settings = Settings(database)
    store = open_store(settings.database)
    planned = validate(Path(file), store, settings)
    marks = marks_of(planned)
    assert marks is not None
    Path(listed).write_text(json.dumps(_as_json(marks, planned)), encoding="utf-8")
    with timed():
        mark_workbook(Path(file), Path(file), marks)


def passwords(count: str) -> None:
    """Hash as many passwords."""
    with timed():
        hash_passwords(f"maple-river-{number}" for number in range(int(count)))


def _hashed(change: AccountChange) -> AccountChange:
    if change.after is None or not change.generated:
        return change
    return replace(change, after=replace(change.after, password_hash=FIXED), password=None)


def _as_json(marks: Marks, planned: Validated) -> dict[str, object]:
    """What the other program needs in order to write the same."""
    width = max(len(cells) for _, cells in planned.sheet.rows)
    results = [(n, (r.result, r.changes, r.findings)) for n, r in marks.results.items()]
    cells = [(row, column, m.severity, m.note) for (row, column), m in marks.cells.items()]
    return {"sheet": marks.sheet, "columns": width, "results": results, "cells": cells}


if __name__ == "__main__":
    gc.disable()  # as the command line does
    verb, *arguments = sys.argv[1:]
    verbs = (apply, insert_sheet, copy_sheet, insert, copy, mark, passwords)
    {function.__name__.replace("_", "-"): function for function in verbs}[verb](*arguments)
