"""A sheet that was exported, while somebody else changed accounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cases.program import Program
from tests.excel.desk import account_lines


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(account_lines())
    return loaded


def edit(path: Path, change: Callable[[dict[str, openpyxl.cell.Cell]], None]) -> Path:
    """Change the cells of each row, by heading, as somebody would in the workbook."""
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows())
    for row in rows[1:]:
        change({str(h.value): cell for h, cell in zip(rows[0], row, strict=True)})
    book.save(path)
    return path


def regrade(name: str, grade: str) -> Callable[[dict[str, openpyxl.cell.Cell]], None]:
    def change(row: dict[str, openpyxl.cell.Cell]) -> None:
        if row["Username"].value == name:
            row["Grade"].value = grade

    return change


def exported(program: Program, name: str) -> Path:
    path = program.folder / name
    assert program.run("export", "--out", path).code == 0
    return path


def test_the_value_of_a_colleague_is_not_lost(program: Program) -> None:
    mine, theirs = exported(program, "mine.xlsx"), exported(program, "theirs.xlsx")
    assert program.run("import", edit(theirs, regrade("asmith", "2"))).code == 0
    unedited = program.run("validate", mine, "--json").json
    assert unedited["counts"]["unchanged"] == 4
    assert unedited["gate"] == "go"
    (row,) = unedited["rows"]
    assert row["findings"][0]["code"] == "changed-since"
    asked = program.run("validate", edit(mine, regrade("asmith", "1")), "--json")
    assert asked.code == 3
    assert [c["reason"] for c in asked.json["confirm"]] == ["both-changed"]
    done = program.run("import", mine, "--confirm", "both-changed", "--json")
    assert done.json["written"]
    assert program.accounts()["a1"]["grade"] == "1"


def test_your_own_import_is_nobody_elses_change(program: Program) -> None:
    sheet = exported(program, "mine.xlsx")
    program.run("import", edit(sheet, regrade("asmith", "1")))
    again = program.run("validate", sheet, "--json").json
    assert again["counts"]["unchanged"] == 4
    assert again["rows"] == []


def test_after_a_dump_into_another_database_the_sheet_is_still_unchanged(program: Program) -> None:
    sheet = exported(program, "mine.xlsx")
    program.run("import", edit(exported(program, "theirs.xlsx"), regrade("asmith", "2")))
    fresh = exported(program, "fresh.xlsx")
    program.run("dump", program.folder / "all.jsonl")
    other = Program(program.folder / "other")
    other.folder.mkdir()
    assert other.run("load", program.folder / "all.jsonl").code == 0
    assert other.run("validate", fresh, "--json").json["counts"]["unchanged"] == 4
    # The version of the old sheet is the present one there: the row counts as it stands.
    assert other.run("validate", sheet, "--json").json["counts"]["update"] == 1


def test_an_account_that_was_deleted_and_came_back_is_still_of_its_version(
    program: Program,
) -> None:
    mine, theirs = exported(program, "mine.xlsx"), exported(program, "theirs.xlsx")
    assert program.run("import", edit(theirs, regrade("asmith", "2"))).code == 0
    asked = program.run("delete", "asmith", "--json").json
    reasons = [word for c in asked["confirm"] for word in ("--confirm", c["reason"])]
    assert program.run("delete", "asmith", *reasons).code == 0
    assert program.run("undo", "2").code == 0
    plan = program.run("validate", mine, "--json").json
    (row,) = plan["rows"]
    assert [f["code"] for f in row["findings"]] == ["changed-since"]
    assert plan["counts"]["unchanged"] == 4


def test_an_account_that_was_deleted_and_loaded_again_does_not_start_over(program: Program) -> None:
    mine, theirs = exported(program, "mine.xlsx"), exported(program, "theirs.xlsx")
    assert program.run("import", edit(theirs, regrade("asmith", "2"))).code == 0
    again = [line for line in program.dump() if line.get("account", "a1") == "a1"]
    reasons = ("--confirm", "deletes-accounts", "--confirm", "deletes-active-account")
    assert program.run("delete", "asmith", *reasons).code == 0
    program.load(again)
    assert program.accounts()["a1"]["grade"] == "2"
    plan = program.run("validate", mine, "--json").json
    (row,) = plan["rows"]
    assert [f["code"] for f in row["findings"]] == ["changed-since"]
    assert plan["counts"]["unchanged"] == 4, "the grade of before must not come back"
