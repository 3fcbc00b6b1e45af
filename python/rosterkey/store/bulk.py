"""One statement for many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Table, Update, insert
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Rows = Sequence[dict[str, Any]]
"""The parameters of a statement, the same names in every row."""

STAGED_FROM = 200
"""From how many rows on a server gets them through the staging table."""


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows of one district whose keys are columns of the table; none is fine."""
    if connection.dialect.name == "sqlite" or len(rows) < STAGED_FROM:
        run_many(connection, insert(table), rows)
        return
    from rosterkey.store.staging import insert_copied

    insert_copied(connection, table, rows)


def run_many(connection: Connection, statement: Insert | Update | Delete, rows: Rows) -> int:
    """Run the statement once for every row and return how many rows it touched in all.

    The rows belong to one district. Many of them go to a server in one stream and are written by
    one statement, because each round trip costs more than the row.
    """
    if not rows:
        return 0
    if connection.dialect.name == "sqlite":
        return _run_by_position(connection, statement, rows)
    if len(rows) < STAGED_FROM:
        return connection.execute(statement, rows).rowcount
    from rosterkey.store.staging import run_staged

    return run_staged(connection, statement, rows)


def _run_by_position(
    connection: Connection, statement: Insert | Update | Delete, rows: Rows
) -> int:
    """Lay the parameters out here, column by column, as SQLite's driver takes them.

    The general way of SQLAlchemy does it row by row and costs several times what SQLite does.
    """
    compiled = statement.compile(connection.engine, column_keys=list(rows[0]))
    assert isinstance(compiled, SQLCompiler)  # noqa: S101
    names = compiled.positiontup or ()
    columns = [values_of(connection, compiled.binds[name].type, name, rows) for name in names]
    parameters = list(zip(*columns, strict=True))
    return connection.exec_driver_sql(compiled.string, parameters).rowcount


def values_of(connection: Connection, kind: TypeEngine[Any], name: str, rows: Rows) -> list[Any]:
    """The values of one parameter in all rows, as the driver takes them."""
    dialect = connection.dialect
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return [row[name] for row in rows]
    return [convert(row[name]) for row in rows]
