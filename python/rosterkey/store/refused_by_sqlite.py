"""What SQLite's error codes mean for the administrator."""

from __future__ import annotations

import sqlite3

from rosterkey.store.refused import (
    CONFLICT,
    DAMAGED,
    DISK_FAILED,
    DISK_FULL,
    INCOMPLETE,
    LOCKED,
)

_FORBIDDEN = (
    "You have no right to open the account database. "
    "Ask for the right to read and write the file and its folder."
)

_BY_CODE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: (
        "The account database is read-only for you. "
        "Nothing was written: ask for the right to write to the file and its folder."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The account database cannot be opened. "
        "Check that its folder is there and that you may read and write both."
    ),
    sqlite3.SQLITE_NOTADB: (
        "The file is not an account database, or it is damaged or encrypted. "
        "Check the path, or restore the file from a back-up."
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FORMAT: DAMAGED,
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_IOERR: DISK_FAILED,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_AUTH: _FORBIDDEN,
    sqlite3.SQLITE_CONSTRAINT: CONFLICT,
}


def sentence_of(error: BaseException) -> str | None:
    """The sentence for an error of SQLite, None for any other error."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such ", "table ")):
        return INCOMPLETE
    # The low byte is the kind of error, the rest a detail of the engine.
    return _BY_CODE.get(code & 0xFF)
