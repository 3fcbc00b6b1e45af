"""V01: no student data and no password where nobody looks for them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.contract import dump_lines
from tests.cases.program import Program, Ran
from tests.cases.workbook import HEADER, write_cases_workbook

COUNT = 50


def _marker(kind: str, number: int) -> str:
    return f"zq{kind}{number:02d}qz"


def _account(number: int) -> dict[str, Any]:
    return {
        "key": f"m{number}",
        "district": "D1",
        "role": "student",
        "status": "active",
        "student_id": _marker("id", number),
        "username": _marker("user", number),
        "first_name": _marker("first", number),
        "last_name": _marker("last", number),
        "school": "Lincoln Elementary",
        "grade": "3",
        "classes": ["3A"],
        "password": "old:one",
    }


def _row(number: int, **other: Any) -> list[Any]:
    cells = {
        "Student ID": _marker("id", number),
        "Username": _marker("renamed", number),
        "First Name": _marker("first", number),
        "Last Name": _marker("last", number),
        "School": "Lincoln Elementary",
        "Grade": "4",
        "Class": "3A",
        "Password": _marker("password", number),
    }
    return list((cells | other).values())


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty and ours alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path / "work")
    loaded.folder.mkdir()
    loaded.load(dump_lines(map(_account, range(COUNT))))
    return loaded


def _sheet(program: Program, name: str, rows: list[list[Any]]) -> Path:
    header = [*HEADER, "Password"]
    return write_cases_workbook(program.folder / name, header, enumerate(rows, start=2))


def test_no_password_anywhere(program: Program, temporary: Path, home: Path) -> None:
    rows = [_row(number) for number in range(COUNT)]
    wrong = [*rows, _row(77, Grade="99"), [None, _marker("user", 3), *_row(3)[2:]]]
    good, bad = _sheet(program, "good.xlsx", rows), _sheet(program, "bad.xlsx", wrong)
    ran = [program.spawn("validate", bad), program.spawn("validate", bad, "--json", "--all-rows")]
    assert [one.code for one in ran] == [1, 1]
    asked = program.spawn("import", good, "--json")
    assert asked.code == 3
    confirm = [w for c in asked.json["confirm"] for w in ("--confirm", c["reason"])]
    done = program.spawn("import", good, "--json", *confirm)
    assert done.code == 0
    number = str(done.json["import"])
    ran += [asked, done, program.spawn("history", "--json"), program.spawn("history", number)]
    ran += [program.spawn("undo", number, "--json"), program.spawn("dump")]
    sheets = {good.read_bytes(), bad.read_bytes()}
    good.unlink()
    bad.unlink()
    assert len(sheets) == 2
    for one in ran:
        assert _found("password", one.out + one.err) == []
    for path in _files(program.folder, temporary, home):
        assert _found("password", path.read_bytes().decode("latin-1")) == [], path.name


def test_no_password_in_what_is_done_to_accounts_apart_from_sheets(
    program: Program, temporary: Path, home: Path
) -> None:
    """Archive, delete, trail and purge: the people are named, their passwords nowhere."""
    good = _sheet(program, "good.xlsx", [_row(number) for number in range(COUNT)])
    asked = program.run("import", good, "--json")
    confirm = [w for c in asked.json["confirm"] for w in ("--confirm", c["reason"])]
    assert program.run("import", good, *confirm).code == 0
    good.unlink()
    who = _marker("renamed", 3)
    ran = [
        program.spawn("archive", who, "--confirm", "archives-accounts"),
        program.spawn("delete", who, "--json", "--confirm", "deletes-accounts"),
        program.spawn("history", "--account", who, "--json"),
        program.spawn("history", "--account", who, "--out", program.folder / "trail.json"),
        program.spawn("purge", "--before", "2020-01-01", "--json"),
        program.spawn("dump"),
    ]
    assert [one.code for one in ran] == [0] * len(ran), [one.err for one in ran]
    assert _found("first", ran[2].out), "the trail names the student who was asked for"
    for one in ran:
        assert _found("password", one.out + one.err) == []
        assert _found("first", one.err) + _found("last", one.err) == []
    for path in _files(program.folder, temporary, home):
        assert _found("password", path.read_bytes().decode("latin-1")) == [], path.name


def test_no_student_in_errors_and_in_files_beside(
    program: Program, temporary: Path, home: Path
) -> None:
    """A crash and a refused database name no child; only what is asked for does."""
    good = _sheet(program, "good.xlsx", [_row(number) for number in range(COUNT)])
    ran = [_with_failing_statement(program, good, error) for error in ("database", "unknown")]
    assert [one.code for one in ran] == [5, 5]
    program.database.chmod(0o400)
    good.unlink()
    for one in ran:
        assert "Traceback" not in one.err
        assert len(one.err.strip().splitlines()) == 1, one.err
        for kind in ("first", "last", "user", "renamed", "id", "password"):
            assert _found(kind, one.out + one.err) == []
    ours = {program.database.name, f"{program.database.name}-wal", f"{program.database.name}-shm"}
    for path in _files(program.folder, temporary, home):
        if path.name not in ours:
            text = path.read_bytes().decode("latin-1")
            assert _found("first", text) + _found("last", text) == [], path.name


def test_history_and_plans_hold_no_password_and_plans_no_names(program: Program) -> None:
    """Table by table: what is kept of a plan are account ids and fingerprints."""
    good = _sheet(program, "good.xlsx", [_row(number) for number in range(COUNT)])
    told = program.run("validate", good, "--json").json
    with sqlite3.connect(program.database) as database:
        tables = [
            n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        plans = {t: str(database.execute(f'SELECT * FROM "{t}"').fetchall())  # noqa: S608
                 for t in tables if "plan" in t}  # fmt: skip
    database.close()
    assert any(told["plan"] in kept for kept in plans.values())
    for kept in plans.values():
        for kind in ("first", "last", "user", "renamed", "password"):
            assert _found(kind, kept) == []


_FAILING = """
import sqlite3, sys
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from rosterkey.cli.app import main
kind = sys.argv.pop(1)
def fail(connection, cursor, statement, parameters, context, executemany):
    if "zqrenamed" in str(parameters):  # the first statement that writes a student
        if kind == "database":
            refused = sqlite3.OperationalError("disk I/O error")
            raise OperationalError(statement, parameters, refused)
        raise RuntimeError(f"{statement} {parameters}")
event.listen(Engine, "before_cursor_execute", fail)
main()
"""


def _with_failing_statement(program: Program, sheet: Path, kind: str) -> Ran:
    asked = program.run("import", sheet, "--json")
    confirm = [w for c in asked.json["confirm"] for w in ("--confirm", c["reason"])]
    done = subprocess.run(
        [sys.executable, "-c", _FAILING, kind, "import", str(sheet), *confirm],
        env=program.environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def _found(kind: str, text: str) -> list[str]:
    """The markers of a kind that a text holds, however it is cased."""
    folded = text.casefold()
    return [word for n in (*range(COUNT), 77) if (word := _marker(kind, n)) in folded]


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for base, _, names in os.walk(folder):
            yield from (Path(base) / name for name in names)
