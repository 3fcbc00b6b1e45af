"""An engine of SQLAlchemy for the account database, and its two kinds of connection."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from rosterkey.store.address import served_address
from rosterkey.store.sqlite import SQLITE_WRITES, sqlite_engine

_compact_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# Named and not left to the server, whose settings may say otherwise. They are parts of BEGIN and
# leave the session as it is, so a pool of connections in between does no harm.
_READS: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_WRITES: dict[str, dict[str, Any]] = {
    "sqlite": SQLITE_WRITES,
    "postgresql": {"isolation_level": "READ COMMITTED"},
}


def open_engine(url: str, *, create: bool) -> Engine:
    """An engine for the account database that an SQLAlchemy URL names.

    With `create` a missing SQLite file is made; a database on a server has to be there. Raises
    StoreError for a kind of database that is not served and for a file that cannot be opened;
    a server is not asked before the first connection.
    """
    address = served_address(url)
    if address.get_backend_name() == "sqlite":
        return sqlite_engine(address, create=create, json=_compact_json)
    from rosterkey.store.postgresql import postgresql_engine

    return postgresql_engine(address, json=_compact_json)


def connect_to_read(engine: Engine) -> Connection:
    """A connection whose transactions see one moment of the database and change nothing."""
    return engine.connect().execution_options(**_READS[engine.dialect.name])


def connect_to_write(engine: Engine) -> Connection:
    """A connection for one write; see `reading.lock_district` for what keeps others out."""
    return engine.connect().execution_options(**_WRITES[engine.dialect.name])


def speak_of(connection: Connection, district: str) -> None:
    """Say which district the transaction is about, until it ends.

    A server that works for many persons with one login reaches that district only. For the login
    of a person it changes nothing.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.set_config("app.district", district, True)))
