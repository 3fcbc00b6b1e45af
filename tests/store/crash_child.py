"""Kill an import before each of its statements in turn: `crash_child.py FOLDER`.

FOLDER holds `before.db`. For every k a copy `k.db` is made and a child of this program imports
into it until its k-th statement, where it dies without any clean-up. The last copy is the one
whose import came to its end; then the child dies right after the commit.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from rosterkey.store import open_store
from tests.store.builders import changes_of_every_kind, header


def main(folder: Path) -> None:
    """Make the copies until one import is not stopped; print the number of its copy."""
    for number in itertools.count(1):
        database = folder / f"{number}.db"
        shutil.copy(folder / "before.db", database)
        child = os.fork()
        if child == 0:
            import_and_die(database, number)
        os.waitpid(child, 0)
        if (folder / f"{number}.db.done").exists():
            print(number)  # noqa: T201
            return


def import_and_die(database: Path, number: int) -> None:
    """Import into the database and die before its statement `number`, or after the commit."""
    store = open_store(f"sqlite:///{database}")
    changes = changes_of_every_kind(store.snapshot("D1"))
    countdown = iter(range(number - 1))

    def die_in_time(*_event: Any) -> None:
        if next(countdown, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", die_in_time)
    event.listen(Engine, "commit", die_in_time)
    with store.write("D1") as writer:
        writer.apply(header(), changes)
    database.with_suffix(".db.done").touch()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
