"""A command imports what it needs and no more: a click is mostly start-up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program
from tests.cases.workbook import HEADER, write_cases_workbook
from tests.excel.desk import ANA_RENAMED, Desk

ROOT = Path(__file__).parents[1]

HEAVY = {
    "alembic",
    "argon2",
    "charset_normalizer",
    "keyring",
    "nicknames",
    "openpyxl",
    "pandas",
    "pydantic",
    "rapidfuzz",
    "sqlalchemy",
    "xlsxwriter",
    "xlwings",
}
SQL_NOT_NEEDED = ("sqlalchemy.orm", "sqlalchemy.ext", "sqlalchemy.dialects.postgresql")
"""Parts of SQLAlchemy that are not needed on a file."""

MOST_OF_A_CLICK = 300
"""Modules that a click on Validate may add to those of xlwings; one in ten more than it does."""

ROW = ("00123", "asmith", "Ana", "Smith", "Lincoln Elementary", "4", "3A")

SCRIPT = """
import json, sys
sys.argv = ["rosterkey", *{arguments!r}]
from rosterkey.cli.app import main
try:
    main()
except SystemExit:
    pass
print("\\n" + json.dumps(sorted(sys.modules)))
"""


PRESS = """
import json, sys
from pathlib import Path
from tests.engine.engine import open_book
open_book(Path({path!r}))
from rosterkey.excel import buttons
before = set(sys.modules)
buttons.validate()
print("\\n" + json.dumps(sorted(set(sys.modules) - before)))
"""


def _imported(arguments: list[str]) -> set[str]:
    """The top-level modules that a command has imported when it is done."""
    return {name.split(".")[0] for name in _modules(arguments)}


def _modules(arguments: list[str]) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(dump_lines(CASES["M03"]["accounts_before"]))
    return loaded


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["explain", "username-taken"], set()),
    ],
)
def test_commands_that_ask_no_database(arguments: list[str], needed: set[str]) -> None:
    assert _imported(arguments) & HEAVY == needed


def test_validate_imports_the_database_and_nothing_else_that_is_heavy(program: Program) -> None:
    path = write_cases_workbook(program.folder / "roster.xlsx", HEADER, [(2, ROW)])
    url = f"sqlite:///{program.database}"
    assert _imported(["validate", str(path), "--db", url]) & HEAVY == {"sqlalchemy"}


def test_an_import_needs_hashes_besides_where_an_account_is_made(program: Program) -> None:
    url = f"sqlite:///{program.database}"
    renamed = ("00123", "ana.smith", *ROW[2:])
    made = ("00999", "new.student", "Bo", "Jones", *ROW[4:])
    for row, needed in ((renamed, {"sqlalchemy"}), (made, {"argon2", "nicknames", "sqlalchemy"})):
        path = write_cases_workbook(program.folder / "roster.xlsx", HEADER, [(2, row)])
        modules = _modules(["import", str(path), "--db", url])
        assert {name.split(".")[0] for name in modules} & HEAVY == needed
        assert not {name for name in modules if name.startswith(SQL_NOT_NEEDED)}


def test_a_click_imports_what_the_command_does(tmp_path: Path) -> None:
    """The stand-in for Excel needs openpyxl and a stored template; what came after it counts."""
    desk = Desk(tmp_path)
    desk.fill(ANA_RENAMED)
    desk.book.save()
    pressed = PRESS.format(path=str(desk.path))
    ran = subprocess.run(
        [sys.executable, "-c", pressed], capture_output=True, text=True, check=True, cwd=ROOT
    )
    came = set(json.loads(ran.stdout.splitlines()[-1]))
    assert {name.split(".")[0] for name in came} & HEAVY == {"sqlalchemy"}
    assert not {name for name in came if name.startswith(SQL_NOT_NEEDED)}
    assert len(came) < MOST_OF_A_CLICK, len(came)


def test_the_command_line_brings_no_use_case_along() -> None:
    """Every command reads the modules of all others, so each gets its use case when it runs."""
    loaded = {name for name in _modules(["--version"]) if name.startswith("rosterkey.usecases.")}
    assert loaded == {"rosterkey.usecases.progress", "rosterkey.usecases.settings"}
