"""Which schema a database has, and how it comes to the newest one.

Alembic is imported only where something has to be done: opening a current database costs two
small reads.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, Select, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from rosterkey.store.backups import backed_up
from rosterkey.store.contract import StoreError
from rosterkey.store.engine import connect_to_read, connect_to_write
from rosterkey.store.refusals import refusals
from rosterkey.store.refused import LOCKED
from rosterkey.store.schema import REVISIONS, VERSION_TABLE
from rosterkey.store.sqlite import use_write_ahead_log
from rosterkey.store.waiting import attempts

# Alembic keeps the running migration in module globals.
_one_at_a_time = threading.Lock()

_MADE_BY_ANOTHER = ("23505", "42P07", "42710")
"""A key, a table or a name of PostgreSQL's own catalogue that is there by now."""


def check(engine: Engine, *, upgrade_allowed: bool) -> str:
    """Make sure that the database has the schema of this program.

    Gives a sentence on the copy that was made before an upgrade, or an empty text. Raises
    StoreError where it belongs to another program, was made by a newer version of this one, or
    would have to be upgraded without `upgrade_allowed`.
    """
    with refusals(), connect_to_read(engine) as connection, connection.begin():
        revision = _revision(connection)
    if revision == REVISIONS[-1]:
        return ""
    if not upgrade_allowed:
        raise StoreError(
            "The account database has no tables yet or those of an older version; "
            "`rosterkey init` makes it ready."
        )
    return upgrade(engine)


def upgrade(engine: Engine) -> str:
    """Bring the schema to the newest revision, in one transaction, and copy what was there first.

    Two programs that do it at once follow each other, and the second finds nothing to do. Gives a
    sentence on the copy, or an empty text. Raises StoreError as `check` does.
    """
    with refusals(), _one_at_a_time:
        with connect_to_read(engine) as connection, connection.begin():
            _revision(connection)
        if engine.dialect.name == "sqlite":
            # Outside of any transaction, and not before the file is known to be ours.
            use_write_ahead_log(engine)
        for _ in attempts():
            with suppress(_QuickerOne):
                return _upgrade(engine)
        raise StoreError(LOCKED)


class _QuickerOne(Exception):
    """Another program made the tables at the same moment."""


def _upgrade(engine: Engine) -> str:
    try:
        with connect_to_write(engine) as connection, connection.begin():
            revision = _revision(connection, lock=True)
            if revision == REVISIONS[-1]:
                return ""
            if revision is None:
                _migrate(connection)
                return ""
            with backed_up(connection, revision) as copied:
                _migrate(connection)
            return copied
    except DBAPIError as error:
        # An empty database has no row to lock: the second to make a table fails instead.
        if getattr(error.orig, "sqlstate", None) in _MADE_BY_ANOTHER:
            raise _QuickerOne from None
        raise


def _revision(connection: Connection, *, lock: bool = False) -> str | None:
    """The revision of the schema, or None for a database without any table.

    With `lock` no other program upgrades until the transaction ends.
    """
    inspector = inspect(connection)
    if not inspector.has_table(VERSION_TABLE):
        if inspector.get_table_names():
            raise StoreError(
                "The database holds the tables of another program; "
                "name a database of its own for the accounts."
            )
        return None
    query: Select[Any] = select(column("version_num")).select_from(table(VERSION_TABLE))
    revision = connection.scalar(query.with_for_update() if lock else query)
    if revision not in REVISIONS:
        raise StoreError(
            "The account database was made by a newer version of rosterkey; "
            "update rosterkey on this computer."
        )
    return str(revision)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "rosterkey.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
