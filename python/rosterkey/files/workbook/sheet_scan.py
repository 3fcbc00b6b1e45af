"""One sheet of a workbook: its cells and what else is said of its rows and columns."""

from __future__ import annotations

import re
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.core.sheet import Cell, MergedRange
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from rosterkey.files.workbook.block_scan import BlockScan
from rosterkey.files.workbook.cell_values import BadCell, Book
from rosterkey.files.workbook.formulas import Formulas
from rosterkey.files.workbook.parts import column_number, is_true, parse_range
from rosterkey.files.workbook.shared_strings import too_long
from rosterkey.files.workbook.sheet_blocks import formula_cell, read_block
from rosterkey.files.workbook.xml_scan import StopReading

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})[0-9]{1,7}")
_ROW, _CELL = 3, 4
"""How deep `<row>` and `<c>` stand."""


class SheetScan(BlockScan):
    """A worksheet part. With `limit`, reading ends after about so many rows with a value."""

    opening = b"<sheetData"
    ending = b"</row>"
    container = ("worksheet", "sheetData")

    def __init__(self, where: str, book: Book, limit: int | None = None) -> None:
        super().__init__(where)
        self.rows: list[tuple[int, tuple[Cell, ...]]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[MergedRange] = []
        self.filter_areas: list[MergedRange] = []
        self.filter_mode = False
        self._book = book
        self._limit = limit
        self._held = 0
        self._last_row = 0
        self._last_column_rule = -1
        self._filter_area: MergedRange | None = None
        self._formulas = Formulas()
        self._cells: list[Cell] = []
        self._hidden = False
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._formula_attributes: dict[str, str] | None = None
        self._has_value = False
        self._value: list[str] = []
        self._formula: list[str] = []
        self._inline: list[str] = []
        self._size = 0

    def fast(self, block: str) -> bool:
        """Rows that are written plainly."""
        found = read_block(block, self._book, self._last_row)
        if found is None:
            return False
        self.rows.extend(found.rows)
        self.hidden_rows.update(found.hidden)
        self._last_row = found.last_row
        self._count(found.cells)
        return True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, a part of a cell, or a fact beside them."""
        depth = len(self.path)
        if self.path[1:2] != ["sheetData"]:
            self._fact(name, attributes)
        elif depth == _ROW and name == "row":
            self._begin_row(attributes)
        elif depth == _CELL and name == "c" and self.path[2] == "row":
            self._begin_cell(attributes)
        elif depth == _CELL + 1:
            if name == "f":
                self._formula_attributes = attributes
            elif name == "v":
                self._has_value = True

    def text(self, text: str) -> None:
        """Characters of a value, a formula or an inline text."""
        if len(self.path) <= _CELL or self.path[1] != "sheetData":
            return
        inner, name = self.path[_CELL], self.path[-1]
        if inner in ("v", "f"):
            pieces = self._value if inner == "v" else self._formula
        elif inner == "is" and name == "t" and "rPh" not in self.path:
            pieces = self._inline
        else:
            return
        pieces.append(text)
        self._size += len(text)
        if self._size > MAX_CELL:
            raise too_long(self.where)

    def end(self, name: str) -> None:
        """A cell or a row is complete."""
        if self.path[1:2] != ["sheetData"]:
            return
        depth = len(self.path)
        if depth == _CELL and name == "c" and self.path[2] == "row":
            self._end_cell()
        elif depth == _ROW and name == "row":
            self._end_row()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", "").strip()
        if written and not (written.isascii() and written.isdigit() and len(written) <= 7):
            raise self.damaged("a row has no number")
        number = int(written) if written else self._last_row + 1
        if not self._last_row < number <= MAX_ROWS:
            raise self.damaged(f"row {number} stands twice or in the wrong place")
        self._last_row = number
        self._hidden = is_true(attributes.get("hidden"))
        self._cells = []
        self._column = -1

    def _end_row(self) -> None:
        if self._cells:
            self.rows.append((self._last_row, tuple(self._cells)))
            if self._hidden:
                self.hidden_rows.add(self._last_row)
            self._count(len(self._cells))
        self._formulas.row_is_over(self._last_row)

    def _count(self, cells: int) -> None:
        """Keep memory in bounds, and stop where only the first rows are wanted."""
        self._held += cells
        if self._held > MAX_CELLS:
            raise UnreadableFile(
                rules.TOO_LARGE_UNPACKED,
                f"The sheet reaches over more than {MAX_CELLS:,} cells: delete stray values far "
                "to the right, or copy the roster's cells into a new workbook.",
            )
        if self._limit is not None and len(self.rows) >= self._limit:
            raise StopReading

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._formula_attributes = None
        self._has_value = False
        self._value = []
        self._formula = []
        self._inline = []
        self._size = 0

    def _end_cell(self) -> None:
        column = self._place()
        try:
            value = self._cell_value(column)
        except BadCell as error:
            raise self.damaged(f"cell {self._reference(column)}: {error}") from None
        if value is None:
            return
        gap = column - len(self._cells)
        if gap < 0:
            raise self.damaged(f"cell {self._reference(column)} stands twice or out of order")
        self._cells.extend([None] * gap)
        self._cells.append(value)

    def _place(self) -> int:
        """The column of the cell: as its reference says, else the next one."""
        column = self._column + 1
        written = self._attributes.get("r")
        if written is not None:
            found = _REFERENCE.fullmatch(written.strip())
            if found is None:
                raise self.damaged(f"a cell in row {self._last_row} has no place")
            column = column_number(found[1])
        if column >= MAX_COLUMNS:
            raise self.damaged(f"row {self._last_row} has a cell beyond the last column")
        self._column = column
        return column

    def _reference(self, column: int) -> str:
        return self._attributes.get("r", f"{column + 1} in row {self._last_row}")

    def _cell_value(self, column: int) -> Cell:
        kind = self._attributes.get("t", "")
        style = self._attributes.get("s", "")
        text: str | None = "".join(self._value) if self._has_value else None
        if kind == "inlineStr" and not self._has_value:
            text = "".join(self._inline)
        formula = self._formula_of(column)
        if formula is not None:
            return formula_cell(formula, kind, text, style, self._book)
        return None if text is None else self._book.value(kind, text, style)

    def _formula_of(self, column: int) -> str | None:
        """The formula that fills the cell, or None."""
        if self._formula_attributes is None:
            if self._formulas.reach_on:
                return self._formulas.of_area(self._last_row, column)
            return None
        formula = self._formulas.of_cell(
            "".join(self._formula), self._formula_attributes, self._last_row, column
        )
        if formula is None:
            raise self.damaged("it has more formulas over several cells than a sheet can have")
        # The rows that an array fills further down have to be parsed, too.
        self._slow = self._slow or self._formulas.reach_on
        return formula

    def _fact(self, name: str, attributes: dict[str, str]) -> None:
        """Something that stands before or behind the rows."""
        parent = self.path[-2] if len(self.path) > 1 else ""
        if name == "col" and parent == "cols":
            self._column_rule(attributes)
        elif name == "mergeCell" and parent == "mergeCells":
            area = parse_range(attributes.get("ref"))
            if area is not None:
                self.merged.append(area)
        elif name == "sheetPr":
            self.filter_mode = is_true(attributes.get("filterMode"))
        elif name == "autoFilter" and parent == "worksheet":
            self._filter_area = parse_range(attributes.get("ref"))
        elif parent == "filterColumn" and self.path[1] == "autoFilter":
            self.filter_areas = [] if self._filter_area is None else [self._filter_area]

    def _column_rule(self, attributes: dict[str, str]) -> None:
        """Columns are described in ascending ranges; each column counts once."""
        try:
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
        except (KeyError, ValueError):
            return
        first, last = max(first, self._last_column_rule + 1), min(last, MAX_COLUMNS - 1)
        if is_true(attributes.get("hidden")):
            self.hidden_columns.update(range(first, last + 1))
        self._last_column_rule = max(last, self._last_column_rule)
