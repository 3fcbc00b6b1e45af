"""Prepared sheets as files: text stays text, choices are drop-downs with notes."""

from __future__ import annotations

import stat
from pathlib import Path

import openpyxl
import pytest

from rosterkey.core.prepare.sheet import Choice, PreparedSheet
from rosterkey.files.prepared import write_prepared
from rosterkey.files.read import read_sheet
from rosterkey.files.replace import UnwritableFile

LONG = tuple(f"{n:030d}" for n in range(12))
SHEET = PreparedSheet(
    "Import",
    ("Student ID", "Username", "Key"),
    (("", "=1+1", "k1"), ("00123", "_x0041_", "k2"), ("", "clee", "k3"), ("", "d", "k4")),
    {
        (0, 0): Choice(("00124", "00125"), "one or the other"),
        (2, 0): Choice(LONG, "many"),
        (3, 0): Choice(("a,b", "c"), "with a comma"),
    },
    frozenset({2}),
)


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "made.xlsx"
    write_prepared(path, [SHEET, PreparedSheet("Doubtful", ("Row",), (("2",),))])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return openpyxl.load_workbook(path)


def test_it_reads_back_as_it_was_meant(tmp_path: Path, book: openpyxl.Workbook) -> None:
    rows = [cells for _, cells in read_sheet(tmp_path / "made.xlsx").rows]
    assert rows[1:3] == [(None, "=1+1", "k1"), ("00123", "_x0041_", "k2")]
    assert book.sheetnames == ["Import", "Doubtful", "Choices"]
    assert book["Choices"].sheet_state == "hidden"
    assert book["Import"].column_dimensions["C"].hidden
    assert not book["Import"].column_dimensions["B"].hidden


def test_a_blank_cell_offers_its_candidates(book: openpyxl.Workbook) -> None:
    sheet = book["Import"]
    offered = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert offered["A2"] == '"00124,00125"'
    assert offered["A4"] == "Choices!$A$1:$L$1"
    assert offered["A5"] == "Choices!$A$2:$B$2"
    assert [cell.value for cell in book["Choices"][1]] == list(LONG)
    assert [cell.value for cell in book["Choices"][2]][:2] == ["a,b", "c"]
    assert "one or the other" in sheet["A2"].comment.text
    assert sheet["A2"].fill.fgColor.rgb == "FFFFEB9C"
    assert sheet["A2"].number_format == "@"
    assert sheet["A3"].comment is None


def test_a_csv_has_the_first_sheet(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    write_prepared(path, [SHEET, PreparedSheet("Doubtful", ("Row",), ())])
    text = path.read_text("utf-8-sig")
    assert text.splitlines()[:2] == ["Student ID,Username,Key", ",'=1+1,k1"]


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"as \.xlsx or \.csv"):
        write_prepared(tmp_path / "made.ods", [SHEET])
    assert not list(tmp_path.iterdir())


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rosterkey.files.prepared.LAST_ROW", 3)
    with pytest.raises(UnwritableFile, match="a sheet holds 3 rows and there are 4"):
        write_prepared(tmp_path / "made.xlsx", [SHEET])
