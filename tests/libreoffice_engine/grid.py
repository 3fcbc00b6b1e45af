"""The cells of a sheet in LibreOffice, in blocks, with values as Excel hands them out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.engine.grid import Box
from tests.engine.typing_rules import ERROR_NUMBERS, ErrorValue, take
from tests.libreoffice_engine.bridge import import_uno

Values = list[list[Any]]
"""The values of a block, row by row."""

_VALUE, _DATETIME, _STRING, _FORMULA = 1, 2, 4, 16  # com.sun.star.sheet.CellFlags
_CONTENTS = _VALUE | _DATETIME | _STRING | _FORMULA
_ERROR = 4  # com.sun.star.sheet.FormulaResult
_DATE_FORMAT, _LOGICAL_FORMAT = 2, 1024  # com.sun.star.util.NumberFormat
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - as in a sheet
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
"""LibreOffice's numbers of errors, and the texts that both programs show."""
_OUTSIDE_QUOTES = re.compile(r'"[^"]*"|[,;]')


def english(formula: str) -> str:
    """A formula with the separators of Excel turned into those of LibreOffice's API, and back."""
    swapped = {",": ";", ";": ","}
    return _OUTSIDE_QUOTES.sub(lambda found: swapped.get(found[0], found[0]), formula)


class Formats:
    """The number formats of a document; each question to the office takes its time."""

    def __init__(self, document: Any) -> None:
        self._formats = document.getNumberFormats()
        self._known: dict[int, tuple[str, int]] = {}
        import_uno()
        from com.sun.star.lang import Locale  # type: ignore[import-not-found]

        self._locale = Locale("en", "US", "")

    def code_and_kind(self, key: int) -> tuple[str, int]:
        """The format of a key as text, and what it is for."""
        if key not in self._known:
            found = self._formats.getByKey(key)
            self._known[key] = str(found.FormatString), int(found.Type)
        return self._known[key]

    def key(self, code: str) -> int:
        """The key of a format, which is added where it is new."""
        found = int(self._formats.queryKey(code, self._locale, False))
        return int(self._formats.addNew(code, self._locale)) if found == -1 else found

    def standard(self, kind: int) -> int:
        """The key of the usual format for dates or logical values."""
        return int(self._formats.getStandardFormat(kind, self._locale))


class UnoGrid:
    """Whole blocks of one sheet."""

    def __init__(self, formats: Formats, sheet: Any) -> None:
        self._formats = formats
        self.sheet = sheet

    def cells(self, box: Box) -> Any:
        """The cells of a rectangle as LibreOffice has them."""
        top, left, bottom, right = box
        return self.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def values(self, box: Box) -> Values:
        """Values as COM hands them out: float, str, bool, datetime, an error number, None."""
        cells = self.cells(box)
        values = [[None if v == "" else v for v in row] for row in cells.getDataArray()]
        for row, column in _inside(cells.queryFormulaCells(_ERROR), box):
            error = self.sheet.getCellByPosition(column - 1, row - 1).getError()
            text = _ERRORS.get(error, "#VALUE!")
            values[row - box[0]][column - box[1]] = ERROR_NUMBERS[text]
        for row, column in _inside(cells.queryContentCells(_DATETIME), box):
            serial = values[row - box[0]][column - box[1]]
            values[row - box[0]][column - box[1]] = _FIRST_DAY + dt.timedelta(days=serial)
        self._find_logical(values, box)
        return values

    def _find_logical(self, values: Values, box: Box) -> None:
        """LibreOffice keeps TRUE as the number 1 with a format of its own."""
        for number, row in enumerate(values):
            for place, value in enumerate(row):
                if type(value) is float and value in (0.0, 1.0):
                    cell = self.sheet.getCellByPosition(box[1] + place - 1, box[0] + number - 1)
                    if self._formats.code_and_kind(cell.NumberFormat)[1] & _LOGICAL_FORMAT:
                        row[place] = bool(value)

    def formulas(self, box: Box) -> list[list[str]]:
        """The formulas, or the constants as text."""
        texts = [[_as_text(value) for value in row] for row in self.values(box)]
        cells = self.cells(box)
        for row, column in _inside(cells.queryContentCells(_FORMULA), box):
            formula = self.sheet.getCellByPosition(column - 1, row - 1).getFormula()
            texts[row - box[0]][column - box[1]] = english(formula)
        return texts

    def write(self, box: Box, values: Sequence[Sequence[Any]]) -> None:
        """Write a block; what is not text yet is read as if it were typed, as Excel does."""
        top, left, bottom, _ = box
        for place in range(len(values[0])):
            column = (top, left + place, bottom, left + place)
            self._write_column(column, [row[place] for row in values])

    def _write_column(self, box: Box, values: list[Any]) -> None:
        code = self.number_format(box)
        if code is None:
            for number, value in enumerate(values):
                row = box[0] + number
                self._write_column((row, box[1], row, box[3]), [value])
            return
        self.clear(box)  # thousands of blanks would take a second in a data array
        while values and values[-1] in (None, ""):
            values = values[:-1]
        if not values:
            return
        taken = [take(value, code) for value in values]
        plain = [t.value if not t.formula and _is_plain(t.value) else None for t in taken]
        filled = self.cells((box[0], box[1], box[0] + len(values) - 1, box[3]))
        filled.setDataArray([("" if value is None else value,) for value in plain])
        for number, one in enumerate(taken):
            cell = self.sheet.getCellByPosition(box[1] - 1, box[0] + number - 1)
            if one.formula:
                cell.setFormula(english(one.formula))
            elif not _is_plain(one.value):
                self._write_special(cell, one.value)

    def clear(self, box: Box) -> None:
        """Empty the cells and keep their formats."""
        self.cells(box).clearContents(_CONTENTS)

    def _write_special(self, cell: Any, value: Any) -> None:
        if isinstance(value, ErrorValue):
            raise NotImplementedError("LibreOffice keeps errors in formulas only")
        if isinstance(value, bool):
            cell.setValue(float(value))
            cell.NumberFormat = self._formats.standard(_LOGICAL_FORMAT)
        else:
            cell.setValue((value - _FIRST_DAY).total_seconds() / 86_400)
            cell.NumberFormat = self._formats.standard(_DATE_FORMAT)

    def _common(self, box: Box, name: str) -> Any:
        """A property that all cells share; None where they differ."""
        cells = self.cells(box)
        if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return cells.getPropertyValue(name)

    def number_format(self, box: Box) -> str | None:
        """The number format of all cells, None where they differ."""
        key = self._common(box, "NumberFormat")
        return None if key is None else self._formats.code_and_kind(key)[0]

    def set_number_format(self, box: Box, code: str) -> None:
        """Give the cells a number format."""
        self.cells(box).NumberFormat = self._formats.key(code)

    def colour(self, box: Box) -> int | None:
        """The fill of all cells, -1 for none, None where they differ."""
        found = self._common(box, "CellBackColor")
        return None if found is None else int(found)


def _inside(found: Any, box: Box) -> Iterator[tuple[int, int]]:
    """The cells that a query found, from 1."""
    for area in found.getRangeAddresses():
        for row in range(max(area.StartRow + 1, box[0]), min(area.EndRow + 1, box[2]) + 1):
            for column in range(area.StartColumn + 1, area.EndColumn + 2):
                yield row, column


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str) or type(value) is float


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
