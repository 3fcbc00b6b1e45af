"""Ranges: one or several rectangles of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter, range_boundaries
from xlwings import base_classes

from tests.engine.grid import Box, Colour, Grid
from tests.engine.typing_rules import KNOWN_ERRORS, RefusedByExcel

if TYPE_CHECKING:
    from tests.engine.books import SheetImpl

LONGEST_ADDRESS = 255
"""Excel takes no longer text as an address."""


def boxes_of(address: str) -> list[Box]:
    """The rectangles of an address such as `A1:B3,D4`."""
    if len(address) > LONGEST_ADDRESS:
        raise RefusedByExcel("Method 'Range' of object '_Worksheet' failed")
    boxes = []
    for part in address.replace("$", "").split(","):
        left, top, right, bottom = range_boundaries(part)
        boxes.append((int(top or 0), int(left or 0), int(bottom or 0), int(right or 0)))
    return boxes


def address_of(box: Box) -> str:
    """`$A$1:$B$3` for a rectangle."""
    first = f"${get_column_letter(box[1])}${box[0]}"
    last = f"${get_column_letter(box[3])}${box[2]}"
    return first if first == last else f"{first}:{last}"


class NoteImpl(base_classes.Note):
    """A note on a cell."""

    def __init__(self, cell: RangeImpl) -> None:
        self._cell = cell
        self._comment = cell.sheet.grid.sheet.cell(cell.row, cell.column).comment

    api = True
    text = property(lambda self: self._comment.text)
    author = property(lambda self: self._comment.author)
    location = property(lambda self: self._cell)

    def delete(self) -> None:
        """Take the note away."""
        self._cell.changing("note.delete")
        self._cell.sheet.grid.sheet.cell(self._cell.row, self._cell.column).comment = None


class RangeImpl(base_classes.Range):
    """A range; what concerns one rectangle speaks of the first, as in Excel."""

    api = True
    has_array = False

    def __init__(self, sheet: SheetImpl, boxes: list[Box]) -> None:
        self.sheet = sheet
        self.boxes = boxes
        self.options: dict[str, Any] = {}

    def changing(self, what: str) -> None:
        """Count a change; refuse it on a protected sheet."""
        self.sheet.grid.calls[what] += 1
        self.sheet.grid.refuse_protected()

    def _asked(self, what: str) -> Grid:
        self.sheet.grid.calls[what] += 1
        return self.sheet.grid

    def _cells(self) -> Iterator[tuple[int, int]]:
        for top, left, bottom, right in self.boxes:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    row = property(lambda self: self.boxes[0][0])
    column = property(lambda self: self.boxes[0][1])

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the first rectangle."""
        top, left, bottom, right = self.boxes[0]
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return sum((b - t + 1) * (r - le + 1) for t, le, b, r in self.boxes)

    def __call__(self, row: int, column: int | None = None) -> RangeImpl:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        at_row, at_column = self.row + row - 1, self.column + column - 1
        return RangeImpl(self.sheet, [(at_row, at_column, at_row, at_column)])

    address = property(lambda self: ",".join(map(address_of, self.boxes)))

    def _table(self, one: Any) -> Any:
        top, left, bottom, right = self.boxes[0]
        if (top, left) == (bottom, right):
            return one(top, left)
        columns = range(left, right + 1)
        return tuple(tuple(one(r, c) for c in columns) for r in range(top, bottom + 1))

    @property
    def raw_value(self) -> Any:
        """The values as COM hands them out."""
        return self._table(self._asked("value.get").value)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self.changing("value.set")
        grid = self.sheet.grid
        for row, column in self._cells():
            inside = isinstance(data, list | tuple)
            value = data[row - self.row][column - self.column] if inside else data
            grid.write(row, column, value)

    @property
    def formula(self) -> Any:
        """The formulas, or the constants as text."""
        return self._table(self._asked("formula.get").formula)

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    def clear_contents(self) -> None:
        """Empty the cells and keep their formats."""
        self.changing("clear")
        for row, column in self._cells():
            self.sheet.grid.write(row, column, None)

    def _common(self, what: str, one: Any, mixed: Any) -> Any:
        """What holds for all cells, or `mixed`."""
        grid = self._asked(what)
        found = one(grid, self.row, self.column)
        same = all(one(grid, row, column) == found for row, column in self._cells())
        return found if same else mixed

    @property
    def number_format(self) -> str | None:
        """The format that all cells have, None where they differ."""
        found = self._common("number_format.get", lambda g, r, c: g.format(r, c), None)
        return None if found is None else str(found)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.changing("number_format.set")
        for row, column in self._cells():
            self.sheet.grid.cell(row, column).number_format = value

    @property
    def color(self) -> Colour | None:
        """The fill that all cells have; black where they differ, as Excel says it."""
        found: Colour | None = self._common("color.get", lambda g, r, c: g.colour(r, c), (0, 0, 0))
        return found

    @color.setter
    def color(self, colour: Colour | None) -> None:
        self.changing("color.set")
        for row, column in self._cells():
            self.sheet.grid.paint(row, column, colour)

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells are merged; None where some are."""
        found: bool | None = self._common(
            "merge_cells.get", lambda g, r, c: g.merged_at(r, c) is not None, None
        )
        return found

    @property
    def merge_area(self) -> RangeImpl:
        """The merged area of a cell, or the cell."""
        box = self._asked("merge_area.get").merged_at(self.row, self.column)
        return RangeImpl(self.sheet, [box]) if box else self

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[RangeImpl]:
        """The rectangles of visible cells, or of cells that show an error."""
        grid = self._asked("special_cells")
        if cell_type == "visible":
            return self._visible(grid)
        wanted = cell_type == "formulas"
        return [
            RangeImpl(self.sheet, [(row, column, row, column)])
            for row, column in self._cells()
            if grid.value(row, column) in KNOWN_ERRORS
            and (grid.sheet.cell(row, column).data_type == "f") is wanted
            and value_type == "errors"
        ]

    def _visible(self, grid: Grid) -> list[RangeImpl]:
        top, left, bottom, right = self.boxes[0]
        rows = _runs([r for r in range(top, bottom + 1) if not grid.hidden_row(r)])
        columns = _runs([c for c in range(left, right + 1) if not grid.hidden_column(c)])
        return [RangeImpl(self.sheet, [(t, le, b, r)]) for t, b in rows for le, r in columns]

    @property
    def note(self) -> NoteImpl | None:
        """The note on the cell."""
        cell = self._asked("note.get").standing(self.row, self.column)
        return NoteImpl(self) if cell is not None and cell.comment else None

    def add_note(self, text: str) -> NoteImpl:
        """Put a note on the cell."""
        self.changing("note.add")
        self.sheet.grid.annotate(self.row, self.column, text)
        return NoteImpl(self)

    def select(self) -> None:
        """Select the range; Excel lets nobody select on a sheet that is not active."""
        if self.sheet.book.active_sheet is not self.sheet:
            raise RefusedByExcel("Select method of Range class failed")
        self.sheet.book.selected = self


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
