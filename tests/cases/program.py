"""The command `rosterkey` as a person runs it, with a database and a folder of its own."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosterkey.cli.app import main

DISTRICT = "D1"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """What `--json` printed; fails the test where it is no JSON object."""
        assert self.out.startswith("{"), f"exit code {self.code}: {self.err}"
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told


class Program:
    """Runs commands on the database `accounts.db` of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "accounts.db"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this test with our database."""
        return {**os.environ, "ROSTERKEY_DB": f"sqlite:///{self.database}"}

    def run(self, *arguments: str | Path) -> Ran:
        """Run a command in this process, through the same door as the installed command."""
        command = ["rosterkey", "--db", f"sqlite:///{self.database}", *map(str, arguments)]
        with _captured(command) as (out, err):
            try:
                main()
                code = 0
            except SystemExit as leaving:
                code = int(leaving.code or 0)
        return Ran(code, _text(out), _text(err))

    def spawn(self, *arguments: str | Path, seconds: float = 60, **more: Any) -> Ran:
        """Run a command in a process of its own."""
        command = [sys.executable, "-m", "rosterkey", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, timeout=seconds, check=False, **more
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def load(self, lines: Iterable[dict[str, Any]]) -> None:
        """Load a dump; it must be taken."""
        path = self.folder / "load.jsonl"
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(text, "utf-8")
        done = self.run("load", path)
        assert done.code == 0, done.err
        path.unlink()

    def dump(self) -> list[dict[str, Any]]:
        """Every line of a dump."""
        done = self.run("dump")
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    def accounts(self) -> dict[str, dict[str, Any]]:
        """The accounts of a dump by their internal id."""
        return {line["account"]: line for line in self.dump() if line["kind"] == "account"}

    def twin(self, name: str) -> Program:
        """A program of its own folder whose database is a copy of this one, which is closed."""
        folder = self.folder / name
        folder.mkdir()
        other = copy.copy(self)
        other.folder, other.database = folder, folder / self.database.name
        for path in self.folder.glob(f"{self.database.name}*"):
            shutil.copy(path, folder / path.name)
        return other


@contextlib.contextmanager
def _captured(command: list[str]) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    before, sys.argv = sys.argv, command
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield out, err
    finally:
        sys.argv = before


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8")
