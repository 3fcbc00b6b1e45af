"""The sheets that the demo's administrator edits: lines of cells by heading, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.snapshot import Snapshot
from rosterkey.files.export import HEADINGS, rows_for_export
from rosterkey.files.read import read_sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

FIRST_ROW = 2
"""The Excel row of the first line below the headings."""

_WIDTHS = {"Student ID": 14, "Username": 26, "First Name": 16, "Last Name": 18, "School": 22}
_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula and what it shows; an empty text: it was never calculated."""

    formula: str
    shown: str = ""


Cell = str | int | Formula
Line = dict[str, Cell]
"""One student of a sheet: cells by heading. Blank cells are empty texts."""


def roster_lines(snapshot: Snapshot) -> list[Line]:
    """The roster as an export would write it now."""
    rows = rows_for_export(snapshot.active_students, snapshot.district)
    lines: list[Line] = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    return lines


def read_lines(path: Path) -> list[Line]:
    """The lines of a sheet whose headings stand in its first row. Raises UnreadableFile."""
    (_, headings), *rows = read_sheet(path).rows
    lines: list[Line] = []
    for _, cells in rows:
        padded = [*cells, *[None] * (len(headings) - len(cells))]
        lines.append({str(h): str(c or "") for h, c in zip(headings, padded, strict=False)})
    return lines


def write_lines(path: Path, lines: Iterable[Line], headings: Sequence[str] = HEADINGS) -> None:
    """Write a workbook with the sheet `Roster`; texts are text cells, numbers numeric ones."""
    import xlsxwriter  # type: ignore[import-untyped]

    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = workbook.add_worksheet("Roster")
    text, bold = workbook.add_format({"num_format": "@"}), workbook.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS.get(heading, _WIDTH), text)
        sheet.write_string(0, column, heading, bold)
    for row, line in enumerate(lines, start=FIRST_ROW - 1):
        _write_line(sheet, row, line, headings, text)
    sheet.freeze_panes(1, 0)
    workbook.close()


def _write_line(
    sheet: Worksheet, row: int, line: Mapping[str, Cell], headings: Sequence[str], text: Format
) -> None:
    for column, heading in enumerate(headings):
        cell = line.get(heading, "")
        if isinstance(cell, Formula):
            sheet.write_formula(row, column, cell.formula, None, cell.shown)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        elif cell:
            sheet.write_string(row, column, cell, text)
