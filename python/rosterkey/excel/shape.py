"""What no cell's value tells: hidden rows and columns, merged cells, totals lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rosterkey.core.sheet import MergedRange

if TYPE_CHECKING:
    from xlwings import Range, Sheet


@dataclass(frozen=True, slots=True)
class Shape:
    """Facts about a sheet, as `core.sheet.Sheet` holds them."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    filtered: bool
    merged: tuple[MergedRange, ...]


def hidden_and_merged(sheet: Sheet, area: Range, first_row: int) -> Shape:
    """The facts about `area`, a range that starts in A1; merged cells from `first_row` on."""
    rows, columns = area.shape
    shown_rows, shown_columns = visible(area)
    hidden_rows = frozenset(set(range(1, rows + 1)) - shown_rows)
    hidden_columns = frozenset(set(range(columns)) - shown_columns)
    body = sheet.range((first_row, 1), (rows, columns))
    return Shape(
        hidden_rows,
        hidden_columns,
        bool(hidden_rows) and _is_filtered(sheet),
        tuple(_merged(body)),
    )


def visible(area: Range) -> tuple[set[int], set[int]]:
    """The rows (from 1) and columns (from 0) that can be seen, in one question for all."""
    rows: set[int] = set()
    columns: set[int] = set()
    found = area.get_special_cells("visible")
    for part in found if isinstance(found, list) else ():
        height, width = part.shape
        rows.update(range(part.row, part.row + height))
        columns.update(range(part.column - 1, part.column - 1 + width))
    return rows, columns


def _is_filtered(sheet: Sheet) -> bool:
    """Whether a filter of a table narrows the sheet; else a person hid the rows."""
    return any(
        criteria.type != "none" for table in sheet.tables for criteria in table.autofilter.criteria
    )


def _merged(area: Range) -> Iterator[MergedRange]:
    """Every merged range that begins in `area`.

    Excel answers True, False or "some" for a range, which is halved until it is clear.
    """
    merged = area.merge_cells
    if merged is False:
        return
    rows, columns = area.shape
    top, left = area.row, area.column
    if rows == 1 and columns == 1:
        whole = area.merge_area
        if (whole.row, whole.column) == (top, left):  # else another cell has told it
            height, width = whole.shape
            yield MergedRange(top, left - 1, top + height - 1, left + width - 2)
        return
    if rows >= columns:
        middle = top + rows // 2
        yield from _merged(area.sheet.range((top, left), (middle - 1, left + columns - 1)))
        yield from _merged(area.sheet.range((middle, left), (top + rows - 1, left + columns - 1)))
    else:
        middle = left + columns // 2
        yield from _merged(area.sheet.range((top, left), (top + rows - 1, middle - 1)))
        yield from _merged(area.sheet.range((top, middle), (top + rows - 1, left + columns - 1)))


def totals_rows(sheet: Sheet) -> frozenset[int]:
    """The totals lines of the sheet's tables."""
    found = [table.totals_row_range for table in sheet.tables if table.show_totals]
    return frozenset(cells.row for cells in found if cells is not None)
