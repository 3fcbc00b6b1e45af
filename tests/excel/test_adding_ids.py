"""The button Add IDs: what is sure goes into blank cells, what is doubtful is named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rosterkey.excel import buttons, dialogs
from tests.excel.desk import ANA, FIRST, Desk

LIST = (
    "Student ID,First Name,Last Name,Grade,School\n"
    "00123,Ana,Smith,3,Lincoln Elementary\n"
    "00124,Benjamin,Jones,3,Lincoln Elementary\n"
    "00126,Dan,Evans,2,Oak Middle\n"
    "00200,New,Kid,K,Oak Middle\n"
)
ROWS = (
    ("", "asmith", "Ana", "Smith", "3", "Lincoln Elementary", "3A"),
    ("", "bjones", "Ben", "Jones", "3", "Lincoln Elementary", "3A"),
    ("00125", "cdiaz", "Carla", "Diaz", "2", "Lincoln Elementary", "2B"),
    ("", "devans", "Dan", "Evans", "2", "Oak Middle", ""),
    ("", "zfox", "Zane", "Fox", "1", "Oak Middle", ""),
)
YELLOW = (255, 236, 161)


@pytest.fixture
def listed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list that the user chooses."""
    path = desk.folder / "sis.csv"
    path.write_text(LIST, "utf-8")
    monkeypatch.setattr(dialogs, "choose_file_to_open", lambda *_: path)
    return path


def test_what_is_sure_goes_in_as_text_and_the_rest_stays(desk: Desk, listed: Path) -> None:
    desk.fill(*ROWS)
    desk.answer("yes")
    buttons.add_ids()
    assert desk.column("Student ID") == ["00123", None, "00125", "00126", None]
    assert desk.cell(FIRST, "Student ID").number_format == "@"
    question = desk.screen.prompts()[0]
    assert "Sure: 2 students (2 by name, school and grade)." in question
    assert "Doubtful, to be left blank: 1 student." in question
    assert "Student ID from" in question
    assert desk.last().startswith("2 cells of the sheet Import got a Student ID.")
    assert "Not on the list: 2 students" in desk.last()
    buttons.validate()
    assert desk.column("Result")[0] == "Unchanged"


def test_a_doubtful_one_is_yellow_with_the_candidates_until_validate(
    desk: Desk, listed: Path
) -> None:
    desk.fill(*ROWS)
    desk.answer("yes")
    buttons.add_ids()
    cell = desk.cell(FIRST + 1, "Student ID")
    assert cell.color == YELLOW
    assert "00124 Benjamin Jones" in cell.note.text
    cell.value = "00124"
    buttons.validate()
    assert (cell.color, cell.note) == (None, None)


def test_a_note_and_a_fill_of_the_users_stay(desk: Desk, listed: Path) -> None:
    desk.fill(*ROWS)
    cell = desk.cell(FIRST + 1, "Student ID")
    cell.add_note("ask the office")
    cell.color = (1, 2, 3)
    desk.answer("yes")
    buttons.add_ids()
    assert (cell.note.text, cell.color) == ("ask the office", (1, 2, 3))


@pytest.mark.parametrize("answers", [(), ("no",), ("cancel",)])
def test_without_a_yes_nothing_is_written(
    desk: Desk, listed: Path, answers: tuple[str, ...]
) -> None:
    desk.fill(*ROWS)
    desk.answer(*answers)
    buttons.add_ids()
    assert desk.column("Student ID") == [None, None, "00125", None, None]
    assert not list(desk.import_sheet.notes)
    assert desk.last() == "The sheet Import was left as it is."


def test_hidden_rows_are_not_written_past(desk: Desk, listed: Path) -> None:
    desk.fill(*ROWS)
    desk.import_sheet.impl.grid.sheet.row_dimensions[FIRST].hidden = True
    desk.answer("yes")
    buttons.add_ids()
    assert "Rows of the sheet Import are hidden" in desk.last()
    assert desk.column("Student ID")[3] is None


def test_nothing_to_fill_is_said(desk: Desk, listed: Path) -> None:
    desk.fill(ANA)
    desk.answer("yes")
    buttons.add_ids()
    assert desk.last().startswith("No blank Student ID can be filled. With an ID that stays: 1")


def test_an_empty_sheet_is_said(desk: Desk, listed: Path) -> None:
    buttons.add_ids()
    assert "Put the roster there first" in desk.last()


def test_a_list_that_cannot_be_used_is_said(desk: Desk, listed: Path) -> None:
    listed.write_text("Pupil,First Name,Last Name\n00123,Ana,Smith\n", "utf-8")
    desk.fill(*ROWS)
    buttons.add_ids()
    assert "no column that is known to hold the Student ID" in desk.last()
    assert "Headings such as Student ID" in desk.last()


def test_a_closed_dialog_does_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "choose_file_to_open", lambda *_: None)
    desk.fill(*ROWS)
    buttons.add_ids()
    assert not desk.screen.alerts


def test_the_candidates_stand_where_the_drop_down_looks(desk: Desk, listed: Path) -> None:
    desk.fill(*ROWS)
    desk.answer("yes")
    buttons.add_ids()
    keys = desk.book.names["ListCandidates"].refers_to_range
    beside = keys.sheet.range((keys.row, keys.column), (keys.row + 1, keys.column + 2)).value
    assert beside == [["bjones", "00124", None], [None, None, None]]
    (rule,) = [
        rule
        for rule in desk.import_sheet.impl.grid.sheet.data_validations.dataValidation
        if str(rule.sqref).startswith("A5:")
    ]
    assert "MATCH($B5,ListCandidates,0)" in rule.formula1
    assert not rule.showErrorMessage, "any other ID can be typed"
    listed.write_text(LIST.replace("Benjamin", "Ben"), "utf-8")
    desk.answer("yes")
    buttons.add_ids()
    assert keys.options(ndim=2).value[0] == [None], "nothing of the last time is left"


def test_another_sheet_of_the_workbook_may_be_the_list(desk: Desk, listed: Path) -> None:
    book = openpyxl.load_workbook(desk.path)
    sheet = book.create_sheet("SIS")
    for line in LIST.splitlines():
        sheet.append(line.split(","))
    book.save(desk.path)
    desk.open()
    listed.unlink()
    desk.fill(*ROWS)
    desk.answer("yes", "yes")
    buttons.add_ids()
    assert desk.screen.prompts()[0] == 'Is the list with the Student IDs the sheet "SIS"?'
    assert desk.column("Student ID") == ["00123", None, "00125", "00126", None]


def test_a_heading_that_nobody_knows_is_asked_about_once(desk: Desk, listed: Path) -> None:
    listed.write_text(LIST.replace("Student ID", "Pupil"), "utf-8")
    desk.fill(*ROWS)
    desk.answer("yes", "no")
    buttons.add_ids()
    assert 'Is it "Pupil"?' in desk.screen.prompts()[0]
    desk.answer("yes")
    buttons.add_ids()
    assert desk.column("Student ID") == ["00123", None, "00125", "00126", None]
