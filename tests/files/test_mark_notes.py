"""Notes on cells: the product's own come and go, the user's stay with their boxes."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from rosterkey.core.model import Severity
from rosterkey.files.marks import notes as mark_notes
from rosterkey.files.marks.mark import CellMark, Marks, mark_workbook
from tests.files.test_mark_workbook import colour, parts, sheet_of

VML = "xl/drawings/vmlDrawing1.vml"


def with_notes(path: Path, *cells: str, button: bool = False) -> Path:
    """A workbook whose user has notes on `cells`, and perhaps a button."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Roster")
    for number in range(1, 6):
        sheet.write_row(number - 1, 0, ["Username", "Last Name"] if number == 1 else ["a", "b"])
    for cell in cells:
        sheet.write_comment(cell, f"mine {cell}", {"author": "Ms Reyes"})
    if button:
        sheet.insert_button("F8", {"macro": "Go", "caption": "Validate"})
    book.add_worksheet("Other").write_comment("A1", "elsewhere")
    book.close()
    return path


def marks(*cells: str) -> Marks:
    """A red mark with a note on each of these cells."""
    places = {(int(cell[1:]), cell[0]): CellMark(Severity.ERROR, f"ours {cell}") for cell in cells}
    return Marks("Roster", 1, 5, {}, places)


def notes(path: Path) -> dict[str, str]:
    """The notes of the roster by cell."""
    cells = [cell for row in sheet_of(path).iter_rows() for cell in row]
    return {c.coordinate: c.comment.text.removeprefix("rosterkey:\n") for c in cells if c.comment}


def boxes(path: Path) -> list[tuple[int, int]]:
    """Row and column of each box in the drawing of the roster."""
    vml = parts(path)[VML].decode()
    return [
        (int(row) + 1, int(column))
        for row, column in re.findall(r"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)<", vml)
    ]


def test_notes_stand_beside_those_of_the_user(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2")
    mark_workbook(path, path, marks("A3", "B2"))
    assert notes(path) == {"A2": "mine A2", "A3": "ours A3", "B2": "ours B2"}
    assert sorted(boxes(path)) == [(2, 0), (2, 1), (3, 0)]


def test_a_cell_with_a_note_of_the_user_is_coloured_only(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2")
    before = parts(path)
    mark_workbook(path, path, marks("A2"))
    assert notes(path) == {"A2": "mine A2"}
    assert colour(sheet_of(path), "A2") != ""
    assert parts(path)["xl/comments1.xml"] == before["xl/comments1.xml"]
    assert parts(path)[VML] == before[VML]


def test_only_the_products_own_notes_are_taken_away(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2")
    before = boxes(path)
    mark_workbook(path, path, marks("A3", "B2"))
    mark_workbook(path, path, marks())
    assert notes(path) == {"A2": "mine A2"}
    assert boxes(path) == before


def test_the_users_button_stays(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", button=True)
    mark_workbook(path, path, marks("A3"))
    assert b'ObjectType="Button"' in parts(path)[VML]
    mark_workbook(path, path, marks())
    assert b'ObjectType="Button"' in parts(path)[VML]
    assert boxes(path) == []
    assert b"legacyDrawing" in parts(path)["xl/worksheets/sheet1.xml"]


def test_notes_of_another_sheet_are_not_touched(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2")
    mark_workbook(path, path, marks("A3"))
    assert openpyxl.load_workbook(path)["Other"]["A1"].comment.text == "elsewhere"


def test_no_two_boxes_of_a_workbook_have_one_number(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2", "B3")
    many = {
        (row, column): CellMark(Severity.ERROR, "x") for row in range(10, 1400) for column in (0,)
    }
    mark_workbook(path, path, Marks("Roster", 1, 5, {}, many))
    mark_workbook(path, path, Marks("Roster", 1, 5, {}, many))
    found = [
        number
        for name, part in parts(path).items()
        if name.endswith(".vml")
        for number in re.findall(rb'<v:shape id="_x0000_s(\d+)"', part)
    ]
    assert len(found) == len(set(found)) == 2 + 1 + len(many)
    stated = re.search(rb'idmap[^>]* data="([^"]*)"', parts(path)[VML])
    assert stated
    own = {int(n) // 1024 for n in re.findall(rb'id="_x0000_s(\d+)"', parts(path)[VML])}
    assert own <= {int(block) for block in stated[1].split(b",")}


def test_the_most_serious_notes_come_first_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_notes, "NOTES_AT_MOST", 2)
    path = with_notes(tmp_path / "r.xlsx")
    serious = {
        (2, 0): CellMark(Severity.NOTICE, "notice"),
        (3, 0): CellMark(Severity.WARNING, "warning"),
        (4, 0): CellMark(Severity.ERROR, "error"),
    }
    mark_workbook(path, path, Marks("Roster", 1, 5, {}, serious))
    assert notes(path) == {"A3": "warning", "A4": "error"}


def test_notes_are_known_after_another_program_saved_the_file(tmp_path: Path) -> None:
    path = with_notes(tmp_path / "r.xlsx", "A2")
    mark_workbook(path, path, marks("A3"))
    book = openpyxl.load_workbook(path)
    book["Roster"]["B5"].comment = Comment("typed later", "Ms Reyes")
    book.save(path)
    mark_workbook(path, path, marks("B2"))
    assert notes(path) == {"A2": "mine A2", "B2": "ours B2", "B5": "typed later"}
