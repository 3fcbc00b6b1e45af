"""Every file of the hazard collection: refused with its code, or read as what stands in it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, MergedRange, NumberCell, Sheet
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.read import read_sheet

DATA = Path(__file__).parents[1] / "hazards" / "data"
MANIFEST = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))

HEADER = (
    "Student ID", "Username", "First Name", "Last Name", "School", "Grade", "Class", "Email",
    "Password",
)  # fmt: skip
LINCOLN, ROOSEVELT = "Lincoln Elementary", "Roosevelt Middle"
PEOPLE = (
    ("00123", "asmith", "Ana", "Smith", LINCOLN, "03", "3A", "asmith@", "maple-river-42"),
    ("00124", "bjones", "Bo", "Jones", LINCOLN, "03", "3A", "bjones@", "otter-cloud-17"),
    ("00125", "clee", "Chi", "Lee", LINCOLN, "04", "4B", "clee@", "lemon-train-88"),
    ("00126", "dgarcia", "Daniela", "García", ROOSEVELT, "06", "6C", "dgarcia@", "piano-stone-31"),
    ("00127", "eobrien", "Eoin", "O'Brien", ROOSEVELT, "07", "7A", "eobrien@", "violet-kite-05"),
    ("00128", "fnguyen", "Phuong", "Nguyễn", ROOSEVELT, "08", "8B", "fnguyen@", "amber-field-63"),
)
ROSTER = tuple(tuple(c + "example.org" if c.endswith("@") else c for c in row) for row in PEOPLE)

REFUSED = {
    "not_a_workbook", "damaged_file", "empty_file", "password_protected", "legacy_format",
    "unsupported_format", "html_not_excel", "csv_not_excel", "text_not_excel",
    "too_large_unpacked", "xml_entities", "encoding_unknown", "bad_quoting",
}  # fmt: skip
OUR_CODE = {"csv_not_excel": "text-not-excel"}


def plain(start: int = 1) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The six clean rows under the header in row `start`."""
    return tuple((start + i, row) for i, row in enumerate((HEADER, *ROSTER)))


