"""Which account database an address names, and whether rosterkey serves it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from rosterkey.store.contract import StoreError

IN_MEMORY = (None, "", ":memory:")
"""The names of an SQLite database that no file holds."""

_SQLITE = ("sqlite", "sqlite+pysqlite")
_POSTGRESQL = ("postgresql", "postgresql+psycopg")
_FORMS = (
    "for a file write sqlite:/// and then its full path, "
    "for a server postgresql+psycopg://USER@HOST/DATABASE."
)


def served_address(url: str) -> URL:
    """The address with the path of its file written out; nothing is opened or made.

    Raises StoreError for a kind of database that is not served or whose driver is missing, and for
    a folder.
    """
    address = _parse(url)
    if address.drivername in _POSTGRESQL:
        _require_driver()
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in _SQLITE:
        kind = address.drivername if "+" in address.drivername else address.get_backend_name()
        raise StoreError(f"rosterkey cannot work with a database of the kind {kind!r}; {_FORMS}")
    return _file_address(address)


def _require_driver() -> None:
    if find_spec("psycopg") is None:
        raise StoreError(
            "To work with PostgreSQL rosterkey needs the package psycopg; "
            "install it with: pip install 'rosterkey[postgresql]'"
        )


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"The address of the account database is not a URL; {_FORMS}") from None


def _file_address(address: URL) -> URL:
    if address.query or str(address.database or "").startswith("file:"):
        raise StoreError(
            "The address of an SQLite file takes no options; write sqlite:/// and its full path."
        )
    if address.database in IN_MEMORY:
        return address
    path = _path(str(address.database))
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False  # opening the file says what is wrong with its path
    if is_folder:
        raise StoreError(f"{path} is a folder; name the file of the account database in it.")
    return address.set(database=str(path))


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise StoreError(
            f"The folder that ~ stands for in {text} is not known; write the full path."
        ) from None
