"""The button Validate on the real template: what it writes, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import xlwings as xw
from openpyxl.worksheet.filters import FilterColumn

from rosterkey.excel import buttons
from rosterkey.store import open_store
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import validate
from tests.engine.grid import Grid
from tests.excel.desk import ANA, ANA_RENAMED, BEN, CARLA, FIRST, NEW, Desk

RED = (255, 201, 209)
NO_USERNAME = (*BEN[:1], "", *BEN[2:])


def grid(desk: Desk) -> Grid:
    """The sheet Import behind Excel's back."""
    found: Grid = desk.import_sheet.impl.grid
    return found


class TestWhatItWrites:
    def test_each_row_tells_what_it_would_do(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN, NEW)
        buttons.validate()
        assert desk.column("Result") == ["Rename", "Unchanged", "Create"]
        assert desk.column("Changes")[0] == "Username: asmith → ana.smith"
        assert desk.last().startswith("3 rows. GO")
        assert "Nothing was written to the accounts" in desk.last()
        assert desk.accounts()["a1"] == "asmith"

    def test_findings_lead_to_their_cells_the_serious_first(self, desk: Desk) -> None:
        desk.fill(NEW, NO_USERNAME)
        buttons.validate()
        body = desk.sheet("Findings").tables["tblFindings"].data_body_range
        first = body.options(ndim=2).value[0]
        assert (first[0], first[2], first[3], first[7]) == (
            "Error",
            6.0,
            "Username",
            "username-blank",
        )
        assert first[4] == "Ben Jones"
        assert body[0, 2].formula == "=HYPERLINK(\"#'Import'!B6\",6)"

    def test_a_bad_cell_is_red_and_says_why(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        buttons.validate()
        cell = desk.cell(FIRST + 1, "Username")
        assert cell.color == RED
        assert cell.note.text.startswith("rosterkey:\nError: Row 6")
        assert desk.cell(FIRST, "Username").color is None
        assert desk.column("Result") == ["Unchanged", "Error"]
        assert "BLOCK" in desk.name("StartValidated")

    def test_changes_sums_and_schools_are_listed(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN, (*CARLA[:5], "Oak Middle", "2B"))
        buttons.validate()
        changes = desk.sheet("Changes").tables["tblChanges"].data_body_range.options(ndim=2).value
        assert changes[0] == [5.0, "Ana Smith", "Username", "asmith", "ana.smith", "Rename"]
        assert changes[1][2:5] == ["School", "Lincoln Elementary", "Oak Middle"]
        summary = desk.sheet("Summary")
        outcomes = dict(row[:2] for row in summary.tables["tblOutcomes"].data_body_range.value)
        assert (outcomes["Rename"], outcomes["Update"], outcomes["Unchanged"]) == (1, 1, 1)
        schools = summary.tables["tblSchools"].data_body_range.options(ndim=2).value
        assert schools == [["Lincoln Elementary", 2, 0, 1, 0], ["Oak Middle", 1, 0, 1, 0]]

    def test_a_password_is_written_nowhere_else(self, desk: Desk) -> None:
        desk.fill((*NEW, "Sunny-Day-7"))
        buttons.validate()
        written = [
            value
            for sheet in desk.book.sheets
            for row in sheet.used_range.options(ndim=2).value
            for value in row
            if isinstance(value, str) and "Sunny-Day-7" in value
        ]
        assert written == ["Sunny-Day-7"]
        assert "set anew" in desk.column("After", "Changes")
        assert all("Sunny" not in text for text in desk.screen.prompts())

    def test_a_name_that_would_run_stays_text(self, desk: Desk) -> None:
        desk.fill(("00300", "fkhan", "-Kai", "Khan", "3", "Lincoln Elementary", "3A"))
        buttons.validate()
        changes = desk.sheet("Changes").tables["tblChanges"].data_body_range.options(ndim=2).value
        after = {row[2]: row[4] for row in changes}
        assert after["First Name"] == "-Kai"
        assert after["Student ID"] == "00300"

    def test_columns_that_lost_their_text_format_get_it_back(self, desk: Desk) -> None:
        desk.sheet("Changes").range("A5:F40").number_format = "General"
        desk.fill(NEW)
        buttons.validate()
        assert "00300" in desk.column("After", "Changes")
        assert desk.column("Row", "Changes")[0] == 5, "a link is no text"

    def test_the_lists_of_the_district_are_offered(self, desk: Desk) -> None:
        buttons.settings()
        assert desk.name("ListSchools")[:3] == ["Lincoln Elementary", "Oak Middle", None]
        assert desk.name("StartDatabase").startswith("Lincoln Unified (D1), 4 students; sqlite")

    def test_the_plan_is_that_of_the_command_on_the_saved_file(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, NO_USERNAME, NEW, CARLA)
        desk.cell(FIRST + 3, "Student ID").number_format = "00000"
        desk.cell(FIRST + 3, "Student ID").value = 125
        grid(desk).sheet.cell(FIRST + 3, 6).value = dt.datetime(2026, 3, 1)  # noqa: DTZ001
        grid(desk).sheet.row_dimensions[FIRST].hidden = True
        grid(desk).sheet.merge_cells("G6:G7")
        desk.book.save(str(desk.folder / "copy.xlsx"))
        buttons.validate()
        store = open_store(desk.url)
        by_file = validate(desk.folder / "copy.xlsx", store, Settings(desk.url))
        store.close()
        assert desk.name("PlanDigest") == by_file.plan.digest
        codes = {finding.code for row in by_file.plan.rows for finding in row.findings}
        assert {"padded-by-format", "date-instead-of-text", "merged-cells"} <= codes


class TestWhatItLeavesAlone:
    def test_what_is_the_users_own(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, NO_USERNAME)
        sheet = desk.import_sheet
        sheet.range("N6").value = "=1+1"
        sheet.range("N5").value = "my remark"
        bad = desk.cell(FIRST + 1, "Username")
        bad.add_note("ask the school")
        bad.color = (255, 255, 0)
        desk.cell(FIRST, "Decision").value = "checked"
        buttons.validate()
        buttons.validate()
        assert sheet.range("N6").formula == "=1+1"
        assert sheet.range("N5").value == "my remark"
        assert bad.note.text == "ask the school"
        assert bad.color == (255, 255, 0)
        assert desk.column("Decision") == ["checked", None]
        assert desk.column("Findings")[1].startswith("Row 6: the username of Ben")

    def test_a_formula_under_a_heading_of_the_results(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN, CARLA)
        own = desk.cell(FIRST + 1, "Changes")
        own.number_format = "General"
        own.value = "=A6&B6"
        buttons.validate()
        assert own.formula == "=A6&B6"
        assert desk.column("Result") == ["Rename", "Unchanged", "Unchanged"]
        assert desk.cell(FIRST, "Changes").value == "Username: asmith → ana.smith"

    def test_a_conversation_on_a_cell(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME, ("00125", "", *CARLA[2:]))
        grid(desk).conversations.add((FIRST + 1, 2))
        buttons.validate()
        assert "BLOCK" in desk.last()
        assert desk.cell(FIRST + 1, "Username").note is None
        assert desk.cell(FIRST + 2, "Username").note is not None
        assert desk.column("Findings")[1].startswith("Row 6")

    def test_what_was_mended_is_not_marked_any_more(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME, NEW)
        buttons.validate()
        cell = desk.cell(FIRST + 1, "Username")
        cell.value = "bjones"
        desk.import_sheet.range((FIRST + 2, 1), (FIRST + 2, 7)).clear_contents()
        buttons.validate()
        assert cell.color is None
        assert cell.note is None
        assert desk.column("Result") == ["Unchanged", "Unchanged", None]
        findings = desk.sheet("Findings").tables["tblFindings"].data_body_range
        assert [row[7] for row in findings.options(ndim=2).value] == ["header-row-found"]

    def test_a_leftover_fill_without_its_note_goes_too(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        buttons.validate()
        cell = desk.cell(FIRST + 1, "Username")
        cell.note.delete()
        cell.value = "bjones"
        buttons.validate()
        assert cell.color is None

    def test_a_word_under_decision_that_decides_nothing_is_marked(self, desk: Desk) -> None:
        desk.fill(ANA, BEN)
        cell = desk.cell(FIRST, "Decision")
        cell.value = "ask Kim"
        buttons.validate()
        assert '"ask Kim"' in cell.note.text
        assert cell.value == "ask Kim"
        cell.value = None
        buttons.validate()
        assert (cell.note, cell.color) == (None, None)

    def test_hidden_rows_stay_hidden(self, desk: Desk) -> None:
        desk.fill(ANA, BEN)
        grid(desk).sheet.row_dimensions[FIRST].hidden = True
        buttons.validate()
        assert grid(desk).hidden_row(FIRST)
        assert "Hidden: 1 of 2 rows" in desk.last()
        assert desk.screen.status[-1] is False

    def test_a_filter_on_import_stays_and_one_on_findings_goes(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        for name, table in (("Import", "tblImport"), ("Findings", "tblFindings")):
            page = desk.sheet(name).impl.grid.sheet
            page.tables[table].autoFilter.filterColumn = [FilterColumn(colId=0)]
            page.row_dimensions[FIRST].hidden = True
        buttons.validate()
        assert "A filter hides 1 of 2 rows" in desk.last()
        assert grid(desk).hidden_row(FIRST)
        assert not desk.sheet("Findings").impl.grid.hidden_row(FIRST)

    def test_results_beside_the_wrong_rows_are_noticed(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.fill(ANA, BEN, NEW)
        grid(desk).sheet.row_dimensions[FIRST].hidden = True
        write = Grid.write

        def skip_hidden(self: Grid, row: int, column: int, value: Any) -> None:
            if not self.hidden_row(row):
                write(self, row, column, value)

        monkeypatch.setattr(Grid, "write", skip_hidden)
        buttons.validate()
        assert "did not write the results beside the right ones" in desk.last()
        assert not desk.name("PlanDigest")


class TestWhatExcelDid:
    @pytest.mark.parametrize(
        ("value", "number_format", "code"),
        [
            (123, "General", "leading-zero-lost"),
            (123, "00000", "padded-by-format"),
            ("=NA()", "General", "excel-error-value"),
            ("#SPILL!", "General", "excel-error-value"),
            ("3/4", "General", "date-instead-of-text"),
            ("TRUE", "General", "boolean-instead-of-text"),
            ("12345678901234567", "General", "over-15-digits"),
        ],
    )
    def test_it_is_found(self, desk: Desk, value: object, number_format: str, code: str) -> None:
        desk.fill(ANA, BEN)
        cell = desk.cell(FIRST, "Student ID")
        cell.number_format = number_format
        cell.value = value
        buttons.validate()
        assert code in desk.column("Code", "Findings")

    def test_a_formula_is_said(self, desk: Desk) -> None:
        desk.fill(ANA, BEN)
        cell = desk.cell(FIRST, "Username")
        cell.number_format = "General"
        cell.value = "=LOWER(C5)"
        grid(desk).results[FIRST, 2] = "asmith"
        buttons.validate()
        assert desk.column("Result") == ["Unchanged", "Unchanged"]
        assert "formula-cell" in desk.column("Code", "Findings")

    def test_text_that_looks_like_a_formula_is_text(self, desk: Desk) -> None:
        desk.fill((*ANA[:2], "=1+1", *ANA[3:]))
        buttons.validate()
        codes = desk.column("Code", "Findings")
        assert "formula-text" in codes
        assert "formula-cell" not in codes

    def test_merged_cells_are_told(self, desk: Desk) -> None:
        desk.fill(ANA, BEN, CARLA)
        grid(desk).sheet.merge_cells("F6:F7")
        buttons.validate()
        body = desk.sheet("Findings").tables["tblFindings"].data_body_range
        rows = {row[2] for row in body.value if row[7] == "merged-cells"}
        assert rows == {6, 7}

    def test_a_totals_line_keeps_its_formulas(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN, ("Total", *[""] * 6))
        grid(desk).sheet.tables["tblImport"].totalsRowCount = 1
        totals = desk.cell(FIRST + 2, "Result")
        totals.number_format = "General"
        totals.value = "=SUBTOTAL(103,tblImport[Result])"
        buttons.validate()
        assert totals.formula == "=SUBTOTAL(103,tblImport[Result])"
        assert [desk.cell(row, "Result").value for row in (5, 6)] == ["Rename", "Unchanged"]

    def test_a_totals_line_of_another_sheet_is_not_written_over(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        findings = desk.sheet("Findings").impl.grid.sheet
        findings["A6"] = "=SUBTOTAL(103,tblFindings[Code])"
        findings.tables["tblFindings"].ref = "A4:H6"
        findings.tables["tblFindings"].totalsRowCount = 1
        buttons.validate()
        assert 'on the sheet "Findings" has a totals row' in desk.last()
        assert findings["A6"].value == "=SUBTOTAL(103,tblFindings[Code])"
        assert not desk.name("PlanDigest"), "Import must not take it for a plan that was seen"

    def test_a_totals_line_is_no_student(self, desk: Desk) -> None:
        desk.fill(ANA, BEN, ("Total", *[""] * 6))
        table = grid(desk).sheet.tables["tblImport"]
        table.totalsRowCount = 1
        buttons.validate()
        assert desk.last().startswith("2 rows.")


class TestTrouble:
    def test_a_protected_sheet_is_said_in_one_sentence(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        grid(desk).sheet.protection.sheet = True
        buttons.validate()
        assert 'did not let the sheet "Import" be written' in desk.last()
        assert desk.screen.alerts[-1].mode == "critical"
        assert not desk.name("PlanDigest"), "Import must not take it for a plan that was seen"
        assert desk.screen.status[-1] is False

    def test_another_workbook_is_said(self, desk: Desk) -> None:
        grid(desk).sheet.title = "Mine"
        buttons.validate()
        assert 'has no sheet named "Import"' in desk.last()

    def test_an_empty_sheet_is_said(self, desk: Desk) -> None:
        buttons.validate()
        assert "BLOCK" in desk.last()
        assert "no rows below it" in desk.last()

    def test_an_unknown_district_is_said_in_the_words_of_the_workbook(self, desk: Desk) -> None:
        desk.name("SettingDistrict", "D9")
        buttons.validate()
        assert "The district D9 is not in the database" in desk.last()
        assert "Settings sheet" in desk.last()


def test_the_book_is_the_one_that_excel_names(desk: Desk) -> None:
    assert xw.Book.caller().name == desk.book.name
