"""One statement for many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Table, Update, insert
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Rows = Sequence[tuple[Any, ...]]
"""The parameters of a statement for each row, in one order; the first is the district."""

STAGED_FROM = 50
"""From how many rows on a server gets them through the staging table."""


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows of one district, with every column of the table in its order; none is fine."""
    if connection.dialect.name == "sqlite" or len(rows) < STAGED_FROM:
        run_many(connection, insert(table), table.columns.keys(), rows)
        return
    from rosterkey.store.staging import insert_copied

    insert_copied(connection, table, rows)


def run_many(
    connection: Connection,
    statement: Insert | Update | Delete,
    names: Sequence[str],
    rows: Rows,
) -> int:
    """Run the statement once for every row and return how many rows it touched in all.

    `names` are the statement's parameters in the order of the rows, which belong to one district.
    Many of them go to a server in one stream and are written by one statement, because each round
    trip costs more than the row.
    """
    if not rows:
        return 0
    if connection.dialect.name == "sqlite":
        return _run_by_position(connection, statement, names, rows)
    if len(rows) < STAGED_FROM:
        named = [dict(zip(names, row, strict=True)) for row in rows]
        return connection.execute(statement, named).rowcount
    from rosterkey.store.staging import run_staged

    return run_staged(connection, statement, names, rows)


def _run_by_position(
    connection: Connection, statement: Insert | Update | Delete, names: Sequence[str], rows: Rows
) -> int:
    """Give the rows to SQLite's driver as they are.

    The general way of SQLAlchemy looks at each parameter of each row, and costs several times what
    SQLite does.
    """
    compiled = statement.compile(connection.engine, column_keys=names)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101
    asked = list(compiled.positiontup or ())
    ordered = rows if asked == list(names) else map(itemgetter(*map(names.index, asked)), rows)
    kinds = [compiled.binds[name].type for name in asked]
    parameters = list(as_driver_takes(connection, kinds, ordered))
    return connection.exec_driver_sql(compiled.string, parameters).rowcount


def as_driver_takes(
    connection: Connection, kinds: Iterable[TypeEngine[Any]], rows: Iterable[tuple[Any, ...]]
) -> Iterable[tuple[Any, ...]]:
    """The rows with each value as the driver takes it; most kinds it takes as they are."""
    dialect = connection.dialect
    converters = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in kinds]
    if not any(converters):
        return rows
    rows = list(rows)
    columns = []
    for position, convert in enumerate(converters):
        column = map(itemgetter(position), rows)
        columns.append(column if convert is None else map(convert, column))
    return zip(*columns, strict=True)
