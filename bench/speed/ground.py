"""Where everything runs: the files of one size, the databases, the interpreters, the server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.environment import ROOT, peers_python
from bench.speed.files import CHANGES, Size
from bench.speed.measure import Run, run
from bench.speed.postgres import Server

SCRIPTS = ROOT / "bench" / "speed" / "peers"
_CONFIRMED = (
    "mass-rename", "mass-update", "takes-name-of-other-student", "reuses-freed-username",
    "probable-duplicate", "different-person",
)  # fmt: skip
"""What the plans of these rosters may ask for; confirming more than is asked does nothing."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The files of one size, a scratch folder, and perhaps a server of PostgreSQL."""

    size: Size
    scratch: Path
    server: Server | None = None

    def prepare(self) -> None:
        """Make what is not there yet. Nothing of it is counted."""
        if not (self.size.folder / CHANGES).exists():
            self.python("bench.speed.files", str(self.size.folder), *self._wanted())
        if not self.loaded.exists():
            unfinished = self.loaded.with_suffix(".new")
            unfinished.unlink(missing_ok=True)
            self._load(unfinished)
            unfinished.replace(self.loaded)
        # What an older version of the program loaded comes to the schema of this one.
        self.python("rosterkey", "init", "--db", f"sqlite:///{self.loaded}")

    def _load(self, path: Path) -> None:
        database = ("--db", f"sqlite:///{path}")
        self.python("rosterkey", "init", *database)
        self.python("rosterkey", "load", str(self.size.district / "district.jsonl"), *database)

    @property
    def loaded(self) -> Path:
        """The product's database before the import."""
        return self.size.district / "product.db"

    @property
    def before(self) -> Path:
        """The table of the other programs before the import."""
        return self.size.district / "before.db"

    def sheet(self, ending: str = "xlsx") -> Path:
        """A copy of the sheet that may be written to."""
        copy = self.scratch / f"roster.{ending}"
        shutil.copyfile(self.size.folder / copy.name, copy)
        return copy

    def database(self, source: Path) -> Path:
        """A copy of a database that may be written to; its journals of before are removed."""
        for old in self.scratch.glob("accounts.db*"):
            old.unlink()
        copy = self.scratch / "accounts.db"
        shutil.copyfile(source, copy)
        return copy

    def python(
        self,
        module: str,
        *arguments: str,
        codes: tuple[int, ...] = (0,),
        server_cpu: Callable[[], float] = lambda: 0.0,
    ) -> Run:
        """Run a module of the project as a process, with a home folder of its own."""
        command = [sys.executable, "-m", module, *arguments]
        return run(command, codes=codes, environ=self._environ(), server_cpu=server_cpu)

    def peer(
        self, script: str, *arguments: str, server_cpu: Callable[[], float] = lambda: 0.0
    ) -> Run:
        """Run a script in the peers' environment as a process."""
        command = [str(peers_python()), str(SCRIPTS / script), *arguments]
        return run(command, environ=self._environ(), server_cpu=server_cpu)

    def import_(self, url: str, ending: str = "xlsx", *, hashes: bool = False) -> Run:
        """Import the sheet into the product's database."""
        confirmed = [word for reason in _CONFIRMED for word in ("--confirm", reason)]
        module = "rosterkey" if hashes else "bench.speed.unhashed"
        for handout in self.scratch.glob("*password*"):
            handout.unlink()
        served = self.server.cpu_seconds if self.server and "postgresql" in url else lambda: 0.0
        arguments = ("import", str(self.sheet(ending)), "--db", url, *confirmed)
        return self.python(module, *arguments, server_cpu=served)

    def _wanted(self) -> tuple[str, ...]:
        size = self.size
        return ("--district", str(size.district), "--rows", str(size.rows), "--accounts",
                str(size.accounts), "--kind", size.kind, "--seed", str(size.seed))  # fmt: skip

    def _environ(self) -> dict[str, str]:
        # Whoever uses a program has its bytecode from the first start on.
        other = ("ROSTERKEY", "PYTHONDONTWRITEBYTECODE")
        kept = {n: text for n, text in os.environ.items() if not n.startswith(other)}
        paths = os.pathsep.join((str(ROOT), str(ROOT / "python")))
        return kept | {"HOME": str(self.scratch), "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}


def commit() -> str:
    """The commit that is measured, with a plus where the files differ from it."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+"]
    done = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "unknown"
