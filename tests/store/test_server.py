"""A server: how it is reached, what it has to be, and in which words everything else is refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from rosterkey.store import open_store
from rosterkey.store.contract import StoreError
from rosterkey.store.engine import open_engine
from tests.postgresql import ADMIN, PASSWORD, SERVERS, Server, Servers
from tests.store.builders import LINES, apply, edited, header
from tests.store.certificates import Authority


@pytest.fixture
def server(postgresql_servers: Servers) -> Server:
    """The oldest server that is served."""
    return postgresql_servers.of(SERVERS[0])


def refused(url: str) -> str:
    """The sentence with which opening is refused."""
    with pytest.raises(StoreError) as caught:
        open_store(url)
    sentence = str(caught.value)
    assert PASSWORD not in sentence
    assert "wrong" not in sentence
    assert caught.value.__cause__ is None
    return sentence


def over_tcp(server: Server, database: str = "postgres", **parts: str) -> str:
    """The address of a database at the port where a password is asked for."""
    user, password = parts.pop("user", ADMIN), parts.pop("password", PASSWORD)
    host = parts.pop("host", f"127.0.0.1:{server.port}")
    options = "&".join(f"{name}={value}" for name, value in parts.items())
    return f"postgresql+psycopg://{user}:{password}@{host}/{database}?{options}"


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"password": "wrong"}, "user name or the password"),
        ({"user": "nobody"}, "user name or the password"),
        ({"database": "not_there"}, "is not on the server 127.0.0.1"),
        ({"host": "127.0.0.1:1"}, "127.0.0.1 does not answer"),
        ({"host": "no.such.host.invalid"}, "no.such.host.invalid is not known"),
        ({"sslmode": "require"}, "does not encrypt"),
        ({"sslmode": "verify-full"}, "does not encrypt"),
        ({"service": "not_there"}, "in no service file"),
        ({"wrong_option": "1"}, "has an option that PostgreSQL does not know"),
        ({"sslmode": "sometimes"}, "has an option that PostgreSQL does not know"),
        ({"connect_timeout": "soon"}, "has an option that PostgreSQL does not know"),
        ({"host": "", "port": "1"}, "does not answer"),
    ],
)
def test_an_address_that_leads_nowhere(server: Server, parts: dict[str, str], word: str) -> None:
    assert word in refused(over_tcp(server, **parts))


def test_a_server_that_is_too_old(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rosterkey.store.postgresql.OLDEST", 99)
    assert "is PostgreSQL 15; rosterkey needs version 99 or later" in refused(over_tcp(server))


def test_an_encoding_that_loses_names(server: Server) -> None:
    with server.connect() as connection:
        connection.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' "
            "TEMPLATE template0"
        )
    try:
        assert "encoding LATIN1" in refused(server.url("latin"))
    finally:
        server.drop("latin")


@pytest.fixture
def guest(server: Server) -> Iterator[tuple[Server, str]]:
    """A database whose tables the login `guest` may not use."""
    name = server.new_database()
    store = open_store(server.url(name))
    store.load(LINES)
    store.close()
    with server.connect(name) as connection:
        connection.execute(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'".encode())
    yield server, name
    server.drop(name)
    with server.connect() as connection:
        connection.execute("DROP ROLE guest")


def test_a_login_without_a_right(guest: tuple[Server, str]) -> None:
    server, name = guest
    assert "no right to do this" in refused(over_tcp(server, name, user="guest"))
    with server.connect(name) as connection:
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    store = open_store(over_tcp(server, name, user="guest"))
    with pytest.raises(StoreError, match="no right to do this"):
        apply(store, edited(store.snapshot("D1"), "a1", grade="2"))
    store.close()


def test_no_access_and_no_free_connection(guest: tuple[Server, str]) -> None:
    server, name = guest
    with server.connect(name) as connection:
        connection.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0".encode())
        assert "no free connection" in refused(over_tcp(server, name, user="guest"))
        connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC".encode())
        assert "does not let this user" in refused(over_tcp(server, name, user="guest"))


def test_a_server_that_is_only_a_copy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    told = psycopg.ConnectionInfo.parameter_status

    def on_a_copy(info: psycopg.ConnectionInfo, name: str) -> str | None:
        return "on" if name == "in_hot_standby" else told(info, name)

    monkeypatch.setattr(psycopg.ConnectionInfo, "parameter_status", on_a_copy)
    assert "a copy that takes no changes" in refused(over_tcp(server))


def test_the_tables_of_another_program(server: Server) -> None:
    name = server.new_database()
    with server.connect(name) as connection:
        connection.execute("CREATE TABLE notes (words text)")
    assert "another program" in refused(server.url(name))
    server.drop(name)


def test_a_service_file_says_where_the_server_is(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = server.new_database()
    services = tmp_path / "services.conf"
    services.write_text(
        f"[district]\nhost=127.0.0.1\nport={server.port}\ndbname={name}\n"
        f"user={ADMIN}\npassword={PASSWORD}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    store = open_store("postgresql+psycopg:///?service=district")
    store.load(LINES)
    store.close()
    server.drop(name)


def test_a_connection_that_was_cut_while_idle_is_made_again(server: Server) -> None:
    store = open_store(server.url(server.current_database()))
    store.load(LINES)
    server.cut_connections()
    assert store.snapshot("D1").district.code == "D1"
    store.close()


def test_a_connection_that_is_cut_in_the_middle(server: Server) -> None:
    store = open_store(server.url(server.current_database()))
    store.load(LINES)
    change = edited(store.snapshot("D1"), "a1", grade="2")

    def import_it() -> None:
        with store.write("D1") as writer:
            server.cut_connections()
            writer.apply(header(), [change])

    with pytest.raises(StoreError, match="is being stopped"):
        import_it()
    assert store.imports("D1") == []
    assert apply(store, change) == 1
    store.close()


@pytest.fixture
def encrypted(server: Server, tmp_path: Path) -> Iterator[tuple[str, Authority]]:
    """A host and port with a certificate for `localhost`, and the authority that signed it."""
    authority = Authority(tmp_path / "authority.pem")
    for made in authority.certify("localhost", tmp_path):
        target = server.folder / made.name
        shutil.move(made, target)
        if os.geteuid() == 0:
            shutil.chown(target, "postgres", "postgres")
    with server.connect() as connection:
        for setting in (
            f"ssl_cert_file = '{server.folder}/server.crt'",
            f"ssl_key_file = '{server.folder}/server.key'",
            "ssl = on",
        ):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    yield f"localhost:{server.port}", authority
    with server.connect() as connection:
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")


def test_a_certificate_has_to_prove_the_name(
    server: Server, encrypted: tuple[str, Authority], tmp_path: Path
) -> None:
    host, authority = encrypted
    name = server.new_database()
    full = {"sslmode": "verify-full", "sslrootcert": str(authority.file)}
    store = open_store(over_tcp(server, name, host=host, **full))
    with store._reading() as connection:  # type: ignore[attr-defined]
        used = connection.exec_driver_sql(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        assert used.scalar() is True
    store.close()
    server.drop(name)

    # The same server under a name that its certificate does not hold.
    assert "could not prove" in refused(over_tcp(server, **full))
    stranger = Authority(tmp_path / "stranger.pem")
    wrong = full | {"sslrootcert": str(stranger.file)}
    assert "could not prove" in refused(over_tcp(server, host=host, **wrong))
    missing = full | {"sslrootcert": str(tmp_path / "missing.pem")}
    assert "certificate of its authority is not on" in refused(
        over_tcp(server, host=host, **missing)
    )


@pytest.mark.parametrize(
    ("address", "sslmode"),
    [
        ("ana@db.example.org/accounts", "verify-full"),
        ("ana@10.1.2.3/accounts", "verify-full"),
        ("ana@/accounts?host=db1.example.org:5432&host=localhost:5433", "verify-full"),
        ("ana@db.example.org/accounts?sslmode=require", "require"),
        ("ana@localhost/accounts", None),
        ("ana@127.0.0.1:6432/accounts", None),
        ("ana@[::1]/accounts", None),
        ("ana@/accounts?host=/var/run/postgresql", None),
        ("ana@/accounts", None),
        ("/?service=district", None),
    ],
)
def test_another_computer_has_to_prove_its_name_unless_somebody_decided_otherwise(
    address: str, sslmode: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PGSSLMODE", "PGHOST", "PGSERVICE"):
        monkeypatch.delenv(variable, raising=False)
    assert asked_for(f"postgresql+psycopg://{address}").get("sslmode") == sslmode
    monkeypatch.setenv("PGSSLMODE", "require")
    stated = "sslmode" in address
    assert asked_for(f"postgresql+psycopg://{address}").get("sslmode") == (
        sslmode if stated else None
    )


def asked_for(url: str) -> dict[str, Any]:
    """What the driver is asked for; nothing is connected."""
    asked: dict[str, Any] = {}

    class Asked(Exception):
        pass

    def look(_dialect: Any, _entry: Any, _arguments: Any, options: dict[str, Any]) -> None:
        asked.update(options)
        raise Asked

    engine = open_engine(url, create=False)
    event.listen(engine, "do_connect", look)
    with pytest.raises(Asked):
        engine.connect()
    return asked


def test_without_the_driver_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rosterkey.store.address.find_spec", lambda _: None)
    assert "rosterkey[postgresql]" in refused("postgresql+psycopg://ana@db.example.org/accounts")
