"""Dies in the middle of an import or an undo: `python -m tests.store.crash_child`.

Each line of its input names an address, `import` or `undo`, and a step. Its child does
that work and is killed at the step, without any clean-up: before each statement, before the commit,
and right after it. Prints the exit code of the child: 0 where the work ended before the step.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Sequence

from sqlalchemy import Engine, event

from rosterkey.core.history import ImportHeader, ImportKind
from rosterkey.core.model import AccountChange
from rosterkey.core.undo import plan_undo
from rosterkey.store import bulk, open_store
from rosterkey.store.contract import Store
from tests.store.builders import before_each_statement, changes_of_every_kind, header

LONG = os.environ.get("ROSTERKEY_LONG") == "1"
IMPORT, UNDO = "import", "undo"


def main() -> None:
    """Kill one child a line."""
    for line in sys.stdin:
        url, work, step = line.split()
        child = os.fork()
        if child == 0:
            _work_and_die(url, work, int(step))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def prepare(store: Store, work: str) -> tuple[ImportHeader, Sequence[AccountChange]]:
    """What an import, or the undo of import 1, writes."""
    if work == IMPORT:
        return header(), changes_of_every_kind(store.snapshot("D1"))
    undo = plan_undo(store.images("D1", 1), store.snapshot("D1"))
    return header("undo", kind=ImportKind.UNDO, undoes=1), undo.changes


def write(store: Store, prepared: tuple[ImportHeader, Sequence[AccountChange]]) -> None:
    """Write what was prepared, in one transaction."""
    with store.write("D1") as writer:
        writer.apply(*prepared)


def _work_and_die(url: str, work: str, step: int) -> None:
    if LONG and "accounts.db" not in url:
        bulk.STAGED_FROM = 1  # three statements in the place of one
    steps = itertools.count(1)

    def die_in_time(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    store = open_store(url)
    prepared = prepare(store, work)
    event.listen(Engine, "commit", die_in_time)
    with before_each_statement(die_in_time):
        write(store, prepared)
        die_in_time()
    store.close()
    os._exit(0)


if __name__ == "__main__":
    main()
