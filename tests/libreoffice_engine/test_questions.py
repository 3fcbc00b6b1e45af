"""What the extension answers about a document, question by question."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rosterkey.libreoffice.channel import Refused
from rosterkey.libreoffice.values import values_of
from rosterkey.workbook.build import build_plain
from rosterkey.workbook.layout import IMPORT
from tests.engine.engine import Screen
from tests.excel.desk import FIRST
from tests.libreoffice_engine.bridge import import_office_side, properties
from tests.libreoffice_engine.direct import DirectChannel
from tests.libreoffice_engine.office import Office

CELL = (1, 1, 1, 1)


@pytest.fixture
def document(office: Office) -> Any:
    """An empty document of one sheet."""
    made = office.desktop.loadComponentFromURL(
        "private:factory/scalc", "_blank", 0, properties(Hidden=True)
    )
    yield made
    made.close(True)


@pytest.fixture
def ask(document: Any) -> Any:
    """Asks about the document's first sheet."""
    channel = DirectChannel(document, Screen())
    name = document.Sheets.ElementNames[0]
    return lambda do, **what: channel.ask(do, **({"sheet": name} | what))


def values(ask: Any, box: tuple[int, ...] = CELL) -> Any:
    """The values of a block as xlwings gets them."""
    return values_of(ask("read", box=box))


@pytest.mark.parametrize(
    ("code", "written", "read"),
    [
        ("General", "00123", "00123"),
        ("General", "1/2", "1/2"),
        ("General", "-Kai", "-Kai"),
        ("General", "'Okusitino", "'Okusitino"),
        ("General", "TRUE", "TRUE"),
        ("General", True, True),
        ("General", 12, 12.0),
        ("General", 0.5, 0.5),
        ("General", "=1+1", 2.0),
        ("General", None, None),
        ("@", "=1+1", "=1+1"),
        ("@", 123, "123"),
        ("@", "", None),
        ("00000", 123, 123.0),
    ],
)
def test_a_value_comes_back_as_it_was_written(
    ask: Any, code: str, written: object, read: object
) -> None:
    ask("set_number_format", boxes=[CELL], code=code)
    ask("write", box=CELL, rows=[[written]])
    found = values(ask)[0][0]
    assert (found, type(found)) == (read, type(read))


def test_a_column_of_links_numbers_and_texts_in_one_block(ask: Any) -> None:
    link = "=HYPERLINK(\"#'Import'!B6\",6)"
    box = (1, 1, 5, 1)
    ask("write", box=box, rows=[[link], [7], [None], ["-5"], ["plain; text, with both"]])
    assert [row[0] for row in values(ask, box)] == [6.0, 7.0, None, "-5", "plain; text, with both"]
    assert ask("read", box=box)["formulas"] == [[0, 0, link]]


def test_cells_of_different_formats_are_written_each_by_its_own(ask: Any) -> None:
    ask("set_number_format", boxes=[(1, 1, 2, 1)], code="@")
    assert ask("number_format", box=(1, 1, 3, 1)) is None
    ask("write", box=(1, 1, 3, 1), rows=[["=1"], ["5"], ["=2+3"]])
    assert values(ask, (1, 1, 3, 1)) == [["=1"], ["5"], [5.0]]


def test_errors_days_and_formulas_without_a_value_are_told_apart(ask: Any, document: Any) -> None:
    sheet = document.Sheets.getByIndex(0)
    for row, formula in enumerate(("=1/0", "=NA()", "=NOSUCHNAME", '=""')):
        sheet.getCellByPosition(0, row).setFormula(formula)
    day = sheet.getCellByPosition(0, 4)
    ask("set_number_format", boxes=[(5, 1, 5, 1)], code="YYYY-MM-DD")
    day.setFormula("2026-09-01")
    document.calculateAll()
    block = ask("read", box=(1, 1, 5, 1))
    assert [error[2] for error in block["errors"]] == ["#DIV/0!", "#N/A", "#NAME?"]
    found = [row[0] for row in values(ask, (1, 1, 5, 1))]
    assert found[3:] == [None, dt.datetime(2026, 9, 1)]  # noqa: DTZ001 - as in a sheet
    assert all(type(error) is int for error in found[:3])
    assert block["formulas"][3] == [3, 0, '=""']


