"""A sheet as it was read: cells with what Excel did to them, and nothing interpreted yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rosterkey.core.model import Finding


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error, such as `#N/A`. It is never blank."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A numeric cell whose format shows another text than the number: 123 as `00123`, 5 %."""

    number: float
    shown: str


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell with a formula and the value that was stored beside it; None: not calculated."""

    formula: str
    cached: Cell


Cell = (
    None
    | str
    | int
    | float
    | bool
    | dt.date
    | dt.datetime
    | dt.time
    | dt.timedelta
    | ErrorCell
    | NumberCell
    | FormulaCell
)
"""One cell. A text cell is a `str`, a blank one is None (never an empty text)."""


def cell_text(cell: Cell) -> str:
    """What a cell shows, as text; empty for a blank one, the formula where none was calculated."""
    if cell is None:
        return ""
    if isinstance(cell, FormulaCell):
        return cell.formula if cell.cached is None else cell_text(cell.cached)
    if isinstance(cell, NumberCell):
        return cell.shown
    return cell.text if isinstance(cell, ErrorCell) else str(cell)


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one: Excel row numbers from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet.

    `rows` holds pairs of the Excel row number and the cells from column A on, in sheet order;
    wholly blank rows may be left out. For a CSV file the row number is the line that a
    spreadsheet program would show: one per row of cells, quoted line breaks not counted.
    `hidden_rows` are those that a filter or a person hides (`filtered` tells which of the two),
    `hidden_columns` count from 0, `totals_rows` are the totals lines of Excel tables.
    `findings` are what the reader itself has to say (a guessed encoding, a hidden second sheet).
    `meanings` are the fields of headings (folded) that somebody has named; they come before what
    the headings mean by themselves.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden_rows: frozenset[int] = frozenset()
    filtered: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedRange, ...] = ()
    totals_rows: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = field(default=())
    meanings: Mapping[str, str] = field(default_factory=dict)
