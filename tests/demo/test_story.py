"""The story with 120 students: every figure, looked up in the database and the workbooks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Account
from rosterkey.demo import renames, stage
from rosterkey.demo.run import DATABASE, run_demo, settings_of
from rosterkey.demo.sample import students
from rosterkey.demo.story import Item, Step, Story
from rosterkey.store import open_store

ROWS = 120
BEGINNERS = 7  # 60 of 960, so 7 of 120
GRADUATES = 8  # 120 students, 14 grades: the oldest grade has 8
FAULTS = {
    "leading-zero-lost",
    "excel-error-value",
    "username-taken",
    "look-alike-username",
    "different-person",
    "no-key",
    "formula-not-calculated",
    "probable-duplicate",
}


@dataclass
class Played:
    """A demo that has run: its story, what was heard of it, and what its database holds."""

    story: Story
    heard: list[Step | Item]
    accounts: dict[str, Account]
    renames: dict[str, tuple[str, str]]
    kinds: list[ImportKind]

    def figures(self, step: int) -> dict[str, Any]:
        return self.story.steps[step - 1].figures

    def sheet(self, name: str) -> list[dict[str, Any]]:
        book = openpyxl.load_workbook(self.story.folder / name)
        headings, *rows = book["Roster"].iter_rows(values_only=True)
        book.close()
        return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    heard: list[Step | Item] = []
    story = run_demo(tmp_path_factory.mktemp("demo 100%20 ä"), ROWS, heard.append)
    store = open_store(settings_of(story.folder).database, upgrade=False)
    try:
        accounts = store.snapshot("LINCOLN").accounts
        changes = store.field_changes("LINCOLN", 2)
        kinds = [entry.header.kind for entry in store.imports("LINCOLN")]
    finally:
        store.close()
    renamed = {c.account_id: (c.before, c.after) for c in changes if c.field == "username"}
    return Played(story, heard, accounts, renamed, kinds)


def test_everything_is_proved(played: Played) -> None:
    assert [p.claim for p in played.story.proofs if not p.holds] == []
    assert [step.number for step in played.story.steps] == list(range(1, 11))
    assert all(step.proofs for step in played.story.steps[2:])


def test_what_is_told_is_what_is_kept(played: Played) -> None:
    kept = [told for step in played.story.steps for told in (step, *step.items)]
    assert played.heard == kept


def test_the_files_are_those_that_are_listed(played: Played) -> None:
    folder = played.story.folder
    assert {path.name for path in folder.iterdir()} == set(played.story.files)
    assert DATABASE in played.story.files


def test_every_student_has_the_right_id_in_the_end(played: Played) -> None:
    truth = {s.student_id: (s.first_name, s.last_name) for s in students(ROWS)}
    stored = {a.student_id: (a.first_name, a.last_name) for a in played.accounts.values()}
    assert stored == truth
    assert len(played.accounts) == ROWS


def test_ids_are_assigned_in_one_import(played: Played) -> None:
    figures = played.figures(3)
    assert figures["assign_id"] == figures["counts"]["assign_id"] == ROWS
    assert played.story.steps[2].as_dict()["confirmed"] == ["mass-assign"]
    ids = [line["Student ID"] for line in played.sheet("2 with student ids.xlsx")]
    assert all(isinstance(text, str) and len(text) == 8 and text.startswith("00") for text in ids)
    assert {line["Student ID"] for line in played.sheet("1 exported.xlsx")} == {None}


class TestFaults:
    def test_the_eight_are_found_and_the_gate_is_shut(self, played: Played) -> None:
        figures = played.figures(4)
        assert {fault["code"] for fault in figures["planted"]} == FAULTS
        assert figures["found"] == len(figures["planted"]) == 8
        assert figures["gate"] == "block"
        # Another child's name and a probable duplicate ask; the other six are errors.
        assert figures["counts"]["error"] == 6

    def test_they_really_stand_on_the_sheet(self, played: Played) -> None:
        row_of = {f["code"]: f["row"] - 2 for f in played.figures(4)["planted"]}
        lines = played.sheet("3 sheet with faults.xlsx")
        assert isinstance(lines[row_of["leading-zero-lost"]]["Student ID"], int)
        assert str(lines[row_of["excel-error-value"]]["Student ID"]).startswith("=VLOOKUP")
        assert str(lines[row_of["formula-not-calculated"]]["Username"]).startswith("=LOWER")
        assert not str(lines[row_of["look-alike-username"]]["Username"]).isascii()
        no_key = lines[row_of["no-key"]]
        assert (no_key["Student ID"], no_key["Username"]) == (None, None)
        assert lines[row_of["different-person"]]["Last Name"] == "Okonkwo"

    def test_the_new_child_is_known_under_its_full_name(self, played: Played) -> None:
        told = {f["code"]: f for f in played.story.steps[3].as_dict()["findings"]}
        finding = told["probable-duplicate"]
        line = played.sheet("3 sheet with faults.xlsx")[finding["row"] - 2]
        (twin,) = [a for a in played.accounts.values() if a.student_id == finding["fix"]["value"]]
        assert twin.last_name == line["Last Name"]
        assert twin.first_name != line["First Name"]
        assert twin.first_name in finding["message"]

    def test_they_are_marked_in_the_workbook(self, played: Played) -> None:
        lines = played.sheet("3 sheet with faults.xlsx")
        for fault in played.figures(4)["planted"]:
            assert lines[fault["row"] - 2]["Findings"]
        assert [line["Result"] for line in lines].count("Error") == 6


class TestRenames:
    def test_all_are_renamed_in_one_import(self, played: Played) -> None:
        assert played.figures(5)["renamed"] == played.figures(5)["can_sign_in"] == ROWS
        assert played.renames.keys() == played.accounts.keys()

    def test_the_database_holds_what_the_sheet_says(self, played: Played) -> None:
        old = {line["Student ID"]: line["Username"]
               for line in played.sheet("2 with student ids.xlsx")}  # fmt: skip
        new = {
            line["Student ID"]: line["Username"] for line in played.sheet("4 new usernames.xlsx")
        }
        for account_id, account in played.accounts.items():
            student_id = account.student_id
            assert played.renames[account_id] == (old[student_id], new[student_id])
            assert account.username == new[student_id]

    def test_one_swap_and_one_ring_of_three(self, played: Played) -> None:
        next_of = dict(played.renames.values())
        taken = {old: new for old, new in next_of.items() if new in next_of}
        assert len(taken) == 5
        lengths = []
        for start, first in taken.items():
            length, username = 1, first
            while username != start:
                length, username = length + 1, taken[username]
            lengths.append(length)
        assert sorted(lengths) == [2, 2, 3, 3, 3]

    def test_the_old_usernames_are_remembered(self, played: Played) -> None:
        for account_id, (old, _) in played.renames.items():
            assert old in played.accounts[account_id].past_usernames


class TestNewYear:
    def test_one_confirmation_and_the_beginners_alone_are_new(self, played: Played) -> None:
        figures = played.figures(6)
        assert figures["confirmations"] == 1
        assert figures["counts"]["create"] == figures["created"] == BEGINNERS
        assert figures["counts"]["update"] == ROWS - GRADUATES
        assert figures["counts"]["rows"] == ROWS - GRADUATES + BEGINNERS

    def test_the_passwords_are_listed_once(self, played: Played) -> None:
        (name,) = [name for name in played.story.files if "new passwords" in name]
        with (played.story.folder / name).open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == BEGINNERS
        assert all(line["Password"] and line["Grade"] == "K" for line in lines)

    def test_a_second_time_nothing_happens(self, played: Played) -> None:
        counts = played.figures(8)["counts"]
        assert counts["unchanged"] == counts["rows"] == ROWS - GRADUATES + BEGINNERS


class TestTwins:
    def test_the_sheet_is_stopped_and_the_twins_are_named(self, played: Played) -> None:
        figures = played.figures(7)
        assert figures["gate"] == "block"
        assert figures["counts"]["create"] == figures["duplicates_prevented"] == ROWS + BEGINNERS
        assert figures["twins_right"] >= 0.97 * (ROWS + BEGINNERS)
        assert figures["twins_right"] <= figures["twins_named"] <= ROWS + BEGINNERS

    def test_the_sheet_has_no_ids_and_no_username_of_today(self, played: Played) -> None:
        lines = played.sheet("6 changed usernames without ids.xlsx")
        assert "Student ID" not in lines[0]
        known = {a.username for a in played.accounts.values()}
        assert not known & {line["Username"] for line in lines}


class TestWayBack:
    def test_the_undo_takes_all_of_the_year_back(self, played: Played) -> None:
        counts = played.figures(9)["counts"]
        assert counts["removed"] == BEGINNERS
        assert counts["restored"] == ROWS - GRADUATES
        assert counts["renamed"] == 0

    def test_nobody_is_lost_and_the_history_tells_it(self, played: Played) -> None:
        assert played.figures(10) == {"imports": 4, "lost": 0, "can_sign_in": ROWS}
        assert played.kinds == [ImportKind.UNDO, *[ImportKind.SHEET] * 3]


class TestFailure:
    """A comparison that does not hold is told, and the story ends there."""

    def test_a_student_who_was_not_renamed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def passed_round(usernames: list[str]) -> dict[str, str]:
            return {username: username for username in usernames}

        monkeypatch.setattr(renames, "passed_round", passed_round)
        story = run_demo(tmp_path, 60)
        assert not story.proved
        assert [p.claim for p in story.proofs if not p.holds] == ["All 60 students are renamed"]
        assert len(story.steps) == 5

    def test_a_database_that_changed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        dump, calls = stage.Stage.dump, iter(range(99))

        def changing(self: stage.Stage) -> list[dict[str, Any]]:
            return [*dump(self), {"call": next(calls)}]

        monkeypatch.setattr(stage.Stage, "dump", changing)
        story = run_demo(tmp_path, 60)
        failed = [p.claim for p in story.proofs if not p.holds]
        assert failed == ["Nothing was written: the database is the same as before"]
        assert len(story.steps) == 4
