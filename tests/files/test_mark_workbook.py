"""Marks in a workbook: what is written, what stays, and what goes when it is marked again."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from rosterkey.core.model import Severity
from rosterkey.files.marks.mark import CellMark, Marks, RowMark, UnwritableFile, mark_workbook
from rosterkey.files.marks.values import COVERING_FILLS, NEUTRAL, PLAIN_FILLS

ROWS = (
    ("Student ID", "Username", "Last Name"),
    ("00123", "asmith", "Smith"),
    ("00124", "bjones", "Jones"),
    ("00125", "clee", "Lee"),
)
RED, YELLOW = PLAIN_FILLS[Severity.ERROR], PLAIN_FILLS[Severity.WARNING]
ONE_ERROR = Marks(
    "Roster",
    1,
    4,
    {
        2: RowMark("Error", "", "The username is taken.", severity=Severity.ERROR),
        3: RowMark("Rename", "Username: bj → bjones"),
    },
    {(2, "B"): CellMark(Severity.ERROR, "The username is taken.\nSuggested: asmith2")},
)


def roster(path: Path, **options: object) -> Path:
    """A roster of three students, beside a sheet with a formula and a chart."""
    book = xlsxwriter.Workbook(str(path), options)
    text = book.add_format({"num_format": "@", "italic": True, "border": 1})
    sheet = book.add_worksheet("Roster")
    for number, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell, text)
    book.add_worksheet("Other").write_formula("A1", "=Roster!A2")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Other!$A$1:$A$3"})
    book.get_worksheet_by_name("Other").insert_chart("C3", chart)
    book.close()
    return path


def parts(path: Path) -> dict[str, bytes]:
    """Every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(path: Path) -> Worksheet:
    """The roster as openpyxl shows it."""
    sheet = openpyxl.load_workbook(path)["Roster"]
    assert isinstance(sheet, Worksheet)
    return sheet


