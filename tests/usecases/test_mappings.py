"""What headings mean is said once, and remembered for sheets with the same headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosterkey.usecases.mappings import mappings_file
from tests.cases.contract import dump_lines
from tests.cases.program import Program
from tests.excel.desk import PEOPLE, account_lines

GERMAN = "Nr.;Benutzer;Vorname;Nachname\n00123;ana.smith;Ana;Smith\n"
SAID = ("--map", "Nr.=Student ID", "--map", "Benutzer=Username", "--map", "Vorname=First Name",
        "--map", "Nachname=Last Name")  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    ana = {
        "key": "a1", "district": "D1", "role": "student", "status": "active", "student_id": "00123",
        "username": "asmith", "first_name": "Ana", "last_name": "Smith", "school": None,
        "grade": None, "classes": [], "password": "old:one",
    }  # fmt: skip
    loaded.load(dump_lines([ana]))
    (tmp_path / "german.csv").write_text(GERMAN, "utf-8")
    return loaded


def codes(told: dict[str, object]) -> set[str]:
    findings = told["findings"]
    assert isinstance(findings, list)
    return {finding["code"] for finding in findings}


def test_it_is_asked_once_and_said_each_time(program: Program) -> None:
    path = program.folder / "german.csv"
    assert "header-not-found" in codes(program.run("validate", path, "--json").json)
    named = program.run("validate", path, "--json", *SAID).json
    assert named["counts"]["rename"] == 1
    again = program.run("validate", path, "--json").json
    assert "header-mapped" in codes(again)
    assert again["plan"] == named["plan"]
    assert program.run("import", path, "--plan", again["plan"]).code == 0
    assert program.accounts()["a1"]["username"] == "ana.smith"


def test_another_order_of_the_headings_is_another_layout(program: Program) -> None:
    program.run("validate", program.folder / "german.csv", *SAID)
    other = program.folder / "other.csv"
    other.write_text("Benutzer;Nr.\nx;1\n", "utf-8")
    assert "header-not-found" in codes(program.run("validate", other, "--json").json)


def test_what_is_said_anew_takes_the_place_of_what_was(program: Program) -> None:
    path = program.folder / "login.csv"
    path.write_text("Student ID,Login,Kid\n00123,wrong,ana.smith\n", "utf-8")
    program.run("validate", path, "--map", "Login=Username")
    changed = program.run(
        "validate", path, "--json", "--map", "Login=Class", "--map", "Kid=Username"
    )
    assert changed.json["rows"][0]["changes"]["username"] == ["asmith", "ana.smith"]
    kept = mappings_file().read_text("utf-8")
    assert kept.count('"fields"') == 1
    assert "ana.smith" not in kept


def test_a_heading_that_the_sheet_does_not_have_is_refused(program: Program) -> None:
    path = program.folder / "roster.csv"
    path.write_text("Student ID,Username\n00123,asmith\n", "utf-8")
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("validate", path),
        ("import", path),
        ("load", path, "--district", "D1"),
        ("rollover", "--from", path, "--out", program.folder / "next.csv"),
        ("add-ids", path, "--from", path, "--out", program.folder / "ids.csv"),
    )
    for command in commands:
        ran = program.run(*command, "--map", "Zed=Student ID")
        said = 'The sheet "roster" has no heading "Zed": its headings are Student ID, Username.'
        assert (ran.code, ran.out, " ".join(ran.err.split())) == (2, "", said), command
    assert not mappings_file().exists()
    assert (
        program.run("validate", program.folder / "german.csv", "--map", "Mail=Username").code == 2
    )


def test_a_column_is_proposed_by_what_it_holds(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.load(account_lines())
    path = tmp_path / "odd.csv"
    lines = ["Kennung,Konto,Jahrgang"]
    lines += [f"{p[1]},{p[2]},{p[5]}" for p in PEOPLE]
    path.write_text("\n".join(lines), "utf-8")
    asked = program.run("validate", path, "--json")
    proposed = [f for f in asked.json["findings"] if f["code"] == "header-proposal"]
    assert [f["column"] for f in proposed] == ["Student ID", "Username", "Grade"]
    assert '--map "Konto=Username"' in proposed[1]["message"]
    said = [part for f in proposed for part in ("--map", f["message"].split('"')[3])]
    named = program.run("validate", path, "--json", *said)
    assert named.json["counts"]["unchanged"] == 4
    assert "header-proposal" not in codes(named.json)
