"""Where the result columns stand, whatever the sheet looks like."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from rosterkey.core.model import Severity
from rosterkey.files.marks.mark import CellMark, Marks, RowMark, UnwritableFile, mark_workbook
from rosterkey.files.marks.rows import RowWriter
from rosterkey.files.marks.values import column_number
from rosterkey.files.replace import UnwritableFile as Refused
from tests.files.test_mark_workbook import colour, parts, sheet_of, texts

MARKS = Marks(
    "Roster",
    1,
    3,
    {2: RowMark("Error", "c", "f", severity=Severity.ERROR), 3: RowMark("Create")},
    {(2, 0): CellMark(Severity.ERROR, "note")},
)
HEADINGS = ["Result", "Changes", "Findings", "Decision"]


def book_with(*rows: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with these rows on its sheet `Roster`."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Roster"
    for row in rows:
        sheet.append(row)
    return book, sheet


def headings(path: Path) -> dict[str, object]:
    """The header row by column letter, blank cells left out."""
    cells = next(sheet_of(path).iter_rows(min_row=1, max_row=1))
    return {cell.column_letter: cell.value for cell in cells if cell.value is not None}


def by_hand(path: Path, sheet: str, strings: str = "") -> Path:
    """A workbook from the XML of its sheet, with the least that a workbook needs."""
    book, _ = book_with(["x"])
    book.save(path)
    content = parts(path)
    content["xl/worksheets/sheet1.xml"] = sheet.encode()
    if strings:
        content["xl/sharedStrings.xml"] = strings.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def test_a_table_is_not_extended(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username", "Class", "Spare"], ["a", "b"], ["c", "d"])
    sheet.add_table(Table(displayName="Roster", ref="A1:C3"))
    book.save(path)
    before = parts(path)["xl/tables/table1.xml"]
    mark_workbook(path, path, MARKS)
    assert list(headings(path)) == ["A", "B", "C", "D", "E", "F", "G"]
    assert parts(path)["xl/tables/table1.xml"] == before


def test_notes_of_the_user_right_of_the_data_are_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username", "Class"], ["a", "b"], ["c", "d"])
    sheet["E3"] = "ask Ms Reyes"
    sheet.merge_cells("A2:G2")
    book.save(path)
    mark_workbook(path, path, MARKS)
    assert {c: h for c, h in headings(path).items() if c > "B"} == dict(
        zip("HIJK", HEADINGS, strict=True)
    )
    assert sheet_of(path)["E3"].value == "ask Ms Reyes"


def test_headings_that_stand_already_are_used_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, _ = book_with(
        ["decision", "Findings", "Username", " RESULT ", "Changes"], ["keep", "old", "a", "old"]
    )
    book.save(path)
    mark_workbook(path, path, MARKS)
    assert texts(path)[1] == ["keep", "f", "a", "Error", "c"]
    assert len(headings(path)) == 5


def test_a_deleted_result_column_is_put_in_again(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, _ = book_with(["Username", "Result", "Findings", "Decision"], ["a", "old", "old", "keep"])
    book.save(path)
    mark_workbook(path, path, MARKS)
    assert texts(path)[1] == ["a", "Error", "f", "keep", "c"]


def test_a_single_filled_column_named_result_is_the_users(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, _ = book_with(["Username", "Result", "Class"], ["a", "passed the test", "3A"])
    book.save(path)
    for _ in range(2):
        mark_workbook(path, path, MARKS)
        assert texts(path)[1] == ["a", "passed the test", "3A", "Error", "c", "f", ""]


def test_leftovers_below_the_data_go_but_not_what_the_user_wrote_there(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username"], ["a"], ["b"], ["c"])
    book.save(path)
    mark_workbook(path, path, Marks("Roster", 1, 4, {4: RowMark("Error", "c", "f")}))
    book = openpyxl.load_workbook(path)
    book["Roster"]["A4"], book["Roster"]["B5"] = None, "checked by Ms Reyes"
    book.save(path)
    mark_workbook(path, path, MARKS)
    assert [sheet_of(path)[cell].value for cell in ("B4", "C4", "D4", "B5")] == [
        None,
        None,
        None,
        "checked by Ms Reyes",
    ]
    assert sheet["A4"].value == "c"


def test_title_lines_stay_above_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, _ = book_with(["Roster of", "Lincoln", "by", "Ms Reyes"], [], ["Username"], ["a"])
    book.save(path)
    mark_workbook(path, path, Marks("Roster", 3, 4, {4: RowMark("Create")}))
    assert texts(path)[0][:5] == ["Roster of", "Lincoln", "by", "Ms Reyes", ""]
    assert texts(path)[2] == ["Username", *HEADINGS]


def test_widths_of_the_users_columns_stay(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username"], ["a"])
    sheet.column_dimensions["A"].width = 33
    sheet.column_dimensions.group("C", "H", hidden=True)
    book.save(path)
    mark_workbook(path, path, MARKS)
    columns = sheet_of(path).column_dimensions
    assert columns["A"].width == 33
    assert not columns["C"].hidden
    assert columns["D"].width == 60
    assert columns["F"].hidden
    assert (columns["F"].min, columns["F"].max) == (6, 8)


def test_a_full_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username"])
    for column in range(2, 16_385, 4):
        sheet.cell(2, column, "x")
    book.save(path)
    with pytest.raises(UnwritableFile, match="no free columns"):
        mark_workbook(path, path, MARKS)
    assert UnwritableFile is Refused


def test_a_far_cell_leaves_room_in_between(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username"], ["a"])
    sheet["XFD2"] = "far"
    book.save(path)
    mark_workbook(path, path, MARKS)
    assert list(headings(path)) == ["A", "B", "C", "D", "E"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_rows_and_cells_without_references_and_with_prefixes(tmp_path: Path, prefix: str) -> None:
    p, name = prefix, f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    sheet = (
        f'<?xml version="1.0"?>\n<{p}worksheet {name}="{MAIN}"><{p}sheetData>\n'
        f"<{p}row><{p}c t='inlineStr'><{p}is><{p}r><{p}t>User</{p}t></{p}r>"
        f"<{p}r><{p}t>name</{p}t></{p}r></{p}is></{p}c>"
        f'<{p}c/></{p}row>\n<!-- <{p}row r="9"> --><{p}row />'
        f'<{p}row><{p}c t="str"><{p}v><![CDATA[</{p}row> & <{p}c>]]></{p}v></{p}c></{p}row>'
        f"</{p}sheetData></{p}worksheet>"
    )
    path = by_hand(tmp_path / "r.xlsx", sheet)
    mark_workbook(path, path, MARKS)
    found = sheet_of(path)
    assert [found[c].value for c in ("A1", "B1", "B2", "A3", "B3")] == [
        "Username",
        "Result",
        "Error",
        f"</{p}row> & <{p}c>",
        "Create",
    ]
    assert colour(found, "A2") == "FFFFC9D1"
    assert found["A2"].comment.text == "rosterkey:\nnote"


def test_headings_in_shared_rich_text_are_known(tmp_path: Path) -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si/><si><r><t>Us</t></r><r><rPr/><t xml:space="preserve">er </t></r>'
        "<rPh><t>no</t></rPh></si><si><t>Result</t></si><si><t>Findings</t></si></sst>"
    )
    cells = "".join(
        f'<c r="{c}1" t="s"><v>{n}</v></c>' for c, n in zip("ABC", (1, 2, 3), strict=True)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    path = by_hand(tmp_path / "r.xlsx", sheet, strings)
    mark_workbook(path, path, MARKS)
    assert texts(path)[:2] == [
        ["User ", "Result", "Findings", "Changes", "Decision"],
        ["", "Error", "f", "c", ""],
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_parts_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Prénom</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    path = by_hand(tmp_path / "r.xlsx", "")
    content = parts(path)
    content["xl/worksheets/sheet1.xml"] = sheet.encode(encoding)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    mark_workbook(path, path, MARKS)
    assert headings(path) == dict(zip("ABCDE", ["Prénom", *HEADINGS], strict=True))


def test_a_definition_of_entities_is_refused(tmp_path: Path) -> None:
    sheet = f'<!DOCTYPE x [<!ENTITY a "b">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    path = by_hand(tmp_path / "r.xlsx", sheet)
    with pytest.raises(UnwritableFile, match="definitions"):
        mark_workbook(path, path, MARKS)


@pytest.mark.parametrize(
    ("column", "number"), [("A", 0), ("z", 25), ("AA", 26), ("XFD", 16_383), (3, 3)]
)
def test_columns_are_counted_from_nought(column: str | int, number: int) -> None:
    assert column_number(column) == number


def test_result_columns_keep_the_look_that_they_had(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book, sheet = book_with(["Username", *HEADINGS], ["a", None, None, "old"], ["b"])
    wrapped = Alignment(wrap_text=True, vertical="top", indent=1)
    sheet.column_dimensions["C"].alignment = wrapped
    sheet["D2"].alignment = wrapped
    sheet["D2"].font = Font(italic=True)
    book.save(path)
    marks = Marks("Roster", 1, 3, {row: RowMark("Error", "c", "f") for row in (2, 3)})
    for _ in range(2):
        mark_workbook(path, path, marks)
        marked = sheet_of(path)
        for cell in ("C2", "C3", "D2"):
            assert marked[cell].alignment.wrap_text, cell
            assert marked[cell].alignment.vertical == "top"
            assert marked[cell].number_format == "@"
        assert marked["D2"].font.i
        assert not marked["D3"].alignment.wrap_text, "nothing of the user's there"
        assert colour(marked, "D2") == colour(marked, "D3")


def test_rows_that_get_results_only_are_written_as_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows of a sheet that was never marked take a shorter way to the same bytes."""
    rows = [["Username", "First Name"], *([f"user{n}", "Ana"] for n in range(2, 9))]
    book_with(*rows)[0].save(tmp_path / "roster.xlsx")
    said = (
        RowMark("Create", "a & b", "<f>", severity=Severity.WARNING),
        RowMark("Unchanged"),
        RowMark("", decision="really new"),
        RowMark("Rename", decision=""),
        RowMark(""),
    )
    marks = Marks(
        "Roster",
        1,
        9,
        dict(enumerate((*said, said[0], said[0]), start=2)),
        {(7, 1): CellMark(Severity.ERROR, "note"), (8, 3): CellMark(Severity.NOTICE)},
    )
    mark_workbook(tmp_path / "roster.xlsx", tmp_path / "short.xlsx", marks)
    monkeypatch.setattr(RowWriter, "_takes_results_only", lambda *_: False)
    mark_workbook(tmp_path / "roster.xlsx", tmp_path / "long.xlsx", marks)
    assert parts(tmp_path / "short.xlsx") == parts(tmp_path / "long.xlsx")
    assert texts(tmp_path / "short.xlsx")[2][2:4] == ["Unchanged", ""]


@pytest.mark.parametrize("cell", ['<c r="F3" s="0"/>', "<c/>", "<c r='f3'/>"])
def test_a_cell_right_of_the_results_keeps_its_place(tmp_path: Path, cell: str) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Username</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c></row>'
        f'<row r="3"><c r="A3" t="inlineStr"><is><t>b</t></is></c>{cell}</row>'
        "</sheetData></worksheet>"
    )
    path = by_hand(tmp_path / "roster.xlsx", sheet)
    marks = Marks("Roster", 1, 3, {2: RowMark("Create"), 3: RowMark("Create")})
    mark_workbook(path, path, marks)
    written = parts(path)["xl/worksheets/sheet1.xml"].decode()
    order = [column_number(letters) for letters in re.findall(r'<c r=["\']([A-Za-z]+)3', written)]
    assert order == sorted(order)
    assert texts(path)[2][1] == "Create"
