"""What is to be marked in a workbook, and the colours that marks have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rosterkey.core.model import Severity
from rosterkey.core.reading.columns import RESULT_HEADINGS

AUTHOR = "rosterkey"
"""The author of the product's own notes: by this name they are found again and removed."""

NOTES_AT_MOST = 10_000
"""Excel becomes slow with more; the Findings column holds every message anyway."""

NOTE_UNITS = 2_000
"""A note is cut at so many UTF-16 units."""

NEUTRAL = "FFF6F8FA"
"""The fill of result cells that say nothing serious."""

PLAIN_FILLS = {
    Severity.ERROR: "FFFFC9D1",
    Severity.WARNING: "FFFFECA1",
    Severity.NOTICE: "FFD6E9FA",
}
"""Fills (alpha, red, green, blue) of marked cells that had no fill of their own.

The values are a little off the usual ones, so that a user's own red is never taken for a mark.
"""

COVERING_FILLS = {
    Severity.ERROR: "FFFFC9D2",
    Severity.WARNING: "FFFFECA2",
    Severity.NOTICE: "FFD6E9FB",
}
"""Fills of marked cells that had a fill: its colour is kept as the background colour, which a
solid fill does not show."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """What the four result columns say of one row.

    `result` starts with a word (`Error`, `Create`, `Rename`), because colour is never the only
    sign. `findings` holds every message of the row, also those that stand in notes. `decision`
    None keeps what the user chose, an empty text clears it.
    """

    result: str
    changes: str = ""
    findings: str = ""
    decision: str | None = None
    severity: Severity | None = None

    @property
    def is_word(self) -> bool:
        """Whether the row gets its word and nothing else, as most rows do."""
        return bool(self.result) and not (self.changes or self.findings or self.decision)


@dataclass(frozen=True, slots=True)
class CellMark:
    """The colour of one cell, and the note on it: the message and the suggested value."""

    severity: Severity
    note: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything to write into one sheet. Rows are Excel row numbers.

    `cells` are named by row and column, the column by its letters or counted from 0 (A). Marks of
    an earlier time that are not here again are removed.
    """

    sheet: str
    header_row: int
    last_row: int
    results: Mapping[int, RowMark] = field(default_factory=dict)
    cells: Mapping[tuple[int, str | int], CellMark] = field(default_factory=dict)


COLUMNS = 16_384
"""The columns of a sheet, A to XFD."""

HEADINGS = RESULT_HEADINGS
RESULT, CHANGES, FINDINGS, DECISION = range(4)
WIDTHS = (16, 34, 60, 18)
"""The widths of new result columns, in characters."""


def column_number(column: str | int) -> int:
    """A column counted from 0, from its letters or its number. Raises ValueError."""
    if isinstance(column, int):
        if not 0 <= column < COLUMNS:
            raise ValueError(f"no such column: {column}")
        return column
    number = 0
    for letter in column.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"no such column: {column}")
        number = number * 26 + ord(letter) - 64
    return column_number(number - 1)