def test_notes_are_written_read_and_taken_away(ask: Any) -> None:
    ask("add_note", row=2, column=3, text="rosterkey:\nError")
    ask("add_note", row=5, column=1, text="mine")
    assert sorted(ask("notes")) == [[2, 3, "rosterkey:\nError"], [5, 1, "mine"]]
    ask("write", box=(2, 3, 2, 3), rows=[["stays"]])
    ask("delete_note", row=2, column=3)
    assert ask("notes") == [[5, 1, "mine"]]
    assert values(ask, (2, 3, 2, 3)) == [["stays"]]
    assert ask("note", row=2, column=3) == ""


def test_fills_of_several_areas(ask: Any) -> None:
    areas = [(1, 1, 2, 1), (4, 2, 4, 2)]
    ask("set_fill", boxes=areas, colour=0xFFC9D1)
    assert ask("fill", boxes=areas) == 0xFFC9D1
    assert ask("fill", boxes=[*areas, (9, 9, 9, 9)]) is None
    ask("set_fill", boxes=areas, colour=-1)
    assert ask("fill", boxes=areas) == -1


def test_what_is_not_done_is_refused_in_words(ask: Any, document: Any) -> None:
    with pytest.raises(Refused, match="nothing of this name"):
        ask("delete_everything")
    with pytest.raises(Refused, match="TypeError"):
        ask("read", wrong=1)
    document.Sheets.getByIndex(0).protect("")
    for do, what in (
        ("write", {"box": CELL, "rows": [["x"]]}),
        ("clear", {"boxes": [CELL]}),
        ("set_fill", {"boxes": [CELL], "colour": 1}),
        ("set_number_format", {"boxes": [CELL], "code": "@"}),
        ("add_note", {"row": 1, "column": 1, "text": "x"}),
        ("delete_note", {"row": 1, "column": 1}),
    ):
        with pytest.raises(Refused, match="protected"):
            ask(do, **what)
    document.Sheets.insertNewByName("Other", 1)
    with pytest.raises(Refused, match="not in front"):
        ask("select", sheet="Other", box=CELL)
    document.Sheets.getByName("Other").IsVisible = False
    with pytest.raises(Refused, match="hidden"):
        ask("show_sheet", sheet="Other")


def test_a_document_open_for_reading_only_is_not_changed(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(build_plain())
    reading = properties(Hidden=True, ReadOnly=True)
    document = office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, reading)
    channel = DirectChannel(document, Screen())
    box = (FIRST, 1, FIRST, 1)
    for do, what in (
        ("write", {"sheet": IMPORT, "box": box, "rows": [["00123"]]}),
        ("clear", {"sheet": IMPORT, "boxes": [box]}),
        ("resize_table", {"name": "tblImport", "box": (4, 1, 9, 14)}),
    ):
        with pytest.raises(Refused, match="for reading only"):
            channel.ask(do, **what)
    document.close(True)


def test_of_several_selected_areas_the_first_counts(ask: Any, document: Any) -> None:
    sheet = document.Sheets.getByIndex(0)
    areas = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for cell in ("B2:C3", "E5"):
        areas.addRangeAddress(sheet.getCellRangeByName(cell).getRangeAddress(), False)
    document.getCurrentController().select(areas)
    place = DirectChannel(document, Screen()).ask("selection")
    assert place == {"sheet": sheet.getName(), "box": [2, 2, 3, 3]}


def test_a_row_grows_with_a_finding_and_shrinks_without(office: Office, tmp_path: Path) -> None:
    import_office_side()
    from rosterkey_office.heights import RowHeights

    path = tmp_path / "roster.xlsx"
    path.write_bytes(build_plain())
    document = office.load(path)
    sheet = document.Sheets.getByName(IMPORT)
    heights = RowHeights(document)
    row = sheet.Rows.getByIndex(FIRST - 1)
    usual = row.Height
    long = "Row 5: the username of Ana Smith is blank. " * 4
    for text in (long, ""):
        before = row.Height
        heights.will_change(IMPORT, [FIRST, 11, FIRST, 11], [[text]])
        sheet.getCellByPosition(10, FIRST - 1).setString(text)
        assert row.Height == before
        heights.adjust()
        assert (row.Height > usual) is bool(text)
    document.close(True)
