"""The trail of one student, and what is left of the history after a purge, as commands."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import stat
from pathlib import Path

import openpyxl
import pytest

from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program
from tests.cases.workbook import HEADER, write_cases_workbook

TOMORROW = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).date().isoformat()
TODAY = dt.datetime.now(dt.UTC).date().isoformat()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Ana Smith was asmith, became =ana.s and then ana.smith."""
    loaded = Program(tmp_path)
    loaded.load(dump_lines(CASES["M03"]["accounts_before"]))
    for username in ("ana.s", "ana.smith"):
        row = ("00123", username, "Ana", "Smith", "Lincoln Elementary", "3", "3A")
        path = write_cases_workbook(tmp_path / "roster.xlsx", HEADER, [(2, row)])
        assert loaded.run("import", path, "--reason", "=new names").code == 0
    return loaded


def _age(program: Program) -> None:
    """Let the imports be years old; the triggers refuse it, so they are put aside for it."""
    with sqlite3.connect(program.database) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("""UPDATE "import" SET at = '2020-01-01 12:00:00.000000'""")
        for _, sql in triggers:
            connection.execute(sql)
    connection.close()


@pytest.mark.parametrize("who", ["asmith", "ANA.S", "ana.smith", "00123"])
def test_a_student_is_found_by_every_name_of_then_and_now(program: Program, who: str) -> None:
    trail = program.run("history", "--account", who, "--json").json
    assert trail["now"]["username"] == "ana.smith"
    assert [i["changes"][0]["after"] for i in trail["imports"]] == ["ana.s", "ana.smith"]
    assert program.run("history", "--account", trail["account"], "--json").json == trail


def test_the_trail_of_a_deleted_account_is_still_there(program: Program) -> None:
    number = program.run("delete", "ana.smith", "--json", "--confirm", "deletes-accounts",
                         "--confirm", "deletes-active-account").json["import"]  # fmt: skip
    for who in ("ana.smith", "asmith", "00123"):
        trail = program.run("history", "--account", who, "--json").json
        assert trail["now"] is None
        assert [i["import"] for i in trail["imports"]] == [1, 2, number]
    told = " ".join(program.run("history", "--account", "00123").out.split())
    who = "Ana Smith (username ana.smith, Student ID 00123), deleted, account id "
    assert told.startswith(who)


def test_of_a_deleted_account_whose_history_was_purged_only_the_fact_is_left(
    program: Program,
) -> None:
    gone = program.run("history", "--account", "asmith", "--json").json["account"]
    program.run("delete", "ana.smith", "--confirm", "deletes-accounts",
                "--confirm", "deletes-active-account")  # fmt: skip
    _age(program)
    program.run("purge", "--before", "2021-01-01", "--confirm", "purges-history")
    told = program.run("history", "--account", "ana.smith").out
    assert told.startswith(f"deleted, account id {gone}")


