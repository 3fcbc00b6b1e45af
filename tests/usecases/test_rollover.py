"""rosterkey rollover, and what an import makes of its sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.program import Program
from tests.excel.desk import account_lines

LIST = (
    "Pupil,First Name,Last Name,Grade,School,Class,Login\n"
    "00123,Ana,Smith,3,Oak Middle,3X,\n"
    "00125,Carla,Diaz,3,Lincoln Elementary,3A,\n"
    "00126,Dan,Evans,2,Oak Middle,2B,\n"
    "00300,Farah,Khan,K,Lincoln Elementary,KA,fkhan\n"
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(account_lines())
    (tmp_path / "next.csv").write_text(LIST, "utf-8")
    return loaded


def test_the_sheet_of_the_list_is_imported_as_it_is(program: Program) -> None:
    out, listed = program.folder / "new.xlsx", program.folder / "next.csv"
    before = program.dump()
    ran = program.run("rollover", "--from", listed, "--out", out, "--map", "Pupil=Student ID")
    assert ran.code == 0, ran.err
    assert program.dump() == before
    assert listed.read_text("utf-8") == LIST
    for said in (
        "Ana Smith (asmith): stays in grade 3 after 3, as the list says",
        "Ben Jones (bjones): not on the list; 3 is the highest grade",
        "00300 Farah Khan, Lincoln Elementary, grade K",
    ):
        assert said in ran.out
    done = program.run("import", out, "--json")
    assert done.json["written"], done.out
    accounts = program.accounts()
    assert (accounts["a1"]["grade"], accounts["a1"]["school"]) == ("3", "Oak Middle")
    assert (accounts["a3"]["grade"], accounts["a3"]["classes"]) == ("3", ["3A"])
    assert accounts["a2"] == next(line for line in before if line.get("account") == "a2")
    assert "fkhan" in {account["username"] for account in accounts.values()}


def test_without_a_list_everybody_moves_up(program: Program) -> None:
    out = program.folder / "new.csv"
    told = program.run("rollover", "--out", out, "--json").json
    # Third grade is the highest one, and at Oak Middle nobody is in it.
    assert {one["username"] for one in told["leavers"]} == {"asmith", "bjones"}
    assert [one["why"] for one in told["look"]] == [
        "Oak Middle has no grade 3: on to Lincoln Elementary"
    ]
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Student ID,Username,First Name,Last Name,Grade,School,Account,Version"
    assert lines[1] == "00125,cdiaz,Carla,Diaz,3,Lincoln Elementary,a3,1"


def test_options_of_a_list_need_a_list(program: Program) -> None:
    ran = program.run("rollover", "--map", "Pupil=Student ID")
    assert ran.code == 2
    assert "name it with --from" in ran.err
    same = program.run("rollover", "--from", "x.csv", "--out", "x.csv")
    assert same.code == 2
    assert "one of the files that are read" in same.err
