"""What the engine refuses, as one sentence for the administrator.

The engine's own text may quote a statement or a value, so none of it is passed on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from rosterkey.store.contract import StoreError

CONFLICT = (
    "The account database holds something that contradicts what was to be written. "
    "Nothing was written: validate the sheet again."
)
INCOMPLETE = (
    "The account database is incomplete: a table or a column is missing. "
    "Nothing was written: restore the database from a back-up."
)
NO_TEXT = (
    "A text holds half a character (a lone surrogate) that no database can keep. "
    "Nothing was written: type that text anew."
)

_LOCKED = (
    "Someone else is writing to the account database right now. "
    "Nothing was written: wait a minute and try again."
)
_DAMAGED = "The account database is damaged. Nothing was written: restore it from a back-up."
_FORBIDDEN = (
    "You have no right to open the account database. "
    "Ask for the right to read and write the file and its folder."
)
_OTHER = "The account database refused. Nothing was written: try again."

_BY_CODE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
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
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FORMAT: _DAMAGED,
    sqlite3.SQLITE_FULL: (
        "The disk of the account database is full. Nothing was written: make room and try again."
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk or the network drive of the account database failed. "
        "Check it, then look into the history whether the last import is there."
    ),
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_AUTH: _FORBIDDEN,
    sqlite3.SQLITE_CONSTRAINT: CONFLICT,
}


@contextmanager
def refusals(conflict: str = CONFLICT) -> Iterator[None]:
    """Turn every error of the engine inside the block into a StoreError.

    `conflict` is the sentence for a broken constraint. Wrap only statements, never the block of a
    caller: its own errors have to pass as they are.
    """
    try:
        yield
    except IntegrityError:
        raise StoreError(conflict) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(_sentence(error)) from None
    except UnicodeEncodeError:
        raise StoreError(NO_TEXT) from None


def _sentence(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return _OTHER
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith(("no such ", "table ")):
        return INCOMPLETE
    # The low byte is the kind of error, the rest a detail of the engine.
    return _BY_CODE.get(code & 0xFF, _OTHER)
