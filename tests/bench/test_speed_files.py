"""The rosters that speed is measured on are what they claim to be."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from bench.speed.files import Size, write_files
from bench.speed.roster import Kind, Roster, make_roster
from bench.speed.sheets import ALL_HEADINGS
from rosterkey.core.model import Account

ROWS = 300


@pytest.fixture(scope="module")
def typical() -> Roster:
    return make_roster(ROWS, ROWS, Kind.TYPICAL)


def changed_fields(before: Account, after: Account) -> set[str]:
    names = ("student_id", "username", "first_name", "last_name", "grade", "school", "classes")
    return {name for name in names if getattr(before, name) != getattr(after, name)}


def test_a_typical_sheet_has_its_shares(typical: Roster) -> None:
    kinds = Counter(
        "created" if row.before is None
        else "renamed" if "username" in changed_fields(row.before, row.after)
        else "updated" if row.before != row.after
        else "unchanged"
        for row in typical.rows
    )  # fmt: skip
    assert kinds == {"unchanged": 270, "updated": 24, "renamed": 3, "created": 3}


def test_two_students_exchange_their_usernames(typical: Roster) -> None:
    renamed = {
        row.before.username: row.after.username
        for row in typical.rows
        if row.before and row.before.username != row.after.username
    }
    assert any(renamed.get(new) == old for old, new in renamed.items())


def test_every_student_of_the_worst_case_is_renamed() -> None:
    roster = make_roster(ROWS, ROWS, Kind.RENAMED)
    assert len(roster.rows) == ROWS
    assert all(
        row.before and changed_fields(row.before, row.after) == {"username"} for row in roster.rows
    )


@pytest.mark.parametrize("kind", Kind)
def test_the_end_has_no_username_and_no_id_twice(kind: Kind) -> None:
    end = list(make_roster(ROWS, ROWS, kind).expected())
    ids = [a.student_id for a in end if a.student_id]
    assert len({a.username for a in end}) == len(end)
    assert len(set(ids)) == len(ids)


def test_a_seed_repeats_itself(typical: Roster) -> None:
    again = make_roster(ROWS, ROWS, Kind.TYPICAL)
    assert (again.accounts, again.rows) == (typical.accounts, typical.rows)
    assert make_roster(ROWS, ROWS, Kind.TYPICAL, seed=2).rows != typical.rows


def test_a_small_sheet_names_the_first_schools_of_a_large_district() -> None:
    roster = make_roster(60, 2_000, Kind.TYPICAL)
    assert (len(roster.rows), len(roster.accounts)) == (60, 2_000)
    assert len({row.after.school for row in roster.rows if row.before}) < 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("roster")
    write_files(made, made, Size(ROWS, ROWS))
    return made


def test_cells_are_as_excel_leaves_them(folder: Path, typical: Roster) -> None:
    sheet = openpyxl.load_workbook(folder / "roster.xlsx").worksheets[0]
    header, *lines = sheet.iter_rows()
    assert tuple(cell.value for cell in header) == ALL_HEADINGS
    formats = {(line[0].data_type, line[0].number_format) for line in lines if line[0].value}
    assert formats == {("s", "@"), ("n", "0000000")}
    assert {type(line[4].value) for line in lines} == {int, str}
    assert all(isinstance(line[7].value, dt.datetime) for line in lines)
    for line, row in zip(lines, typical.rows, strict=True):
        number = line[0].value
        shown = f"{number:07}" if isinstance(number, int) else number
        assert (shown, line[1].value) == (row.after.student_id, row.after.username)


def test_the_text_file_shows_what_the_workbook_shows(folder: Path, typical: Roster) -> None:
    with (folder / "roster.csv").open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert [line["Student ID"] or None for line in lines] == [
        row.after.student_id for row in typical.rows
    ]
    assert [line["Grade"] for line in lines] == [row.after.grade for row in typical.rows]


def test_the_end_that_is_expected_is_written(folder: Path, typical: Roster) -> None:
    with closing(sqlite3.connect(folder / "expected.db")) as database:
        found = database.execute("SELECT student_id, username, grade FROM account ORDER BY id")
        rows = found.fetchall()
    wanted = sorted(typical.expected(), key=lambda a: int(a.account_id[1:]))
    assert rows == [(a.student_id, a.username, a.grade) for a in wanted]
