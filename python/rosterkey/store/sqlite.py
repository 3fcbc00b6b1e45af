"""Opening SQLite so that it keeps its promises.

A write takes the one write lock at its first statement (`BEGIN IMMEDIATE`), so what it reads stays
true until it commits; a read takes a snapshot and is never in the way of a write (WAL).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from rosterkey.store import waiting
from rosterkey.store.address import IN_MEMORY
from rosterkey.store.contract import StoreError

SQLITE_WRITES = {"rosterkey_writes": True}
"""The execution options of a connection whose transactions write."""

_PRAGMAS = (
    "foreign_keys = ON",
    # A commit that was reported is on the disk, also after a power cut.
    "synchronous = FULL",
    # In KiB: the indexes of a large district stay in memory during one import.
    "cache_size = -65536",
    "temp_store = MEMORY",
)


def sqlite_engine(address: URL, *, create: bool, json: Callable[[Any], str]) -> Engine:
    """An engine for the SQLite file of an address; `json` writes the columns of that type.

    With `create` a missing file is made, readable by its owner alone, and so is a missing folder.
    Raises StoreError for a file that is not there or cannot be made.
    """
    memory = address.database in IN_MEMORY
    if not memory:
        _prepare_file(Path(str(address.database)), create=create)
    options = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(
        address,
        # No student data in the text of an error, whoever prints it.
        hide_parameters=True,
        connect_args={"timeout": waiting.BUSY_SECONDS, "check_same_thread": False},
        json_serializer=json,
        **options,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def use_write_ahead_log(engine: Engine) -> None:
    """Let reads and one write go on side by side; the file remembers it.

    Where the file system cannot do it (some network drives) SQLite stays with its older journal,
    which is as safe and lets readers wait.
    """
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL").close()
    finally:
        raw.close()


def _prepare_file(path: Path, *, create: bool) -> None:
    try:
        if path.exists():
            return
        if not create:
            raise StoreError(
                f"There is no account database at {path}. Mend its address, or make one: "
                "rosterkey load FILE, or rosterkey init for an empty one."
            )
        _make_folder(path.parent)
        # Made here because SQLite would give the rights of the umask; the journals follow it.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The account database {path} can be neither opened nor made ({error.strerror}); "
            "ask for the right to read and write there, or choose another folder."
        ) from None
    except ValueError:
        raise StoreError(
            "The path of the account database has a character in it that no path has."
        ) from None


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each open to its owner alone."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # Without this the driver begins and commits by its own rules, also around a migration.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("rosterkey_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
