"""Row heights: measured at the end, and only of rows whose text may need another height.

LibreOffice measures every row of a block after each change of it: of ten thousand rows this takes
seconds, for each column that is written.
"""

from __future__ import annotations

from typing import Any, Iterator, Sequence

from rosterkey_office.boxes import Box, box_of, cells_of

_NUMBERS = 1  # com.sun.star.sheet.CellFlags
_MANY = 50
"""A row that gets another height moves what is below it: one by one, that takes 50 ms each."""
_ONE_LINE = 12  # characters that fit into the narrowest column


class RowHeights:
    """The rows of a document whose height has to be measured."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._rows: dict[str, set[int]] = {}
        self._waiting = False

    def will_change(self, sheet: str, box: Box, rows: Sequence[Sequence[Any]] = ()) -> None:
        """Before a block gets these values, or becomes empty: measure nothing until `adjust`."""
        if not self._waiting:  # LibreOffice counts how often it was forbidden
            self._document.IsAdjustHeightEnabled = False
            self._waiting = True
        cells = cells_of(self._document.Sheets.getByName(sheet), box)
        found = self._rows.setdefault(sheet, set())
        for place in range(box[3] - box[1] + 1):
            column = cells.getCellRangeByPosition(place, 0, place, box[2] - box[0])
            if column.getPropertyValue("IsTextWrapped"):
                before = [row[0] for row in column.getDataArray()]
                after = [row[place] for row in rows] or [None] * len(before)
                found.update(box[0] + n for n in _other_height(before, after))

    def adjust(self) -> None:
        """Measure what has to be measured since the last time. A height of the user's stays."""
        if not self._waiting:
            return
        self._document.IsAdjustHeightEnabled = True
        self._waiting = False
        for name, rows in self._rows.items():
            page = self._document.Sheets.getByName(name)
            cursor = page.createCursor()
            cursor.gotoEndOfUsedArea(False)
            beside = box_of(cursor.getRangeAddress())[3] + 1
            for first, last in _runs(sorted(rows)):
                # Emptying cells that are empty measures their rows and does nothing else.
                cells_of(page, [first, beside, last, beside]).clearContents(_NUMBERS)
        self._rows.clear()


def _other_height(before: Sequence[Any], after: Sequence[Any]) -> Iterator[int]:
    """The places, from 0, of texts that change and do or did not fit into a line."""
    for number, (old, new) in enumerate(zip(before, after)):
        if (old or None) != (new or None) and (_is_long(old) or _is_long(new)):
            yield number


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > _ONE_LINE or "\n" in value)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as runs of neighbours; many as one run, which is measured sooner."""
    if len(numbers) > _MANY:
        yield numbers[0], numbers[-1]
        return
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield numbers[start], numbers[end - 1]
            start = end
