"""Rectangles of cells and their addresses."""

from __future__ import annotations

import re

from rosterkey.core.reading.columns import column_letter

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1, both ends included."""

_PART = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


def boxes_of(address: str) -> list[Box]:
    """The rectangles of an address such as `A1:B3,D4`. Raises ValueError for anything else."""
    return [_box_of(part) for part in address.replace("$", "").upper().split(",")]


def _box_of(part: str) -> Box:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(part)
    left, top, right, bottom = found.groups()
    first = int(top), _number(left)
    last = (int(bottom), _number(right)) if right else first
    return *first, *last


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address_of(box: Box) -> str:
    """`$A$1:$B$3` for a rectangle."""
    first = f"${column_letter(box[1] - 1)}${box[0]}"
    last = f"${column_letter(box[3] - 1)}${box[2]}"
    return first if first == last else f"{first}:{last}"
