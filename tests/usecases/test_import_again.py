"""Importing, taking back and importing again: each does what the person asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program
from tests.cases.workbook import HEADER, write_cases_workbook

NEW = ("00300", "fkhan", "Farah", "Khan", "Lincoln Elementary", "3", "3A")
RENAME = ("00123", "ana.smith", "Ana", "Smith", "Lincoln Elementary", "3", "3A")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(dump_lines(CASES["M03"]["accounts_before"]))
    return loaded


def _import(program: Program, *rows: tuple[str, ...]) -> dict[str, Any]:
    path = write_cases_workbook(program.folder / "roster.xlsx", HEADER, enumerate(rows, start=2))
    ran = program.run("import", path, "--json")
    assert ran.code == 0, ran.err
    return ran.json


def _undo(program: Program, number: int) -> dict[str, Any]:
    ran = program.run("undo", str(number), "--json", "--confirm", "undo-removes-account")
    assert ran.code == 0, ran.err
    return ran.json


@pytest.mark.parametrize("rows", [(NEW,), (RENAME,), (NEW, RENAME)])
def test_what_was_taken_back_can_be_imported_again(
    rows: tuple[tuple[str, ...], ...], program: Program
) -> None:
    before = program.accounts()
    first = _import(program, *rows)
    after = {key: line["username"] for key, line in program.accounts().items()}
    assert _undo(program, first["import"])["written"]
    assert _names(program) == {key: line["username"] for key, line in before.items()}
    again = _import(program, *rows)
    assert again["written"], "the same sheet after an undo is a new import"
    assert _names(program) == after


@pytest.mark.parametrize("rows", [(NEW,), (RENAME,), (NEW, RENAME)])
def test_undo_and_its_undo_go_on_for_ever(
    rows: tuple[tuple[str, ...], ...], program: Program
) -> None:
    before = _names(program)
    number = _import(program, *rows)["import"]
    after = _names(program)
    for wanted in (before, after, before, after):
        told = _undo(program, number)
        assert told["written"]
        assert _names(program) == wanted
        number = told["import"]


def test_same_import_undone_twice_changes_nothing_the_second_time(program: Program) -> None:
    number = _import(program, RENAME)["import"]
    assert _undo(program, number)["written"]
    stored = program.accounts()
    assert not _undo(program, number)["written"]
    assert program.accounts() == stored


def test_import_undone_again_after_its_undo_was_undone(program: Program) -> None:
    """The first import's changes stand again, so they can be taken back again."""
    before = _names(program)
    first = _import(program, NEW, RENAME)["import"]
    undo = _undo(program, first)["import"]
    _undo(program, undo)
    assert _undo(program, first)["written"]
    assert _names(program) == before


def _names(program: Program) -> dict[str, str]:
    return {key: line["username"] for key, line in program.accounts().items()}
