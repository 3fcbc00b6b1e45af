"""The template's sheets as openpyxl reads them: tables, names, formats, checks, colours."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rosterkey.core.checks.decision_words import read_words
from rosterkey.core.options import Limits
from rosterkey.core.reading.columns import RESULT_HEADINGS
from rosterkey.workbook import layout
from rosterkey.workbook.template import write_template

HEADINGS = {
    layout.EXPORT: layout.EXPORT_HEADINGS,
    layout.IMPORT: layout.IMPORT_HEADINGS,
    layout.FINDINGS: layout.FINDINGS_HEADINGS,
    layout.CHANGES: layout.CHANGES_HEADINGS,
    layout.HISTORY: layout.HISTORY_HEADINGS,
}
FIRST = layout.HEADER_ROW + 1


@pytest.fixture(scope="module")
def book() -> Workbook:
    stream = io.BytesIO()
    write_template(stream, None)
    return openpyxl.load_workbook(stream)


def letter(sheet: str, heading: str) -> str:
    return get_column_letter(HEADINGS[sheet].index(heading) + 1)


def formats_of(sheet: Worksheet, column: str) -> list[str]:
    """The number formats below the header: of the row that is there, and of the whole column.

    openpyxl joins neighbouring columns of one look under the first one's letter.
    """
    number = openpyxl.utils.column_index_from_string(column)
    whole = next(d for d in sheet.column_dimensions.values() if d.min <= number <= d.max)
    return [sheet[f"{column}{FIRST}"].number_format, whole.number_format]


def check_of(sheet: Worksheet, cell: str) -> DataValidation:
    found = [v for v in sheet.data_validations.dataValidation if cell in v.sqref]
    assert len(found) == 1, f"{cell} has {len(found)} checks"
    return found[0]


def test_the_sheets_stand_in_their_order(book: Workbook) -> None:
    assert tuple(book.sheetnames) == layout.SHEETS
    assert book.active.title == layout.START
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    assert hidden == [layout.LISTS]


@pytest.mark.parametrize("name", layout.SHEETS)
def test_a_sheet_says_what_it_is_for(book: Workbook, name: str) -> None:
    title, hint = book[name]["A1"].value, book[name]["A2"].value
    assert isinstance(title, str)
    assert isinstance(hint, str)
    assert title != hint
    assert hint.endswith((".", "?"))


@pytest.mark.parametrize("name", layout.TABLES)
def test_a_table_has_the_headings_of_the_layout_and_one_blank_row(
    book: Workbook, name: str
) -> None:
    sheet = book[name]
    assert list(sheet.tables) == [layout.TABLES[name]]
    table = sheet.tables[layout.TABLES[name]]
    last = get_column_letter(len(HEADINGS[name]))
    assert table.ref == f"A{layout.HEADER_ROW}:{last}{FIRST}"
    assert table.autoFilter.ref == table.ref
    assert tuple(table.column_names) == HEADINGS[name]
    assert tuple(cell.value for cell in sheet[layout.HEADER_ROW]) == HEADINGS[name]
    assert all(cell.value is None for cell in sheet[FIRST])


@pytest.mark.parametrize("name", layout.TABLES)
def test_a_table_keeps_its_header_in_sight_and_on_each_page(book: Workbook, name: str) -> None:
    sheet = book[name]
    column = "C" if name == layout.IMPORT else "A"
    assert sheet.freeze_panes == f"{column}{FIRST}"
    assert sheet.print_title_rows == f"${layout.HEADER_ROW}:${layout.HEADER_ROW}"


@pytest.mark.parametrize("name", layout.SHEETS)
def test_a_sheet_prints_one_page_wide_with_page_numbers(book: Workbook, name: str) -> None:
    sheet = book[name]
    upright = name == layout.SETTINGS
    assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # Blank means 1, and a height of 0 as many pages as it takes.
    assert sheet.page_setup.fitToWidth in (None, 1)
    one_page = name in (layout.START, layout.SETTINGS)
    assert sheet.page_setup.fitToHeight == (None if one_page else 0)
    assert sheet.oddFooter.center.text == "Page &P of &N"


def test_summary_has_the_outcomes_and_room_for_schools(book: Workbook) -> None:
    sheet = book[layout.SUMMARY]
    tables = {table.name: table for table in sheet.tables.values()}
    assert set(tables) == {layout.SUMMARY_TABLE, layout.SCHOOLS_TABLE}
    outcomes, schools = tables[layout.SUMMARY_TABLE], tables[layout.SCHOOLS_TABLE]
    assert tuple(outcomes.column_names) == layout.SUMMARY_HEADINGS
    assert tuple(schools.column_names) == layout.SCHOOLS_HEADINGS
    _, *lines = [[cell.value for cell in row] for row in sheet[outcomes.ref]]
    assert [(word, meaning) for word, _, meaning in lines] == list(layout.OUTCOMES.values())
    assert {number for _, number, _ in lines} == {None}
    header, *rows = [[cell.value for cell in row] for row in sheet[schools.ref]]
    assert tuple(header) == layout.SCHOOLS_HEADINGS
    assert rows == [[None] * len(header)] * layout.SCHOOLS_ROWS


def test_every_name_is_there_and_no_other(book: Workbook) -> None:
    assert set(book.defined_names) == set(layout.NAMES)


@pytest.mark.parametrize("name", [n for n in layout.NAMES if n.startswith("Start")])
def test_a_state_says_that_nothing_is_done_yet(book: Workbook, name: str) -> None:
    [(sheet, cell)] = book.defined_names[name].destinations
    assert sheet == layout.START
    done = name.removeprefix("Start").lower()
    said = "Not connected yet" if done == "database" else f"Not {done} yet"
    assert book[sheet][cell].value == said


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("SettingDatabase", "Account database"),
        ("SettingDistrict", "District"),
        ("SettingSchool", "School"),
        ("SettingGrade", "Grade"),
        ("SettingClass", "Class"),
        ("SettingPattern", "Pattern"),
        ("SettingLeaveOut", "Leave out rows with errors"),
        ("SettingReason", "Reason"),
    ],
)
def test_a_setting_is_a_blank_text_cell_beside_its_label(
    book: Workbook, name: str, label: str
) -> None:
    [(sheet, address)] = book.defined_names[name].destinations
    assert sheet == layout.SETTINGS
    cell = book[sheet][address]
    assert (cell.value, cell.number_format) == (None, "@")
    assert cell.offset(0, -1).value == label
    assert cell.offset(0, 1).value, "a note stands beside it"


def test_every_limit_has_its_cell_and_tells_the_usual_value(book: Workbook) -> None:
    told = {}
    for limit in fields(Limits):
        name = "Limit" + limit.name.title().replace("_", "")
        [(sheet, address)] = book.defined_names[name].destinations
        assert sheet == layout.SETTINGS
        cell = book[sheet][address]
        assert (cell.value, cell.number_format) == (None, "@")
        assert cell.offset(0, -1).value
        told[limit.name] = cell.offset(0, 1).value.partition(". ")[0]
    assert told["creates"] == f"Usually {Limits().creates}"
    assert told["creates_share"] == f"Usually {Limits().creates_share:.0%}"
    assert told["size_factor"] == f"Usually {Limits().size_factor:.0f}"


@pytest.mark.parametrize(
    ("name", "heading"), [("ListSchools", "Schools"), ("ListGrades", "Grades")]
)
def test_a_list_is_blank_text_below_its_heading(book: Workbook, name: str, heading: str) -> None:
    [(sheet, area)] = book.defined_names[name].destinations
    assert sheet == layout.LISTS
    cells = [row[0] for row in book[sheet][area]]
    assert len(cells) == layout.LIST_ROWS
    assert {cell.value for cell in cells} == {None}
    assert cells[0].offset(-1).value == heading
    column = book[sheet].column_dimensions[cells[0].column_letter]
    assert column.number_format == "@"


def test_the_plan_has_its_place_on_the_hidden_sheet(book: Workbook) -> None:
    [(sheet, address)] = book.defined_names["PlanDigest"].destinations
    assert sheet == layout.LISTS
    assert (book[sheet][address].value, book[sheet][address].number_format) == (None, "@")


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        *((layout.EXPORT, heading) for heading in layout.EXPORT_HEADINGS),
        *((layout.IMPORT, heading) for heading in layout.IMPORT_HEADINGS),
        (layout.FINDINGS, "Student"),
        (layout.FINDINGS, "Message"),
        (layout.FINDINGS, "Suggested value"),
        (layout.CHANGES, "Student"),
        (layout.CHANGES, "Before"),
        (layout.CHANGES, "After"),
        (layout.HISTORY, "Who"),
        (layout.HISTORY, "What"),
    ],
)
def test_what_people_wrote_stays_text_down_the_whole_column(
    book: Workbook, sheet: str, heading: str
) -> None:
    assert formats_of(book[sheet], letter(sheet, heading)) == ["@", "@"]


@pytest.mark.parametrize("name", [layout.FINDINGS, layout.CHANGES])
def test_a_link_can_stand_under_row(book: Workbook, name: str) -> None:
    column = letter(name, "Row")
    assert "@" not in formats_of(book[name], column), "a formula in a text cell stays text"
    assert book[name][f"{column}{FIRST}"].font.underline == "single"


@pytest.mark.parametrize(("heading", "name"), [("School", "ListSchools"), ("Grade", "ListGrades")])
@pytest.mark.parametrize("row", [FIRST, layout.LAST_ROW])
def test_lists_are_offered_and_other_entries_only_warned_of(
    book: Workbook, heading: str, name: str, row: int
) -> None:
    column = letter(layout.IMPORT, heading)
    check = check_of(book[layout.IMPORT], f"{column}{row}")
    assert (check.type, check.errorStyle) == ("list", "warning")
    assert check.showErrorMessage
    assert check.showInputMessage
    assert heading in check.errorTitle
    assert check.error
    assert check.prompt
    # The filled part of the list; the cell itself as long as the list is empty.
    assert check.formula1 == (
        f"IF(COUNTA({name})=0,{column}{FIRST},OFFSET({name},0,0,COUNTA({name}),1))"
    )


def test_any_decision_may_be_written_and_the_words_that_count_are_offered(book: Workbook) -> None:
    column = letter(layout.IMPORT, "Decision")
    check = check_of(book[layout.IMPORT], f"{column}{FIRST}")
    assert not check.showErrorMessage
    assert "decide about this row" in check.prompt
    [(sheet, area)] = book.defined_names["ListDecisions"].destinations
    offered = [row[0].value for row in book[sheet][area] if row[0].value]
    assert len(offered) == 7
    assert all(word.known for text in offered for word in read_words(text))
    assert "OFFSET(ListDecisions,0,0,COUNTA(ListDecisions),1)" in check.formula1


@pytest.mark.parametrize("heading", layout.IMPORT_HEADINGS)
def test_a_heading_explains_its_column(book: Workbook, heading: str) -> None:
    column = letter(layout.IMPORT, heading)
    check = check_of(book[layout.IMPORT], f"{column}{layout.HEADER_ROW}")
    assert (check.type, check.promptTitle) == (None, heading)
    assert check.prompt


def test_leave_out_is_yes_or_no(book: Workbook) -> None:
    [(sheet, address)] = book.defined_names["SettingLeaveOut"].destinations
    check = check_of(book[sheet], address.replace("$", ""))
    assert (check.formula1, check.errorStyle) == ('"no,yes"', None)


def words_of(sheet: Worksheet, column: str) -> dict[str, tuple[bool | None, str, str]]:
    """The words that a column's colours look for: bold, colour of text, colour of background."""
    return {
        word[1]: (rule.dxf.font.b, rule.dxf.font.color.rgb, rule.dxf.fill.bgColor.rgb)
        for area, rule in rules_of(sheet)
        if area.startswith(f"{column}{FIRST}:{column}")
        and (word := re.search(r'SEARCH\("(.*?)"', rule.formula[0]))
    }


