"""Rectangles of cells as both sides name them, and as LibreOffice does."""

from __future__ import annotations

from typing import Any, List

Box = List[int]
"""First row, first column, last row, last column; all from 1, both ends included."""


class Refused(Exception):
    """What was asked is not done; the text says why."""


def refuse_read_only(document: Any) -> None:
    """Refuse to change a document that is open for reading only."""
    if document.isReadonly():
        raise Refused("the document is open for reading only")


def box_of(address: Any) -> Box:
    """The rectangle of an address as LibreOffice gives it."""
    return [
        address.StartRow + 1,
        address.StartColumn + 1,
        address.EndRow + 1,
        address.EndColumn + 1,
    ]


def cells_of(sheet: Any, box: Box) -> Any:
    """The cells of a rectangle as LibreOffice has them."""
    top, left, bottom, right = box
    return sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)


def cell_of(sheet: Any, row: int, column: int) -> Any:
    """One cell."""
    return sheet.getCellByPosition(column - 1, row - 1)
