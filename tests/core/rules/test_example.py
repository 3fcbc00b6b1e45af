"""The notation of examples, read against its description in `rule.Example` and `example`."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from rosterkey.core.model import Account, Role, Status
from rosterkey.core.rules.example import (
    FIRST_NAMES,
    LAST_NAMES,
    example_accounts,
    example_cell,
    example_lines,
    example_sheet,
)
from rosterkey.core.rules.rule import Example
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("", None),
        ("00123", "00123"),
        ("N/A", "N/A"),
        ("=1+1", "=1+1"),
        ("<clear>", "<clear>"),
        ("{number 123}", 123),
        ("{number -123}", -123),
        ("{number 0.05}", 0.05),
        ("{number 123 as 00123}", NumberCell(123.0, "00123")),
        ("{date 2026-03-01}", dt.date(2026, 3, 1)),
        ("{error #N/A}", ErrorCell("#N/A")),
        ("{formula =A1}", FormulaCell("=A1", None)),
        ("{formula =A1 -> text}", FormulaCell("=A1", "text")),
        ("{true}", True),
        ("{false}", False),
        ("{nbsp}00123", "\u00a000123"),
        ("as{zwsp}mith", "as\u200bmith"),
        ("ana{U+202E}smith", "ana\u202esmith"),
        ("pass{U+0020}", "pass "),
    ],
)
def test_a_cell_stands_for_what_the_notation_says(written: str, cell: Cell) -> None:
    read = example_cell(written)
    assert read == cell
    assert type(read) is type(cell)


@pytest.mark.parametrize("written", ["{nothing}", "{number}", "{date 1 March}", "a {i} b"])
def test_a_brace_that_is_not_of_the_notation_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        example_cell(written)


def test_a_sheet_counts_its_rows_as_excel_does() -> None:
    sheet = example_sheet(Example("Student ID | Username\n00123 | asmith\n | bjones\n"))
    assert sheet == Sheet(
        "Import",
        (
            (1, ("Student ID", "Username")),
            (2, ("00123", "asmith")),
            (3, (None, "bjones")),
        ),
    )


def test_a_line_of_blank_cells_is_a_row_and_an_empty_line_is_none() -> None:
    sheet = example_sheet(Example("A | B\n\n | \nx | y"))
    assert sheet.rows == ((1, ("A", "B")), (2, (None, None)), (3, ("x", "y")))


def test_only_words_give_an_empty_sheet_and_no_accounts() -> None:
    example = Example(words="The file has 0 bytes.")
    assert example_sheet(example).rows == ()
    assert example_accounts(example) == ()


def test_a_divider_inside_braces_belongs_to_the_cell() -> None:
    (line,) = example_lines("{formula =cmd|x -> y} | asmith")
    assert line.cells == ("{formula =cmd|x -> y}", "asmith")


def test_accounts_take_what_the_table_leaves_out() -> None:
    (account,) = example_accounts(Example(accounts="Username | First Name\nasmith | Ana"))
    assert account == Account(
        account_id="a1",
        username="asmith",
        first_name="Ana",
        school="Lincoln Elementary",
        grade="3",
    )


def test_accounts_take_what_the_table_says() -> None:
    _, account = example_accounts(
        Example(
            accounts="Student ID | Username | First Name | Last Name | School | Grade | Class | "
            "Status | Role | Past Usernames\n"
            "00123 | asmith | Ana | Smith | | | | | |\n"
            "00900 | zfox | Zane | Fox | Roosevelt Middle | 6 | 6A; Band | archived | staff | z; f"
        )
    )
    assert account == Account(
        account_id="a2",
        username="zfox",
        student_id="00900",
        first_name="Zane",
        last_name="Fox",
        school="Roosevelt Middle",
        grade="6",
        classes=("6A", "Band"),
        role=Role.STAFF,
        status=Status.ARCHIVED,
        past_usernames=("z", "f"),
    )


def test_accounts_with_a_missing_cell_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        example_accounts(Example(accounts="Username | First Name\nasmith"))


def test_a_repeated_line_counts_from_one() -> None:
    lines = example_lines("Student ID | Username\n3x {i:05d} | s{i}")
    assert [line.cells for line in lines[1:]] == [("00001", "s1"), ("00002", "s2"), ("00003", "s3")]
    assert [(line.number, line.block, line.of) for line in lines] == [
        (1, 1, 1),
        (2, 2, 3),
        (3, 2, 3),
        (4, 2, 3),
    ]


def test_a_repeated_line_may_start_later_and_begin_with_a_blank() -> None:
    lines = example_lines("26..27x | s{i:03d}")
    assert [line.cells for line in lines] == [("", "s026"), ("", "s027")]


def test_next_speaks_of_the_line_below_and_in_the_last_of_the_first() -> None:
    lines = example_lines("4..6x {i} | {next} | {next:03d} | {next first} | {next last}")
    assert [line.cells[:3] for line in lines] == [
        ("4", "5", "005"),
        ("5", "6", "006"),
        ("6", "4", "004"),
    ]
    assert [line.cells[3:] for line in lines] == [
        (FIRST_NAMES[4], LAST_NAMES[4]),
        (FIRST_NAMES[5], LAST_NAMES[5]),
        (FIRST_NAMES[3], LAST_NAMES[3]),
    ]


def test_students_have_names_of_their_own_and_neighbours_differ_in_both() -> None:
    names = [line.cells for line in example_lines("88x {first} | {last}")]
    assert len(set(names)) == 88
    for one, other in pairwise(names):
        assert one[0] != other[0]
        assert one[1] != other[1]
