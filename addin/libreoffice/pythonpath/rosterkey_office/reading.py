"""Blocks of cells on their way out: values, and what no plain value tells."""

from __future__ import annotations

import re
from typing import Any, Iterator

from rosterkey_office.boxes import Box, cell_of, cells_of
from rosterkey_office.formats import Formats

_DATES, _FORMULAS = 2, 16  # com.sun.star.sheet.CellFlags
_ERROR = 4  # com.sun.star.sheet.FormulaResult
_ERRORS = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
"""LibreOffice's numbers of errors, and the texts that it and Excel show."""
_OUTSIDE_QUOTES = re.compile(r'"[^"]*"|[,;]')


def swapped_separators(formula: str) -> str:
    """A formula with the separators of Excel turned into those of LibreOffice's API, and back."""
    swapped = {",": ";", ";": ","}
    return _OUTSIDE_QUOTES.sub(lambda found: swapped.get(found[0], found[0]), formula)


def read_block(formats: Formats, sheet: Any, box: Box) -> dict[str, Any]:
    """A block: its values, and beside them which cells show errors, days or TRUE, or calculate.

    `errors` and `formulas` are lists of row, column and text; `days` and `logical` of row and
    column. A day stands among the values as its number. Rows and columns count from 0 inside the
    block.
    """
    cells = cells_of(sheet, box)
    values = [[None if v == "" else v for v in row] for row in cells.getDataArray()]
    return {
        "values": values,
        "errors": [
            [row, column, _ERRORS.get(_cell(sheet, box, row, column).getError(), "#VALUE!")]
            for row, column in _inside(cells.queryFormulaCells(_ERROR), box)
        ],
        "days": [list(place) for place in _inside(cells.queryContentCells(_DATES), box)],
        "logical": [list(place) for place in _logical(formats, sheet, box, values)],
        "formulas": [
            [row, column, swapped_separators(_cell(sheet, box, row, column).getFormula())]
            for row, column in _inside(cells.queryContentCells(_FORMULAS), box)
        ],
    }


def _logical(
    formats: Formats, sheet: Any, box: Box, values: list[list[Any]]
) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if value in (0.0, 1.0) and formats.is_logical(
                _cell(sheet, box, row, column).NumberFormat
            ):
                yield row, column


def _cell(sheet: Any, box: Box, row: int, column: int) -> Any:
    return cell_of(sheet, box[0] + row, box[1] + column)


def _inside(found: Any, box: Box) -> Iterator[tuple[int, int]]:
    """The cells that a query found, from 0 inside the block."""
    for area in found.getRangeAddresses():
        for row in range(max(area.StartRow + 1, box[0]), min(area.EndRow + 1, box[2]) + 1):
            for column in range(area.StartColumn + 1, area.EndColumn + 2):
                yield row - box[0], column - box[1]
