"""Does this look like a roster? Only to choose among sheets and delimiters, never to read one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rosterkey.core.sheet import Cell

LOOK_ROWS: Final = 30
"""A header stands within so many rows that are not blank."""

_HEADINGS: Final = frozenset({"studentid", "oldstudentid", "username", "firstname", "lastname"})
_NAMEABLE: Final = frozenset({"username", "firstname", "lastname", "school", "class", "grade"})
_ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def folded(cell: Cell) -> str:
    """A heading without case, spaces and invisible characters; "" for a cell that is no text."""
    if not isinstance(cell, str):
        return ""
    return "".join(cell.translate(_ZERO_WIDTH).split()).casefold()


def is_header(cells: Sequence[Cell]) -> bool:
    """Tell whether at least two of a roster's key headings stand in this row."""
    return len(_HEADINGS.intersection(map(folded, cells))) > 1


def looks_like_roster(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Tell whether a header row stands among the first rows that are not blank."""
    return any(is_header(cells) for cells in rows[:LOOK_ROWS])


def may_be_shown(heading: Cell) -> bool:
    """Tell whether a cell under this heading may stand in a message as a sample.

    Passwords and columns that the program does not know are never shown.
    """
    return folded(heading) in _NAMEABLE
