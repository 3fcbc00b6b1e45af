"""Ranges and notes of a workbook in LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from rosterkey.libreoffice.boxes import Box, address_of
from rosterkey.libreoffice.values import formulas_of, values_of

if TYPE_CHECKING:
    from rosterkey.libreoffice.books import OfficeSheet

Colour = tuple[int, int, int]

_NO_FILL = -1
_MIXED: Colour = (0, 0, 0)
"""What Excel says of cells with different fills."""


class OfficeNote(base_classes.Note):
    """A note on a cell."""

    api = True

    def __init__(self, cell: OfficeRange, text: str) -> None:
        self._cell = cell
        self._text = text

    text = property(lambda self: self._text)
    location = property(lambda self: self._cell)

    def delete(self) -> None:
        """Take the note away."""
        self._cell.ask("delete_note", row=self._cell.row, column=self._cell.column)


class OfficeRange(base_classes.Range):
    """A range; what concerns one rectangle speaks of the first, as in Excel."""

    api = True
    has_array = False

    def __init__(self, sheet: OfficeSheet, boxes: Sequence[Box]) -> None:
        self.sheet = sheet
        self.boxes = list(boxes)
        self.options: dict[str, Any] = {}

    def ask(self, do: str, **what: Any) -> Any:
        """Ask something about the sheet."""
        return self.sheet.book.channel.ask(do, sheet=self.sheet.name, **what)

    row = property(lambda self: self.boxes[0][0])
    column = property(lambda self: self.boxes[0][1])
    address = property(lambda self: ",".join(map(address_of, self.boxes)))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the first rectangle."""
        top, left, bottom, right = self.boxes[0]
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return sum((b - t + 1) * (r - le + 1) for t, le, b, r in self.boxes)

    def __call__(self, row: int, column: int | None = None) -> OfficeRange:
        """A cell by its row and column, or by its number row after row; all from 1."""
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        at_row, at_column = self.row + row - 1, self.column + column - 1
        return OfficeRange(self.sheet, [(at_row, at_column, at_row, at_column)])

    def _as_excel(self, values: list[list[Any]]) -> Any:
        return values[0][0] if self.shape == (1, 1) else tuple(map(tuple, values))

    @property
    def raw_value(self) -> Any:
        """The values as Excel hands them out."""
        return self._as_excel(values_of(self.ask("read", box=self.boxes[0])))

    @raw_value.setter
    def raw_value(self, values: Any) -> None:
        rows, columns = self.shape
        if not isinstance(values, (list, tuple)):
            values = [[values] * columns] * rows
        self.ask("write", box=self.boxes[0], rows=values)

    @property
    def formula(self) -> Any:
        """The formulas, or the constants as text."""
        return self._as_excel(formulas_of(self.ask("read", box=self.boxes[0])))

    @formula.setter
    def formula(self, values: Any) -> None:
        self.raw_value = values

    def clear_contents(self) -> None:
        """Empty the cells and keep their formats."""
        self.ask("clear", boxes=self.boxes)

    @property
    def number_format(self) -> str | None:
        """The number format of all cells, None where they differ."""
        found: str | None = self.ask("number_format", box=self.boxes[0])
        return found

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.ask("set_number_format", boxes=self.boxes, code=code)

    @property
    def color(self) -> Colour | None:
        """The fill of all cells; black where they differ, as Excel says it."""
        number: int | None = self.ask("fill", boxes=self.boxes)
        if number is None:
            return _MIXED
        return None if number == _NO_FILL else (number >> 16 & 255, number >> 8 & 255, number & 255)

    @color.setter
    def color(self, colour: Colour | None) -> None:
        number = _NO_FILL if colour is None else int.from_bytes(bytes(colour), "big")
        self.ask("set_fill", boxes=self.boxes, colour=number)

    @property
    def merge_cells(self) -> bool | None:
        """Whether a cell is merged; of several cells None where some are."""
        if self.shape == (1, 1):
            return self.merge_area.shape != (1, 1)
        return None if self.ask("has_merged", box=self.boxes[0]) else False

    @property
    def merge_area(self) -> OfficeRange:
        """The merged area of a cell, or the cell."""
        box = self.ask("merged_area", row=self.row, column=self.column)
        return OfficeRange(self.sheet, [tuple(box)])

    def get_special_cells(self, cell_type: str, _value_type: str | None) -> list[OfficeRange]:
        """The rectangles of visible cells; other kinds only a Mac with Excel is asked."""
        if cell_type != "visible":
            raise NotImplementedError(cell_type)
        found = self.ask("visible", box=self.boxes[0])
        return [OfficeRange(self.sheet, [tuple(box)]) for box in found]

    @property
    def note(self) -> OfficeNote | None:
        """The note on the cell."""
        text = self.ask("note", row=self.row, column=self.column)
        return OfficeNote(self, text) if text else None

    def add_note(self, text: str) -> OfficeNote:
        """Put a note on the cell."""
        self.ask("add_note", row=self.row, column=self.column, text=text)
        return OfficeNote(self, text)

    def select(self) -> None:
        """Select the range; like Excel only on the sheet in front."""
        self.ask("select", box=self.boxes[0])