def changed(*cells: tuple[int, int, Cell]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The clean rows with other cells, each as (Excel row, column from 0, cell)."""
    grid = {number: list(row) for number, row in plain()}
    for row, column, cell in cells:
        grid[row][column] = cell
    return tuple((number, tuple(row)) for number, row in grid.items())


def columns(number: int, cells: tuple[Cell, ...]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The clean rows with another column."""
    return changed(*((i + 2, number, cell) for i, cell in enumerate(cells)))


def lower(row: int) -> str:
    return f"=LOWER(LEFT(C{row},1)&D{row})"


NO_ACCENTS = changed((7, 3, "Nguyen"))
LOOKUP = '=VLOOKUP("x",A1:B1,2,0)'
ORDER = (4, 1, 8, 0, 3, 2, 7, 6, 5)

EXPECTED: dict[str, tuple[tuple[int, tuple[Cell, ...]], ...]] = {
    "f15_external_link.xlsx": changed((2, 2, FormulaCell("='[other.xlsx]Sheet1'!$A$1", "Ana"))),
    # The cells under a merged one still hold their texts in these files; `merged` tells of it.
    "s06_merged_header.xlsx": changed((1, 2, "Name")),
    "s07_merged_data.xlsx": plain(),
    "s08_title_rows.xlsx": (
        (1, ("Lincoln District",)), (2, ("Exported 2026-08-14",)), *plain(4)
    ),
    "s09_blank_rows_inside.xlsx": tuple(
        (number, row) for number, (_, row) in zip((1, 2, 3, 5, 6, 9, 10), plain(), strict=False)
    ),
    "s10_blank_row_after_header.xlsx": (plain()[0], *plain(2)[1:]),
    "s11_duplicate_header.xlsx": tuple(
        (n, (*row, "Username" if n == 1 else f"other{row[1]}")) for n, row in plain()
    ),
    "s12_missing_username_header.xlsx": changed((1, 1, None)),
    "s13_synonym_headers.xlsx": (
        (1, ("Stu ID", "Login", "Given Name", "Surname", "Campus", "Gr", "Section", "E-mail",
             "Pwd")),
        *plain()[1:],
    ),
    "s14_header_spaces_case.xlsx": changed(
        (1, 0, " student id"), (1, 1, "USERNAME\xa0"), (1, 2, "First  Name"), (1, 3, "last name "),
        (1, 8, "\u200bPassword"),
    ),
    "s15_empty_sheet.xlsx": (),
    "s16_header_only.xlsx": plain()[:1],
    "s18_total_row.xlsx": (*plain(), (8, ("Total", "6"))),
    "s19_unknown_columns.xlsx": tuple(
        (n, (*row, *(("SSN", "Lunch status") if n == 1 else ("123-45-6789", "free"))))
        for n, row in plain()
    ),
    "s20_1904_dates.xlsx": tuple(
        (n, (*row, "Birth Date" if n == 1 else dt.date(2015, 9, n - 1))) for n, row in plain()
    ),
    "s21_columns_reordered.xlsx": tuple((n, tuple(row[i] for i in ORDER)) for n, row in plain()),
    "s22_repeated_header.xlsx": (
        *plain()[:4], (5, HEADER), *((n + 1, row) for n, row in plain()[4:])
    ),
    "s24_missing_password_column.xlsx": tuple((n, row[:8]) for n, row in plain()),
    "c01_id_numbers_zero_lost.xlsx": columns(0, (123, 124, 125, 126, 127, 128)),
    "c02_id_number_format_00000.xlsx": columns(
        0, tuple(NumberCell(n, f"00{n}") for n in range(123, 129))
    ),
    "c03_id_text_dot_zero.xlsx": columns(0, tuple(f"{n}.0" for n in range(10123, 10129))),
    "c04_id_scientific_text.xlsx": changed((2, 0, "1.23457E+11")),
    "c05_id_over_15_digits.xlsx": columns(
        # XlsxWriter stores 16 digits, as many as it takes to write the float.
        0, tuple(float(f"{1234567890123456789.0 + i * 1000:.16G}") for i in range(6))
    ),
    "c06_id_text_16_digits.xlsx": columns(0, tuple(f"123456789012345{i}" for i in range(6))),
    "c08_formula_cached.xlsx": columns(
        1, tuple(
            FormulaCell(lower(i + 2), (row[2][0] + row[3]).lower()) for i, row in enumerate(ROSTER)
        )
    ),
    "c09_formula_no_cache.xlsx": columns(
        1, tuple(FormulaCell(lower(row), None) for row in range(2, 8))
    ),
    "c10_error_cells_in_id.xlsx": columns(
        0, tuple(
            FormulaCell(LOOKUP if e == "#N/A" else "=1/0", ErrorCell(e))
            for e in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!")
        )
    ),
    "c11_boolean_name.xlsx": changed((2, 3, True)),
    "c12_null_like_names.xlsx": changed(
        *((i + 2, 1, f"u{i}") for i in range(6)),
        *((i + 2, 2, n) for i, n in enumerate(("Na", "Null", "None", "nan", "N/A", "NA"))),
    ),
    "c13_dates_instead_of_text.xlsx": changed(
        (2, 6, dt.date(2026, 3, 4)), (3, 1, dt.date(2026, 3, 1))
    ),
    "c14_percent_and_exponent.xlsx": changed((2, 6, 0.05), (3, 6, 200000)),
    "c15_spaces_nbsp_zero_width.xlsx": changed(
        (2, 0, "00123 "), (2, 1, " asmith"), (3, 0, "\xa000124"), (3, 1, "bjones\xa0"),
        (4, 0, "00\u200b125"), (4, 1, "cl\u200bee"), (5, 0, "\ufeff00126"), (5, 1, "dgarcia\t"),
        (6, 0, "00127\r\n"), (6, 1, "eobrien\n"), (7, 1, "fn\xadguyen"),
    ),
    "c16_full_width.xlsx": changed((2, 0, "００１２３"), (2, 1, "ａｓｍｉｔｈ")),
    "c17_smart_quotes.xlsx": changed((6, 3, "O’Brien"), (6, 1, "e.o’brien")),
    "c18_nfd.xlsx": changed((5, 3, "Garci\u0301a")),
    "c19_homoglyph_username.xlsx": changed((2, 1, "\u0430smith")),
    "c20_rlo_username.xlsx": changed((2, 1, "asm\u202ehti")),
    "c21_control_escapes.xlsx": changed((2, 2, "A\0na"), (3, 2, "Bo\r"), (4, 2, "_x0041_")),
    "c22_long_string.xlsx": changed((2, 2, "x" * 32_767)),
    "c23_newline_in_cell.xlsx": changed((2, 4, "Lincoln\nElementary")),
    "c24_formula_text.xlsx": changed((2, 2, "=1+1"), (3, 2, "@SUM(1,1)"), (4, 2, "-2+3")),
    "c25_hyperlink_formula.xlsx": changed(
        (2, 2, FormulaCell('=HYPERLINK("http://127.0.0.1/x","Ana")', "Ana"))
    ),
    "c28_numeric_username.xlsx": columns(1, tuple(range(20231000, 20231006))),
    "c29_numeric_password.xlsx": columns(8, tuple(range(42, 48))),
    "c30_password_spaces.xlsx": changed((2, 8, " maple river 42 "), (3, 8, "\xa0otter")),
    "c31_negative_id.xlsx": changed((2, 0, -123)),
    "c32_id_became_date.xlsx": changed((2, 0, dt.date(2026, 12, 5))),
    "c33_id_fraction.xlsx": changed((2, 0, 123.5)),
    "c34_whitespace_only_cells.xlsx": (*plain(), (8, (" ", "\xa0", None, "\u200b"))),
    "c35_lone_surrogate_and_emoji.xlsx": changed((2, 2, "Ana \U0001f600")),
    "d03_cp1252.csv": NO_ACCENTS,
    "d08_macroman.csv": NO_ACCENTS,
    "d09_quoted_newline.csv": changed((2, 4, "Lincoln\r\nElementary")),
    "d10_ragged.csv": (*plain(), (8, ("00129", "gshort", "Gia"))),
    "d13_nul_bytes.csv": changed((2, 2, "A\0na")),
    "d15_mojibake.csv": changed((5, 3, "GarcÃ\xada")),
    "d16_extra_comma.csv": (
        plain()[0], (2, (*ROSTER[0][:3], "Smith", " Jr.", *ROSTER[0][4:])), *plain()[2:]
    ),
}  # fmt: skip

FINDINGS = {
    "s01_hidden_second_sheet.xlsx": [("hidden-sheet", "warning")],
    "s02_two_roster_sheets.xlsx": [("which-sheet", "error")],
    "d03_cp1252.csv": [("encoding-guess", "notice")],
    "d06_semicolon.csv": [("delimiter-guess", "notice")],
    "d07_tab.txt": [("delimiter-guess", "notice")],
    "d08_macroman.csv": [("encoding-guess", "warning")],
    "d10_ragged.csv": [("too-few-cells", "error")],
    "d12_sep_line.csv": [("delimiter-guess", "notice")],
    "d16_extra_comma.csv": [("too-many-cells", "error")],
}
FACTS: dict[str, dict[str, Any]] = {
    "s03_hidden_rows.xlsx": {"hidden_rows": {3, 4}},
    "s04_filtered_rows.xlsx": {"hidden_rows": {2, 3, 4}, "filtered": True},
    "s05_hidden_id_column.xlsx": {"hidden_columns": {0}},
    "s06_merged_header.xlsx": {"merged": (MergedRange(1, 2, 1, 3),)},
    "s07_merged_data.xlsx": {"merged": (MergedRange(2, 4, 4, 4),)},
    "s23_table_total_row.xlsx": {"totals_rows": {8}},
}


def facts(sheet: Sheet) -> dict[str, Any]:
    names = ("hidden_rows", "filtered", "hidden_columns", "merged", "totals_rows")
    return {name: getattr(sheet, name) for name in names if getattr(sheet, name)}


def test_all_files_are_known() -> None:
    assert len(MANIFEST) == 94
    named = EXPECTED.keys() | FINDINGS.keys() | FACTS.keys()
    assert named <= {entry["file"] for entry in MANIFEST}


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_file(entry: dict[str, str]) -> None:
    name, reason = entry["file"], entry["reason"]
    if reason in REFUSED:
        with pytest.raises(UnreadableFile) as refused:
            read_sheet(DATA / name)
        assert refused.value.code == OUR_CODE.get(reason, reason.replace("_", "-"))
        assert str(refused.value).endswith(".")
        assert "\n" not in str(refused.value)
        return
    sheet = read_sheet(DATA / name)
    assert sheet.rows == EXPECTED.get(name, plain())
    assert [(f.code, f.severity) for f in sheet.findings] == FINDINGS.get(name, [])
    assert facts(sheet) == FACTS.get(name, {})


def test_guessed_encoding_shows_a_cell_with_its_row() -> None:
    for name in ("d03_cp1252.csv", "d08_macroman.csv"):
        (finding,) = read_sheet(DATA / name).findings
        assert "García" in finding.message
        assert finding.row == 5


def test_ragged_rows_are_named() -> None:
    assert read_sheet(DATA / "d10_ragged.csv").findings[0].row == 8
    assert read_sheet(DATA / "d16_extra_comma.csv").findings[0].row == 2


def test_unclosed_quote_is_named_by_its_line() -> None:
    with pytest.raises(UnreadableFile, match="line 8 "):
        read_sheet(DATA / "d11_unclosed_quote.csv")


def test_sheets_in_question_are_named() -> None:
    message = read_sheet(DATA / "s02_two_roster_sheets.xlsx").findings[0].message
    assert "Roster" in message
    assert "Roster 2" in message
    assert "--sheet" in message
    hidden = read_sheet(DATA / "s01_hidden_second_sheet.xlsx").findings[0].message
    assert "Roster 2" in hidden
    assert "1 row " in hidden


def test_a_named_sheet_is_read_whatever_else_is_there() -> None:
    for name in ("s01_hidden_second_sheet.xlsx", "s02_two_roster_sheets.xlsx"):
        sheet = read_sheet(DATA / name, sheet="Roster 2")
        assert sheet.name == "Roster 2"
        assert sheet.rows[1][1][:2] == ("00999", "zz")
        assert sheet.findings == ()
