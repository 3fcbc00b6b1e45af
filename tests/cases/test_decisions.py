"""Decisions through the commands: on the sheet, in the history, and never asked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cases.program import Program
from tests.cases.workbook import write_cases_workbook

DISTRICT = {"kind": "district", "code": "D1", "name": "Lincoln", "schools": [], "grades": []}
MARIA = {
    "kind": "account",
    "district": "D1",
    "account": "a1",
    "student_id": "00124",
    "username": "mgarcia",
    "first_name": "Maria",
    "last_name": "Garcia",
}
HEADER = ("Username", "First Name", "Last Name", "Decision")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A district with one student, Maria Garcia."""
    made = Program(tmp_path)
    made.load([DISTRICT, MARIA])
    return made


def sheet(program: Program, decision: str | None = None, name: str = "sheet") -> Path:
    """A workbook with a newcomer who looks like the student."""
    row = ("maria.garcia", "Maria", "Garcia", decision)
    return write_cases_workbook(program.folder / f"{name}.xlsx", HEADER, [(2, row)])


def history(program: Program, number: int = 1) -> dict[str, Any]:
    return program.run("history", str(number), "--json").json


def test_a_decision_takes_the_place_of_the_confirmation(program: Program) -> None:
    assert program.run("import", sheet(program), "--json").code == 3
    path = sheet(program, "Really new")
    told = program.run("validate", path, "--json")
    assert (told.code, told.json["gate"], told.json["confirm"]) == (0, "go", [])
    ran = program.run("import", path, "--plan", told.json["plan"], "--json")
    assert (ran.code, ran.json["written"], ran.json["counts"]["create"]) == (0, True, 1)
    assert history(program)["confirmed"] == []
    assert history(program)["decisions"] == ["probable-duplicate: row 2 really new"]
    shown = program.run("history", "1").out
    assert "Decided: probable-duplicate: row 2 really new" in shown


def test_taking_the_id_renames_the_account_and_keeps_it_one(program: Program) -> None:
    path = sheet(program, "take its ID")
    assert program.run("import", path).code == 0
    accounts = program.accounts()
    assert set(accounts) == {"a1"}
    assert (accounts["a1"]["username"], accounts["a1"]["student_id"]) == ("maria.garcia", "00124")
    again = program.run("validate", path, "--json").json
    assert (again["gate"], again["counts"]["unchanged"], again["rows"]) == ("go", 1, [])


def test_taking_the_username_changes_nothing_and_does_so_each_time(program: Program) -> None:
    path = sheet(program, "take its username")
    for _ in range(2):
        told = program.run("import", path, "--json")
        assert (told.code, told.json["counts"]["unchanged"]) == (0, 1)
    assert program.accounts()["a1"]["username"] == "mgarcia"


def test_validate_writes_no_decision(program: Program) -> None:
    program.run("validate", sheet(program, "really new"))
    assert program.run("validate", sheet(program), "--json").json["gate"] == "confirm"


def test_a_decision_that_was_imported_is_not_asked_again(program: Program) -> None:
    """Also after an undo, and on a sheet that says nothing."""
    assert program.run("import", sheet(program, "really new")).code == 0
    assert program.run("undo", "1", "--confirm", "undo-removes-account").code == 0
    assert set(program.accounts()) == {"a1"}
    bare = sheet(program, name="another sheet")
    told = program.run("validate", bare, "--json").json
    assert (told["gate"], told["rows"][0]["severity"]) != ("confirm", "warning")
    assert "Decided in an earlier import" in str(told["rows"][0]["findings"])
    assert program.run("import", bare, "--plan", told["plan"]).code == 0
    assert history(program, 3)["decisions"] == [
        "probable-duplicate: row 2 really new (decided in an earlier import)"
    ]


def test_another_decision_counts_instead_of_the_remembered_one(program: Program) -> None:
    program.run("import", sheet(program, "really new"))
    program.run("undo", "1", "--confirm", "undo-removes-account")
    assert program.run("import", sheet(program, "take its ID")).code == 0
    assert program.accounts()["a1"]["username"] == "maria.garcia"


def test_a_confirmation_of_the_reason_is_not_a_decision_on_the_row(program: Program) -> None:
    ran = program.run("import", sheet(program), "--confirm", "probable-duplicate")
    assert ran.code == 0
    assert history(program)["decisions"] == []
    assert "Confirmed: probable-duplicate" in program.run("history", "1").out
    program.run("undo", "1", "--confirm", "undo-removes-account")
    assert program.run("validate", sheet(program), "--json").json["gate"] == "confirm"


def test_a_decision_after_the_validation_is_another_plan(program: Program) -> None:
    plan = program.run("validate", sheet(program), "--json").json["plan"]
    ran = program.run("import", sheet(program, "really new"), "--plan", plan, "--json")
    assert (ran.code, ran.json["reason"]) == (4, "stale-plan")


def test_marking_keeps_the_plan_and_the_decision(program: Program) -> None:
    path = sheet(program, "really new")
    plan = program.run("validate", path, "--mark", "--json").json["plan"]
    assert program.run("validate", path, "--json").json["plan"] == plan
    assert program.run("import", path, "--plan", plan).code == 0


def test_a_marked_workbook_without_decisions_is_the_same_plan(program: Program) -> None:
    row = ("maria.garcia", "Maria", "Garcia")
    path = write_cases_workbook(program.folder / "bare.xlsx", HEADER[:3], [(2, row)])
    plan = program.run("validate", path, "--mark", "--json").json["plan"]
    assert program.run("validate", path, "--json").json["plan"] == plan


def test_an_unknown_word_is_a_warning_with_the_words_that_count(program: Program) -> None:
    told = program.run("validate", sheet(program, "maybe"), "--json").json
    codes = {f["code"]: f for f in told["rows"][0]["findings"]}
    assert codes["unknown-decision"]["severity"] == "warning"
    assert "take its username" in codes["unknown-decision"]["message"]
    assert told["gate"] == "confirm"
