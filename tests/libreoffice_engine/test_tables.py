"""Filters, totals and hidden columns of LibreOffice's tables, as the buttons meet them."""

from __future__ import annotations

from typing import Any

from rosterkey.excel import buttons
from tests.engine.grid import Box
from tests.excel.desk import ANA, BEN, FIRST
from tests.libreoffice_engine.bridge import import_uno
from tests.libreoffice_engine.desk import OfficeDesk

SCHOOL = 5
"""The column School of a roster, from 0."""


def narrow(desk: OfficeDesk, table: str, column: int, wanted: str) -> None:
    """Filter a table as its drop-down does."""
    uno = import_uno()
    found = desk.document.DatabaseRanges.getByName(table)
    descriptor = found.getFilterDescriptor()
    field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
    field.Field, field.StringValue = column, wanted
    field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
    descriptor.setFilterFields((field,))
    found.AutoFilter = True
    found.refresh()


def shown(desk: OfficeDesk, sheet: str, box: Box) -> int:
    """How many rows of a block can be seen."""
    rows = desk.document.Sheets.getByName(sheet).Rows
    return sum(bool(rows.getByIndex(n - 1).IsVisible) for n in range(box[0], box[2] + 1))


def body(desk: OfficeDesk, sheet: str, table: str) -> Any:
    return desk.sheet(sheet).tables[table].data_body_range


def test_start_import_takes_what_a_filter_shows(office_desk: OfficeDesk) -> None:
    desk = office_desk
    buttons.export()
    narrow(desk, "tblExport", SCHOOL, "Oak Middle")
    assert shown(desk, "Export", body(desk, "Export", "tblExport").impl.boxes[0]) == 1
    buttons.start_import()
    assert desk.column("Username") == ["devans"]
    assert "3 students that the filter hides were left out" in desk.last()


def test_a_filter_is_taken_off_before_rows_are_put_in(office_desk: OfficeDesk) -> None:
    desk = office_desk
    buttons.export()
    narrow(desk, "tblExport", SCHOOL, "Oak Middle")
    buttons.export()
    assert sorted(desk.column("Username", "Export")) == ["asmith", "bjones", "cdiaz", "devans"]
    assert shown(desk, "Export", body(desk, "Export", "tblExport").impl.boxes[0]) == 4
    assert not desk.sheet("Export").tables["tblExport"].impl.about["filtered"]


def test_validate_sees_that_a_filter_hides_rows(office_desk: OfficeDesk) -> None:
    desk = office_desk
    desk.fill(ANA, BEN, ("00126", "devans", "Dan", "Evans", "2", "Oak Middle", ""))
    narrow(desk, "tblImport", SCHOOL, "Lincoln Elementary")
    buttons.validate()
    assert "A filter hides 1 of 3 rows" in desk.last()
    assert desk.column("Result") == ["Unchanged"] * 3


def test_a_totals_row_is_no_student_and_is_not_written_over(office_desk: OfficeDesk) -> None:
    desk = office_desk
    desk.fill(ANA, BEN, ("2", "", "", "", "", "", ""))
    desk.document.DatabaseRanges.getByName("tblImport").TotalsRow = True
    buttons.validate()
    assert desk.column("Result") == ["Unchanged", "Unchanged"]
    buttons.export()
    desk.answer("yes")
    buttons.start_import()
    assert "has a totals row, which would be written over" in desk.last()


def test_where_a_row_came_from_stands_in_the_hidden_columns(office_desk: OfficeDesk) -> None:
    desk = office_desk
    buttons.export()
    buttons.start_import()
    assert sorted(desk.column("Account")) == ["a1", "a2", "a3", "a4"]
    assert set(desk.column("Version")) == {"1"}
    columns = desk.document.Sheets.getByName("Import").Columns
    assert [columns.getByIndex(n).IsVisible for n in (11, 12, 13)] == [True, False, False]


def test_fewer_rows_leave_nothing_of_the_former(office_desk: OfficeDesk) -> None:
    desk = office_desk
    buttons.export()
    buttons.start_import()
    narrow(desk, "tblExport", SCHOOL, "Oak Middle")
    desk.answer("yes")
    buttons.start_import()
    assert desk.column("Username") == ["devans"]
    below = desk.import_sheet.range((FIRST + 1, 1), (FIRST + 5, 14)).options(ndim=2).value
    assert below == [[None] * 14] * 5


def test_the_user_is_told_of_a_protected_sheet_in_libreoffices_words(
    office_desk: OfficeDesk,
) -> None:
    office_desk.fill(ANA)
    office_desk.document.Sheets.getByName("Import").protect("")
    buttons.validate()
    assert 'LibreOffice did not let the sheet "Import" be written' in office_desk.last()
    assert "Tools, Protect Sheet" in office_desk.last()
