"""The tests' Excel behaves as Excel does where that matters to a roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from tests.engine.engine import close_all, open_book
from tests.engine.typing_rules import RefusedByExcel


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[xw.Sheet]:
    """A sheet with a small table."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    for row in (["ID", "Name"], ["1", "Ana"], ["2", "Ben"]):
        page.append(row)
    page.add_table(Table(displayName="people", ref="A1:B3"))
    workbook.create_sheet("Other")
    workbook.save(tmp_path / "book.xlsx")
    yield open_book(tmp_path / "book.xlsx").sheets[0]
    close_all()


@pytest.mark.parametrize(
    ("written", "general", "text"),
    [
        ("00123", 123.0, "00123"),
        ("1.2E+07", 12_000_000.0, "1.2E+07"),
        ("3/4", dt.datetime(2026, 3, 4), "3/4"),  # noqa: DTZ001
        ("TRUE", True, "TRUE"),
        ("'007", "007", "'007"),
        ("Ana", "Ana", "Ana"),
        ("=1+1", "#NAME?", "=1+1"),
        ("-Kai", "#NAME?", "-Kai"),
        ("#N/A", "#N/A", "#N/A"),
        ("", None, None),
    ],
)
def test_what_is_written_is_read_as_typed(
    sheet: xw.Sheet, written: str, general: object, text: object
) -> None:
    sheet.range("D2").number_format = "@"
    sheet.range("D1:D2").value = [[written], [written]]
    first, second = sheet.range("D1:D2").options(err_to_str=True).value
    assert (first, second) == (general, text)
    assert type(first) is type(general)


def test_only_a_general_cell_has_a_formula(sheet: xw.Sheet) -> None:
    sheet.range("D1").value = '=HYPERLINK("#A1",7)'
    assert sheet.range("D1").value == 7.0
    assert sheet.range("D1").formula == '=HYPERLINK("#A1",7)'


def test_new_errors_come_as_numbers(sheet: xw.Sheet) -> None:
    sheet.range("D1").value = "#SPILL!"
    assert sheet.range("D1").options(err_to_str=True).value == -2146826243
    sheet.range("D1").value = "#REF!"
    assert sheet.range("D1").value is None, "without err_to_str an error reads as blank"


def test_a_protected_sheet_refuses(sheet: xw.Sheet) -> None:
    sheet.impl.grid.sheet.protection.sheet = True
    with pytest.raises(RefusedByExcel):
        sheet.range("A1").value = "x"
    with pytest.raises(RefusedByExcel):
        sheet.range("A1").color = (1, 2, 3)
    with pytest.raises(RefusedByExcel):
        sheet.range("A1").add_note("x")
    assert sheet.range("A2").value == "1"


def test_what_differs_inside_a_range_is_told(sheet: xw.Sheet) -> None:
    sheet.range("A2").number_format = "00000"
    sheet.range("A3").color = (255, 0, 0)
    assert sheet.range("A1:A3").number_format is None
    assert sheet.range("A1:A3").color == (0, 0, 0)
    assert sheet.range("A3").color == (255, 0, 0)
    assert sheet.range("A1:A2").color is None


def test_an_address_with_several_areas(sheet: xw.Sheet) -> None:
    sheet.range("A1,C1:C3").color = (1, 2, 3)
    assert sheet.range("C2").color == (1, 2, 3)
    assert sheet.range("B1").color is None
    with pytest.raises(RefusedByExcel):
        sheet.range(",".join(f"A{n}" for n in range(1, 200, 2)))


def test_a_table_is_resized_from_its_header(sheet: xw.Sheet) -> None:
    table = sheet.tables["people"]
    table.resize(sheet.range("A1:B9"))
    assert table.data_body_range.address == "$A$2:$B$9"
    with pytest.raises(RefusedByExcel):
        table.resize(sheet.range("A2:B9"))
    with pytest.raises(RefusedByExcel):
        table.resize(sheet.range("A1:C9"))


def test_hidden_rows_leave_areas(sheet: xw.Sheet) -> None:
    sheet.impl.grid.sheet.row_dimensions[2].hidden = True
    areas = sheet.range("A1:B3").get_special_cells("visible")
    assert [area.address for area in areas] == ["$A$1:$B$1", "$A$3:$B$3"]


def test_merged_cells(sheet: xw.Sheet) -> None:
    sheet.impl.grid.sheet.merge_cells("D1:E2")
    assert sheet.range("A1:B2").merge_cells is False
    assert sheet.range("C1:D2").merge_cells is None
    assert sheet.range("E2").merge_area.address == "$D$1:$E$2"


def test_selecting_needs_the_sheet_in_front(sheet: xw.Sheet) -> None:
    sheet.book.sheets["Other"].activate()
    with pytest.raises(RefusedByExcel):
        sheet.range("A1").select()
    sheet.activate()
    sheet.range("B2").select()
    assert sheet.book.selection.address == "$B$2"


def test_dialogs_follow_the_script(sheet: xw.Sheet) -> None:
    app = sheet.book.app
    app.impl.screen.answers.append("yes")
    assert app.alert("Sure?", "Title", "yes_no") == "yes"
    assert app.alert("Sure?", "Title", "yes_no") == "cancel"
    assert app.alert("Look", "Title", "ok") == "ok"
    assert app.impl.screen.prompts() == ["Sure?", "Sure?", "Look"]


def test_what_it_does_not_know_it_refuses(sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError):
        sheet.range("A1").insert("down")
