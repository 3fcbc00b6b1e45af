"""A command that works on accounts makes no database where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.contract import dump_lines
from tests.cases.program import Program

SHEET = "Student ID,Username,First Name,Last Name\n00123,asmith,Ana,Smith\n"
COMMANDS = (
    ("export", "--out", "out.csv"),
    ("validate", "roster.csv"),
    ("import", "roster.csv"),
    ("undo", "1"),
    ("history",),
    ("history", "--account", "asmith"),
    ("report", "roster.csv"),
    ("rename-files", "1"),
    ("class-lists", "1"),
    ("rollover",),
    ("usernames", "--pattern", "{first}"),
    ("missing", "roster.csv"),
    ("archive", "asmith"),
    ("restore", "asmith"),
    ("delete", "asmith"),
    ("duplicates",),
    ("merge", "review.xlsx"),
    ("dump",),
    ("purge", "--before", "2020-01-01"),
    ("grant", "ana", "read"),
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(SHEET, "utf-8")
    return Program(tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_missing_database_is_named_and_not_made(
    program: Program, command: tuple[str, ...]
) -> None:
    ran = program.run(*command)
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == (
        f"There is no account database at {program.database}. Mend its address, or make one: "
        "rosterkey load FILE, or rosterkey init for an empty one.\n"
    )
    assert [path.name for path in program.folder.iterdir()] == ["roster.csv"]


def test_the_two_ways_that_the_sentence_names_make_one(program: Program) -> None:
    assert program.run("load", "roster.csv", "--district", "D1").code == 0
    assert program.run("export", "--out", "out.csv").code == 0
    other = program.twin("other")
    other.database.unlink()
    assert other.run("init").code == 0
    assert other.database.exists()


def test_a_dump_makes_one_too(program: Program) -> None:
    program.load(dump_lines([]))
    assert program.run("history").code == 0
