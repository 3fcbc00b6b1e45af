"""Cells of a workbook, read the fast way and by the parser: what each kind of cell becomes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, MergedRange, NumberCell
from rosterkey.files.errors import UnreadableFile
from tests.files.read_books import (
    MAIN,
    parts_of,
    read,
    read_rows,
    relations,
    strings,
    styles,
    worksheet,
)

HALF_PAST_TEN = dt.datetime.fromisoformat("2026-03-04T10:30:00")
COMMENT = "<!-- from here on everything goes through the parser -->"


@pytest.fixture(params=["fast", "parsed"])
def slow(request: pytest.FixtureRequest) -> str:
    """What stands before a row's XML: nothing, or a comment that ends the fast way."""
    return COMMENT if request.param == "parsed" else ""


def one(folder: Path, cell: str, **more: str | bytes) -> Cell:
    rows = read_rows(folder, f'<row r="1">{cell}</row>', **more)
    return rows[0][1][0] if rows else None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>12</v></c>', 12),
        ('<c r="A1" t="n"><v>-0.5</v></c>', -0.5),
        ('<c r="A1"><v>1E3</v></c>', 1000),
        ('<c r="A1"><v>1.2345678901234568E18</v></c>', 1.2345678901234568e18),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#N/A</v></c>', ErrorCell("#N/A")),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', ErrorCell("#SPILL!")),
        ('<c r="A1" t="str"><v> x </v></c>', " x "),
        ('<c r="A1" t="inlineStr"><is><t>a &amp; b&#233;</t></is></c>', "a & bé"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        (
            '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>'
            '<rPh sb="0" eb="1"><t>no</t></rPh></is></c>',
            "ab",
        ),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', None),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[<a>]]></t></is></c>', "<a>"),
        ('<c r="A1" s="0"/>', None),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1" t="d"><v>2026-03-04</v></c>', dt.date(2026, 3, 4)),
        ('<c r="A1" t="d"><v>2026-03-04T10:30:00</v></c>', HALF_PAST_TEN),
        ("<c r='A1'><v>7</v></c>", 7),
        ('<c r="A1"><f>B1&amp;"x"</f></c>', FormulaCell('=B1&"x"', None)),
        ('<c r="A1"><f>B1</f><v></v></c>', FormulaCell("=B1", None)),
        ('<c r="A1"><f>B1</f><v/></c>', FormulaCell("=B1", None)),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', FormulaCell("=B1", "")),
        ('<c r="A1" t="str"><f aca="false">B1</f><v>x</v></c>', FormulaCell("=B1", "x")),
        ('<c r="A1"><f>B1</f><v>0</v></c>', FormulaCell("=B1", 0)),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', FormulaCell("=1/0", ErrorCell("#DIV/0!"))),
        ('<c r="A1"><f t="array" ref="A1">B1</f><v>3</v></c>', FormulaCell("=B1", 3)),
    ],
)  # fmt: skip
def test_one_cell(tmp_path: Path, slow: str, cell: str, value: Cell) -> None:
    read_value = one(tmp_path, slow + cell)
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("A_x0000_na", "A\0na"),
        ("Bo_x000D_", "Bo\r"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x0041_x0042_", "Ax0042_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_x00_", "_x00_"),
        ("", None),
    ],
)
def test_escapes_read_as_excel_shows_them(
    tmp_path: Path, slow: str, written: str, text: str
) -> None:
    shared = strings(f"<t>{written}</t>").replace("<si>", f"{slow}<si>")
    cell = f'{slow}<c r="A1" t="s"><v>0</v></c>'
    assert one(tmp_path, cell, sharedStrings=shared) == text
    inline = f'{slow}<c r="A1" t="inlineStr"><is><t>{written}</t></is></c>'
    assert one(tmp_path, inline) == text


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("00000", "123", NumberCell(123, "00123")),
        ("0%", "0.05", NumberCell(0.05, "5%")),
        ("0.00E+00", "12345678", NumberCell(12345678, "1.23E+07")),
        ("&quot;S-&quot;0000", "42", NumberCell(42, "S-0042")),
        ("0", "123", 123),
        ("@", "123", 123),
        ("General", "123", 123),
        ("yyyy-mm-dd", "44562", dt.date(2022, 1, 1)),
        ("yyyy-mm-dd hh:mm", "44562.5", dt.datetime.fromisoformat("2022-01-01T12:00")),
        ("d-mmm", "1", dt.date(1900, 1, 1)),
        ("d-mmm", "59", dt.date(1900, 2, 28)),
        ("d-mmm", "61", dt.date(1900, 3, 1)),
        ("d-mmm", "-1", NumberCell(-1, "########")),
        ("d-mmm", "10012345", NumberCell(10012345, "########")),
        ("h:mm", "0.25", dt.time(6)),
        ("[h]:mm", "1.5", dt.timedelta(hours=36)),
        ("[$-409]d-mmm;@", "44562", dt.date(2022, 1, 1)),
        ("[Red]0", "5", 5),
    ],
)
def test_numbers_by_format(tmp_path: Path, slow: str, code: str, number: str, value: Cell) -> None:
    cell = f'{slow}<c r="A1" s="1"><v>{number}</v></c>'
    assert one(tmp_path, cell, styles=styles(code)) == value