def texts(path: Path) -> list[list[object]]:
    """The cells of the roster as the reader of an import sees them."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Roster")
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def colour(sheet: Worksheet, cell: str) -> str:
    """The fill of a cell, or nothing."""
    fill = sheet[cell].fill
    return str(fill.fgColor.rgb) if fill.fill_type == "solid" else ""


def test_the_four_columns_stand_right_of_the_used_ones(tmp_path: Path) -> None:
    source = roster(tmp_path / "r.xlsx")
    mark_workbook(source, tmp_path / "m.xlsx", ONE_ERROR)
    assert texts(tmp_path / "m.xlsx") == [
        [*ROWS[0], "Result", "Changes", "Findings", "Decision"],
        [*ROWS[1], "Error", "", "The username is taken.", ""],
        [*ROWS[2], "Rename", "Username: bj → bjones", "", ""],
        [*ROWS[3], "", "", "", ""],
    ]


def test_a_marked_cell_keeps_its_format_and_gets_colour_and_note(tmp_path: Path) -> None:
    source = roster(tmp_path / "r.xlsx")
    mark_workbook(source, tmp_path / "m.xlsx", ONE_ERROR)
    before, after = sheet_of(source), sheet_of(tmp_path / "m.xlsx")
    assert colour(after, "B2") == RED
    assert after["B2"].comment.text == "rosterkey:\nThe username is taken.\nSuggested: asmith2"
    assert after["B2"].comment.author == "rosterkey"
    assert after["B2"].number_format == "@"
    assert repr(after["B2"].font) == repr(before["B2"].font)
    assert repr(after["B2"].border) == repr(before["B2"].border)
    assert colour(after, "D2") == RED
    assert colour(after, "D3") == NEUTRAL
    assert colour(after, "A2") == ""
    assert after["A2"].comment is None


def test_other_parts_are_copied_byte_for_byte(tmp_path: Path) -> None:
    source = roster(tmp_path / "r.xlsx")
    mark_workbook(source, tmp_path / "m.xlsx", ONE_ERROR)
    before, after = parts(source), parts(tmp_path / "m.xlsx")
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"}
    assert set(after) - set(before) == {
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    }


def test_macros_and_ribbon_stay(tmp_path: Path) -> None:
    plain = parts(roster(tmp_path / "r.xlsx"))
    plain["xl/vbaProject.bin"] = bytes(range(256)) * 9
    plain["customUI/customUI14.xml"] = b"<customUI/>"
    source = tmp_path / "r.xlsm"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in plain.items():
            archive.writestr(name, content)
    mark_workbook(source, source, ONE_ERROR)
    after = parts(source)
    assert after["xl/vbaProject.bin"] == plain["xl/vbaProject.bin"]
    assert after["customUI/customUI14.xml"] == b"<customUI/>"


def test_marking_twice_is_marking_once(tmp_path: Path) -> None:
    once, twice = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    mark_workbook(roster(tmp_path / "r.xlsx"), once, ONE_ERROR)
    mark_workbook(once, twice, ONE_ERROR)
    assert parts(twice) == parts(once)


def test_marks_go_when_nothing_is_wrong_any_more(tmp_path: Path) -> None:
    source, path = roster(tmp_path / "r.xlsx"), tmp_path / "m.xlsx"
    mark_workbook(source, path, ONE_ERROR)
    mark_workbook(path, path, Marks("Roster", 1, 4, {3: RowMark("Rename")}))
    sheet = sheet_of(path)
    assert [sheet[c].value for c in ("D2", "E2", "F2", "D3", "E3")] == [
        None,
        None,
        None,
        "Rename",
        None,
    ]
    assert colour(sheet, "B2") == ""
    assert sheet["B2"].comment is None
    assert sheet["B2"].number_format == "@"
    assert set(parts(path)) == set(parts(source))
    assert b"legacyDrawing" not in parts(path)["xl/worksheets/sheet1.xml"]


def test_marks_are_found_where_their_cells_were_moved_to(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    mark_workbook(path, path, ONE_ERROR)
    book = openpyxl.load_workbook(path)
    book["Roster"].move_range("A2:C2", rows=2)
    book.save(path)
    mark_workbook(path, path, Marks("Roster", 1, 4))
    sheet = sheet_of(path)
    assert {colour(sheet, f"B{row}") for row in range(1, 5)} == {""}
    assert sheet["B4"].font.italic


def test_the_users_own_fill_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Roster"
    for row in ROWS:
        sheet.append(row)
    green = openpyxl.styles.PatternFill("solid", fgColor="FF00B050")
    hatched = openpyxl.styles.PatternFill("darkTrellis", fgColor="FF000000")
    sheet["B2"].fill, sheet["B3"].fill = green, hatched
    book.save(path)
    marks = {(row, "B"): CellMark(Severity.WARNING, "odd") for row in (2, 3, 4)}
    mark_workbook(path, path, Marks("Roster", 1, 4, {}, marks))
    marked = sheet_of(path)
    assert colour(marked, "B2") == COVERING_FILLS[Severity.WARNING]
    assert colour(marked, "B4") == YELLOW
    assert marked["B3"].fill.fill_type == "darkTrellis"
    assert marked["B3"].comment.text == "rosterkey:\nodd"
    mark_workbook(path, path, Marks("Roster", 1, 4))
    assert colour(sheet_of(path), "B2") == "FF00B050"
    assert colour(sheet_of(path), "B4") == ""


def test_a_blank_cell_can_be_marked_and_cleared(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Roster")
    sheet.set_column(0, 2, 12, book.add_format({"num_format": "@"}))
    sheet.write_row(0, 0, ROWS[0])
    sheet.write_string(1, 1, "asmith")
    book.close()
    before = parts(path)["xl/worksheets/sheet1.xml"]
    blank = Marks("Roster", 1, 4, {}, {(2, 2): CellMark(Severity.ERROR, "blank")})
    mark_workbook(path, path, blank)
    assert colour(sheet_of(path), "C2") == RED
    assert sheet_of(path)["C2"].number_format == "@"
    mark_workbook(path, path, Marks("Roster", 1, 4))
    assert b'r="C2"' not in parts(path)["xl/worksheets/sheet1.xml"]
    assert b'r="C2"' not in before


def test_decisions_of_the_user_stay_unless_one_is_given(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    mark_workbook(path, path, ONE_ERROR)
    book = openpyxl.load_workbook(path)
    book["Roster"]["G2"], book["Roster"]["G3"], book["Roster"]["G4"] = "new", "old", "gone"
    book.save(path)
    given = {3: RowMark("Create", decision="really new"), 4: RowMark("", decision="")}
    mark_workbook(path, path, Marks("Roster", 1, 4, given))
    assert [row[6] for row in texts(path)] == ["Decision", "new", "really new", ""]


def test_formulas_stay_even_below_the_headings(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    mark_workbook(path, path, ONE_ERROR)
    book = openpyxl.load_workbook(path)
    book["Roster"]["D2"], book["Roster"]["H2"] = "=1+1", "=2+2"
    book.save(path)
    mark_workbook(path, path, ONE_ERROR)
    assert sheet_of(path)["D2"].value == "=1+1"
    assert sheet_of(path)["H2"].value == "=2+2"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        " spaces ",
        "two\nlines",
        "a\x01b\r",
        "_x0041_",
        "_x0041_x0042_",
        "<r>&\"'</r>",
        "😀",
    ],
)
def test_every_text_comes_back_as_text(tmp_path: Path, text: str) -> None:
    path = roster(tmp_path / "r.xlsx")
    mark_workbook(path, path, Marks("Roster", 1, 4, {2: RowMark("Error", findings=text)}))
    assert texts(path)[1][5] == text
    assert sheet_of(path)["F2"].data_type != "f"


def test_a_text_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    mark_workbook(path, path, Marks("Roster", 1, 4, {2: RowMark("Error", findings="😀" * 20_000)}))
    found = str(texts(path)[1][5])
    assert found.endswith("😀…")
    assert len(found.encode("utf-16-le")) // 2 <= 32_767


def test_a_row_that_is_not_in_the_file_is_put_in_its_place(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    results = {number: RowMark(f"Error {number}") for number in (3, 6, 9)}
    mark_workbook(path, path, Marks("Roster", 1, 9, results))
    found = {row: sheet_of(path).cell(row, 4).value for row in range(2, 10)}
    assert {row: text for row, text in found.items() if text} == {
        3: "Error 3",
        6: "Error 6",
        9: "Error 9",
    }
    assert sheet_of(path).dimensions == "A1:G9"


def test_a_protected_sheet_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    book["Roster"].protection.enable()
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(UnwritableFile, match='"Roster" is protected'):
        mark_workbook(path, path, ONE_ERROR)
    assert path.read_bytes() == before


@pytest.mark.parametrize("lock", ["~$r.xlsx", ".~lock.r.xlsx#"])
def test_an_open_workbook_is_refused(tmp_path: Path, lock: str) -> None:
    path = roster(tmp_path / "r.xlsx")
    (tmp_path / lock).touch()
    with pytest.raises(UnwritableFile, match="close it there"):
        mark_workbook(path, path, ONE_ERROR)


def test_an_unknown_sheet_is_refused(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    with pytest.raises(UnwritableFile, match='no worksheet "Rooster"'):
        mark_workbook(path, path, Marks("Rooster", 1, 4))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 half"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnwritableFile, match=r"not a sound \.xlsx"):
        mark_workbook(path, path, ONE_ERROR)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "marks",
    [
        Marks("Roster", 0, 4),
        Marks("Roster", 1, 4, {1: RowMark("Error")}),
        Marks("Roster", 1, 4, {}, {(2, "XFE"): CellMark(Severity.ERROR)}),
        Marks("Roster", 1, 4, {}, {(2, "B2"): CellMark(Severity.ERROR)}),
    ],
)
def test_a_mark_where_no_cell_is_is_a_mistake_of_the_caller(tmp_path: Path, marks: Marks) -> None:
    path = roster(tmp_path / "r.xlsx")
    with pytest.raises(ValueError, match=r"no such column|no sheet has|below the header"):
        mark_workbook(path, path, marks)


def test_rights_stay_and_no_other_file_is_left(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    path.chmod(0o640)
    mark_workbook(path, path, ONE_ERROR)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_failure_while_writing_leaves_the_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roster(tmp_path / "r.xlsx")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableFile, match="disk is full"):
        mark_workbook(path, path, ONE_ERROR)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    path = roster(tmp_path / "r.xlsx")
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    mark_workbook(link, link, ONE_ERROR)
    assert link.is_symlink()
    assert texts(path)[1][3] == "Error"


def test_entries_whose_sizes_follow_their_content_are_copied(tmp_path: Path) -> None:
    class Stream(io.BytesIO):
        def tell(self) -> int:
            raise OSError("a pipe has no places")

    plain, stream = parts(roster(tmp_path / "r.xlsx")), Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in plain.items():
            archive.writestr(name, content)
    path = tmp_path / "s.xlsx"
    path.write_bytes(stream.getvalue())
    with zipfile.ZipFile(path) as archive:
        assert all(info.flag_bits & 8 for info in archive.infolist())
    mark_workbook(path, path, ONE_ERROR)
    assert parts(path)["xl/workbook.xml"] == plain["xl/workbook.xml"]
    with zipfile.ZipFile(path) as archive:
        stands_before = [not info.flag_bits & 8 for info in archive.infolist()]
    assert all(stands_before), "a header without sizes must be followed by them"
