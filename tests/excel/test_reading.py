"""The Import sheet as Excel gives it, as the core wants it."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import Any

import pytest

from rosterkey.core.sheet import ErrorCell, FormulaCell, NumberCell
from rosterkey.excel import reading
from rosterkey.excel.shown_numbers import formats_of_numbers
from rosterkey.excel.writing import joined
from tests.engine.typing_rules import ERROR_NUMBERS
from tests.excel.desk import ANA, BEN, FIRST, Desk


@pytest.mark.parametrize(
    ("value", "number_format", "cell"),
    [
        (None, None, None),
        ("00123", "@", "00123"),
        (123.0, "General", 123),
        (123.0, "00000", NumberCell(123, "00123")),
        (0.05, "0%", NumberCell(0.05, "5%")),
        (1.5, None, 1.5),
        (1e20, None, 1e20),
        (Decimal("12.5"), "General", 12.5),
        (True, None, True),
        ("#N/A", None, ErrorCell("#N/A")),
        (-2146826243, None, ErrorCell("#SPILL!")),
        (-2146826200, None, ErrorCell("#ERROR!")),
        (7, None, 7),
        (dt.datetime(2026, 3, 1), "m/d/yyyy", dt.date(2026, 3, 1)),  # noqa: DTZ001
        (dt.datetime(2026, 3, 1, 8, 30), None, dt.datetime(2026, 3, 1, 8, 30)),  # noqa: DTZ001
    ],
)
def test_a_value_becomes_a_cell(value: Any, number_format: str | None, cell: Any) -> None:
    read = reading._cell(value, number_format)
    assert read == cell
    assert type(read) is type(cell)


@pytest.mark.parametrize(
    ("value", "text", "cell"),
    [
        ("asmith", "=LOWER(C5)", FormulaCell("=LOWER(C5)", "asmith")),
        (None, '=""', FormulaCell('=""', "")),
        ("=1+1", "=1+1", "=1+1"),
        (123.0, "123", 123.0),
    ],
)
def test_a_formula_is_told_from_text_that_looks_like_one(value: Any, text: str, cell: Any) -> None:
    assert reading._with_formula(value, value, text) == cell


def test_every_known_error_number_has_its_text() -> None:
    for text, number in ERROR_NUMBERS.items():
        assert reading._cell(number, None) == ErrorCell(text)


@pytest.mark.parametrize(
    ("found", "shape", "rows"),
    [
        ("a", (1, 1), [["a"]]),
        ((("a",),), (1, 1), [["a"]]),
        (["a", "b"], (1, 2), [["a", "b"]]),
        (["a", "b"], (2, 1), [["a"], ["b"]]),
        ((("a", "b"), ("c", "d")), (2, 2), [["a", "b"], ["c", "d"]]),
    ],
)
def test_blocks_have_one_form(found: Any, shape: tuple[int, int], rows: Any) -> None:
    assert reading._square(found, shape) == rows


def test_on_a_mac_errors_are_found_by_asking_for_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.fill(ANA, BEN)
    cell = desk.cell(FIRST + 1, "Grade")
    cell.number_format = "General"
    cell.value = "=NA()"
    monkeypatch.setattr(sys, "platform", "darwin")
    rows = dict(reading.read_sheet(desk.import_sheet).rows)
    assert rows[FIRST][:5] == ANA[:5]
    assert isinstance(rows[FIRST + 1][4].cached, ErrorCell)  # type: ignore[union-attr]


def test_formats_are_asked_of_as_large_ranges_as_can_be(desk: Desk) -> None:
    sheet = desk.sheet("History")
    area = sheet.range("A20:A1019")
    area.number_format = "General"
    area.value = [[number] for number in range(1000)]
    sheet.range("A500:A520").number_format = "00000"
    desk.book.impl.calls.clear()
    formats = formats_of_numbers(area, [[True]] * 1000)
    assert [r for (r, _), code in formats.items() if code == "00000"] == list(range(480, 501))
    assert desk.book.impl.calls["number_format.get"] < 50


def test_cells_become_few_addresses_that_excel_takes(desk: Desk) -> None:
    cells = [(row, column) for column in (0, 3) for row in range(1, 400, 2)]
    cells += [(row, 5) for row in range(1, 300)]
    parts = list(joined(desk.import_sheet, cells))
    assert sorted(cell for _, inside in parts for cell in inside) == sorted(cells)
    assert len(parts) < 20
