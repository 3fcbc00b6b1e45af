"""Which schema a database has, and how it comes to the newest one.

Alembic is imported only where something has to be done: opening a current database costs two
small reads.
"""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine, inspect, text

from rosterkey.store.contract import StoreError
from rosterkey.store.engine import WRITES, use_write_ahead_log
from rosterkey.store.refusals import refusals
from rosterkey.store.schema import REVISIONS, VERSION_TABLE

# Alembic keeps the running migration in module globals.
_one_at_a_time = threading.Lock()


def check(engine: Engine, *, upgrade_allowed: bool) -> None:
    """Make sure that the database has the schema of this program.

    Raises StoreError where it belongs to another program, was made by a newer version of this
    one, or would have to be upgraded without `upgrade_allowed`.
    """
    with refusals(), engine.connect() as connection, connection.begin():
        revision = _revision(connection)
    if revision == REVISIONS[-1]:
        return
    if not upgrade_allowed:
        raise StoreError(
            "The account database has no tables yet or those of an older version; "
            "`rosterkey init` makes it ready."
        )
    upgrade(engine)


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision, in one transaction.

    Two programs that do it at once follow each other, and the second finds nothing to do.
    Raises StoreError as `check` does.
    """
    with refusals(), _one_at_a_time:
        with engine.connect() as connection, connection.begin():
            _revision(connection)
        # Outside of any transaction, and not before the file is known to be ours.
        use_write_ahead_log(engine)
        with engine.connect().execution_options(**WRITES) as connection, connection.begin():
            if _revision(connection) != REVISIONS[-1]:
                _migrate(connection)


def _revision(connection: Connection) -> str | None:
    """The revision of the schema, or None for a database without any table."""
    inspector = inspect(connection)
    if not inspector.has_table(VERSION_TABLE):
        if inspector.get_table_names():
            raise StoreError(
                "The database holds the tables of another program; "
                "name a file of its own for the accounts."
            )
        return None
    revision = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
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
