"""The columns of a roster and how the header row is found (semantics: Blanks and columns)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rosterkey.core.model import Finding
from rosterkey.core.reading.header_findings import Standing, header_findings
from rosterkey.core.reading.headings import (
    BY_HEADING,
    BY_SYNONYM,
    COLUMNS,
    DECISION,
    HEADING,
    ORIGIN,
    ORIGIN_HEADINGS,
    RESULT_HEADINGS,
    RESULTS,
    Column,
    column_letter,
    fold_heading,
)
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet

__all__ = [
    "BY_HEADING",
    "COLUMNS",
    "HEADING",
    "ORIGIN_HEADINGS",
    "RESULT_HEADINGS",
    "Column",
    "Header",
    "column_letter",
    "columns_of",
    "find_header",
    "fold_heading",
    "known_headings",
]

_NONE_NAMED: Mapping[str, str] = {}

_HEADER_WITHIN = 30
"""The header row is looked for among so many rows that are not blank."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header row stands and which cell of a row fills which field (0 = column A).

    `decision` is the column in which decisions on rows stand, `origin` are those in which an
    export has written the account and its version.
    """

    row: int
    positions: dict[str, int]
    findings: tuple[Finding, ...] = ()
    decision: int | None = None
    origin: tuple[int, int] | None = None


def columns_of(header: Header) -> dict[str, int]:
    """Where each heading stands that is read, Decision and the origin too (columns from 0)."""
    columns = {HEADING[name]: position for name, position in header.positions.items()}
    if header.decision is not None:
        columns[HEADING["decision"]] = header.decision
    if header.origin is not None:
        columns |= dict(zip(ORIGIN_HEADINGS, header.origin, strict=True))
    return columns


def known_headings(cells: Sequence[Cell], meanings: Mapping[str, str] = _NONE_NAMED) -> int:
    """How many different columns of a roster the cells of a row name, synonyms included."""
    fields = set()
    for cell in cells:
        if isinstance(cell, str):
            folded = fold_heading(cell)
            column = BY_HEADING.get(folded) or BY_SYNONYM.get(folded)
            if folded in meanings or column:
                fields.add(meanings.get(folded) or (column and column.field))
    return len(fields)


def find_header(sheet: Sheet) -> Header:
    """Find the header row and say what is wrong with it.

    The header is the first row, among the first thirty that hold something, that names at least
    two columns; `positions` is empty where there is none.
    """
    if not any(cell is not None for _, cells in sheet.rows for cell in cells):
        text = f'The sheet "{sheet.name}" is empty. Nothing was read and nothing will be imported.'
        return Header(0, {}, (sheets.EMPTY_SHEET.finding(text),))
    for number, cells in sheet.rows[:_HEADER_WITHIN]:
        if known_headings(cells, sheet.meanings) >= 2:
            return _read_header(sheet, number, cells)
    text = (
        f'No header row was found on the sheet "{sheet.name}". One row has to hold the headings, '
        "such as Student ID, Username, First Name and Last Name."
    )
    return Header(0, {}, (sheets.HEADER_NOT_FOUND.finding(text),))


def _read_header(sheet: Sheet, number: int, cells: Sequence[Cell]) -> Header:
    standing = _standing(cells, sheet.meanings)
    for name in [*standing.exact, *standing.guessed]:
        if name in standing.mapped:
            standing.unknown += standing.exact.pop(name, [])
        if name in standing.mapped or name in standing.exact:
            standing.unknown += standing.guessed.pop(name, [])
    origin = [standing.origin.get(heading, []) for heading in ORIGIN]
    # Other lists have a column Account too; an export has both.
    exported = all(len(places) == 1 for places in origin)
    if not exported:
        standing.unknown += [place for places in origin for place in places]
    return Header(
        number,
        {name: places[0] for name, places in standing.found.items()},
        tuple(header_findings(sheet, number, cells, standing)),
        standing.decisions[0] if standing.decisions else None,
        (origin[0][0], origin[1][0]) if exported else None,
    )


def _standing(cells: Sequence[Cell], meanings: Mapping[str, str]) -> Standing:
    standing = Standing()
    for position, cell in enumerate(cells):
        if cell is None:
            continue
        folded = fold_heading(cell) if isinstance(cell, str) else ""
        if folded in meanings:
            standing.mapped.setdefault(meanings[folded], []).append(position)
        elif folded in BY_HEADING:
            standing.exact.setdefault(BY_HEADING[folded].field, []).append(position)
        elif folded in BY_SYNONYM:
            standing.guessed.setdefault(BY_SYNONYM[folded].field, []).append(position)
        elif folded in ORIGIN:
            standing.origin.setdefault(folded, []).append(position)
        elif folded == DECISION:
            standing.decisions.append(position)
        elif folded not in RESULTS:
            standing.unknown.append(position)
    return standing
