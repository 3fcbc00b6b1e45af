"""The unchanged buttons in LibreOffice and in the tests' own Excel, with one expectation."""

from __future__ import annotations

from typing import Any

from rosterkey.excel import buttons
from tests.excel.desk import ANA, ANA_RENAMED, BEN, CARLA, FIRST, NEW, Desk
from tests.libreoffice_engine.desk import OfficeDesk

RED = (255, 201, 209)
NO_USERNAME = (*BEN[:1], "", *BEN[2:])
BAD = (("00123", "", *ANA[2:]), BEN, (*CARLA[:5], "Nowhere", "2B"))
SWAP = (("00123", "bjones", *ANA[2:]), ("00124", "asmith", *BEN[2:]))
RESULTS = (("Findings", "tblFindings"), ("Changes", "tblChanges"), ("Import", "tblImport"))
SUMS = (("Summary", "tblOutcomes"), ("Summary", "tblSchools"))


class TestValidate:
    def test_each_row_tells_what_it_would_do(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN, NEW)
        buttons.validate()
        assert desk.column("Result") == ["Rename", "Unchanged", "Create"]
        assert desk.column("Changes")[0] == "Username: asmith → ana.smith"
        assert desk.last().startswith("3 rows. GO")
        assert desk.accounts()["a1"] == "asmith"

    def test_a_bad_cell_is_red_and_says_why(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        buttons.validate()
        cell = desk.cell(FIRST + 1, "Username")
        assert cell.color == RED
        assert cell.note.text.startswith("rosterkey:\nError: Row 6")
        assert desk.cell(FIRST, "Username").color is None
        assert desk.column("Result") == ["Unchanged", "Error"]
        assert "BLOCK" in desk.name("StartValidated")

    def test_what_was_mended_is_not_marked_any_more(self, desk: Desk) -> None:
        desk.fill(ANA, NO_USERNAME)
        buttons.validate()
        cell = desk.cell(FIRST + 1, "Username")
        cell.value = "bjones"
        buttons.validate()
        assert cell.color is None
        assert cell.note is None
        assert desk.column("Result") == ["Unchanged", "Unchanged"]

    def test_a_finding_links_to_its_cell(self, desk: Desk) -> None:
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
        assert body[0, 2].formula == "=HYPERLINK(\"#'Import'!B6\",6)"

    def test_what_looks_like_a_number_or_a_formula_stays_text(self, desk: Desk) -> None:
        desk.fill(("00300", "fkhan", "-Kai", "Khan", "3", "Lincoln Elementary", "3A"))
        desk.cell(FIRST, "Decision").value = "=1+1"
        buttons.validate()
        changes = desk.sheet("Changes").tables["tblChanges"].data_body_range.options(ndim=2).value
        after = {row[2]: row[4] for row in changes}
        assert after["Student ID"] == "00300"
        assert after["First Name"] == "-Kai"
        assert desk.column("Decision") == ["=1+1"]

    def test_lost_zeros_and_hidden_rows_are_seen(self, desk: Desk) -> None:
        desk.fill(ANA, BEN, CARLA)
        for row, code in ((FIRST, "General"), (FIRST + 1, "00000")):
            cell = desk.cell(row, "Student ID")
            cell.number_format = code
            cell.value = 123 + row - FIRST
        hide(desk, FIRST + 2)
        buttons.validate()
        codes = desk.column("Code", "Findings")
        assert {"leading-zero-lost", "padded-by-format"} <= set(codes)
        assert "Hidden: 1 of 3 rows" in desk.last()

    def test_a_protected_sheet_is_said_in_one_sentence(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        protect(desk)
        buttons.validate()
        assert 'did not let the sheet "Import" be written' in desk.last()
        assert not desk.name("PlanDigest")


def hide(desk: Desk, row: int) -> None:
    """Hide a row of Import, in each program by its own means."""
    if isinstance(desk, OfficeDesk):
        desk.document.Sheets.getByName("Import").Rows.getByIndex(row - 1).IsVisible = False
    else:
        desk.import_sheet.impl.grid.sheet.row_dimensions[row].hidden = True


def protect(desk: Desk) -> None:
    """Protect Import, in each program by its own means."""
    if isinstance(desk, OfficeDesk):
        desk.document.Sheets.getByName("Import").protect("")
    else:
        desk.import_sheet.impl.grid.sheet.protection.sheet = True


def test_next_finding_goes_round(desk: Desk) -> None:
    desk.fill(*BAD)
    buttons.validate()
    seen = []
    for _ in range(3):
        buttons.next_finding()
        seen.append(desk.book.app.selection.address)
    assert seen == ["$B$5", "$F$7", "$B$5"]
    assert desk.book.sheets.active.name == "Import"


class TestImport:
    def test_after_a_yes_it_is_written_and_the_number_told(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN)
        buttons.validate()
        desk.answer("yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "ana.smith"
        assert desk.last().startswith("Import 1 was done: 1 account written")
        assert "import 1" in desk.name("StartImported")
        assert desk.column("No.", "History") == [1.0]

    def test_every_question_wants_its_yes(self, desk: Desk) -> None:
        desk.fill(*SWAP)
        buttons.validate()
        desk.answer("yes", "no")
        buttons.import_()
        assert desk.accounts()["a1"] == "asmith"
        desk.answer("yes", "yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "bjones"
        assert desk.accounts()["a2"] == "asmith"

    def test_a_sheet_changed_since_validate_is_not_imported(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN)
        buttons.validate()
        desk.cell(FIRST, "Username").value = "ana.s"
        desk.answer("yes")
        buttons.import_()
        assert desk.numbers() == []
        assert "changed since the sheet was validated" in desk.last()

    def test_undo_takes_it_back(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN)
        desk.answer("yes", "yes", "yes")
        buttons.import_()
        buttons.undo()
        assert desk.accounts()["a1"] == "asmith"
        assert desk.column("No.", "History") == [2.0, 1.0]


def test_export_then_fix_then_help(desk: Desk) -> None:
    buttons.export()
    assert sorted(desk.column("Student ID", "Export")) == ["00123", "00124", "00125", "00126"]
    desk.fill(*desk.sheet("Export").tables["tblExport"].data_body_range.value)
    cell = desk.cell(FIRST, "Student ID")
    right = cell.value
    cell.number_format = "General"
    cell.value = float(right)
    buttons.validate()
    desk.select(cell)
    desk.answer("yes")
    buttons.help()
    assert "(leading-zero-lost)" in desk.last()
    buttons.apply_fix()
    assert cell.value == right
    assert cell.number_format == "@"


def result_of(desk: Desk) -> dict[str, Any]:
    """Everything that Validate writes for the user to see, and the plan."""
    found: dict[str, Any] = {"plan": desk.name("PlanDigest"), "told": desk.last()}
    for sheet, table in (*RESULTS, *SUMS):
        body = desk.sheet(sheet).tables[table].data_body_range
        found[table] = body.options(ndim=2).value
        found[f"{table} formulas"] = [list(row) for row in body.formula]
    found["notes"] = sorted((n.location.address, n.text) for n in desk.import_sheet.notes)
    cells = desk.import_sheet.tables["tblImport"].data_body_range
    found["fills"] = {cell.address: cell.color for cell in cells}
    return found


def test_both_programs_show_the_same(office_desk: OfficeDesk, stand_in_desk: Desk) -> None:
    """Every cell of every result, each fill, each note, and the digest of the plan."""
    results = []
    for desk in (office_desk, stand_in_desk):
        desk.book.set_mock_caller()
        desk.book.app.engine.activate()
        desk.fill(ANA_RENAMED, NO_USERNAME, NEW, (*CARLA[:5], "Nowhere", "2B"))
        number = desk.cell(FIRST + 3, "Student ID")
        number.number_format = "00000"
        number.value = 125
        buttons.validate()
        results.append(result_of(desk))
    assert results[0]["plan"]
    assert results[0] == results[1]
