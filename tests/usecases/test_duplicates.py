"""From the list to the review, the merge, the undo: the commands as a person runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cases.program import Program
from tests.cases.workbook import HEADER, write_cases_workbook
from tests.store.builders import account_line, district_line

LINES = [
    district_line("D1", schools=["Lincoln"], grades=["3", "4"]),
    account_line("D1", "a1", "bjones", student_id="00124", first_name="Robert", last_name="Jones",
                 school="Lincoln", grade="3", classes=["3A"]),
    account_line("D1", "a2", "bob.jones", first_name="Bob", last_name="Jones",
                 school="Lincoln", grade="4", classes=["Band"], past_usernames=["bobj"]),
    account_line("D1", "a3", "dgarcia", first_name="Daniela", last_name="Garcia",
                 school="Lincoln", grade="4"),
    account_line("D1", "a4", "dani.garcia", first_name="Dani", last_name="Garcia",
                 school="Lincoln", grade="4"),
    account_line("D1", "t1", "bob", role="staff", first_name="Bob", last_name="Jones"),
]  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(LINES)
    return loaded


def _review(program: Program, **words: str) -> Path:
    """The review, with these decisions beside the accounts that go."""
    path = program.folder / "review.xlsx"
    assert program.run("duplicates", "--out", path).code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["Duplicates"]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[0].value = words.get(row[headings.index("B account id")].value)
    book.save(path)
    return path


def _json(program: Program, *arguments: str | Path, code: int = 0) -> Any:
    done = program.run(*arguments, "--json")
    assert done.code == code, done.err
    return json.loads(done.out)


def test_the_whole_way_and_back(program: Program) -> None:
    before = program.dump()
    path = _review(program, a2="merge: A stays", a4="not the same")
    preview = _json(program, "merge", path, "--preview")
    assert preview["merges"] == [{"goes": "a2", "stays": "a1", "rows": [3]}]
    assert preview["apart"] == [["a3", "a4"]]
    assert not preview["written"]
    assert program.dump() == before
    unconfirmed = _json(program, "merge", path, code=3)
    assert unconfirmed["unconfirmed"] == ["merges-accounts"]
    digest = preview["plan"]
    done = _json(program, "merge", path, "--plan", digest, "--confirm", "merges-accounts")
    assert (done["import"], done["written"], done["mismatches"]) == (1, True, [])
    stays = program.accounts()["a1"]
    assert stays["merged_accounts"] == ["a2"]
    assert (stays["classes"], stays["past_usernames"]) == (["3A", "Band"], ["bobj", "bob.jones"])
    assert _json(program, "duplicates") == {"clusters": []}
    assert _json(program, "history")["imports"][0]["kind"] == "merge"
    assert program.run("undo", "1").code == 0
    assert program.dump() == before
    clusters = _json(program, "duplicates")["clusters"]
    assert [pair["goes"]["account"] for cluster in clusters for pair in cluster] == ["a2"]


def _merged(program: Program) -> None:
    """Bob Jones, whom an import moved before, is merged into Robert Jones."""
    row = ("bob.jones", "Bob", "Jones", "Lincoln", "3", "Choir")
    path = write_cases_workbook(program.folder / "roster.xlsx", HEADER[1:], [(2, row)])
    assert program.run("import", path).code == 0
    review = _review(program, a2="merge: A stays")
    _json(program, "merge", review, "--confirm", "merges-accounts")


def test_the_trail_of_a_merged_account_tells_who_took_it_in(program: Program) -> None:
    _merged(program)
    trail = _json(program, "history", "--account", "a2")
    assert [one["import"] for one in trail["imports"]] == [1, 2]
    assert (trail["now"], trail["merged_into"]["username"]) == (None, "bjones")
    told = " ".join(program.run("history", "--account", "a2").out.split())
    assert "merged into Robert Jones (username bjones, Student ID 00124), account id a2" in told
    path = program.folder / "trail.csv"
    assert program.run("history", "--account", "a2", "--out", path).code == 0


def test_the_usernames_of_a_merged_account_lead_to_who_took_it_in(program: Program) -> None:
    _merged(program)
    for who in ("bob.jones", "bobj", "bjones", "00124"):
        trail = _json(program, "history", "--account", who)
        assert (trail["account"], trail["merged_into"]) == ("a1", None)
        assert [one["import"] for one in trail["imports"]] == [2]
    assert "each with a trail of its own: a2" in " ".join(
        program.run("history", "--account", "bobj").out.split()
    )


def test_a_school_sees_the_trail_of_what_was_merged_into_its_students(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    _merged(program)
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Lincoln")
    assert _json(program, "history", "--account", "a2")["merged_into"]["account"] == "a1"
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Another School")
    assert "You may only look at" in program.run("history", "--account", "a2").err


def test_the_undo_of_the_undo_speaks_of_what_was_brought_back(program: Program) -> None:
    review = _review(program, a2="merge: A stays")
    _json(program, "merge", review, "--confirm", "merges-accounts")
    assert program.run("undo", "1").code == 0
    told = " ".join(program.run("undo", "2", "--preview").out.split())
    assert "1 account that the import brought back would be removed: Bob Jones (bob.jones)" in told
    assert "created" not in told


def test_the_same_plan_twice_is_one_merge(program: Program) -> None:
    path = _review(program, a2="merge: A stays")
    digest = _json(program, "merge", path, "--preview")["plan"]
    confirmed = ("merge", path, "--plan", digest, "--confirm", "merges-accounts")
    _json(program, *confirmed)
    again = _json(program, *confirmed)
    assert (again["import"], again["written"], again["already_imported"]) == (1, False, True)


def test_a_stale_plan_writes_nothing(program: Program) -> None:
    path = _review(program, a2="merge: A stays")
    digest = _json(program, "merge", path, "--preview")["plan"]
    assert program.run("archive", "bjones", "--confirm", "archives-accounts").code == 0
    before = program.dump()
    done = program.run("merge", path, "--plan", digest, "--confirm", "merges-accounts")
    assert done.code == 4
    assert program.dump() == before


def test_a_review_that_is_out_of_date_is_an_error(program: Program) -> None:
    path = _review(program, a2="merge: A stays")
    assert program.run("archive", "bjones", "--confirm", "archives-accounts").code == 0
    done = program.run("merge", path, "--confirm", "merges-accounts")
    assert done.code == 1
    assert "review-outdated" in done.out


def test_no_child_gets_a_username_that_was_merged_away_unasked(program: Program) -> None:
    path = _review(program, a2="merge: A stays")
    program.run("merge", path, "--confirm", "merges-accounts")
    sheet = program.folder / "new.csv"
    sheet.write_text("Username,First Name,Last Name\nbob.jones,Xi,Ng\n", "utf-8")
    asked = {c["reason"] for c in _json(program, "validate", sheet, code=3)["confirm"]}
    assert "reuses-freed-username" in asked


def test_a_file_that_is_no_review_is_one_sentence(program: Program) -> None:
    path = program.folder / "roster.csv"
    path.write_text("Student ID,Username\n1,a\n", "utf-8")
    done = program.run("merge", path)
    assert done.code == 2
    assert "no review of duplicates" in done.err
    assert "Traceback" not in done.err


def test_people_read_who_goes_and_who_stays(program: Program) -> None:
    listed = program.run("duplicates").out
    assert "2 students probably have more than one account." in listed
    assert "Bob is a short form of Robert" in listed
    done = program.run(
        "merge", _review(program, a2="merge: B stays", a4="not the same"), "--confirm",
        "merges-accounts",
    )  # fmt: skip
    assert done.code == 0
    assert "1 account was merged" in done.out
    assert "1 pair is remembered as not the same student" in done.out
    assert program.accounts()["a2"]["student_id"] == "00124"


def test_an_administrator_of_one_school_sees_that_school(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Lincoln")
    assert len(_json(program, "duplicates")["clusters"]) == 2
    monkeypatch.setenv("ROSTERKEY_SCHOOL", "Grant")
    assert _json(program, "duplicates") == {"clusters": []}


def test_an_undo_shows_each_account_that_it_counts(program: Program) -> None:
    path = _review(program, a2="merge: A stays")
    assert program.run("merge", path, "--confirm", "merges-accounts").code == 0
    told = program.run("undo", "1", "--preview").out
    assert "2 accounts would go back" in told
    assert re.search(r"Bob Jones \(bob.jones\) +account +removed +brought back", told)
    assert re.search(r"Robert Jones \(bjones\) +merged accounts +a2 +–", told)


def test_a_merge_speaks_of_no_sheet_that_can_be_imported(program: Program) -> None:
    nothing = program.run("merge", _review(program))
    assert (nothing.code, "sheet can be imported" in nothing.out) == (0, False)
    waits = program.run("merge", _review(program, a2="merge: A stays"))
    assert "Gate: CONFIRM  This waits for your confirmation." in waits.out


def test_a_review_without_pairs_asks_for_no_decision(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.load(LINES[:2])
    told = program.run("duplicates", "--out", program.folder / "review.xlsx").out
    assert "There is nothing to decide in" in told
    assert "rosterkey merge" not in told
