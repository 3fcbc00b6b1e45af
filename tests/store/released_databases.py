"""Databases as an earlier version of the program left them, on every engine."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from rosterkey.store.engine import connect_to_write, open_engine
from rosterkey.store.schema import VERSION_TABLE

RELEASED = ("0001", "0002")
"""The schemas that a version of the program has made; `released/` keeps what stood in them."""
_DUMPS = Path(__file__).with_name("released")


def make_released(url: str, revision: str) -> Engine:
    """A database of an earlier schema at the URL, where none is yet, and an engine for it."""
    if url.startswith("sqlite"):
        engine = open_engine(url, create=True)
        with sqlite3.connect(str(engine.url.database)) as database:
            database.executescript(_dump(revision))
        database.close()
        return engine
    engine = open_engine(url, create=True)
    with connect_to_write(engine) as connection, connection.begin():
        upgrade_to(connection, revision)
        _insert(connection, revision)
    return engine


def upgrade_to(connection: Connection, revision: str) -> None:
    """Run the revisions up to one of them."""
    config = Config()
    config.set_main_option("script_location", "rosterkey.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def contents(engine: Engine, schema: str | None = None) -> dict[str, Any]:
    """The columns and every row of every table, as text."""
    found: dict[str, Any] = {}
    with engine.connect() as connection:
        inspector = inspect(connection)
        for table in inspector.get_table_names(schema):
            columns = sorted(str(column["name"]) for column in inspector.get_columns(table, schema))
            place = f'"{schema}"."{table}"' if schema else f'"{table}"'
            names = ", ".join(f'"{name}"' for name in columns)
            rows = connection.execute(text(f"SELECT {names} FROM {place}")).all()  # noqa: S608
            found[table] = columns, sorted(map(repr, rows))
    return found


def _dump(revision: str) -> str:
    return (_DUMPS / f"{revision}.sql").read_text("utf-8")


def _insert(connection: Connection, revision: str) -> None:
    """The rows of the dump into a server's tables, those that others refer to first."""
    dumped = sqlite3.connect(":memory:")
    dumped.executescript(_dump(revision))
    for table, _ in inspect(connection).get_sorted_table_and_fkc_names():
        if table in (None, VERSION_TABLE, "staging"):
            continue
        cursor = dumped.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        names = [column[0] for column in cursor.description]
        marks = ", ".join(f":{name}" for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            if "at" in row:
                row["at"] += "+00"
            connection.execute(
                text(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'),  # noqa: S608
                row,
            )
    dumped.close()
