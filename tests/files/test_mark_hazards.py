"""Marks in every hazard workbook that an import accepts, and a real spreadsheet's view of them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from rosterkey.core.model import Severity
from rosterkey.files.marks.mark import CellMark, Marks, RowMark, UnwritableFile, mark_workbook
from tests.files.test_mark_workbook import colour, parts, sheet_of, texts
from tests.libreoffice import convert, needs_libreoffice

FOLDER = Path(__file__).parents[1] / "hazards" / "data"
REFUSED = {
    "f01_not_a_zip.xlsx",
    "f02_truncated.xlsx",
    "f03_zero_bytes.xlsx",
    "f04_password_agile.xlsx",
    "f08_csv_named_xlsx.xlsx",
    "f13_billion_laughs.xlsx",
    "f14_xxe.xlsx",
    "f17_duplicate_zip_entry.xlsx",
    "s17_protected_sheet.xlsx",
}
TOO_LARGE = "f12_zip_bomb_200MB.xlsx"
"""The reader refuses it, so nobody marks it."""

ALL = sorted(path.name for path in FOLDER.glob("*.xlsx"))
MARKED = [name for name in ALL if name not in {*REFUSED, TOO_LARGE}]


def marks(name: str) -> Marks:
    """Marks on the first sheet of a hazard workbook, below its header."""
    header = 4 if name == "s08_title_rows.xlsx" else 1
    results = {
        header + 1: RowMark("Error", "", "=1+1 is no name", severity=Severity.ERROR),
        header + 2: RowMark("Rename", "Username: a → b", decision="really new"),
    }
    cells = {
        (header + 1, "B"): CellMark(Severity.ERROR, "taken"),
        (header + 3, "D"): CellMark(Severity.NOTICE, "cleaned"),
    }
    sheet = str(CalamineWorkbook.from_path(str(FOLDER / name)).sheet_names[0])
    return Marks(sheet, header, header + 6, results, cells)


def cells_of(path: Path) -> list[list[object]]:
    """The first sheet as the reader of an import sees it."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=True)]


@pytest.mark.parametrize("name", MARKED)
def test_the_users_values_are_read_back_unchanged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    mark_workbook(FOLDER / name, path, marks(name))
    before, after = cells_of(FOLDER / name), cells_of(path)
    assert len(after) >= len(before)
    for old, new in zip(before, after, strict=False):
        assert new[: len(old)] == old
    header = marks(name).header_row
    assert after[header][-4:] == ["Error", "", "=1+1 is no name", ""]


@pytest.mark.parametrize("name", MARKED)
def test_clearing_brings_back_every_cell_but_the_headings(tmp_path: Path, name: str) -> None:
    path, given = tmp_path / name, marks(name)
    mark_workbook(FOLDER / name, path, given)
    once = cells_of(path)
    mark_workbook(path, path, given)
    assert cells_of(path) == once
    without_decision = {n: RowMark("", decision="") for n in given.results}
    mark_workbook(
        path, path, Marks(given.sheet, given.header_row, given.last_row, without_decision)
    )
    assert set(parts(path)) == set(parts(FOLDER / name))
    width = max(len(row) for row in cells_of(FOLDER / name)) if cells_of(FOLDER / name) else 0
    for number, row in enumerate(cells_of(path), start=1):
        if number != given.header_row:
            assert not any(row[width:])


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_workbooks_are_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnwritableFile, match=r"\.$"):
        mark_workbook(FOLDER / name, tmp_path / name, Marks("Roster", 1, 7))
    assert list(tmp_path.iterdir()) == []


def test_a_filter_and_its_hidden_rows_stay(tmp_path: Path) -> None:
    name = "s04_filtered_rows.xlsx"
    mark_workbook(FOLDER / name, tmp_path / name, marks(name))
    before, after = sheet_of(FOLDER / name), sheet_of(tmp_path / name)
    assert after.auto_filter.ref == before.auto_filter.ref
    hidden = [n for n, row in before.row_dimensions.items() if row.hidden]
    assert [n for n, row in after.row_dimensions.items() if row.hidden] == hidden != []


def test_far_formatting_does_not_push_the_results_away(tmp_path: Path) -> None:
    name = "f20_far_formatting.xlsx"
    mark_workbook(FOLDER / name, tmp_path / name, marks(name))
    assert texts(tmp_path / name)[0][9:13] == ["Result", "Changes", "Findings", "Decision"]


@needs_libreoffice
@pytest.mark.parametrize("name", ["base_good.xlsx", "s23_table_total_row.xlsx"])
def test_libreoffice_shows_the_marks_and_keeps_them_removable(tmp_path: Path, name: str) -> None:
    path, given = tmp_path / name, marks(name)
    mark_workbook(FOLDER / name, path, given)
    saved = convert(path, "xlsx")
    sheet = sheet_of(saved)
    assert colour(sheet, "B2") == "FFFFC9D1"
    assert sheet["B2"].comment.text.strip() == "rosterkey:\ntaken"
    assert sheet["J2"].value == "Error"
    mark_workbook(saved, saved, Marks(given.sheet, 1, 7))
    sheet = sheet_of(saved)
    assert colour(sheet, "B2") == ""
    assert sheet["B2"].comment is None
    assert sheet["J2"].value is None
    assert sheet["M3"].value == "really new"
    assert openpyxl.load_workbook(convert(saved, "xlsx"))["Roster"]["B2"].value == "asmith"


@needs_libreoffice
def test_a_covered_fill_is_not_guessed_after_libreoffice_saved(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    book = openpyxl.load_workbook(FOLDER / "base_good.xlsx")
    green = openpyxl.styles.PatternFill("solid", fgColor="FF00B050")
    book["Roster"]["B2"].fill = book["Roster"]["C2"].fill = green
    book.save(path)
    mark_workbook(path, path, marks("base_good.xlsx"))
    saved = convert(path, "xlsx")
    mark_workbook(saved, saved, Marks("Roster", 1, 7))
    assert colour(sheet_of(saved), "B2") == ""
    assert colour(sheet_of(saved), "C2") == "FF00B050"
