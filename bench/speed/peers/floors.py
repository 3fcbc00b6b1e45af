"""The least that an import could do, each alone: `floors.py VERB ...`.

    read FILE                     every cell of the workbook or text, as calamine or csv gives it
    accounts DATABASE             every account of the table
    matched FILE DATABASE         the accounts that the sheet names, by key
    write CHANGES DATABASE        the changed and the new accounts, by primary key
    load TABLE DATABASE           the accounts of an SQLite file into PostgreSQL
    fetch QUERY DATABASE TABLE    what a query to PostgreSQL gives as the accounts of an SQLite file

DATABASE is an SQLite file or an address of PostgreSQL.
"""

from __future__ import annotations

import csv
import gc
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

FIELDS = "student_id, username, first_name, last_name, grade, school, class_name"
_TYPES = ("integer", *["text"] * 7)


def read(file: str) -> list[list[Any]]:
    """All cells of the first sheet."""
    if file.endswith(".csv"):
        with Path(file).open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.reader(opened))
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def connect(database: str) -> Any:
    """A connection of the driver that the address asks for."""
    if not database.startswith("postgresql:"):
        return sqlite3.connect(database)
    import psycopg

    return psycopg.connect(database)


def accounts(database: str) -> None:
    """Fetch the whole table."""
    with connect(database) as connection:
        connection.execute(f"SELECT id, {FIELDS} FROM account").fetchall()


def matched(file: str, database: str) -> None:
    """Fetch the accounts whose Student ID or username stands in the sheet, through the indexes."""
    keys = [(_shown(row[0]), row[1]) for row in read(file)[1:]]
    with connect(database) as connection:
        connection.execute("CREATE TEMP TABLE wanted (student_id TEXT, username TEXT)")
        _insert(connection, "wanted (student_id, username)", keys)
        for key in ("student_id", "username"):
            query = f"SELECT id, {FIELDS} FROM account WHERE {key} IN (SELECT {key} FROM wanted)"
            connection.execute(query).fetchall()


def write(changes: str, database: str) -> None:
    """Write what an import changes, and nothing beside it."""
    found = json.loads(Path(changes).read_text(encoding="utf-8"))
    with connect(database) as connection:
        if isinstance(connection, sqlite3.Connection):
            assignments = ", ".join(f"{field} = ?" for field in FIELDS.split(", "))
            statement = f"UPDATE account SET {assignments} WHERE id = ?"
            rows = ((*row[1:], row[0]) for row in found["changed"])
            connection.executemany(statement, rows)
        else:
            _update_by_copy(connection, found["changed"])
        _insert(connection, f"account (id, {FIELDS})", found["created"])


def load(table: str, database: str) -> None:
    """Make the table in PostgreSQL with the rows and indexes of the SQLite file."""
    columns = ", ".join(map(" ".join, zip(f"id, {FIELDS}".split(", "), _TYPES, strict=True)))
    rows = sqlite3.connect(table).execute(f"SELECT id, {FIELDS} FROM account")
    with connect(database) as connection:
        connection.execute(f"CREATE TABLE account ({columns}, PRIMARY KEY (id))")
        _insert(connection, f"account (id, {FIELDS})", rows)
        for column in ("student_id", "username"):
            connection.execute(f"CREATE INDEX ON account ({column})")


def fetch(query: str, database: str, table: str) -> None:
    """Make an SQLite file with the accounts that the query gives, in the order of the fields."""
    rows = connect(database).execute(query)
    with sqlite3.connect(table) as connection:
        connection.execute(f"CREATE TABLE account (id, {FIELDS})")
        _insert(connection, f"account (id, {FIELDS})", rows)


def _update_by_copy(connection: Any, rows: Any) -> None:
    connection.execute("CREATE TEMP TABLE changed (LIKE account)")
    _insert(connection, f"changed (id, {FIELDS})", rows)
    assignments = ", ".join(f"{field} = c.{field}" for field in FIELDS.split(", "))
    connection.execute(f"UPDATE account a SET {assignments} FROM changed c WHERE a.id = c.id")


def _insert(connection: Any, into: str, rows: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        places = ", ".join("?" * (into.count(",") + 1))
        connection.executemany(f"INSERT INTO {into} VALUES ({places})", rows)
        return
    with connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _shown(value: Any) -> str | None:
    return f"{value:07.0f}" if isinstance(value, float) else value or None


if __name__ == "__main__":
    gc.disable()
    verb, *arguments = sys.argv[1:]
    verbs = (read, accounts, matched, write, load, fetch)
    {function.__name__: function for function in verbs}[verb](*arguments)
