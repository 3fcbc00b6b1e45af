"""Runs one command over and over, and stops it each time one step later.

Usage: python crashing.py FOLDER HOW COMMAND…

The database `accounts.db` of FOLDER and its other files are copied into FOLDER/1, FOLDER/2, …; the
command runs in each of them and is stopped at step 1, 2, … A step is an SQL statement, a commit or
a change of a file. HOW is `kill` (the process is gone at once), `fail` (the database refuses with
an error) or `interrupt` (somebody presses Ctrl-C). Without ROSTERKEY_LONG=1 the steps are counted
from the write transaction on: what comes before it only reads. Prints the exit code of each run,
negative for a signal, until a run is not stopped.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

import rosterkey.files.handout
import rosterkey.files.read
import rosterkey.store.passwords
import rosterkey.usecases.import_  # noqa: F401
from rosterkey.cli.app import main
from rosterkey.store.database import SqlStore

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate"}
_REACHED = "reached"
"""A folder that is made at the step, to tell a run that was stopped from one that ended."""


def sweep(folder: Path, how: str, command: list[str]) -> None:
    """Stop the command at every step; one line of output a run."""
    for step in itertools.count(1, _stride(how)):
        place = folder / str(step)
        place.mkdir()
        for path in folder.iterdir():
            if path.is_file():
                shutil.copy2(path, place / path.name)
        child = os.fork()
        if child == 0:
            _run(place, how, step, command)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
        if not (place / _REACHED).exists():
            return


def _stride(how: str) -> int:
    """Killing and failing stop at each step; Ctrl-C at each fourth, unless time does not matter."""
    return 4 if how == "interrupt" and os.environ.get("ROSTERKEY_LONG") != "1" else 1


def _run(place: Path, how: str, step: int, command: list[str]) -> None:
    os.chdir(place)
    os.environ["ROSTERKEY_DB"] = f"sqlite:///{place / 'accounts.db'}"
    for descriptor, name in ((1, "out.txt"), (2, "err.txt")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), descriptor)
    sys.argv = ["rosterkey", *command]
    # A shell starts what runs in the background deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stop = _stopper(how, step)
    if os.environ.get("ROSTERKEY_LONG") == "1":
        _count(place, stop)
    else:
        _when_writing(lambda: _count(place, stop))
    code: Any = 1
    try:
        main()
        code = 0
    except SystemExit as leaving:
        code = leaving.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(code))


def _stopper(how: str, step: int) -> Callable[[str], None]:
    left = itertools.count(step - 1, -1)

    def stop(kind: str) -> None:
        if next(left) != 0:
            return
        Path(_REACHED).mkdir()
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "interrupt":
            signal.raise_signal(signal.SIGINT)
            return
        if kind == "sql":
            raise OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return stop


def _when_writing(start: Callable[[], None]) -> None:
    opening = SqlStore.write

    def write(self: SqlStore, district: str) -> Any:
        start()
        return opening(self, district)

    SqlStore.write = write  # type: ignore[method-assign]


def _count(place: Path, stop: Callable[[str], None]) -> None:
    def at_sql(*_: Any) -> None:
        stop("sql")

    def at_file(name: str, arguments: tuple[Any, ...]) -> None:
        opens = name == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if (opens or name in _CHANGES) and str(arguments[0]).startswith(str(place)):
            stop("file")

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, at_sql)
    sys.addaudithook(at_file)


if __name__ == "__main__":
    sweep(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
