"""A copy of everything before the schema changes."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateSchema

from rosterkey.store.address import IN_MEMORY
from rosterkey.store.contract import StoreError


@contextmanager
def backed_up(connection: Connection, revision: str) -> Iterator[str]:
    """Copy a database of this revision, and give a sentence that says where the copy is.

    The write transaction of the upgrade is open, so nothing changes in between. Where the block
    fails the copy goes again: the database itself is as it was. Raises StoreError where no copy
    can be made.
    """
    name = f"before-upgrade-{revision}-{dt.date.today():%Y-%m-%d}"  # noqa: DTZ011
    if connection.dialect.name == "postgresql":
        with _all_rows(connection):
            # A part of the same transaction: it stays exactly if the upgrade does.
            yield _copy_schema(connection, name)
        return
    source = connection.engine.url.database
    if source in IN_MEMORY:
        yield ""
        return
    copy = _copy_file(Path(str(source)), name)
    try:
        yield f"Before the upgrade the account database was copied to {copy}; only you can open it."
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _copy_file(source: Path, name: str) -> Path:
    """Copy an SQLite file into a new one beside it, open to its owner alone."""
    try:
        copy = _new_file(source, name)
        with (
            closing(sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
    except (OSError, sqlite3.Error):
        raise StoreError(
            f"The account database has to be upgraded, and no copy of it could be written to "
            f"{source.parent} first. Nothing was changed: make room there, or ask for the right "
            "to write."
        ) from None
    return copy


def _new_file(source: Path, name: str) -> Path:
    for number in itertools.count(1):
        ending = "" if number == 1 else f"-{number}"
        path = source.with_name(f"{source.stem}-{name}{ending}{source.suffix}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return path
    raise AssertionError  # never: the numbers do not end


def _copy_schema(connection: Connection, name: str) -> str:
    """Copy every table into a schema of its own in the same database, without its keys."""
    inspector = inspect(connection)
    taken = inspector.get_schema_names()
    names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    schema = next(one for one in names if one not in taken)
    if not connection.scalar(text("SELECT has_database_privilege(current_database(), 'CREATE')")):
        raise StoreError(
            "The account database has to be upgraded, and your login may not copy it first. "
            "Nothing was changed: ask the person who runs the database server for the right "
            "CREATE on the database."
        )
    quote = connection.dialect.identifier_preparer.quote_identifier
    connection.execute(CreateSchema(schema))
    for table in inspector.get_table_names():
        copy = f"{quote(schema)}.{quote(table)}"
        connection.execute(text(f"CREATE TABLE {copy} AS TABLE {quote(table)}"))
    return (
        f'Before the upgrade the account database was copied into the schema "{schema}" of the '
        "same database; drop it when all is well."
    )


@contextmanager
def _all_rows(connection: Connection) -> Iterator[None]:
    """Let the owner of the tables see every row, whatever policies guard them, until the end.

    A policy that hides rows from the copy raises instead of leaving them out.
    """
    forced = connection.scalars(
        text(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity "
            "AND relnamespace = current_schema()::regnamespace ORDER BY relname"
        )
    ).all()
    quote = connection.dialect.identifier_preparer.quote_identifier
    connection.execute(text("SET LOCAL row_security = off"))
    for table in forced:
        connection.execute(text(f"ALTER TABLE {quote(table)} NO FORCE ROW LEVEL SECURITY"))
    yield
    for table in forced:
        connection.execute(text(f"ALTER TABLE {quote(table)} FORCE ROW LEVEL SECURITY"))
