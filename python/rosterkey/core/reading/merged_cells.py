"""Merged cells: only the first of them holds the value (semantics: Blanks and columns)."""

from __future__ import annotations

from rosterkey.core.model import Finding
from rosterkey.core.reading.columns import HEADING, Header, column_letter
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import MergedRange, Sheet


def findings_on_merged(sheet: Sheet, header: Header) -> dict[int, list[Finding]]:
    """An error for each row below the header that a merged range of used columns touches."""
    found: dict[int, list[Finding]] = {}
    columns = {position: field for field, position in header.positions.items()}
    for merged in sheet.merged:
        field_name = next(
            (columns[p] for p in columns if merged.first_column <= p <= merged.last_column), None
        )
        if field_name is None or merged.last_row <= header.row:
            continue
        for number in range(max(merged.first_row, header.row + 1), merged.last_row + 1):
            finding = _merged_finding(merged, field_name, number)
            found.setdefault(number, []).append(finding)
    return found


def _merged_finding(merged: MergedRange, name: str, number: int) -> Finding:
    area = (
        f"{column_letter(merged.first_column)}{merged.first_row}:"
        f"{column_letter(merged.last_column)}{merged.last_row}"
    )
    said = (
        f"Row {number}, {HEADING[name]}: the cells {area} are merged, so only the first of them "
        "holds the value and the others read as blank. Unmerge them and fill each row."
    )
    return sheets.MERGED_CELLS.finding(said, row=number, column=HEADING[name])
