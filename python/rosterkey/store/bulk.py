"""One statement for many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Table, Update, insert
from sqlalchemy.sql.compiler import SQLCompiler

Rows = Sequence[dict[str, Any]]
"""The parameters of a statement, the same names in every row."""


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows whose keys are columns of the table; none is fine."""
    run_many(connection, insert(table), rows)


def run_many(connection: Connection, statement: Insert | Update | Delete, rows: Rows) -> int:
    """Run the statement once for every row and return how many rows it touched in all.

    Where the driver takes parameters by position they are laid out here, column by column: the
    general way of SQLAlchemy does it row by row and costs several times what SQLite itself does.
    """
    if not rows:
        return 0
    compiled = statement.compile(connection.engine, column_keys=list(rows[0]))
    if not isinstance(compiled, SQLCompiler) or compiled.positiontup is None:
        return connection.execute(statement, rows).rowcount
    columns = [_column(connection, compiled, name, rows) for name in compiled.positiontup]
    parameters = list(zip(*columns, strict=True))
    return connection.exec_driver_sql(compiled.string, parameters).rowcount


def _column(connection: Connection, compiled: SQLCompiler, name: str, rows: Rows) -> list[Any]:
    """The values of one parameter in all rows, as the driver takes them."""
    dialect = connection.dialect
    convert = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return [row[name] for row in rows]
    return [convert(row[name]) for row in rows]
