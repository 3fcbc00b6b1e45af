"""New rows for the sheet Import, in place of those that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from rosterkey.core.reading.columns import column_letter, find_header
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet
from rosterkey.excel.errors import writing_into
from rosterkey.excel.fix_notes import FIX_SIGNATURE
from rosterkey.excel.frame import Session
from rosterkey.excel.marking import SIGNATURE, clear_marks
from rosterkey.excel.places import sheet_named, table_of, write_named
from rosterkey.excel.reading import read_sheet
from rosterkey.excel.writing import Row, fill_table
from rosterkey.workbook.layout import IMPORT, IMPORT_HEADINGS


def fill_import(session: Session, rows: Sequence[Row]) -> str:
    """Put rows on the sheet Import, in the order of its headings, and show it.

    What was validated before no longer counts. Returns a sentence on columns of the user's own,
    which stay as they are, and an empty text where there are none. Raises NotTheTemplate and
    CannotWriteSheet.
    """
    sheet = sheet_named(session.book, IMPORT)
    session.app.screen_updating = False
    standing = read_sheet(sheet)
    own = _own_columns(standing)
    with writing_into(sheet.name):
        clear_marks(sheet, standing, signatures=(SIGNATURE, FIX_SIGNATURE))
    fill_table(table_of(session.book, IMPORT), IMPORT_HEADINGS, rows)
    write_named(session.book, "PlanDigest", "")
    write_named(session.book, "StartValidated", "Not validated yet")
    sheet.activate()
    return _left_beside(own)


def rows_on_import(session: Session) -> int:
    """How many rows of the sheet Import have something under its headings."""
    return _filled_rows(read_sheet(sheet_named(session.book, IMPORT)))


def _filled_rows(sheet: Sheet) -> int:
    header = find_header(sheet)
    places = set(header.positions.values())
    return sum(
        number > header.row and any(cells[p] is not None for p in places if p < len(cells))
        for number, cells in sheet.rows
    )


def _own_columns(sheet: Sheet) -> list[str]:
    """The columns that the user added to Import and filled, by their heading or their letter.

    They are left as they are: only their owner knows whether they belong to the rows.
    """
    top = find_header(sheet).row
    headings: tuple[Cell, ...] = next((cells for number, cells in sheet.rows if number == top), ())
    filled = {
        place
        for number, cells in sheet.rows
        if number > top
        for place, cell in enumerate(cells)
        if cell is not None
    }
    named = {place: as_text(heading) for place, heading in enumerate(headings)}
    return [
        named.get(place) or column_letter(place)
        for place in sorted(filled)
        if named.get(place) not in IMPORT_HEADINGS
    ]


def _left_beside(own: list[str]) -> str:
    """The sentence on columns that still hold what stood beside the rows before."""
    if not own:
        return ""
    shown = ", ".join(own[:3]) + (f" and {len(own) - 3} more" if len(own) > 3 else "")
    return (
        f" What you added beside them was left as it was ({shown}): it stands beside other rows "
        "now, so look through it."
    )


def as_text(cell: Cell) -> str:
    """A cell as a text file holds it."""
    if isinstance(cell, FormulaCell):
        return as_text(cell.cached)
    if isinstance(cell, NumberCell):
        return cell.shown
    if isinstance(cell, ErrorCell):
        return cell.text
    if isinstance(cell, bool):
        return str(cell).upper()
    return "" if cell is None else str(cell)
