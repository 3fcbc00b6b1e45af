"""Ranges and notes of a workbook in LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.engine.cells import RangeImpl
from tests.engine.grid import Box, Colour
from tests.engine.typing_rules import RefusedByExcel

if TYPE_CHECKING:
    from tests.libreoffice_engine.books import UnoSheet


def box_of(address: Any) -> Box:
    """The rectangle of an address as LibreOffice gives it."""
    rows = address.StartRow + 1, address.EndRow + 1
    return rows[0], address.StartColumn + 1, rows[1], address.EndColumn + 1


class UnoNote(base_classes.Note):
    """A note on a cell."""

    api = True

    def __init__(self, cell: UnoRange, note: Any) -> None:
        self._cell = cell
        self._note = note

    text = property(lambda self: self._note.getString())
    location = property(lambda self: self._cell)

    def delete(self) -> None:
        """Take the note away."""
        notes = self._cell.sheet.grid.sheet.getAnnotations()
        at = (self._cell.row - 1, self._cell.column - 1)
        places = [notes.getByIndex(i).getPosition() for i in range(notes.getCount())]
        notes.removeByIndex([(place.Row, place.Column) for place in places].index(at))


class UnoRange(RangeImpl):
    """A range; its values are read and written as one block."""

    sheet: UnoSheet

    def changing(self, what: str) -> None:
        """Refuse a change of a protected sheet, which LibreOffice would pass over silently."""
        if self.sheet.grid.sheet.isProtected():
            raise RefusedByExcel(f"{what}: the sheet is protected")

    def __call__(self, row: int, column: int | None = None) -> UnoRange:
        return UnoRange(self.sheet, super().__call__(row, column).boxes)

    def _as_com(self, values: list[list[Any]]) -> Any:
        if self.shape == (1, 1):
            return values[0][0]
        return tuple(map(tuple, values))

    @property
    def raw_value(self) -> Any:
        """The values as COM hands them out."""
        return self._as_com(self.sheet.grid.values(self.boxes[0]))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self.changing("value")
        rows, columns = self.shape
        if not isinstance(data, list | tuple):
            data = [[data] * columns] * rows
        self.sheet.grid.write(self.boxes[0], data)

    @property
    def formula(self) -> Any:
        """The formulas, or the constants as text."""
        return self._as_com(self.sheet.grid.formulas(self.boxes[0]))

    def clear_contents(self) -> None:
        """Empty the cells and keep their formats."""
        self.changing("clear")
        for box in self.boxes:
            self.sheet.grid.clear(box)

    @property
    def number_format(self) -> str | None:
        """The format that all cells have, None where they differ."""
        return self.sheet.grid.number_format(self.boxes[0])

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.changing("number_format")
        for box in self.boxes:
            self.sheet.grid.set_number_format(box, value)

    @property
    def color(self) -> Colour | None:
        """The fill that all cells have; black where they differ, as Excel says it."""
        found = {self.sheet.grid.colour(box) for box in self.boxes}
        number = found.pop()
        if found or number is None:
            return 0, 0, 0
        return None if number == -1 else (number >> 16 & 255, number >> 8 & 255, number & 255)

    @color.setter
    def color(self, colour: Colour | None) -> None:
        self.changing("color")
        number = -1 if colour is None else int.from_bytes(bytes(colour), "big")
        for box in self.boxes:
            self.sheet.grid.cells(box).CellBackColor = number

    @property
    def merge_cells(self) -> bool | None:
        """Whether a cell is merged; of several cells None where some are."""
        if self.shape == (1, 1):
            return bool(self.merge_area.shape != (1, 1))
        return None if self.sheet.grid.cells(self.boxes[0]).getIsMerged() else False

    @property
    def merge_area(self) -> UnoRange:
        """The merged area of a cell, or the cell."""
        sheet = self.sheet.grid.sheet
        cursor = sheet.createCursorByRange(self.sheet.grid.cells(self(1).boxes[0]))
        cursor.collapseToMergedArea()
        return UnoRange(self.sheet, [box_of(cursor.getRangeAddress())])

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[RangeImpl]:
        """The rectangles of visible cells."""
        if cell_type != "visible":
            raise NotImplementedError(cell_type)
        found = self.sheet.grid.cells(self.boxes[0]).queryVisibleCells().getRangeAddresses()
        return [UnoRange(self.sheet, [box_of(address)]) for address in found]

    @property
    def note(self) -> UnoNote | None:  # type: ignore[override]
        """The note on the cell."""
        cell = self.sheet.grid.cells(self(1).boxes[0]).getCellByPosition(0, 0)
        note = cell.getAnnotation()
        return UnoNote(self, note) if note.getString() else None

    def add_note(self, text: str) -> UnoNote:  # type: ignore[override]
        """Put a note on the cell."""
        self.changing("note")
        cell = self.sheet.grid.cells(self(1).boxes[0]).getCellByPosition(0, 0)
        self.sheet.grid.sheet.getAnnotations().insertNew(cell.getCellAddress(), text)
        return UnoNote(self, cell.getAnnotation())

    def select(self) -> None:
        """Select the range; Excel lets nobody select on a sheet that is not active."""
        if self.sheet.book.sheets.active.name != self.sheet.name:
            raise RefusedByExcel("Select method of Range class failed")
        self.sheet.book.controller.select(self.sheet.grid.cells(self.boxes[0]))
