"""Passwords of database addresses, kept in the system's keyring and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend
    from sqlalchemy import URL

SERVICE = "rosterkey"
"""The name under which the keyring lists the passwords; the user name is the address."""

_SYSTEMS_OWN = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""The keyrings that encrypt with the user's login. Others keep passwords in a readable file, keep
nothing (null), or fail."""
_SEVERAL = "keyring.backends.chainer"


_IN_QUERY = "password"
"""PostgreSQL's drivers take a password as an option of the address too."""


class CredentialsError(Exception):
    """The password cannot be kept or found; the text says why and what to do, never a password."""


def with_credentials(url: str) -> str:
    """The address with the password that the keyring keeps for it.

    An address of a file, without a user, or with a password of its own comes back as it is. So does
    one that the keyring knows nothing of, or where there is none (a server): the database may let
    the user in without a password.

    Raises:
        CredentialsError: the keyring is locked or broken.
    """
    if url.startswith("sqlite"):  # nothing is imported for the usual case: start-up counts
        return url
    address = _address(url)
    if address is None or not address.username or _secret(address) is not None:
        return url
    try:
        import keyring
    except ImportError:
        return url
    from keyring.errors import KeyringError, NoKeyringError

    try:
        password = keyring.get_password(SERVICE, _shown(address))
    except NoKeyringError:
        return url
    except KeyringError:
        raise CredentialsError(
            "The keyring of this computer did not give the password of the account database. "
            "Unlock it (sign in again) and try again."
        ) from None
    if password is None:
        return url
    return address.set(password=password).render_as_string(hide_password=False)


def keep_password(url: str, password: str | None = None) -> str:
    """Put the password of an address into the keyring and return the address without it.

    `password` is one that was asked for; without it that of the address is kept. An address without
    either comes back as it is.

    Raises:
        CredentialsError: the computer has no keyring that is safe, or it refused.
    """
    address = _address(url)
    if address is None:
        return url
    secret = password if password is not None else _secret(address)
    if secret is None:
        return url
    if not address.username:
        raise CredentialsError("The address of the database has a password and no user name.")
    bare = without_password(url)
    keyring = _safe_keyring()
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, bare, secret)
    except KeyringError:
        raise CredentialsError(
            "The keyring of this computer did not take the password of the account database. "
            "Unlock it (sign in again) and try again."
        ) from None
    return bare


def without_password(url: str) -> str:
    """The address as it may be stored and shown."""
    address = _address(url)
    return url if address is None or _secret(address) is None else _shown(address)


def has_password(url: str) -> bool:
    """Whether a password stands in the address."""
    address = _address(url)
    return address is not None and _secret(address) is not None


def _safe_keyring() -> KeyringBackend:
    """The keyring of the system. Raises CredentialsError where there is none that is safe."""
    try:
        import keyring
    except ImportError:
        raise CredentialsError(
            "The password cannot be kept: the package keyring is missing. Install it, and run "
            "setup again."
        ) from None
    backend = keyring.get_keyring()
    unsafe = [one for one in _parts(backend) if type(one).__module__ not in _SYSTEMS_OWN]
    if unsafe or not _parts(backend):
        name = ", ".join(f"{type(one).__module__}.{type(one).__qualname__}" for one in unsafe)
        raise CredentialsError(
            f"The password was not kept: this computer offers no keyring that is safe "
            f"({name or 'none at all'}). On Windows and macOS remove the setting that chose "
            "another one; on Linux start a keyring service such as GNOME Keyring or KWallet."
        )
    return backend


def _parts(backend: KeyringBackend) -> list[KeyringBackend]:
    """The keyring itself, or those that a chain asks one after the other."""
    if type(backend).__module__ == _SEVERAL:
        return list(backend.backends)  # type: ignore[attr-defined]
    return [backend]


def _address(url: str) -> URL | None:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        return None


def _secret(address: URL) -> str | None:
    """The password that stands in an address."""
    if address.password is not None:
        return str(address.password)
    option = address.query.get(_IN_QUERY)
    return option if option is None or isinstance(option, str) else option[0]


def _shown(address: URL) -> str:
    """An address without its password, its user name kept."""
    from sqlalchemy import URL

    # Not `set`: a value of None leaves there what is there.
    bare = URL.create(
        address.drivername,
        username=address.username,
        host=address.host,
        port=address.port,
        database=address.database,
        query={name: value for name, value in address.query.items() if name != _IN_QUERY},
    )
    return bare.render_as_string(hide_password=False)
