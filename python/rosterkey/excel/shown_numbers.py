"""The formats of numeric cells: 123 that is shown as 00123 is another Student ID than 123."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlwings import Range

Place = tuple[int, int]
"""Row and column inside a range, both from 0."""


def formats_of_numbers(area: Range, is_number: Sequence[Sequence[bool]]) -> dict[Place, str]:
    """The number format of every numeric cell of `area`.

    Excel tells the format of a whole range where all its cells have the same one. So a column's
    numbers are asked at once, and halved only where their formats differ.
    """
    formats: dict[Place, str] = {}
    columns = len(is_number[0]) if is_number else 0
    for column in range(columns):
        numbers = [row for row, line in enumerate(is_number) if line[column]]
        if numbers:
            for row, code in _formats(area, column, numbers):
                formats[row, column] = code
    return formats


def _formats(area: Range, column: int, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    first, last = rows[0], rows[-1]
    at = area.column + column
    cells = area.sheet.range((area.row + first, at), (area.row + last, at))
    code = cells.number_format
    if code or first == last:  # cells between them that are no numbers may differ, and say None
        for row in rows:
            yield row, code or "General"
        return
    gap = _widest_gap(rows)
    yield from _formats(area, column, rows[:gap])
    yield from _formats(area, column, rows[gap:])


def _widest_gap(rows: Sequence[int]) -> int:
    """Where to divide: at cells that are no numbers if there are any, else in the middle."""
    gaps = [rows[i] - rows[i - 1] for i in range(1, len(rows))]
    widest = max(gaps)
    return gaps.index(widest) + 1 if widest > 1 else len(rows) // 2
