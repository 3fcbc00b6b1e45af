"""Add IDs: the roster comes back with what is sure, and everything else in it as it was."""

from __future__ import annotations

import pytest

from rosterkey.core.prepare.ids import AddedIds, add_ids
from rosterkey.core.prepare.ids_sheets import sheets_of
from rosterkey.core.prepare.listed import ListError, StudentList, read_list
from rosterkey.core.sheet import ErrorCell, NumberCell, Sheet
from tests.core.prepare.tables import sheet

LIST = read_list(
    sheet(
        "Student ID|First Name|Last Name|Grade|School\n"
        "00001|Ana|Smith|3|Lincoln\n"
        "00002|Eva|Lee|2|Lincoln\n"
        "00003|Eva|Lee|2|Lincoln\n"
        "00004|New|Kid|K|Oak\n"
    )
)


def added(text: str, listed: StudentList = LIST, first_row: int = 1) -> AddedIds:
    return add_ids(sheet(text, first_row=first_row), listed)


def test_the_column_is_filled_and_everything_else_stays() -> None:
    found = added(
        "Note|Username|Student ID|First Name|Last Name|Grade|School\n"
        "x|asmith||Ana|Smith|3|Lincoln\n"
        "y|bjones|=7|Bo|Jones|3|Lincoln\n"
    )
    assert found.sheet.headings[:3] == ("Note", "Username", "Student ID")
    assert found.sheet.rows == (
        ("x", "asmith", "00001", "Ana", "Smith", "3", "Lincoln"),
        ("y", "bjones", "=7", "Bo", "Jones", "3", "Lincoln"),
    )
    assert found.counts == {
        "students": 2, "listed": 4, "had_id": 1, "sure": 1, "doubtful": 0, "not_on_list": 1,
        "not_on_roster": 3,
    }  # fmt: skip


def test_what_the_rows_were_exported_from_stays_with_them_out_of_sight() -> None:
    found = added(
        "Username|First Name|Last Name|Grade|School|Account|Version\n"
        "asmith|Ana|Smith|3|Lincoln|a1|4\n"
    )
    assert found.sheet.rows[0][-2:] == ("a1", "4")
    assert found.sheet.hidden == {6, 7}


def test_a_roster_without_the_column_gets_it_in_front() -> None:
    found = added("Username|First Name|Last Name|Grade|School\nasmith|Ana|Smith|3|Lincoln")
    assert found.sheet.headings[:2] == ("Student ID", "Username")
    assert found.sheet.rows[0][:2] == ("00001", "asmith")


def test_titles_gaps_and_totals_are_not_carried_over() -> None:
    source = sheet(
        "Roster of 2026|\nUsername|First Name|Last Name|Grade|School\nzed|Zed|Zed\n|\n"
        "twin|Eva|Lee|2|Lincoln\nTotal|2",
        first_row=3,
    )
    totals = Sheet(source.name, source.rows, totals_rows=frozenset({8}))
    found = add_ids(totals, LIST)
    assert [row[1] for row in found.sheet.rows] == ["zed", "", "twin"]
    assert list(found.sheet.choices) == [(2, 0)]
    assert found.students["0000004"].rows == (4,)


def test_a_doubtful_student_is_blank_with_the_candidates_to_choose_from() -> None:
    found = added("Username|First Name|Last Name|Grade|School\ntwin|Eva|Lee|2|Lincoln")
    assert found.sheet.rows[0][0] == ""
    choice = found.sheet.choices[0, 0]
    assert choice.values == ("00002", "00003")
    assert choice.note.splitlines()[1].startswith("00002 Eva Lee, Lincoln, grade 2: same first")


def test_more_candidates_than_a_note_holds_are_in_the_drop_down() -> None:
    lines = "\n".join(f"{n:03d}|Eva|Lee|2|Lincoln" for n in range(9))
    many = read_list(sheet(f"Student ID|First Name|Last Name|Grade|School\n{lines}"))
    found = added("Username|First Name|Last Name|Grade|School\ntwin|Eva|Lee|2|Lincoln", many)
    choice = found.sheet.choices[0, 0]
    assert len(choice.values) == 9
    assert choice.note.endswith("and 1 more in the drop-down")


def test_every_row_of_a_student_gets_the_id() -> None:
    found = added(
        "Student ID|Username|First Name|Last Name|Grade|School|Class\n"
        "|asmith|Ana|Smith|3|Lincoln|3A\n"
        "|ASmith|Ana|Smith|3|Lincoln|Band\n"
        "||Eva|Lee|2|Lincoln|2A\n"
        "||Eva|Lee|2|Lincoln|2B\n"
    )
    assert [row[0] for row in found.sheet.rows] == ["00001", "00001", "", ""]
    assert found.counts["students"] == 3


def test_rows_without_a_username_and_a_name_are_each_somebody() -> None:
    found = added("Username|Grade|School\n|3|Lincoln\n|3|Lincoln\n")
    assert found.counts["students"] == 2
    assert found.counts["not_on_list"] == 2


def test_a_cell_with_an_error_is_left_alone_and_said() -> None:
    rows = (
        (1, ("Student ID", "Username", "First Name", "Last Name")),
        (2, (ErrorCell("#N/A"), "asmith", "Ana", "Smith")),
        (3, (NumberCell(7, "00007"), "bjones", "Bo", "Jones")),
    )
    found = add_ids(Sheet("R", rows), LIST)
    assert [row[0] for row in found.sheet.rows] == ["#N/A", "00007"]
    assert "#N/A" in found.unread[0]
    assert found.counts["students"] == 1


@pytest.mark.parametrize("text", ["", "a|b\n1|2", "Username|Username|Grade\nx|y|3"])
def test_a_roster_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ListError, match="The roster cannot be used"):
        added(text)


def test_the_lists_beside_the_roster_name_who_needs_a_look() -> None:
    found = added(
        "Username|First Name|Last Name|Grade|School\ntwin|Eva|Lee|2|Lincoln\nzed|||1|Oak\n"
    )
    sheets = {one.name: one for one in sheets_of(found)}
    assert list(sheets) == ["Import", "Doubtful", "Not on the list", "Not on the roster"]
    doubtful = sheets["Doubtful"].rows
    assert [row[:3] for row in doubtful] == [
        ("2", "Eva Lee", "00002 Eva Lee, Lincoln, grade 2"),
        ("2", "Eva Lee", "00003 Eva Lee, Lincoln, grade 2"),
    ]
    assert sheets["Not on the list"].rows == (("3", "zed", "Oak", "1"),)
    assert [row[1] for row in sheets["Not on the roster"].rows] == ["00001", "00004"]
    sure = added("Username|First Name|Last Name|Grade|School\nasmith|Ana|Smith|3|Lincoln")
    assert [one.name for one in sheets_of(sure)] == ["Import", "Not on the roster"]
