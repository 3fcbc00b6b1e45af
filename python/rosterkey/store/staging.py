"""Many rows into PostgreSQL: one COPY into the staging table, then one statement on all of them.

New rows go right into their table, unless a policy guards it: then COPY is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Table,
    Text,
    Update,
    cast,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.types import TypeEngine

from rosterkey.store.bulk import Rows, as_driver_takes
from rosterkey.store.server_schema import staging

_DISTRICT = ("district_id", "of_district")
"""The names of the parameter that is the same in every row."""

Kinds = dict[str, TypeEngine[Any]]
"""The type of each parameter."""


def insert_copied(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows of one district, with every column of the table in its order."""
    names = table.columns.keys()
    if connection.scalar(select(func.row_security_active(table.name))):
        run_staged(connection, insert(table), names, rows)
        return
    kinds = (column.type for column in table.columns)
    copy_rows(connection, table, names, as_driver_takes(connection, kinds, rows))


def run_staged(
    connection: Connection,
    statement: Insert | Update | Delete,
    names: Sequence[str],
    rows: Rows,
) -> int:
    """Run the statement on all rows at once and return how many rows of its table it touched.

    Every parameter of the statement but the district becomes a column of the staging table.
    """
    code = rows[0][0]
    kinds = _kinds(statement, names)
    batch = str(uuid.uuid4())
    district = staging.c.district_id.type
    taken = as_driver_takes(connection, (district, *kinds.values()), rows)
    copy_rows(
        connection,
        staging,
        [staging.c[name].name for name in ("district_id", "batch_id", "position")]
        + [staging.c[f"value_{number}"].name for number in range(len(kinds))],
        ((code, batch, position, *row[1:]) for position, row in enumerate(taken)),
    )
    ours = (staging.c.district_id == code) & (staging.c.batch_id == batch)
    touched = connection.execute(_on_staging(statement, kinds, ours)).rowcount
    connection.execute(delete(staging).where(ours))
    return touched


def copy_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Stream rows into columns of a table."""
    driver: Any = connection.connection.driver_connection
    quote = connection.dialect.identifier_preparer.quote
    sql = f"COPY {quote(table.name)} ({', '.join(map(quote, columns))}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy does it for its own statements: a broken connection is not used again.
        if connection.dialect.is_disconnect(error, driver, None):
            connection.invalidate()
        raise _wrapped(connection, error) from None


def _wrapped(connection: Connection, error: Exception) -> BaseException:
    return DBAPIError.instance(
        None,
        None,
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        dialect=connection.dialect,
    )


def _kinds(statement: Insert | Update | Delete, names: Sequence[str]) -> Kinds:
    """The type of every parameter but the first, which is the district's."""
    if isinstance(statement, Insert):
        return {name: _table(statement).c[name].type for name in names[1:]}
    found: Kinds = {}

    def note(element: Any, **_: Any) -> None:
        if isinstance(element, BindParameter) and element.key in names:
            found[element.key] = element.type

    replacement_traverse(statement, {}, note)
    return {name: found[name] for name in names[1:]}


def _on_staging(
    statement: Insert | Update | Delete, kinds: Kinds, ours: ColumnElement[bool]
) -> Insert | Update | Delete:
    """The statement with the columns of the staging table in place of its parameters."""
    values: dict[str, ColumnElement[Any]] = dict.fromkeys(_DISTRICT, staging.c.district_id)
    for number, (name, kind) in enumerate(kinds.items()):
        value = staging.c[f"value_{number}"]
        values[name] = value if isinstance(kind, Text) else cast(value, kind)
    if isinstance(statement, Insert):
        names = ["district_id", *kinds]
        staged = select(*(values[name] for name in names)).where(ours)
        return statement.from_select(names, staged.order_by(staging.c.position))

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, BindParameter) and element.key in values:
            return values[element.key]
        return None

    replaced: Any = replacement_traverse(statement, {}, replace)
    taken: Update | Delete = replaced.where(ours)
    return taken


def _table(statement: Insert) -> Table:
    table = statement.table
    assert isinstance(table, Table)  # noqa: S101
    return table
