"""Blocks of values on their way into cells: text stays text.

A text is never read as if it were typed. Only what begins with `=` is a formula, and only in cells
that are not formatted as text.
"""

from __future__ import annotations

from typing import Any, Sequence

from rosterkey_office.boxes import Box, cells_of
from rosterkey_office.formats import TEXT, Formats
from rosterkey_office.reading import swapped_separators

_CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas


def clear(sheet: Any, box: Box) -> None:
    """Empty the cells and keep their formats."""
    cells_of(sheet, box).clearContents(_CONTENTS)


def write_block(formats: Formats, sheet: Any, box: Box, rows: Sequence[Sequence[Any]]) -> None:
    """Write a block, column by column: each has a format of its own."""
    top, left, bottom, _ = box
    for place in range(len(rows[0])):
        column = [top, left + place, bottom, left + place]
        _write_column(formats, sheet, column, [row[place] for row in rows])


def _write_column(formats: Formats, sheet: Any, box: Box, values: list[Any]) -> None:
    code = common_format(formats, sheet, box)
    if code is None:  # the cells differ: in halves, because each write takes its time
        half = len(values) // 2
        upper, lower = [*box[:2], box[0] + half - 1, box[3]], [box[0] + half, *box[1:]]
        _write_column(formats, sheet, upper, values[:half])
        _write_column(formats, sheet, lower, values[half:])
        return
    clear(sheet, box)  # thousands of blanks would take a second in a block
    while values and values[-1] in (None, ""):
        values = values[:-1]
    if not values:
        return
    filled = cells_of(sheet, [box[0], box[1], box[0] + len(values) - 1, box[3]])
    if code != TEXT and any(_is_formula(value) for value in values):
        _write_formulas(filled, values)
    else:
        filled.setDataArray([(_plain(value, code),) for value in values])
    for number, value in enumerate(values):
        if isinstance(value, bool):
            filled.getCellByPosition(0, number).NumberFormat = formats.logical()


def _write_formulas(cells: Any, values: Sequence[Any]) -> None:
    """A column that calculates. LibreOffice reads such a block as if typed, so texts come last."""
    texts = [
        swapped_separators(value) if _is_formula(value) else "" if _is_text(value) else str(value)
        for value in ("" if value is None else value for value in values)
    ]
    cells.setFormulaArray([(text,) for text in texts])
    for number, value in enumerate(values):
        if _is_text(value):
            cells.getCellByPosition(0, number).setDataArray(((value,),))


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not value.startswith("=")


def _plain(value: Any, code: str) -> Any:
    """A value as a block takes it: text or a number."""
    if value is None or isinstance(value, str):
        return value or ""
    if code == TEXT and not isinstance(value, bool):
        return str(value)
    return float(value)


def common_format(formats: Formats, sheet: Any, box: Box) -> Any:
    """The number format of all cells, None where they differ."""
    key = common(cells_of(sheet, box), "NumberFormat")
    return None if key is None else formats.code(key)


def common(cells: Any, name: str) -> Any:
    """A property that all cells share, None where they differ."""
    if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE":
        return None
    return cells.getPropertyValue(name)
