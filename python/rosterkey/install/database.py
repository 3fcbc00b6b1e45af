"""The address of the account database, as settings can keep it, and the database itself."""

from __future__ import annotations

from pathlib import Path

from rosterkey.install.errors import SetupStopped


def lasting(url: str) -> str:
    """The address with a full path: the buttons run in another folder than this command.

    Raises:
        SetupStopped: it is no address, or that of a database that lives in memory only.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise SetupStopped(
            "The address of the account database is not a URL; "
            "for a file write sqlite:/// and then its full path."
        ) from None
    if address.get_backend_name() != "sqlite":
        return url
    name = str(address.database or "")
    if name in ("", ":memory:"):
        raise SetupStopped(
            "This database lives in memory and would be empty at each button: "
            "write sqlite:/// and then the full path of a file."
        )
    path = Path(name).expanduser()
    if path.is_absolute():
        return url
    return address.set(database=path.absolute().as_posix()).render_as_string(hide_password=False)


def file_of(url: str) -> Path | None:
    """The file of an SQLite address, None for a database elsewhere."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def prepare(url: str) -> None:
    """Create the account database, or bring it to this version, as `rosterkey init` does.

    Raises:
        StoreError: it cannot be reached or refused.
    """
    from rosterkey.store import open_store

    open_store(url).close()


def refuse_unserved(url: str) -> None:
    """Refuse an address that `prepare` would refuse, for a run that makes nothing.

    Raises:
        StoreError: rosterkey serves no database of this kind, or it is a folder.
    """
    from rosterkey.store import check_address

    check_address(url)


def with_password(url: str, password: str) -> str:
    """The address with a password that was asked for.

    Raises:
        SetupStopped: it has no user, or is that of a file.
    """
    from sqlalchemy.engine import make_url

    address = make_url(url)
    if not address.username:
        raise SetupStopped("The address needs a user name before the password: user@host.")
    return address.set(password=password).render_as_string(hide_password=False)
