"""The template's XML: what openpyxl does not tell, and what makes a build reproducible."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from rosterkey.core.checks.decision_words import read_words
from rosterkey.core.reading.columns import find_header
from rosterkey.files.read import read_sheet
from rosterkey.workbook import layout
from rosterkey.workbook.sheets import look
from rosterkey.workbook.template import write_template
from tests.libreoffice import convert, needs_libreoffice

PROJECT = b"in the place of a VBA project"
CONTRAST = 4.5
"""What WCAG 2.1 asks of text in its usual size (success criterion 1.4.3)."""


def built(vba_project: bytes | None = None) -> bytes:
    stream = io.BytesIO()
    write_template(stream, vba_project)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: package.read(name).decode() for name in package.namelist() if ".bin" not in name
        }


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    return parts_of(built(PROJECT))


def sheet_part(name: str) -> str:
    return f"xl/worksheets/sheet{layout.SHEETS.index(name) + 1}.xml"


@pytest.mark.parametrize("vba_project", [None, PROJECT])
def test_two_builds_are_equal(vba_project: bytes | None) -> None:
    assert built(vba_project) == built(vba_project)


def test_no_build_carries_its_day() -> None:
    with zipfile.ZipFile(io.BytesIO(built(PROJECT))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"W3CDTF\">([^<]*)<", told)) == {"2025-01-01T00:00:00Z"}


def test_the_project_is_inside_as_it_was_given() -> None:
    with zipfile.ZipFile(io.BytesIO(built(PROJECT))) as package:
        assert package.read("xl/vbaProject.bin") == PROJECT
        types = package.read("[Content_Types].xml").decode()
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types


def test_code_names_are_those_of_the_document_modules(parts: dict[str, str]) -> None:
    assert 'codeName="ThisWorkbook"' in parts["xl/workbook.xml"]
    for name in layout.SHEETS:
        assert f'<sheetPr codeName="Sheet{name}">' in parts[sheet_part(name)]


def buttons_of(parts: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Of each macro: the caption of a button that starts it, and its alternative text."""
    found = {}
    for name, xml in parts.items():
        if name.startswith("xl/drawings/vmlDrawing"):
            for shape in re.findall(r"<v:shape .*?</v:shape>", xml, re.DOTALL):
                macro = re.search(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", shape)
                caption = re.search(r"<font[^>]*>([^<]*)</font>", shape)
                told = re.search(r' alt="([^"]*)"', shape)
                assert macro
                assert caption
                assert told, f"{macro[1]} has no alternative text"
                found[macro[1]] = (caption[1], told[1])
    return found


def test_every_button_of_the_layout_is_on_a_sheet(parts: dict[str, str]) -> None:
    words = {name: name.split("_") for name in layout.BUTTONS}
    macros = {"Button_" + "".join(map(str.capitalize, parts)) for parts in words.values()}
    assert {"Button_NextFinding", "Button_Import", "Button_OpenCsv"} <= macros
    assert set(buttons_of(parts)) == macros


def test_buttons_tell_what_they_do(parts: dict[str, str]) -> None:
    for macro, (caption, told) in buttons_of(parts).items():
        spoken = "".join(caption.title().split())
        assert f"Button_{spoken}".lower() == macro.lower()
        assert told.startswith(f"{caption}: ")
        assert len(told) > len(caption) + 10


def test_buttons_tell_what_their_functions_do(parts: dict[str, str]) -> None:
    told = {macro: words for macro, (_, words) in buttons_of(parts).items()}
    assert "sheet Import" in told["Button_SaveCsv"]
    assert "Tell" in told["Button_Settings"]
    assert "Explain" in told["Button_Help"]
    assert not [words for words in told.values() if "sheet Settings" in words]


def test_save_csv_stands_on_the_sheet_that_it_saves(parts: dict[str, str]) -> None:
    holding = [xml for name, xml in parts.items() if "Button_SaveCsv" in xml and ".vml" in name]
    assert len(holding) == 1
    assert "Button_OpenCsv" in holding[0]
    assert "Button_Export" not in holding[0]


def test_the_decision_column_is_told_with_the_words_that_count(parts: dict[str, str]) -> None:
    [table] = [x for n, x in parts.items() if n.startswith("xl/tables/") and "tblImport" in x]
    told = re.search(r'altTextSummary="[^"]*Decision is read too: ([^"]*)\."', table)
    assert told
    words = read_words(told[1].replace(", ", ";"))
    assert len(words) == 7
    assert all(word.known for word in words)


def test_without_macros_there_is_no_button() -> None:
    assert not [name for name in parts_of(built()) if "vmlDrawing" in name]


def test_every_table_and_chart_has_an_alternative_text(parts: dict[str, str]) -> None:
    tables = [xml for name, xml in parts.items() if name.startswith("xl/tables/")]
    assert len(tables) == len(layout.TABLES) + 2
    for xml in tables:
        assert re.search(r'<x14:table altText="[^"]+" altTextSummary="[^"]{20,}"/>', xml)
        assert '<tableStyleInfo name="TableStyleLight1"' in xml
    charts = re.findall(r"<xdr:cNvPr [^>]*Chart[^>]*>", parts["xl/drawings/drawing1.xml"])
    assert len(charts) == 2
    assert all(re.search(r'descr="[^"]{20,}"', chart) for chart in charts)


def test_table_columns_hand_their_format_to_new_rows(parts: dict[str, str]) -> None:
    formats = re.findall(r"<dxf>.*?</dxf>", parts["xl/styles.xml"], re.DOTALL)
    [table] = [x for n, x in parts.items() if n.startswith("xl/tables/") and "tblImport" in x]
    columns = re.findall(r'name="([^"]*)" dataDxfId="(\d+)"', table)
    assert tuple(name for name, _ in columns) == layout.IMPORT_HEADINGS
    for name, number in columns:
        assert 'formatCode="@"' in formats[int(number)], name


def test_numbers_in_text_cells_get_no_green_corner(parts: dict[str, str]) -> None:
    last = layout.LAST_ROW
    assert (
        f'<ignoredError sqref="A5:N{last}" numberStoredAsText="1"/>'
        in (parts[sheet_part(layout.IMPORT)])
    )


def test_charts_have_titles_and_read_the_tables(parts: dict[str, str]) -> None:
    charts = [xml for name, xml in parts.items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    [outcomes, schools] = sorted(charts, key=lambda xml: xml.count("<c:ser>"))
    first = layout.SUMMARY_HEADER_ROW + 1
    last = layout.SUMMARY_HEADER_ROW + len(layout.OUTCOMES)
    assert references(outcomes) == [
        f"Summary!$A${first}:$A${last}",
        f"Summary!$B${first}:$B${last}",
    ]
    last = layout.SUMMARY_HEADER_ROW + layout.SCHOOLS_ROWS
    series = [
        (f"Summary!${c}${first - 1}", f"Summary!$E${first}:$E${last}",
         f"Summary!${c}${first}:${c}${last}")
        for c in "GHI"
    ]  # fmt: skip
    assert references(schools) == [reference for each in series for reference in each]
    for xml in charts:
        assert re.search(r"<c:title>.*?<a:t>[^<]+</a:t>", xml, re.DOTALL)


def references(chart: str) -> list[str]:
    return re.findall(r"<c:f>([^<]*)</c:f>", chart)


def test_parts_of_a_bar_differ_without_colour(parts: dict[str, str]) -> None:
    [xml] = [x for n, x in parts.items() if n.startswith("xl/charts/") and x.count("<c:ser>") == 3]
    created, changed, errors = re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL)
    assert "<a:pattFill" in errors
    light, dark = (re.search(r'<a:srgbClr val="(\w{6})"', x) for x in (created, changed))
    assert light
    assert dark
    assert contrast(f"#{light[1]}", f"#{dark[1]}") > 3, "seen in grey (WCAG 2.1, 1.4.11)"


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` as WCAG 2.1 defines it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        *((tone.text, tone.fill) for tone in (look.ERROR, look.WARNING, look.NOTICE)),
        *((tone.text, tone.fill) for tone in (look.GOOD, look.QUIET)),
        (look.ERROR.text, look.WHITE),
        (look.INK, look.WHITE),
        (look.MUTED, look.WHITE),
        (look.LINK, look.WHITE),
        (look.WHITE, look.INK),
        (look.WHITE, look.RESULT_HEADER),
        ("#000000", look.INPUT),
    ],
)
def test_text_can_be_read_on_its_background(text: str, fill: str) -> None:
    assert contrast(text, fill) >= CONTRAST


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") < CONTRAST < contrast("#767676", "#FFFFFF")


def test_the_reader_finds_the_import_sheet_and_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(built())
    sheet = read_sheet(path)
    header = find_header(sheet)
    assert (sheet.name, header.row) == (layout.IMPORT, layout.HEADER_ROW)
    assert list(header.positions.values()) == list(range(8))
    assert [number for number, cells in sheet.rows if number > header.row and any(cells)] == []


@needs_libreoffice
def test_libreoffice_opens_and_prints_it(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(built())
    pdf = convert(path, "pdf")
    visible = len(layout.SHEETS) - 1
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == visible


@needs_libreoffice
def test_libreoffice_keeps_lists_and_colours(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(built())
    again = parts_of(convert(path, "xlsx").read_bytes())[sheet_part(layout.IMPORT)]
    for name in ("ListSchools", "ListGrades", "ListDecisions"):
        assert f"OFFSET({name},0,0,COUNTA({name}),1)" in again.replace(", ", ",")
    assert "SEARCH(&quot;Assign ID&quot;" in again