def rules_of(sheet: Worksheet) -> Iterator[tuple[str, object]]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            yield str(area.sqref), rule


@pytest.mark.parametrize(
    ("name", "heading"), [(layout.IMPORT, "Result"), (layout.CHANGES, "Outcome")]
)
def test_every_outcome_has_its_colours(book: Workbook, name: str, heading: str) -> None:
    words = words_of(book[name], letter(name, heading))
    assert {word for word, _ in layout.OUTCOMES.values()} <= set(words)
    assert words["Error"][0], "an error is bold, which is seen without colours too"
    assert words["Error"][2] != words["Create"][2] != words["Unchanged"][2]


def test_every_severity_has_its_colours(book: Workbook) -> None:
    words = words_of(book[layout.FINDINGS], letter(layout.FINDINGS, "Severity"))
    assert set(words) == {"Error", "Warning", "Notice"}
    assert all(bold for bold, _, _ in words.values())


def test_the_roster_cells_get_no_fill_from_conditions(book: Workbook) -> None:
    # It would hide the fill of the very cell that a finding is about.
    last = letter(layout.IMPORT, "Password")
    rules = [rule for area, rule in rules_of(book[layout.IMPORT]) if area.startswith("A")]
    assert next(a for a, _ in rules_of(book[layout.IMPORT])).startswith(f"A{FIRST}:{last}")
    assert rules
    assert all(rule.dxf.fill is None for rule in rules)


@pytest.mark.parametrize("name", layout.TABLES)
def test_conditions_do_not_overlap_and_reach_the_last_row(book: Workbook, name: str) -> None:
    areas = [str(area.sqref) for area in book[name].conditional_formatting]
    spans = [re.fullmatch(rf"([A-Z]){FIRST}:([A-Z]){layout.LAST_ROW}", area) for area in areas]
    assert all(spans), areas
    covered = [column for span in spans if span for column in range(ord(span[1]), ord(span[2]) + 1)]
    assert sorted(covered) == [ord("A") + n for n in range(len(HEADINGS[name]))]


def test_headings_of_results_look_different(book: Workbook) -> None:
    header = book[layout.IMPORT][layout.HEADER_ROW]
    fills = {cell.value: cell.fill.fgColor.rgb for cell in header}
    results = {fills.pop(heading) for heading in RESULT_HEADINGS}
    assert len(results) == 1
    assert len(set(fills.values())) == 1
    assert results != set(fills.values())


def test_nobody_is_in_the_template(book: Workbook) -> None:
    for name, headings in HEADINGS.items():
        assert book[name].max_row == FIRST, name
        assert all(cell.value is None for cell in book[name][FIRST][: len(headings)])
