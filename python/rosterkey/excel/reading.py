"""The Import sheet as it stands in Excel, as the one sheet value that the core works on.

A few calls for the whole sheet: values, formulas, and what no cell tells (formats of numbers,
hidden rows, merged cells), asked of ranges that are as large as can be.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rosterkey.core.reading.columns import find_header
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet
from rosterkey.excel.shape import hidden_and_merged, totals_rows
from rosterkey.excel.shown_numbers import formats_of_numbers
from rosterkey.files.workbook.number_format import Meaning, meaning_of, shown
from rosterkey.usecases.mappings import with_meanings

if TYPE_CHECKING:
    import xlwings as xw

Grid = list[list[Any]]
"""The values of a range, row by row."""

_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?",
    2036: "#NUM!", 2042: "#N/A", 2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!",
    2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
_ERROR_TEXTS = frozenset(_ERRORS.values())
_NO_ERROR = -2_146_828_288
"""Windows hands errors out as whole numbers: this one plus 2000 and more (the constants of
XlCVError). Real numbers come as float."""
_WHOLE = 1e15
"""Above it a float no longer holds every whole number that Excel can show."""


def read_sheet(sheet: xw.Sheet) -> Sheet:
    """Read a sheet from A1 to its last used cell.

    The result equals what reading the saved file gives, so that the button and the command make
    the same plan.
    """
    area = sheet.range((1, 1), sheet.used_range.last_cell)
    values = values_of(area)
    formulas = _square(area.formula, area.shape)
    formats = formats_of_numbers(area, [[_is_number(v) for v in row] for row in values])
    rows = []
    for index, (line, texts) in enumerate(zip(values, formulas, strict=True)):
        cells = [
            _with_formula(_cell(value, formats.get((index, place))), value, text)
            for place, (value, text) in enumerate(zip(line, texts, strict=True))
        ]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append((index + 1, tuple(cells)))
    read = with_meanings(Sheet(sheet.name, tuple(rows)))
    # What is merged above the header row are titles, and nobody needs to ask.
    facts = hidden_and_merged(sheet, area, find_header(read).row or 1)
    return replace(
        read,
        hidden_rows=facts.hidden_rows,
        filtered=facts.filtered,
        hidden_columns=facts.hidden_columns,
        merged=facts.merged,
        totals_rows=totals_rows(sheet),
    )


def values_of(area: xw.Range) -> Grid:
    """The values of a range in one reading, errors as their text."""
    if sys.platform == "darwin":
        return _values_on_mac(area)
    values: Grid = area.options(ndim=2, err_to_str=True).value
    return values


def _values_on_mac(area: xw.Range) -> Grid:
    """The same on a Mac, where xlwings cannot tell errors from blanks in a block of cells."""
    values: Grid = area.options(ndim=2).value
    for kind in ("formulas", "constants"):
        areas = area.get_special_cells(kind, "errors")
        for part in areas if isinstance(areas, list) else ():
            for row, column in _places(part):
                values[row - area.row][column - area.column] = "#VALUE!"
    return values


def _places(part: xw.Range) -> Iterator[tuple[int, int]]:
    rows, columns = part.shape
    for row in range(part.row, part.row + rows):
        for column in range(part.column, part.column + columns):
            yield row, column


def _square(found: Any, shape: tuple[int, int]) -> Grid:
    """Rows of texts, whatever form the system gives them for one cell or one row."""
    if shape == (1, 1):
        while isinstance(found, (list, tuple)):
            found = found[0]
        return [[found]]
    if not isinstance(found[0], (list, tuple)):
        found = [found] if shape[0] == 1 else [[cell] for cell in found]
    return [list(row) for row in found]


def _is_number(value: Any) -> bool:
    return isinstance(value, (float, Decimal)) or (type(value) is int and not _error(value))


def _error(number: int) -> bool:
    return 2000 <= number - _NO_ERROR < 3000


def _cell(value: Any, number_format: str | None) -> Cell:
    """One value as the core knows it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return ErrorCell(value) if value in _ERROR_TEXTS else value
    if isinstance(value, dt.datetime):
        naive = value.replace(tzinfo=None)
        return naive if naive.time() != dt.time() else naive.date()
    if isinstance(value, int) and _error(value):
        return ErrorCell(_ERRORS.get(value - _NO_ERROR, "#ERROR!"))
    if isinstance(value, (int, float, Decimal)):
        return _number(float(value), number_format)
    return str(value)


def _number(number: float, number_format: str | None) -> Cell:
    plain = int(number) if number.is_integer() and abs(number) < _WHOLE else number
    code = number_format or "General"
    if code in ("General", "@") or meaning_of(code) is not Meaning.NUMBER:
        return plain
    text = shown(plain, code)
    return plain if text is None or text == str(plain) else NumberCell(plain, text)


def _with_formula(cell: Cell, value: Any, text: Any) -> Cell:
    """The cell with its formula, where it has one.

    Excel gives the text itself for a cell that holds text, also where that starts with `=`. A
    formula that shows nothing has an empty text as its value; nothing is uncalculated in Excel.
    """
    if not (isinstance(text, str) and text.startswith("=")) or text == value:
        return cell
    return FormulaCell(text, "" if cell is None else cell)
