"""One sheet of an open workbook: openpyxl behind, with what Excel computes beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.engine.typing_rules import ErrorValue, RefusedByExcel, calculated, take

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1, both ends included."""

_WHITE_IS_NONE = "00000000"


class Grid:
    """The cells of a sheet as Excel shows them to a program, and a count of the calls."""

    def __init__(self, sheet: Worksheet, calls: Counter[str], user: str) -> None:
        self.sheet = sheet
        self.calls = calls
        self.user = user
        self.results: dict[tuple[int, int], Any] = {}
        """What formulas show; a test may set it."""
        self.conversations: set[tuple[int, int]] = set()
        """Cells with a conversation ("comments" of newer Excels), which take no note."""
        self.column_formats = {
            column: dimension.number_format
            for dimension in sheet.column_dimensions.values()
            if dimension.number_format != "General"
            for column in range(dimension.min or 0, (dimension.max or 0) + 1)
        }
        """The formats of whole columns, which hold for cells that nobody wrote yet."""

    def standing(self, row: int, column: int) -> Any:
        """The cell if there is one; asking for it makes none."""
        return self.sheet._cells.get((row, column))

    def cell(self, row: int, column: int) -> Any:
        """The cell, new with the format of its column where there was none."""
        cell = self.standing(row, column)
        if cell is None:
            cell = self.sheet.cell(row, column)
            if column in self.column_formats:
                cell.number_format = self.column_formats[column]
        return cell

    def format(self, row: int, column: int) -> str:
        """The number format of a cell."""
        cell = self.standing(row, column)
        if cell is None:
            return self.column_formats.get(column, "General")
        return str(cell.number_format)

    def refuse_protected(self) -> None:
        """Raise as Excel does where the sheet is protected."""
        if self.sheet.protection.sheet:
            raise RefusedByExcel(
                "The cell or chart you're trying to change is on a protected sheet."
            )

    def value(self, row: int, column: int) -> Any:
        """The value as COM hands it out: float, str, bool, datetime, an error number, None."""
        cell = self.standing(row, column)
        if cell is None:
            return None
        value = cell.value
        if cell.data_type == "f":
            value = self.results.get((row, column), calculated(str(value)))
        elif cell.data_type == "e":
            value = ErrorValue(str(value))
        if isinstance(value, ErrorValue):
            return value.number
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.datetime.combine(value, dt.time())
        if isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        return value

    def formula(self, row: int, column: int) -> str:
        """The formula, or the constant as text."""
        cell = self.standing(row, column)
        if cell is None or cell.value is None:
            return ""
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return str(cell.value)

    def write(self, row: int, column: int, value: Any) -> None:
        """Write a value as if it were typed."""
        if value in (None, "") and self.standing(row, column) is None:
            return
        cell = self.cell(row, column)
        taken = take(value, cell.number_format)
        self.results.pop((row, column), None)
        if taken.formula is not None:
            cell.value = taken.formula
            self.results[row, column] = taken.value
        elif isinstance(taken.value, ErrorValue):
            cell.value = taken.value.text
            cell.data_type = "e"
        else:
            cell.value = taken.value
            if isinstance(taken.value, str):
                cell.data_type = "s"

    def colour(self, row: int, column: int) -> Colour | None:
        """The fill of a cell, None for none."""
        cell = self.standing(row, column)
        if cell is None or cell.fill.fill_type is None:
            return None
        fill = cell.fill
        rgb = str(fill.start_color.rgb)
        if rgb == _WHITE_IS_NONE:
            return None
        return int(rgb[2:4], 16), int(rgb[4:6], 16), int(rgb[6:8], 16)

    def paint(self, row: int, column: int, colour: Colour | None) -> None:
        """Fill a cell, or take its fill away."""
        fill = PatternFill()
        if colour is not None:
            fill = PatternFill("solid", start_color="FF{:02X}{:02X}{:02X}".format(*colour))
        self.cell(row, column).fill = fill

    def annotate(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell; its author is the user of Excel, as with a program's notes."""
        if (row, column) in self.conversations:
            raise RefusedByExcel("Application-defined or object-defined error")
        self.cell(row, column).comment = Comment(text, self.user)

    def hidden_row(self, row: int) -> bool:
        """Whether a filter or a person hides the row."""
        return bool(row in self.sheet.row_dimensions and self.sheet.row_dimensions[row].hidden)

    def hidden_column(self, column: int) -> bool:
        """Whether the column is hidden."""
        letters = self.sheet.cell(1, column).column_letter
        dimensions = self.sheet.column_dimensions
        return bool(letters in dimensions and dimensions[letters].hidden)

    def merged_at(self, row: int, column: int) -> Box | None:
        """The merged area that a cell belongs to."""
        for area in self.sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return area.min_row, area.min_col, area.max_row, area.max_col
        return None
