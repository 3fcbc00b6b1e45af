"""`kill -9` from another process, at any moment of a real import and of a real undo."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from rosterkey.core.history import FieldChange, ImportImages
from rosterkey.store.contract import Store
from rosterkey.store.engine import open_engine
from tests.cases.program import Program, Ran
from tests.cases.workbook import HEADER, write_cases_workbook
from tests.postgresql import SERVERS
from tests.reliability import Figures
from tests.store.beginning import Beginning
from tests.store.builders import account_line, district_line

ROWS = 240
MOMENTS = 60 if os.environ.get("ROSTERKEY_LONG") == "1" else 5
_LONGEST = 120
"""Seconds after which a command hangs, however busy the machine is."""

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="kill -9 is of POSIX: no process was killed from outside"
)


class Office(Program):
    """Commands on one database, in this process or in one that can be killed."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder)
        self.url = url

    def at(self, *command: str | Path) -> Ran:
        """Run a command in this process."""
        return self.run(*command, "--db", self.url, "--json")

    def confirmed(self, *command: str | Path) -> list[str | Path]:
        """The command with all that it asks to be confirmed; the database stays as it is."""
        asked = self.at(*_question(*command)).json["confirm"]
        words = [word for one in asked for word in ("--confirm", one["reason"])]
        return [*command, *words]

    def killed(self, command: list[str | Path], after: float) -> bool:
        """Kill a command and all that it started so many seconds after its start.

        False where it had ended before.
        """
        child = subprocess.Popen(
            [sys.executable, "-m", "rosterkey", *map(str, command), "--db", self.url],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with suppress(subprocess.TimeoutExpired):
            assert child.wait(after) == 0, "the command ended by itself, and not well"
            return False
        os.killpg(child.pid, signal.SIGKILL)
        return child.wait(_LONGEST) == -signal.SIGKILL


@pytest.fixture
def office(url: str, store: Store, tmp_path: Path) -> Office:
    """As many students as the sheet has rows; the sheet moves them all and renames a half."""
    store.load(
        [
            district_line("D1"),
            *(
                account_line("D1", f"a{n}", f"user{n}", student_id=f"{n:05}", classes=["1A"])
                for n in range(ROWS)
            ),
        ]
    )
    rows = [
        (n + 2, (f"{n:05}", f"user{n}{'x' * (n % 2)}", "Ana", "Smith", "South", "2", "2B"))
        for n in range(ROWS)
    ]
    write_cases_workbook(tmp_path / "roster.xlsx", HEADER, rows)
    return Office(tmp_path, url)


@pytest.mark.parametrize("work", ["import", "undo"])
@pytest.mark.parametrize("url", ["sqlite", SERVERS[0]], indirect=True)
def test_killed_from_outside_the_database_is_whole(
    work: str, url: str, store: Store, office: Office, figures: Figures
) -> None:
    """After each death the database is as before or as after, and the same work ends right."""
    what: str | Path = office.folder / "roster.xlsx"
    if work == "undo":
        assert office.at(*office.confirmed("import", what)).code == 0
        what = "1"
    command = office.confirmed(work, what)
    before, begin = _shown(store), Beginning(store, url)
    started = time.monotonic()
    assert not office.killed(command, _LONGEST)
    seconds = time.monotonic() - started
    after = _shown(store)
    assert len(after.imports) == len(before.imports) + 1
    found_before = []
    for moment in _moments(seconds):
        begin.again()
        if not office.killed(command, moment):
            continue
        _wait_for_the_server(url)
        found = _shown(store)
        assert found in (before, after), f"killed after {moment:.3f} of {seconds:.3f} seconds"
        found_before.append(found == before)
        store.close()
        again = office.at(*command)
        assert again.code == 0 or found == after, again.err
        assert _shown(store) == after, f"killed after {moment:.3f} of {seconds:.3f} seconds"
    assert any(found_before), "no process was killed before it had written"
    figures.add(f"kill -9 from outside in an {work}", len(found_before), url)


class Shown(NamedTuple):
    """What everybody sees of a database, but for the times: its dump, and what imports changed."""

    dump: list[dict[str, Any]]
    imports: list[tuple[list[FieldChange], ImportImages]]


def _shown(store: Store) -> Shown:
    numbers = [entry.number for entry in store.imports("D1")]
    changed = [(store.field_changes("D1", n), store.images("D1", n)) for n in numbers]
    return Shown(list(store.dump()), changed)


def _question(work: str | Path, what: str | Path) -> list[str | Path]:
    """The command that tells what another will ask and writes nothing."""
    return ["validate", what] if work == "import" else [work, what, "--preview"]


def _moments(seconds: float) -> list[float]:
    """Moments spread evenly over a run, each at random in its part of it."""
    chance = random.Random(5)  # noqa: S311
    return [(n + chance.random()) / MOMENTS * seconds for n in range(MOMENTS)]


def _wait_for_the_server(url: str) -> None:
    """Wait until the session of a killed process has ended: its COMMIT may be on its way."""
    if url.startswith("sqlite"):
        return
    engine = open_engine(url, create=False)
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    end = time.monotonic() + _LONGEST
    with engine.connect() as connection:
        while connection.scalar(others):
            assert time.monotonic() < end, "the session of a killed process is still there"
            time.sleep(0.01)
            connection.rollback()
    engine.dispose()
