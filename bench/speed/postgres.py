"""A PostgreSQL server of the benchmark's own, in a folder that goes with it."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SERVICE_USER = "postgres"
"""PostgreSQL refuses to run as root; this user comes with its package."""

_SETTINGS = ("listen_addresses=", "fsync=on", "max_connections=20")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached through a socket in its own folder."""

    programs: Path
    folder: Path
    user: str
    pid: int

    def url(self, database: str, driver: str = "postgresql") -> str:
        """The address of a database: for the driver itself, or with the name of a dialect."""
        return f"{driver}://{self.user}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database, in the place of an older one, as a copy of another."""
        self._sql(f"DROP DATABASE IF EXISTS {database}")
        self._sql(f"CREATE DATABASE {database} TEMPLATE {template}")
        self._sql("CHECKPOINT")  # the next run does not pay for this one's pages

    def cpu_seconds(self) -> float:
        """What the server and all its processes took so far, finished ones included."""
        return cpu_seconds(self.pid)

    def version(self) -> str:
        """The server's version."""
        return self._sql("SHOW server_version").strip()

    def _sql(self, statement: str) -> str:
        psql = [str(self.programs / "psql"), "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1"]
        to = ["-h", str(self.folder), "-U", self.user, "-d", "postgres", "-c", statement]
        done = subprocess.run([*psql, *to], check=True, capture_output=True, text=True)  # noqa: S603
        return done.stdout


def cpu_seconds(pid: int) -> float:
    """What the server of this process took so far, with all its processes, ended ones included."""
    processes = [_ticks(int(e.name)) for e in Path("/proc").iterdir() if e.name.isdigit()]
    alive = sum(own for process, parent, own, _ in processes if pid in (process, parent))
    ended = sum(children for process, _, _, children in processes if process == pid)
    return (alive + ended) / os.sysconf("SC_CLK_TCK")


def find_programs() -> Path | None:
    """The folder of the newest server that is installed, as Debian has it or on the PATH."""
    there = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(there, key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Start a server on an empty cluster, and stop it and remove its folder at the end."""
    as_root = os.geteuid() == 0
    user = _SERVICE_USER if as_root else getpass.getuser()
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if as_root:
            shutil.chown(folder, _SERVICE_USER, _SERVICE_USER)

        def program(verb: str, *arguments: str) -> None:
            command = [str(programs / verb), "-D", str(folder / "cluster"), *arguments]
            _run(command, _SERVICE_USER if as_root else None, folder)

        program("initdb", "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(
            f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={folder}")
        )
        program("pg_ctl", "-w", "-s", "-l", str(folder / "log"), "-o", options, "start")
        try:
            pid = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
            yield Server(programs, folder, user, pid)
        finally:
            program("pg_ctl", "-w", "-s", "-m", "fast", "stop")


def _run(command: Sequence[str], user: str | None, folder: Path) -> None:
    with (folder / "start.log").open("ab") as log:
        subprocess.run(  # noqa: S603
            command, check=True, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log,
        )  # fmt: skip


def _ticks(pid: int) -> tuple[int, int, int, int]:
    """A process, its parent, its own ticks and those of its children that ended; else zeros."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0, 0, 0
    return pid, int(fields[1]), sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
