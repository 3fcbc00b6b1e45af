"""What can be asked of one sheet, each question with a rectangle or a cell."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Iterator, Sequence

from rosterkey_office import reading, writing
from rosterkey_office.boxes import Box, Refused, box_of, cell_of, cells_of, refuse_read_only
from rosterkey_office.formats import Formats
from rosterkey_office.heights import RowHeights

_NOTE = 8  # com.sun.star.sheet.CellFlags


class Cells:
    """The cells of a document's sheets; sheets are named, cells counted from 1."""

    def __init__(self, document: Any, heights: RowHeights) -> None:
        self._document = document
        self._heights = heights
        self._formats = Formats(document)

    def _sheet(self, name: str) -> Any:
        return self._document.Sheets.getByName(name)

    def _changing(self, name: str) -> Any:
        """The sheet. What may not be changed LibreOffice would pass over silently, or in part."""
        refuse_read_only(self._document)
        sheet = self._sheet(name)
        if sheet.isProtected():
            raise Refused("the sheet is protected")
        return sheet

    @contextmanager
    def _calculated_once(self) -> Iterator[None]:
        """Let what depends on a block be calculated after it, and not after each of its cells."""
        wanted = self._document.isAutomaticCalculationEnabled()
        self._document.enableAutomaticCalculation(False)
        try:
            yield
        finally:
            self._document.enableAutomaticCalculation(wanted)

    def read(self, sheet: str, box: Box) -> dict[str, Any]:
        """The values of a block, see `reading.read_block`."""
        return reading.read_block(self._formats, self._sheet(sheet), box)

    def write(self, sheet: str, box: Box, rows: Sequence[Sequence[Any]]) -> None:
        """Write a block, see `writing.write_block`."""
        page = self._changing(sheet)
        self._heights.will_change(sheet, box, rows)
        with self._calculated_once():
            writing.write_block(self._formats, page, box, rows)

    def clear(self, sheet: str, boxes: list[Box]) -> None:
        """Empty cells and keep their formats."""
        page = self._changing(sheet)
        for box in boxes:
            self._heights.will_change(sheet, box)
            writing.clear(page, box)

    def used(self, sheet: str) -> Box:
        """From A1 to the last cell that holds something."""
        cursor = self._sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        return [1, 1, *box_of(cursor.getRangeAddress())[2:]]

    def number_format(self, sheet: str, box: Box) -> str | None:
        """The number format of all cells, None where they differ."""
        found: str | None = writing.common_format(self._formats, self._sheet(sheet), box)
        return found

    def set_number_format(self, sheet: str, boxes: list[Box], code: str) -> None:
        """Give cells a number format."""
        page, key = self._changing(sheet), self._formats.key(code)
        for box in boxes:
            cells_of(page, box).NumberFormat = key

    def fill(self, sheet: str, boxes: list[Box]) -> int | None:
        """The fill of all cells as 0xRRGGBB, -1 for none, None where they differ."""
        page = self._sheet(sheet)
        found = {writing.common(cells_of(page, box), "CellBackColor") for box in boxes}
        return found.pop() if len(found) == 1 else None

    def set_fill(self, sheet: str, boxes: list[Box], colour: int) -> None:
        """Give cells a fill, -1 for none."""
        page = self._changing(sheet)
        for box in boxes:
            cells_of(page, box).CellBackColor = colour

    def visible(self, sheet: str, box: Box) -> list[Box]:
        """The rectangles of cells that can be seen."""
        found = cells_of(self._sheet(sheet), box).queryVisibleCells().getRangeAddresses()
        return [box_of(address) for address in found]

    def has_merged(self, sheet: str, box: Box) -> bool:
        """Whether some cell of a block is merged with others."""
        return bool(cells_of(self._sheet(sheet), box).getIsMerged())

    def merged_area(self, sheet: str, row: int, column: int) -> Box:
        """The merged area of a cell, or the cell."""
        page = self._sheet(sheet)
        cursor = page.createCursorByRange(cells_of(page, [row, column, row, column]))
        cursor.collapseToMergedArea()
        return box_of(cursor.getRangeAddress())

    def notes(self, sheet: str) -> list[list[Any]]:
        """Every note: its row, its column, its text."""
        found = self._sheet(sheet).getAnnotations()
        notes = [found.getByIndex(number) for number in range(found.getCount())]
        places = [note.getPosition() for note in notes]
        return [[at.Row + 1, at.Column + 1, note.getString()] for at, note in zip(places, notes)]

    def note(self, sheet: str, row: int, column: int) -> str:
        """The text of the note on a cell, empty where there is none."""
        return str(cell_of(self._sheet(sheet), row, column).getAnnotation().getString())

    def add_note(self, sheet: str, row: int, column: int, text: str) -> None:
        """Put a note on a cell."""
        page = self._changing(sheet)
        address = cell_of(page, row, column).getCellAddress()
        page.getAnnotations().insertNew(address, text)

    def delete_note(self, sheet: str, row: int, column: int) -> None:
        """Take the note of a cell away."""
        cells_of(self._changing(sheet), [row, column, row, column]).clearContents(_NOTE)
