"""Opening PostgreSQL: the driver, a connection that is verified, and a server that fits.

The password never stands in a text of ours: not in a message, and not on a command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from rosterkey.store.contract import StoreError

OLDEST = 15
"""The oldest major version of the server that the tests run on."""

_CONNECT = {
    "connect_timeout": 10,
    "application_name": "rosterkey",
    "client_encoding": "utf8",
    # A network that swallows everything is noticed within a minute.
    "keepalives_idle": 30,
    "tcp_user_timeout": 60_000,
}
"""What a connection asks for where the address says nothing else."""

_LOCAL = ("", "localhost", "127.0.0.1", "::1")


def postgresql_engine(address: URL, *, json: Callable[[Any], str]) -> Engine:
    """An engine for the database of an address; `json` writes the columns of that type.

    Nothing is connected yet. Connecting raises StoreError for a server that does not fit.
    """
    asked = {name: value for name, value in _CONNECT.items() if name not in address.query}
    engine = create_engine(
        address,
        # No student data in the text of an error, whoever prints it.
        hide_parameters=True,
        json_serializer=json,
        # The driver would ask the server for a type that no table of ours has.
        use_native_hstore=False,
        # Between two steps of an import passwords are hashed, for minutes: long enough for a
        # firewall to forget the connection.
        pool_pre_ping=True,
        # Statements that the server keeps by name get lost behind a pool of connections.
        connect_args={**asked, **_encryption(address), "prepare_threshold": None},
    )
    event.listen(engine, "connect", _on_connect)
    return engine


def _encryption(address: URL) -> dict[str, str]:
    """Demand a certificate that proves the server's name, where nobody decided otherwise.

    The driver's own choice would send student data unencrypted where a server, or somebody in
    between, says that it cannot encrypt. A service file states what it wants by itself.
    """
    stated = {"sslmode", "service"} & set(address.query)
    if stated or {"PGSSLMODE", "PGSERVICE"} & set(os.environ):
        return {}
    return {} if all(map(_is_local, _hosts(address))) else {"sslmode": "verify-full"}


def _hosts(address: URL) -> list[str]:
    """Every host that the address or, in its place, the environment names."""
    query = address.query.get("host", ())
    listed = [query] if isinstance(query, str) else list(query)
    hosts = [address.host] if address.host else listed or [os.environ.get("PGHOST", "")]
    return [
        name.split(":")[0] if name.count(":") == 1 else name for name in ",".join(hosts).split(",")
    ]


def _is_local(host: str) -> bool:
    """Whether a host is this computer: no name at all, a socket's folder, or the loopback."""
    return host in _LOCAL or host.startswith(("/", "@"))


def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Refuse a server that would not keep what the program promises."""
    info = connection.info
    if info.server_version < OLDEST * 10_000:
        raise StoreError(
            f"The database server is PostgreSQL {info.server_version // 10_000}; "
            f"rosterkey needs version {OLDEST} or later. Ask for a newer server."
        )
    if info.parameter_status("in_hot_standby") == "on":
        raise StoreError(
            "The database server is a copy that takes no changes; "
            "name the main server in the address."
        )
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"The database has the encoding {encoding} and cannot keep every name. "
            "Create one for the accounts with: createdb --encoding=UTF8 --template=template0 NAME"
        )
