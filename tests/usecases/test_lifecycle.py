"""Archive, restore, delete and missing as commands, each taken back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.contract import CASES, dump_lines
from tests.cases.program import Program, Ran
from tests.cases.workbook import HEADER, write_cases_workbook


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(dump_lines(CASES["M03"]["accounts_before"]))
    return loaded


def _confirmed(program: Program, *command: str | Path) -> Ran:
    """Ask once, and then confirm each reason that was asked for."""
    asked = program.run(*command, "--json")
    assert asked.code == 3, asked.err
    assert not asked.json["written"]
    reasons = [word for c in asked.json["confirm"] for word in ("--confirm", c["reason"])]
    return program.run(*command, "--plan", asked.json["plan"], *reasons, "--json")


def _sheet(program: Program, *rows: tuple[str | None, ...]) -> Path:
    return write_cases_workbook(program.folder / "roster.xlsx", HEADER, enumerate(rows, start=2))


def _rows(program: Program) -> list[tuple[str | None, ...]]:
    return [
        (a["student_id"], a["username"], a["first_name"], a["last_name"], a["school"], a["grade"],
         "; ".join(a["classes"]) or None)
        for a in program.accounts().values()
        if a["role"] == "student" and a["status"] == "active"
    ]  # fmt: skip


def _of(program: Program, username: str) -> dict[str, object]:
    return next(a for a in program.accounts().values() if a["username"] == username)


def test_archive_restore_and_undo(program: Program) -> None:
    before = program.accounts()
    first = _confirmed(program, "archive", "asmith")
    assert (first.code, first.json["written"]) == (0, True)
    assert _of(program, "asmith")["status"] == "archived"
    assert _confirmed(program, "restore", "asmith").code == 0
    assert program.accounts() == before
    undone = program.run("undo", "2", "--json")
    assert undone.code == 0
    assert _of(program, "asmith")["status"] == "archived"


def test_delete_keeps_the_history_and_comes_back_as_it_was(program: Program) -> None:
    _confirmed(program, "archive", "asmith")
    before = program.accounts()
    for _ in range(3):
        number = _confirmed(program, "delete", "asmith").json["import"]
        assert len(program.accounts()) == len(before) - 1
        history = program.run("history", str(number), "--json").json
        assert {c["field"] for c in history["changes"]} >= {"username", "first_name", "last_name"}
        undone = program.run("undo", str(number), "--json")
        assert undone.json["written"], "each deletion is a new one, however often it was undone"
        assert program.accounts() == before


def test_username_of_a_deleted_account_is_never_handed_out_unasked(program: Program) -> None:
    _confirmed(program, "delete", "asmith")
    kim = ("00900", "asmith", "Kim", "Novak", "Lincoln Elementary", "3", None)
    asked = program.run("import", _sheet(program, *_rows(program), kim), "--json")
    assert (asked.code, [c["reason"] for c in asked.json["confirm"]]) == (
        3, ["reuses-freed-username"],
    )  # fmt: skip
    assert "an account that was deleted once had" in asked.json["confirm"][0]["message"]


def test_username_of_a_deleted_account_survives_a_dump(program: Program, tmp_path: Path) -> None:
    _confirmed(program, "delete", "asmith")
    dump = program.folder / "all.jsonl"
    assert program.run("dump", dump).code == 0
    assert '"kind": "retired_username"' in dump.read_text("utf-8")
    other = Program(tmp_path / "other")
    other.folder.mkdir()
    assert other.run("load", dump).code == 0
    lines = dump.read_text("utf-8").splitlines()
    part = other.folder / "part.jsonl"
    part.write_text("\n".join([lines[0], lines[-1]]) + "\n", "utf-8")
    assert other.run("load", part).code == 0, "a name that is retired already is no trouble"
    again = other.folder / "again.jsonl"
    other.run("dump", again)
    assert again.read_bytes() == dump.read_bytes()


def test_undone_creation_frees_its_username(program: Program) -> None:
    """What was taken back can be imported again, and nobody ever used that username."""
    new = ("00300", "fkhan", "Farah", "Khan", "Lincoln Elementary", "3", "3A")
    sheet = _sheet(program, new)
    number = program.run("import", sheet, "--json").json["import"]
    program.run("undo", str(number), "--confirm", "undo-removes-account")
    assert program.run("import", sheet, "--json").json["written"]


def test_archive_is_refused_where_nobody_is_meant(program: Program) -> None:
    ran = program.run("archive", "asmith", "nobody", "--json", "--confirm", "archives-accounts")
    assert (ran.code, ran.json["gate"]) == (1, "block")
    assert _of(program, "asmith")["status"] == "active"


def test_preview_writes_nothing_and_says_so(program: Program) -> None:
    ran = program.run("archive", "asmith", "--preview")
    assert ran.code == 0
    assert "Ana Smith" in ran.out
    assert "This is a preview. Nothing was written." in ran.out
    assert _of(program, "asmith")["status"] == "active"


def test_plan_that_was_done_is_told_and_not_done_twice(program: Program) -> None:
    done = _confirmed(program, "archive", "asmith").json
    again = program.run("archive", "asmith", "--plan", done["plan"], "--json")
    assert (again.code, again.json["already_imported"], again.json["import"]) == (0, True, 1)
    assert "as import 1" in program.run("archive", "asmith", "--plan", done["plan"]).out


def test_account_that_changed_since_makes_the_plan_stale(program: Program) -> None:
    plan = program.run("archive", "asmith", "--json").json["plan"]
    row = next(row for row in _rows(program) if row[1] == "asmith")
    assert program.run("import", _sheet(program, (*row[:5], "4", row[6])), "--json").code == 0
    ran = program.run("archive", "asmith", "--plan", plan, "--json")
    assert (ran.code, ran.json["reason"]) == (4, "stale-plan")


def test_missing_are_listed_and_archived_only_once_the_sheet_is_imported(
    program: Program,
) -> None:
    rows = _rows(program)
    sheet = _sheet(program, *rows[1:])
    told = program.run("missing", sheet, "--json")
    assert (told.code, told.json["missing"]) == (0, 1)
    (gone,) = [a for s in told.json["schools"] for a in s["missing"]]
    assert gone["username"] == rows[0][1]
    changed = _sheet(program, *[(*row[:5], "4", row[6]) for row in rows[1:]])
    early = program.run("archive", "--missing-from", changed, "--json")
    assert (early.code, early.json["gate"]) == (1, "block")
    assert "Import it first" in early.json["findings"][0]["message"]
    program.run("import", changed)
    done = _confirmed(program, "archive", "--missing-from", changed)
    assert done.json["written"]
    assert _of(program, str(rows[0][1]))["status"] == "archived"
    assert program.run("missing", changed, "--json").json["missing"] == 0
    entry = program.run("history", str(done.json["import"]), "--json").json
    assert (entry["kind"], entry["source"]) == ("archive", "missing from roster.xlsx")
    assert entry["sheet_hash"]


def test_headings_mean_for_archive_what_they_mean_for_import(program: Program) -> None:
    """What a heading means is said once, and holds for whoever is missing too."""
    rows = [(row[1], *row[2:6]) for row in _rows(program)[1:]]
    header = ["Net Name", "First Name", "Last Name", "School", "Grade"]
    path = write_cases_workbook(program.folder / "odd.xlsx", header, enumerate(rows, start=2))
    assert program.run("validate", path, "--map", "Net Name=Username").code == 0
    assert program.run("missing", path, "--json").json["missing"] == 1
    told = program.run("archive", "--missing-from", path, "--preview", "--json")
    assert (told.code, len(told.json["accounts"])) == (0, 1), told.out


def test_missing_can_be_listed_in_a_file(program: Program) -> None:
    gone, *others = _rows(program)
    sheet = _sheet(program, *others)
    listed = program.folder / "missing.csv"
    ran = program.run("missing", sheet, "--out", listed)
    assert ran.code == 0
    students = 1 + sum(other[4] == gone[4] for other in others)
    assert f"1 of {students} students of {gone[4]} is not on the sheet" in ran.out
    assert len(listed.read_text("utf-8-sig").splitlines()) == 2
    assert program.run("missing", sheet, "--out", program.folder / "missing.pdf").code == 2


def test_archive_takes_names_or_a_sheet_and_not_both(program: Program) -> None:
    assert program.run("archive").code == 2
    assert program.run("archive", "asmith", "--missing-from", "roster.xlsx").code == 2


def test_administrator_of_another_school_undoes_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    _confirmed(program, "archive", "asmith")
    after = program.accounts()
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Another School")
    refused = program.run("undo", "1", "--json")
    assert (refused.code, refused.json["gate"], refused.json["written"]) == (1, "block", False)
    assert [f["code"] for f in refused.json["findings"]] == ["not-permitted"]
    assert program.accounts() == after


def test_what_finds_nobody_shows_no_empty_table(program: Program) -> None:
    ran = program.run("archive", "nobody")
    assert (ran.code, "Grade" in ran.out) == (1, False)
    assert "Gate: BLOCK  Nothing can be done until the errors are mended." in ran.out