def test_a_trail_is_a_table_on_the_screen(program: Program) -> None:
    told = program.run("history", "--account", "asmith").out
    assert "Ana Smith (username ana.smith, Student ID 00123)" in told
    # Where a line is broken depends on the width of the screen.
    assert "roster.xlsx (=new" in told
    assert "names)" in told


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_a_trail_is_written_for_its_owner_alone(program: Program, kind: str) -> None:
    path = program.folder / f"trail.{kind}"
    assert program.run("history", "--account", "asmith", "--out", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if kind == "xlsx":
        cells = [[c.value for c in row] for row in openpyxl.load_workbook(path)["Trail"]]
        assert cells[0][0] == "Ana Smith (username ana.smith, Student ID 00123)"
        assert cells[3][4:] == ["=new names", "username", "asmith", "ana.s"]
        assert openpyxl.load_workbook(path)["Trail"]["E4"].data_type == "s", "text, no formula"
    elif kind == "csv":
        lines = path.read_text("utf-8-sig").splitlines()
        assert lines[1].endswith("'=new names,username,asmith,ana.s")
    else:
        told = json.loads(path.read_text("utf-8"))
        assert told == program.run("history", "--account", "asmith", "--json").json


def test_a_trail_that_cannot_be_told_is_one_sentence(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, said in (
        (["--account", "nobody"], 'has or had the username, Student ID or account id "nobody"'),
        (["--account", "asmith", "--out", program.folder / "t.pdf"], ".xlsx, .csv or .json"),
        (["1", "--account", "asmith"], "--account goes without an IMPORT"),
        (["--out", program.folder / "t.csv"], "--out with --account"),
    ):
        ran = program.run("history", *words)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Another School")
    assert "You may only look at" in program.run("history", "--account", "asmith").err


def test_one_name_of_two_students_is_answered_with_both(program: Program) -> None:
    """The former username of Ana goes to Kim, who gives it up too."""
    for username in ("asmith", "kim"):
        row = ("00900", username, "Kim", "Novak", "Lincoln Elementary", "3", None)
        path = write_cases_workbook(program.folder / "roster.xlsx", HEADER, [(2, row)])
        ran = program.run("import", path, "--confirm", "reuses-freed-username")
        assert ran.code == 0, ran.err
    ran = program.run("history", "--account", "asmith")
    assert ran.code == 2
    assert "Ana Smith" in ran.err
    assert "Kim Novak" in ran.err


def test_a_purge_asks_deletes_and_leaves_a_line(program: Program) -> None:
    _age(program)
    asked = program.run("purge", "--before", "2021-07-01", "--json")
    assert (asked.code, [c["reason"] for c in asked.json["confirm"]]) == (3, ["purges-history"])
    assert [i["import"] for i in asked.json["imports"]] == [1, 2]
    accounts = program.accounts()
    done = program.run("purge", "--before", "2021-07-01", "--confirm", "purges-history",
                       "--plan", asked.json["plan"], "--json")  # fmt: skip
    assert (done.code, done.json["import"], done.json["written"]) == (0, 3, True)
    assert program.accounts() == accounts
    history = program.run("history", "--json").json["imports"]
    assert [(i["kind"], i["purged_by"]) for i in history] == [
        ("purge", None), ("sheet", 3), ("sheet", 3),
    ]  # fmt: skip
    assert history[0]["source"] == "history before 2021-07-01"
    assert history[0]["counts"] == {"purged": 2}
    undo = program.run("undo", "1")
    assert (undo.code, "purged from the history by import 3" in undo.err) == (5, True)
    assert program.run("history", "--account", "asmith", "--json").json["imports"] == []
    again = program.run("purge", "--before", "2021-07-01")
    assert (again.code, "No import is older" in again.out) == (0, True)
    twice = program.run("purge", "--before", "2021-07-01", "--plan", asked.json["plan"], "--json")
    assert (twice.json["already_imported"], twice.json["import"]) == (True, 3)


def test_what_was_purged_is_not_in_the_file_any_more(program: Program) -> None:
    _age(program)
    assert b"=new names" in program.database.read_bytes()
    program.run("purge", "--before", "2021-07-01", "--confirm", "purges-history")
    left = b"".join(path.read_bytes() for path in program.folder.glob("accounts.db*"))
    assert b"=new names" not in left


def test_a_preview_purges_nothing(program: Program) -> None:
    _age(program)
    ran = program.run("purge", "--before", "2021-07-01", "--preview")
    assert ran.code == 0
    assert "2 imports before 2021-07-01, number 1 to 2" in " ".join(ran.out.split())
    assert program.run("history", "--account", "asmith", "--json").json["imports"] != []


def test_a_plan_to_purge_is_bound_to_the_imports(program: Program) -> None:
    _age(program)
    ran = program.run("purge", "--before", "2021-07-01", "--plan", "0" * 64, "--json")
    assert (ran.code, ran.json["reason"]) == (4, "stale-plan")


def test_what_is_refused(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = program.run("purge", "--before", TOMORROW)
    assert (ran.code, "is still to come" in ran.err) == (2, True)
    assert program.run("purge", "--before", "soon").code == 2
    assert program.run("purge", "--before", TODAY).code == 0, "today's imports stay"
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Lincoln Elementary")
    assert "Only a district administrator" in program.run("purge", "--before", TODAY).err
