"""Formulas as cells hold them: alone, shared by a block of cells, or one for an array of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from rosterkey.core.sheet import MergedRange
from rosterkey.files.limits import MAX_COLUMNS, MAX_ROWS
from rosterkey.files.workbook.parts import column_letters, column_number, parse_range

_TOKEN: Final = re.compile(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[A-Za-z_\\.][\w.\\]*\d?(?=\()|'
    r"(?<![\w.])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(])"
)
_MAX_SHARED: Final = 100_000
_MAX_ACTIVE: Final = 256
_LONGEST: Final = 8_192
"""Characters of a formula in Excel."""


def moved(formula: str, down: int, right: int) -> str:
    """The formula as it reads so many rows below and columns beside its own cell."""

    def shift(match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0]
        column, row = column_number(match[2]), int(match[4])
        column = column if match[1] else column + right
        row = row if match[3] else row + down
        if not (0 <= column < MAX_COLUMNS and 0 < row <= MAX_ROWS):
            return "#REF!"
        return f"{match[1]}{column_letters(column)}{match[3]}{row}"

    return _TOKEN.sub(shift, formula) if down or right else formula


@dataclass(slots=True)
class Formulas:
    """The formulas that reach beyond their own cell, kept while a sheet is read."""

    _shared: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    _arrays: list[tuple[MergedRange, str]] = field(default_factory=list)

    @property
    def reach_on(self) -> bool:
        """Tell whether cells further on belong to an array's formula."""
        return bool(self._arrays)

    def of_cell(self, text: str, attributes: dict[str, str], row: int, column: int) -> str | None:
        """The formula of a cell with an `<f>` element, with its equals sign.

        None where the sheet holds more formulas over several cells than a real one does.
        """
        kind = attributes.get("t", "normal")
        if kind == "shared":
            return self._of_shared(text, attributes.get("si", ""), row, column)
        formula = "=" + text[:_LONGEST]
        if kind in {"array", "dataTable"}:
            area = parse_range(attributes.get("ref"))
            if area is not None and (area.last_row, area.last_column) != (row, column):
                self._arrays.append((area, formula))
        return formula if len(self._arrays) <= _MAX_ACTIVE else None

    def _of_shared(self, text: str, index: str, row: int, column: int) -> str | None:
        if text:
            self._shared[index] = (text[:_LONGEST], row, column)
            return "=" + text[:_LONGEST] if len(self._shared) <= _MAX_SHARED else None
        origin = self._shared.get(index)
        if origin is None:
            return "="
        return "=" + moved(origin[0], row - origin[1], column - origin[2])

    def of_area(self, row: int, column: int) -> str | None:
        """The array formula that fills this cell although it has no `<f>` of its own."""
        for area, formula in self._arrays:
            if (
                area.first_row <= row <= area.last_row
                and area.first_column <= column <= area.last_column
            ):
                return formula
        return None

    def row_is_over(self, row: int) -> None:
        """Forget the arrays that end with this row."""
        if self._arrays:
            self._arrays = [entry for entry in self._arrays if entry[0].last_row > row]