def test_dates_from_1904(tmp_path: Path) -> None:
    parts = parts_of(worksheet('<row r="1"><c r="A1" s="1"><v>0</v></c></row>'))
    book = str(parts["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    parts |= {"xl/workbook.xml": book, "xl/styles.xml": styles("d-mmm")}
    assert read(tmp_path, parts).rows == ((1, (dt.date(1904, 1, 1),)),)


def test_gaps_blank_rows_and_trailing_blanks(tmp_path: Path, slow: str) -> None:
    rows = (
        f'<row r="1"/>{slow}<row r="3"><c r="A3" s="1"/><c r="C3"><v>1</v></c><c r="D3"/></row>'
        '<row r="4"></row><row r="7"><c r="AA7"><v>2</v></c></row>'
    )
    assert read_rows(tmp_path, rows) == ((3, (None, None, 1)), (7, (*[None] * 26, 2)))


def test_rows_and_cells_without_references(tmp_path: Path, slow: str) -> None:
    rows = (
        f"{slow}<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/>"
        '<row><c><v>3</v></c><c r="D3"><v>4</v></c><c><v>5</v></c></row>'
    )
    assert read_rows(tmp_path, rows) == ((1, (1, None, 2)), (3, (3, None, None, 4, 5)))


def test_a_blank_shared_text_at_the_end_is_no_cell(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    shared = strings("<t></t>", "<t>x</t>")
    assert read_rows(tmp_path, rows, sharedStrings=shared) == ((1, ("x",)),)


def test_shared_formulas_move_with_their_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2" t="str"><f t="shared" ref="A2:A3" si="0">'
        'LOWER(B2&amp;$C$1&amp;"B2"&amp;LOG10(1))</f><v>x</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f t="shared" si="0"/><v>y</v></c></row>'
    )
    assert read_rows(tmp_path, rows) == (
        (2, (FormulaCell('=LOWER(B2&$C$1&"B2"&LOG10(1))', "x"),)),
        (3, (FormulaCell('=LOWER(B3&$C$1&"B2"&LOG10(1))', "y"),)),
    )


def test_an_array_formula_fills_its_cells(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">C1:D2</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '</row><row r="2"><c r="A2"><v>3</v></c><c r="C2"><v>4</v></c></row>'
        '<row r="3"><c r="A3"><v>5</v></c></row>'
    )
    f = "=C1:D2"
    assert read_rows(tmp_path, rows) == (
        (1, (FormulaCell(f, 1), FormulaCell(f, 2))),
        (2, (FormulaCell(f, 3), None, 4)),
        (3, (5,)),
    )


def test_many_arrays_one_after_the_other_are_read(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><f t="array" ref="A{r}:B{r}">C{r}</f><v>1</v></c></row>'
        for r in range(1, 400)
    )
    assert len(read_rows(tmp_path, rows)) == 399


def test_facts_beside_the_cells(tmp_path: Path, slow: str) -> None:
    cells = "".join(
        f'<row r="{n}"{h}><c r="A{n}"><v>1</v></c></row>'
        for n, h in ((1, ""), (2, ' hidden="1"'), (3, ' hidden="0"'), (4, ' hidden="true"'))
    )
    parts = parts_of(
        worksheet(
            slow + cells + '<row r="9" hidden="1"/>',
            before='<cols><col min="2" max="3" hidden="1"/><col min="4" max="16384"/></cols>',
            after='<autoFilter ref="A1:A4"/><mergeCells><mergeCell ref="A1:C2"/></mergeCells>',
        )
    )
    sheet = read(tmp_path, parts)
    assert sheet.hidden_rows == {2, 4}
    assert sheet.hidden_columns == {1, 2}
    assert sheet.merged == (MergedRange(1, 0, 2, 2),)
    assert not sheet.filtered


FILTER = '<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'


@pytest.mark.parametrize(
    ("after", "filtered"),
    [
        (f'<autoFilter ref="A1:A4">{FILTER}</autoFilter>', True),
        (f'<autoFilter ref="A10:A14">{FILTER}</autoFilter>', False),
        ('<autoFilter ref="A1:A4"><filterColumn colId="0" hiddenButton="1"/></autoFilter>', False),
    ],
)
def test_a_filter_hides_rows_only_with_criteria(tmp_path: Path, after: str, filtered: bool) -> None:
    rows = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
    assert read(tmp_path, parts_of(worksheet(rows, after=after))).filtered is filtered


def test_a_table_tells_its_totals_row_and_its_filter(tmp_path: Path) -> None:
    table = (
        f'<table xmlns="{MAIN}" ref="A1:B5" totalsRowCount="1">'
        f"<autoFilter>{FILTER}</autoFilter></table>"
    )
    rows = '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>'
    parts = parts_of(worksheet(rows)) | {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("r1", "table", "../tables/t.xml")),
        "xl/tables/t.xml": table,
    }
    sheet = read(tmp_path, parts)
    assert sheet.totals_rows == {5}
    assert sheet.filtered


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["", ' s="1"']),
        st.sampled_from(
            [
                ' t="s"><v>{i}</v></c>', "><v>{i}</v></c>", "/>", "></c>", ' t="b"><v>1</v></c>',
                ' t="e"><v>#N/A</v></c>', ' t="inlineStr"><is><t>a&lt;{i}</t></is></c>',
                ' t="str"><f>A1&amp;1</f><v>q</v></c>', "><f>A1</f></c>",
                ' t="str"><f>A1</f><v></v></c>',
            ]
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["", ' hidden="1"', ' spans="1:3"']), CELLS), max_size=5))
def test_both_ways_read_the_same(
    tmp_path: Path, rows: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    xml = ""
    for r, (attributes, cells) in enumerate(rows, start=1):
        body = "".join(
            f'<c r="{"ABCDEF"[i]}{r}"{style}' + rest.format(i=(r * i) % 3)
            for i, (style, rest) in enumerate(cells)
        )
        xml += f'<row r="{r}"{attributes}>{body}</row>'
    parts = parts_of(worksheet(xml)) | {
        "xl/sharedStrings.xml": strings("<t>x&amp;_x0041_</t>", "<t/>", "<t></t>"),
        "xl/styles.xml": styles("00000"),
    }
    fast = read(tmp_path, parts)
    parsed = read(tmp_path, parts | {"xl/worksheets/sheet1.xml": worksheet(COMMENT + xml)})
    assert fast.rows == parsed.rows
    assert fast.hidden_rows == parsed.hidden_rows


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>twelve</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1" t="q"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><v>&nix;</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged(tmp_path: Path, slow: str, rows: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_rows(tmp_path, slow + rows, sharedStrings=strings("<t>x</t>"))
    assert refused.value.code == "damaged-file"
